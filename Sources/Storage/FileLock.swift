#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The exclusive right to a database file, held by the operating system and let go when the process ends, however it ends.
///
/// Two processes writing or checkpointing one file at the same moment can corrupt it (SQLite 3.7.0 to 3.51.2,
/// https://sqlite.org/wal.html#walresetbug), so a second one is refused before it opens anything.
final class FileLock: Sendable {
    private let descriptor: Int32

    /// Locks `path` + ".lock", which stays on the disk: removing it would let two processes lock two files.
    init(beside path: String) throws {
        let file = path + ".lock"
        descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StorageError.unavailable("\(file): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            close(descriptor)
            guard reason == EWOULDBLOCK else {
                throw StorageError.unavailable("\(file): \(String(cString: strerror(reason)))")
            }
            throw StorageError.unavailable("another maillage is using \(path)")
        }
    }

    /// Lets another program open the file. May be called again.
    func release() {
        flock(descriptor, LOCK_UN)
    }

    deinit {
        close(descriptor)
    }
}

/// The little of the file system that the SQLite engine needs.
enum DatabaseFile {
    /// The absolute path with its symbolic links followed, so that two names of one file meet the same lock.
    static func resolved(_ path: String) throws -> String {
        if let whole = real(path) { return whole }
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard let name = parts.last, name != ".", name != ".." else {
            throw StorageError.unavailable("\(path) is not a file")
        }
        let folder = (path.hasPrefix("/") ? "/" : "./") + parts.dropLast().joined(separator: "/")
        guard let folder = real(folder) else {
            throw StorageError.unavailable("the folder of \(path) does not exist")
        }
        return folder == "/" ? "/\(name)" : "\(folder)/\(name)"
    }

    /// Creates the file readable by its owner only (SQLite gives its log the same mode), and makes its name durable.
    static func create(_ path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StorageError.unavailable("\(path): \(String(cString: strerror(errno)))")
        }
        close(descriptor)
        try syncFolder(of: path)
    }

    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    static func remove(_ path: String) {
        unlink(path)
    }

    /// Gives a finished file its name, durably: file, rename, folder.
    static func publish(_ temporary: String, as path: String) throws {
        try sync(temporary, O_RDONLY)
        guard rename(temporary, path) == 0 else {
            throw StorageError.unavailable("\(path): \(String(cString: strerror(errno)))")
        }
        try syncFolder(of: path)
    }

    static func syncFolder(of path: String) throws {
        guard let slash = path.lastIndex(of: "/") else { return }
        try sync(slash == path.startIndex ? "/" : String(path[..<slash]), O_RDONLY | O_DIRECTORY)
    }

    private static func sync(_ path: String, _ flags: Int32) throws {
        let descriptor = open(path, flags | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StorageError.unavailable("\(path): \(String(cString: strerror(errno)))")
        }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw StorageError.outcomeUnknown("\(path): \(String(cString: strerror(errno)))")
        }
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
