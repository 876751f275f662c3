import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A backup that has no name yet: `.partial` beside where it will be, readable by its owner only, until it is known to be whole.
struct BackupDraft: Sendable {
    let partial: String
    private var disk: SystemDisk { SystemDisk() }

    /// Throws when there is a file of this name already, or no room for one.
    init(for path: String) throws {
        guard !BackupFolder.exists(path) else { throw BackupProblem("\(path) exists already") }
        partial = path + ".partial"
        try disk.removeFile(partial)
        disk.closeFile(try disk.createFile(partial))
    }

    /// Gives the file its name, once it is on the disk.
    func publish(as path: String) throws {
        guard !BackupFolder.exists(path) else { throw BackupProblem("\(path) exists already") }
        try sync()
        try disk.rename(partial, to: path)
        try disk.syncFolder(BackupWriter.folder(of: path))
    }

    /// Writes of another program are in the system's cache until now.
    func sync() throws {
        let descriptor = try open()
        defer { disk.closeFile(descriptor) }
        try disk.syncFile(descriptor, partial)
    }

    func open() throws -> Int32 {
        #if canImport(Glibc)
            let descriptor = Glibc.open(partial, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        #else
            let descriptor = Darwin.open(partial, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        #endif
        guard descriptor >= 0 else { throw SystemDisk.failure(errno, partial) }
        return descriptor
    }

    func abandon() {
        // The error that led here is what is told; a remainder named `.partial` is taken for no backup.
        try? disk.removeFile(partial)
    }

    /// Bytes of the file.
    func size() throws -> Int {
        var facts = stat()
        guard stat(partial, &facts) == 0 else { throw SystemDisk.failure(errno, partial) }
        return Int(facts.st_size)
    }
}
