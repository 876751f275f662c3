import Exchange
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folder where backups are made by themselves (setting `BACKUP_FOLDER`), and which of them are kept.
public struct BackupShelf: Sendable {
    /// A backup on the shelf.
    public struct Copy: Sendable, Equatable {
        public let path: String
        public let madeAt: Instant
        /// In bytes.
        public let size: Int

        public init(path: String, madeAt: Instant, size: Int) {
            self.path = path
            self.madeAt = madeAt
            self.size = size
        }

        /// Of a network in which something did not hold.
        public var isFaulty: Bool {
            path.hasSuffix(BackupShelf.faulty) || path.hasSuffix(BackupShelf.faulty + BackupShelf.sealed)
        }
        public var isEncrypted: Bool { path.hasSuffix(BackupShelf.sealed) }
    }

    private static let stem = "maillage-"
    private static let ending = ".tar"
    private static let faulty = ".faulty.tar"
    private static let sealed = ".age"
    /// How many of a network that does not hold are kept, beside all the sound ones.
    private static let mostFaulty = 3

    public let folder: String

    public init(folder: String) {
        self.folder = folder
    }

    /// The backups there are, the newest first. Throws `BackupProblem` when the folder cannot be read.
    public func copies() throws -> [Copy] {
        guard BackupFolder.exists(folder) else { return [] }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { name in
                guard let instant = Self.instant(of: name) else { return nil }
                let path = folder + "/" + name
                let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
                return Copy(path: path, madeAt: instant, size: size ?? 0)
            }.sorted { ($0.madeAt, $0.path) > ($1.madeAt, $1.path) }
        } catch {
            throw BackupProblem("\(folder): \(error.localizedDescription)")
        }
    }

    /// The last sound backup taken at an instant or before it; a faulty one when there is no other. Nil when there is none.
    public func last(at instant: Instant) throws -> Copy? {
        let before = try copies().filter { $0.madeAt <= instant }
        return before.first { !$0.isFaulty } ?? before.first
    }

    /// Makes a backup if the newest is `hours` old, or older than `closing`, then removes those that the rule no longer keeps.
    /// Answers the new one; nil when none was due, or another process is making one.
    ///
    /// When the network in it does not hold, the sound ones all stay.
    public func keepUp(
        every hours: Int, rule: BackupRule = BackupRule(), after closing: Instant? = nil, now: Instant, _ backup: Backup
    ) async throws -> Backup.Made? {
        try BackupFolder.make(folder)
        guard let lock = try ShelfLock(folder) else { return nil }
        defer { lock.release() }
        let copies = try copies()
        if let newest = copies.first, newest.madeAt <= now, now < newest.madeAt + .hours(Int64(hours)),
            closing.map({ $0 <= newest.madeAt }) ?? true
        {
            return nil
        }
        try removeRemainders()
        let isSealed = backup.settings.backupRecipient != nil
        let made = try await backup.make(
            at: folder + "/" + Self.name(now, isSealed: isSealed),
            orAt: folder + "/" + Self.name(now, isFaulty: true, isSealed: isSealed), now: now)
        var surplus = copies.filter(\.isFaulty).dropFirst(made.faults.isEmpty ? Self.mostFaulty : Self.mostFaulty - 1)
            .map(\.path)
        if made.faults.isEmpty {
            let sound = [Copy(path: made.path, madeAt: now, size: made.bytes)] + copies.filter { !$0.isFaulty }
            surplus += rule.surplus(sound, now: now).map(\.path)
        }
        for path in surplus { try BackupFolder.remove(path) }
        return made
    }

    /// What backups that were interrupted left; nobody else makes one here meanwhile.
    private func removeRemainders() throws {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where name.hasPrefix(Self.stem) && name.hasSuffix(".partial") {
            try BackupFolder.remove(folder + "/" + name)
        }
    }

    /// `maillage-20261122T030000Z.tar`, `maillage-20261122T030000Z.faulty.tar.age`
    static func name(_ instant: Instant, isFaulty: Bool = false, isSealed: Bool = false) -> String {
        stem + instant.iso.filter { $0 != "-" && $0 != ":" } + (isFaulty ? faulty : ending) + (isSealed ? sealed : "")
    }

    static func instant(of name: String) -> Instant? {
        var name = name[...]
        if name.hasSuffix(sealed) { name = name.dropLast(sealed.count) }
        guard name.hasPrefix(stem), name.hasSuffix(ending) else { return nil }
        name = name.dropLast(name.hasSuffix(faulty) ? faulty.count : ending.count)
        let digits = Array(name.dropFirst(stem.count).utf8)
        guard digits.count == 16 else { return nil }
        func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
        let date = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
        return Instant(iso: "\(date)\(part(8..<11)):\(part(11..<13)):\(part(13..<16))")
    }
}

/// Keeps two processes from making the same backup: held by the system, and let go with the process that has it.
struct ShelfLock {
    private let descriptor: Int32

    /// Nil when another process has it. Throws `BackupProblem` when the folder cannot be written.
    init?(_ folder: String) throws {
        let path = folder + "/.maillage.lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw BackupProblem("\(path): \(String(cString: strerror(errno)))") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            return nil
        }
    }

    func release() { close(descriptor) }
}
