import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Times what deposits wait for: a file that grows by a page, and is synced.
enum SyncTrial {
    private static let rounds = 15

    /// Microseconds of each sync. The file is removed in every case. Throws `StorageError.unavailable`.
    static func times(in folder: String) throws -> [Double] {
        let path = folder + "/.doctor-\(getpid())"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure(path) }
        defer {
            close(descriptor)
            unlink(path)
        }
        let page = [UInt8](repeating: 0x4D, count: 4_096)
        return try (0..<rounds).map { _ in
            guard write(descriptor, page, page.count) == page.count else { throw failure(path) }
            let start = ContinuousClock.now
            guard fsync(descriptor) == 0 else { throw failure(path) }
            return (ContinuousClock.now - start) / .microseconds(1)
        }
    }

    private static func failure(_ path: String) -> StorageError {
        .unavailable("\(path): \(String(cString: strerror(errno)))")
    }
}
