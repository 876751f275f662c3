#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A short turn among the processes that share a data directory, of this machine or of others.
enum FolderTurn {
    /// Waits for the others, and keeps them waiting while `body` runs. What ends the process ends its turn.
    static func hold<T>(in folder: String, _ body: () throws -> T) throws -> T {
        let path = folder + "/start.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CommandFailure("\(path): \(String(cString: strerror(errno)))") }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw CommandFailure("\(path): \(String(cString: strerror(errno)))") }
        }
        return try body()
    }
}
