import Exchange
import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes a backup file by file, then what it holds, and makes it durable before it takes its name.
final class BackupWriter {
    private let path: String
    private let partial: String
    private let descriptor: Int32
    private let disk = SystemDisk()
    private var files: [BackupManifest.File] = []
    private var isOpen = true

    /// Throws when there is a file of this name already, or no room for one.
    init(_ path: String) throws {
        guard !BackupFolder.exists(path) else { throw BackupProblem("\(path) exists already") }
        self.path = path
        partial = path + ".partial"
        try disk.removeFile(partial)
        descriptor = try disk.createFile(partial)
    }

    deinit {
        abandon()
    }

    /// Adds a file under a name, as it is now: one that grows meanwhile is cut at its present size.
    func add(_ name: String, from source: String) throws {
        let input = open(source, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw BackupProblem("\(source): \(String(cString: strerror(errno)))") }
        defer { close(input) }
        var facts = stat()
        guard fstat(input, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw BackupProblem("\(source) is not a file")
        }
        #if canImport(Glibc)
            let modified = Int64(facts.st_mtim.tv_sec)
        #else
            let modified = Int64(facts.st_mtimespec.tv_sec)
        #endif
        let entry = TarEntry(name: name, size: Int(facts.st_size), modified: modified)
        try disk.write(entry.header()[...], to: descriptor)
        var hash = RunningDigest()
        var left = entry.size
        while left > 0 {
            let piece = try BackupReader.piece(input, atMost: left, source)
            guard !piece.isEmpty else { throw BackupProblem("\(source) became shorter while it was read") }
            hash.update(piece)
            try disk.write(piece[...], to: descriptor)
            left -= piece.count
        }
        try disk.write([UInt8](repeating: 0, count: entry.padding)[...], to: descriptor)
        files.append(.init(name: name, size: entry.size, digest: hash.digest))
    }

    /// Writes what the backup holds and gives it its name. Answers the manifest.
    func finish(madeAt now: Instant, migration: Int) throws -> BackupManifest {
        let manifest = BackupManifest(
            madeAt: now, version: ProgramVersion.name, migration: migration, files: files)
        let bytes = manifest.json
        let entry = TarEntry(name: BackupManifest.name, size: bytes.count, modified: now.seconds)
        try disk.write(entry.header()[...], to: descriptor)
        try disk.write((bytes + [UInt8](repeating: 0, count: entry.padding) + TarEntry.end)[...], to: descriptor)
        try disk.syncFile(descriptor, partial)
        isOpen = false
        disk.closeFile(descriptor)
        // What was written is read again before it is trusted: each file's digest, and the list.
        do {
            guard try BackupReader.verify(partial) == manifest else {
                throw BackupProblem("the backup does not read back as it was written")
            }
        } catch {
            try disk.removeFile(partial)
            throw error
        }
        try disk.rename(partial, to: path)
        try disk.syncFolder(Self.folder(of: path))
        return manifest
    }

    private func abandon() {
        guard isOpen else { return }
        isOpen = false
        disk.closeFile(descriptor)
        // The error that led here is what is told; a remainder named `.partial` is taken for no backup.
        try? disk.removeFile(partial)
    }

    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }
}
