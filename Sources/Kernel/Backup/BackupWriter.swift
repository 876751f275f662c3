import Exchange
import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes a backup file by file, then what it holds, to wherever its bytes go.
final class BackupWriter {
    private let write: (ArraySlice<UInt8>) throws -> Void
    private var files: [BackupManifest.File] = []

    init(_ write: @escaping (ArraySlice<UInt8>) throws -> Void) {
        self.write = write
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
        try write(entry.header()[...])
        var hash = RunningDigest()
        var left = entry.size
        while left > 0 {
            let piece = try BackupReader.piece(input, atMost: left, source)
            guard !piece.isEmpty else { throw BackupProblem("\(source) became shorter while it was read") }
            hash.update(piece)
            try write(piece[...])
            left -= piece.count
        }
        try write([UInt8](repeating: 0, count: entry.padding)[...])
        files.append(.init(name: name, size: entry.size, digest: hash.digest))
    }

    /// Writes what the backup holds. Answers it.
    func finish(madeAt now: Instant, migration: Int) throws -> BackupManifest {
        let manifest = BackupManifest(
            madeAt: now, version: ProgramVersion.name, migration: migration, files: files)
        let bytes = manifest.json
        let entry = TarEntry(name: BackupManifest.name, size: bytes.count, modified: now.seconds)
        try write(entry.header()[...])
        try write((bytes + [UInt8](repeating: 0, count: entry.padding) + TarEntry.end)[...])
        return manifest
    }

    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }
}

extension BackupDraft {
    /// Bytes after which what was written is brought to the disk: one long sync at the end would hold back those of deposits that
    /// share it.
    private static let share = 16 << 20

    /// Lets `body` write to the file, then brings all of it to the disk and reads it again against what it holds.
    func write(
        _ body: (BackupWriter) throws -> BackupManifest
    ) throws -> BackupManifest {
        let disk = SystemDisk()
        let descriptor = try open()
        defer { disk.closeFile(descriptor) }
        var loose = 0
        let writer = BackupWriter { bytes in
            try disk.write(bytes, to: descriptor)
            loose += bytes.count
            if loose >= Self.share {
                try disk.syncFile(descriptor, partial)
                loose = 0
            }
        }
        let manifest = try body(writer)
        try disk.syncFile(descriptor, partial)
        guard try BackupReader.verify(partial) == manifest else {
            throw BackupProblem("the backup does not read back as it was written")
        }
        return manifest
    }
}
