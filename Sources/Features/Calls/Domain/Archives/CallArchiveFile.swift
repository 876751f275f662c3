import Exchange
import Storage

/// The archive of a call on a disk, open for reading: its list was read, and agrees with what is there.
///
/// Whatever the file holds, opening it writes nothing and unpacks nothing but the list.
public final class CallArchiveFile: Sendable {
    public let path: String
    public let manifest: CallArchiveManifest
    /// Of the list: it names every other byte, so it names the archive.
    public let digest: FileDigest
    private let slices: FileSlices
    private let entries: [String: ZIPDirectory.Entry]

    /// Bytes of the longest list, and of the longest packed file that is unpacked: both are held in memory.
    static let longestList = 256 << 20
    static let longestPacked = 256 << 20

    /// Opens an archive, and compares its directory with its list: nothing may be missing, nothing may be added.
    ///
    /// - Throws: `CallArchiveProblem`, one line that says what is wrong.
    public static func open(_ path: String) throws -> CallArchiveFile {
        let slices: FileSlices
        let size: Int
        do {
            slices = try FileSlices(path)
            size = try slices.size()
        } catch {
            throw CallArchiveProblem("cannot be read")
        }
        do {
            return try CallArchiveFile(path, slices, size)
        } catch let problem as ArchiveProblem {
            slices.close()
            throw CallArchiveProblem(problem)
        } catch let problem as StorageError {
            slices.close()
            throw CallArchiveProblem("cannot be read: \(problem)")
        } catch {
            slices.close()
            throw error
        }
    }

    private init(_ path: String, _ slices: FileSlices, _ size: Int) throws {
        var limits = ZIPDirectory.Limits()
        // A call of a whole country: what is stored is read piece by piece, the directory alone is held.
        limits.entries = 1_000_000
        limits.unpacked = 1 << 40
        limits.directory = 256 << 20
        limits.readsZIP64 = true
        let directory = try ZIPDirectory.read(size: size, limits: limits) { try slices.all($0) }
        var entries: [String: ZIPDirectory.Entry] = [:]
        for entry in directory.entries where !entry.name.hasSuffix("/") { entries[entry.name] = entry }
        guard let list = entries[CallArchiveManifest.name] else {
            throw CallArchiveProblem(
                "no \(CallArchiveManifest.name) in it: not the archive of a call, or one made before it could be read back"
            )
        }
        let bytes = try ZIPDirectory.content(of: list, limit: Self.longestList) { try slices.all($0) }
        let manifest = try CallArchiveManifest(reading: bytes)
        let named = manifest.files + manifest.dossiers.flatMap(\.files)
        for file in named where entries[file.path] == nil {
            throw CallArchiveProblem("incomplete: \(ArchiveText.shown(file.path)) is not there")
        }
        let known = Set(named.map(\.path) + [CallArchiveManifest.name])
        if let strange = directory.entries.map(\.name).first(where: { !$0.hasSuffix("/") && !known.contains($0) }) {
            throw CallArchiveProblem(
                "holds \(ArchiveText.shown(strange)), which \(CallArchiveManifest.name) does not name")
        }
        self.path = path
        self.slices = slices
        self.entries = entries
        self.manifest = manifest
        digest = FileDigest(of: bytes)
    }

    deinit { slices.close() }

    /// Hands over a file of the list, piece by piece, and says whether its bytes are those that the list names.
    func isWhole(
        _ file: CallArchiveManifest.File, _ take: (_ piece: [UInt8]) async throws -> Void = { _ in }
    ) async throws -> Bool {
        guard let entry = entries[file.path], entry.size == file.size else { return false }
        var hash = RunningDigest()
        if entry.method == 8 {
            guard let bytes = try? content(of: entry) else { return false }
            hash.update(bytes)
            try await take(bytes)
            return hash.digest == file.digest
        }
        var place = entry.content
        let end = entry.content + entry.packed
        while place < end {
            let piece = try slices.bytes(place..<min(end, place + VaultReading.piece))
            guard !piece.isEmpty else { return false }
            hash.update(piece)
            try await take(piece)
            place += piece.count
        }
        return hash.digest == file.digest
    }

    /// A file that is small by nature; nil when it is longer than `limit`, or not what the list names.
    func content(of file: CallArchiveManifest.File, limit: Int) -> [UInt8]? {
        guard let entry = entries[file.path], entry.size == file.size, file.size <= limit,
            let bytes = try? content(of: entry), FileDigest(of: bytes) == file.digest
        else { return nil }
        return bytes
    }

    private func content(of entry: ZIPDirectory.Entry) throws -> [UInt8] {
        try ZIPDirectory.content(of: entry, limit: Self.longestPacked) { try slices.all($0) }
    }
}

extension FileSlices {
    /// The bytes of a range, however long.
    fileprivate func all(_ range: Range<Int>) throws -> [UInt8] {
        var bytes = try self.bytes(range)
        while bytes.count < range.count {
            let more = try self.bytes(range.lowerBound + bytes.count..<range.upperBound)
            guard !more.isEmpty else { break }
            bytes += more
        }
        return bytes
    }
}
