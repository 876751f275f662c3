import Storage
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The list of what was erased, kept outside of the database and of its backups (setting `ERASURE_LOG`): append-only, synced, one
/// line each, holding identifiers alone.
///
/// `1 2026-11-22T05:26:40Z compte 0abc…xyz 5f3c…`: version of the line, instant, kind, identifier, and the first 16 digits of the
/// SHA-256 of what stands before. A line that does not hold is skipped and counted: it is what a power cut leaves.
public final class ErasureLog: Sendable {
    public let path: String
    private let written: Mutex<Set<Erasure.Key>>

    /// Opens the log of a file, which is made when the first erasure comes. Throws `BackupProblem` when it cannot be read.
    public init(path: String) throws {
        self.path = path
        written = Mutex(Set(try Self.read(path).erasures.map(\.key)))
    }

    /// What a log holds.
    public struct Reading: Sendable {
        /// In the order they were written.
        public var erasures: [Erasure] = []
        /// Lines that do not hold.
        public var damaged = 0
    }

    /// Reads a log; an absent one is empty. Throws `BackupProblem` when it cannot be read.
    public static func read(_ path: String) throws -> Reading {
        guard BackupFolder.exists(path) else { return Reading() }
        let file: FileSlices
        do { file = try FileSlices(path) } catch { throw BackupProblem("\(path): \(error)") }
        defer { file.close() }
        var reading = Reading()
        var (place, rest) = (0, [UInt8]())
        while true {
            let piece = try file.bytes(place..<place + (1 << 20))
            if piece.isEmpty { break }
            place += piece.count
            rest += piece
            var start = 0
            for (index, byte) in rest.enumerated() where byte == 0x0A {
                take(rest[start..<index], &reading)
                start = index + 1
            }
            rest.removeFirst(start)
            // No line of ours is so long.
            if rest.count > 4_096 { rest.removeAll() }
        }
        if !rest.isEmpty { reading.damaged += 1 }
        return reading
    }

    /// Writes down erasures that were committed, each once; when this returns they are on the disk.
    /// Throws `StorageError`, with nothing promised.
    public func append(_ erasures: [Erasure]) throws {
        try written.withLock { written in
            var fresh: [Erasure] = []
            var keys: Set<Erasure.Key> = []
            for erasure in erasures where !written.contains(erasure.key) && keys.insert(erasure.key).inserted {
                fresh.append(erasure)
            }
            guard !fresh.isEmpty else { return }
            try write(fresh.reduce(into: [UInt8]()) { $0 += Self.line($1) })
            written.formUnion(keys)
        }
    }

    private func write(_ lines: [UInt8]) throws {
        let isNew = !BackupFolder.exists(path)
        let folder = BackupWriter.folder(of: path)
        if isNew, !BackupFolder.exists(folder) { try BackupFolder.make(folder) }
        let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemDisk.failure(errno, path) }
        let disk = SystemDisk()
        defer { disk.closeFile(descriptor) }
        // What an interrupted writing left ends here, so that it spoils no line but its own.
        var last: UInt8 = 0x0A
        let size = lseek(descriptor, 0, SEEK_END)
        if size > 0, pread(descriptor, &last, 1, size - 1) != 1 { throw SystemDisk.failure(errno, path) }
        try disk.write((last == 0x0A ? lines : [0x0A] + lines)[...], to: descriptor)
        try disk.syncFile(descriptor, path)
        if isNew { try disk.syncFolder(folder) }
    }

    private static func line(_ erasure: Erasure) -> [UInt8] {
        let text = "1 \(erasure.at.iso) \(erasure.kind) \(IdentifierText.text(erasure.subject)) "
        return Array((text + seal(text) + "\n").utf8)
    }

    private static func seal(_ text: String) -> String { String(FileDigest(of: Array(text.utf8)).text.prefix(16)) }

    private static func take(_ line: ArraySlice<UInt8>, _ reading: inout Reading) {
        guard !line.isEmpty else { return }
        let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 5, words[0] == "1", let at = Instant(iso: String(words[1])),
            let subject = IdentifierText.number(String(words[3])), !words[2].isEmpty,
            seal(words[0..<4].joined(separator: " ") + " ") == words[4]
        else {
            reading.damaged += 1
            return
        }
        reading.erasures.append(Erasure(kind: String(words[2]), subject: subject, at: at))
    }
}
