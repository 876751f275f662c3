import Exchange
import Storage

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads a backup from end to end, checking every byte against its list.
enum BackupReader {
    /// Bytes read at once.
    private static let pieceSize = 1 << 18
    /// Bytes of the longest list of files that is believed.
    private static let longestManifest = 1 << 28

    /// The manifest, once every file has been read and agrees with it. Throws `BackupProblem`.
    static func verify(_ path: String) throws -> BackupManifest {
        try opened(path) { try go($0, path) { _ in nil } }
    }

    /// The same of a descriptor that cannot be gone back on, read to its very end.
    static func verify(_ input: Int32, named path: String) throws -> BackupManifest {
        let manifest = try go(input, path) { _ in nil }
        try finish(input, path)
        return manifest
    }

    /// Puts every file into a folder, durably, then answers the manifest; what was written is not to be used when it throws.
    static func extract(_ path: String, into folder: String) throws -> BackupManifest {
        try opened(path) { try extract(from: $0, path, folder) }
    }

    /// The same of a descriptor that cannot be gone back on, read to its very end.
    static func extract(_ input: Int32, named path: String, into folder: String) throws -> BackupManifest {
        let manifest = try extract(from: input, path, folder)
        try finish(input, path)
        return manifest
    }

    private static func extract(from input: Int32, _ path: String, _ folder: String) throws -> BackupManifest {
        let disk = SystemDisk()
        var folders: Set<String> = [folder]
        let manifest = try go(input, path) { name in
            let target = folder + "/" + name
            var inner = BackupWriter.folder(of: target)
            if !folders.contains(inner) { try BackupFolder.make(inner) }
            while folders.insert(inner).inserted { inner = BackupWriter.folder(of: inner) }
            return Output(disk: disk, path: target, descriptor: try disk.createFile(target))
        }
        for folder in folders { try disk.syncFolder(folder) }
        try disk.syncFolder(BackupWriter.folder(of: folder))
        return manifest
    }

    private struct Output {
        let disk: SystemDisk
        let path: String
        let descriptor: Int32

        func finish() throws {
            defer { disk.closeFile(descriptor) }
            try disk.syncFile(descriptor, path)
        }
    }

    private static func opened<T>(_ path: String, _ body: (Int32) throws -> T) throws -> T {
        let input = open(path, O_RDONLY | O_CLOEXEC)
        guard input >= 0 else { throw BackupProblem("\(path): \(String(cString: strerror(errno)))") }
        defer { close(input) }
        return try body(input)
    }

    /// What follows the list of files is what ends a tar: nothing else, and its end must come.
    private static func finish(_ input: Int32, _ path: String) throws {
        var count = 0
        while true {
            let piece = try piece(input, atMost: pieceSize, path)
            if piece.isEmpty { return }
            count += piece.count
            guard count <= 1 << 20, piece.allSatisfy({ $0 == 0 }) else {
                throw BackupProblem("\(path): something follows the list of files")
            }
        }
    }

    private static func go(
        _ input: Int32, _ path: String, _ output: (String) throws -> Output?
    ) throws -> BackupManifest {
        var files: [BackupManifest.File] = []
        while true {
            let block = try bytes(input, TarEntry.block, path)
            let entry: TarEntry?
            do {
                entry = try TarEntry(header: block)
            } catch {
                throw BackupProblem("\(path): \(error)")
            }
            guard let entry else { throw BackupProblem("\(path) is cut short: the list of its files is missing") }
            if entry.name == BackupManifest.name {
                guard entry.size <= longestManifest else {
                    throw BackupProblem("\(path): the list of files is too long")
                }
                let manifest = try BackupManifest(json: bytes(input, entry.size, path))
                guard manifest.files == files else {
                    throw BackupProblem("\(path) is damaged: \(difference(files, manifest.files))")
                }
                return manifest
            }
            files.append(try content(of: entry, input, path, try output(entry.name)))
        }
    }

    private static func content(
        of entry: TarEntry, _ input: Int32, _ path: String, _ output: Output?
    ) throws -> BackupManifest.File {
        var hash = RunningDigest()
        var left = entry.size
        do {
            while left > 0 {
                let piece = try piece(input, atMost: left, path)
                guard !piece.isEmpty else { throw BackupProblem("\(path) is cut short in \(entry.name)") }
                hash.update(piece)
                if let output { try output.disk.write(piece[...], to: output.descriptor) }
                left -= piece.count
            }
        } catch {
            if let output { output.disk.closeFile(output.descriptor) }
            throw error
        }
        try output?.finish()
        _ = try bytes(input, entry.padding, path)
        return .init(name: entry.name, size: entry.size, digest: hash.digest)
    }

    private static func difference(_ found: [BackupManifest.File], _ listed: [BackupManifest.File]) -> String {
        for (file, expected) in zip(found, listed) where file != expected { return file.name }
        return "\(found.count) files where \(listed.count) are listed"
    }

    /// So many bytes, or a problem.
    private static func bytes(_ input: Int32, _ count: Int, _ path: String) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let piece = try piece(input, atMost: count - bytes.count, path)
            guard !piece.isEmpty else { throw BackupProblem("\(path) is cut short") }
            bytes += piece
        }
        return bytes
    }

    /// The next bytes; none at the end.
    static func piece(_ input: Int32, atMost limit: Int, _ path: String) throws -> [UInt8] {
        var code: Int32 = 0
        let size = min(limit, pieceSize)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            var got = read(input, buffer.baseAddress, size)
            while got < 0, errno == EINTR { got = read(input, buffer.baseAddress, size) }
            code = got < 0 ? errno : 0
            count = max(0, got)
        }
        guard code == 0 else { throw BackupProblem("\(path): \(String(cString: strerror(code)))") }
        return bytes
    }
}
