import Exchange
import Foundation

/// The folder where backups are made by themselves (settings `BACKUP_FOLDER`, `BACKUP_HOURS`), and which of them are kept.
public struct BackupShelf: Sendable {
    /// A backup on the shelf.
    public struct Copy: Sendable, Equatable {
        public let path: String
        public let madeAt: Instant
        /// In bytes.
        public let size: Int
    }

    private static let stem = "maillage-"
    private static let ending = ".tar"

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
            }.sorted { $0.madeAt > $1.madeAt }
        } catch {
            throw BackupProblem("\(folder): \(error.localizedDescription)")
        }
    }

    /// Makes a backup if the newest is `hours` old, then removes those that the rule no longer keeps. Answers the new one.
    public func keepUp(every hours: Int, now: Instant, _ backup: Backup) async throws -> Copy? {
        let copies = try copies()
        if let newest = copies.first, now < newest.madeAt + .hours(Int64(hours)), newest.madeAt <= now { return nil }
        try BackupFolder.make(folder)
        let path = folder + "/" + Self.name(now)
        let manifest = try await backup.make(at: path, now: now)
        for copy in Self.surplus(copies, now: now) { try BackupFolder.remove(copy.path) }
        return Copy(path: path, madeAt: now, size: manifest.files.reduce(0) { $0 + $1.size })
    }

    /// The backups that are not to be kept: beyond the last of each hour for a day, of each day for 35 days, of each month
    /// for a year. The newest always stays.
    static func surplus(_ copies: [Copy], now: Instant) -> [Copy] {
        var hours: Set<Substring> = []
        var days: Set<Substring> = []
        var months: Set<Substring> = []
        return copies.sorted { $0.madeAt > $1.madeAt }.enumerated().filter { rank, copy in
            let text = copy.madeAt.iso
            let age = now - copy.madeAt
            let isFirstOfHour = age <= .hours(24) && hours.insert(text.prefix(13)).inserted
            let isFirstOfDay = age <= .days(35) && days.insert(text.prefix(10)).inserted
            let isFirstOfMonth = age <= .days(366) && months.insert(text.prefix(7)).inserted
            return rank > 0 && !isFirstOfHour && !isFirstOfDay && !isFirstOfMonth
        }.map(\.element)
    }

    /// `maillage-20261122T030000Z.tar`
    static func name(_ instant: Instant) -> String {
        stem + instant.iso.filter { $0 != "-" && $0 != ":" } + ending
    }

    static func instant(of name: String) -> Instant? {
        guard name.hasPrefix(stem), name.hasSuffix(ending) else { return nil }
        let digits = Array(name.dropFirst(stem.count).dropLast(ending.count).utf8)
        guard digits.count == 16, digits[8] == UInt8(ascii: "T"), digits[15] == UInt8(ascii: "Z") else { return nil }
        func number(_ range: Range<Int>) -> Int? { Int(String(decoding: digits[range], as: UTF8.self)) }
        guard let year = number(0..<4), let month = number(4..<6), let day = number(6..<8), let hour = number(9..<11),
            let minute = number(11..<13), let second = number(13..<15),
            let date = CivilDate(year: year, month: month, day: day), hour < 24, minute < 60, second < 60
        else { return nil }
        return Instant(seconds: Int64(date.daysSince1970) * 86_400 + Int64(hour * 3_600 + minute * 60 + second))
    }
}
