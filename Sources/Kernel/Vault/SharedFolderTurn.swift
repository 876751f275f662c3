import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An exclusive lock on a file, among every process of every machine that sees it: let go when its holder ends, however it ends.
/// On NFS the client turns it into a lock of the server's, which outlives a machine that vanished by the server's lease.
struct SharedFolderTurn {
    private let descriptor: Int32

    /// Waits for the others. Throws `StorageError`.
    init(_ path: String) throws {
        descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemDisk.failure(errno, path) }
        while flock(descriptor, LOCK_EX) != 0 {
            let code = errno
            guard code == EINTR else {
                close(descriptor)
                throw SystemDisk.failure(code, path)
            }
        }
    }

    func end() {
        // A program that is being started holds the descriptor too, for a moment: closing ours would not unlock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
