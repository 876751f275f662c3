import Dispatch
import Storage

/// A whole network in one file: the database, the files people gave, the keys and the settings. `docs/OPERATIONS.md` tells an
/// operator what to do with it; `docs/decisions/013-backups.md` and `018-encrypted-scheduled-backups.md` why it is so made.
public struct Backup: Sendable {
    public let database: Database
    public let settings: Settings
    public let programs: any OutsidePrograms
    /// Looks at what a backup holds before it is believed: what does not hold, one line each.
    public let inspect: @Sendable (BackupSubject) async throws -> [String]

    public init(
        database: Database, settings: Settings, programs: any OutsidePrograms,
        inspect: @escaping @Sendable (BackupSubject) async throws -> [String] = { _ in [] }
    ) {
        self.database = database
        self.settings = settings
        self.programs = programs
        self.inspect = inspect
    }

    /// A backup that was made.
    public struct Made: Sendable, Equatable {
        public let path: String
        public let manifest: BackupManifest
        /// Of the file, encrypted or not.
        public let bytes: Int
        public let isEncrypted: Bool
        /// From the first byte to the name, checks included.
        public let milliseconds: Int
        /// What does not hold in the network itself, one line each: the backup is a true copy of it all the same.
        public let faults: [String]
    }

    /// Makes a backup while the site serves, reads it again from end to end, and looks at the network in it, before it gets its
    /// name. Nothing is left of one that fails.
    ///
    /// The database is copied first: a file that comes afterwards is too many, which harms nothing; none is missing. Nothing is
    /// asked of the live SQLite file but that copy: all the rest is read from it.
    ///
    /// - Parameter faulty: the path of a backup of a network that does not hold; the same as the others' when nil.
    /// Throws `BackupProblem`, `StorageError` or `OutsideProgramFailed`.
    public func make(at path: String, orAt faulty: String? = nil, now: Instant) async throws -> Made {
        let begun = ContinuousClock.now
        let draft = try await Self.aside { try BackupDraft(for: path) }
        let work = settings.dataDirectory + "/" + BackupFolder.work + "/" + FileVault.freshName()
        do {
            try BackupFolder.sweepWork(in: settings.dataDirectory)
            try BackupFolder.make(work)
            let copy = try await copyDatabase(into: work)
            let manifest = try await write(copy, from: work, to: draft, now)
            let faults = try await look(at: manifest, copy: work + "/" + copy)
            let name = faults.isEmpty ? path : faulty ?? path
            let bytes = try draft.size()
            try await Self.aside { try draft.publish(as: name) }
            try BackupFolder.remove(work)
            let spent = (ContinuousClock.now - begun).components
            return Made(
                path: name, manifest: manifest, bytes: bytes, isEncrypted: settings.backupRecipient != nil,
                milliseconds: Int(spent.seconds * 1_000 + spent.attoseconds / 1_000_000_000_000_000), faults: faults)
        } catch {
            draft.abandon()
            try BackupFolder.remove(work)
            throw error
        }
    }

    private func write(
        _ copy: String, from work: String, to draft: BackupDraft, _ now: Instant
    ) async throws -> BackupManifest {
        let data = settings.dataDirectory
        let migration = try await database.migration()
        let outside = [draft.partial, settings.backupFolder, settings.erasureLogPath].compactMap { $0 }
            .map(BackupFolder.standardized)
        let body: @Sendable (BackupWriter) throws -> BackupManifest = { writer in
            try writer.add(copy, from: work + "/" + copy)
            for file in try BackupFolder.files(of: data, besides: outside) {
                try writer.add(file, from: data + "/" + file)
            }
            return try writer.finish(madeAt: now, migration: migration)
        }
        guard let recipient = settings.backupRecipient else { return try await Self.aside { try draft.write(body) } }
        guard programs.has("age") else {
            throw BackupProblem("BACKUP_RECIPIENT is set and age is not installed: apt install age")
        }
        return try await BackupSeal.write(to: draft, for: recipient, programs, body)
    }

    /// Reads a backup from end to end, and answers what it holds. Throws `BackupProblem` when a byte of it is not as it was.
    ///
    /// - Parameter identity: the file of the private key that opens it, when it is encrypted.
    public static func verify(
        _ path: String, identity: String? = nil, programs: any OutsidePrograms
    ) async throws -> BackupManifest {
        guard let identity = try key(of: path, identity) else {
            return try await aside { try BackupReader.verify(path) }
        }
        return try await BackupSeal.read(path, identity: identity, programs) {
            try BackupReader.verify($0, named: path)
        }
    }

    /// Puts a backup into a data directory, which must be empty or not there, and into the database of the settings when it
    /// is PostgreSQL, which must hold nothing. The directory gets its name last: a restoration that fails leaves none.
    ///
    /// - Parameters:
    ///   - identity: the file of the private key that opens it, when it is encrypted.
    ///   - finish: what is done to the network before it gets its name, on settings that lead to where it is.
    /// Throws `BackupProblem`, `StorageError`, `OutsideProgramFailed` or what `finish` throws.
    public static func restore(
        _ path: String, with settings: Settings, programs: any OutsidePrograms, identity: String? = nil,
        finish: (Settings) async throws -> Void = { _ in }
    ) async throws -> BackupManifest {
        let data = settings.dataDirectory
        guard BackupFolder.isEmpty(data) else {
            throw BackupProblem("\(data) holds something: give an empty directory")
        }
        let identity = try key(of: path, identity)
        let partial = data + ".restoring"
        try BackupFolder.remove(partial)
        try BackupFolder.make(partial)
        do {
            let manifest: BackupManifest
            if let identity {
                manifest = try await BackupSeal.read(path, identity: identity, programs) {
                    try BackupReader.extract($0, named: path, into: partial)
                }
            } else {
                manifest = try await aside { try BackupReader.extract(path, into: partial) }
            }
            guard manifest.migration <= Schema.migrations.count else {
                throw BackupProblem(
                    "the backup is newer than this program: it has migration \(manifest.migration), the program knows "
                        + "\(Schema.migrations.count)")
            }
            try await restoreDatabase(of: manifest, from: partial, settings, programs)
            var there = settings
            there.dataDirectory = partial
            try await finish(there)
            try BackupFolder.remove(data)
            try await aside {
                try SystemDisk().rename(partial, to: data)
                try SystemDisk().syncFolder(BackupWriter.folder(of: data))
            }
            return manifest
        } catch {
            try BackupFolder.remove(partial)
            throw error
        }
    }

    /// The key that a backup needs; nil when it is in clear. Throws `BackupProblem` when it lacks one.
    private static func key(of path: String, _ identity: String?) throws -> String? {
        guard try BackupSeal.isSealed(path) else { return nil }
        guard let identity else {
            throw BackupProblem("\(path) is encrypted: give the file of its private key with --identity")
        }
        return identity
    }

    // MARK: The network in it

    private func look(at manifest: BackupManifest, copy: String) async throws -> [String] {
        var held: [FileDigest: Int] = [:]
        var damaged: [String] = []
        for file in manifest.files where file.name.hasPrefix("vault/") {
            let name = file.name.split(separator: "/").last.flatMap { FileDigest(text: String($0)) }
            if name == file.digest { held[file.digest] = file.size } else { damaged.append("\(file.name) is damaged") }
        }
        let keys = settings.dataDirectory
        guard settings.databaseURL == nil else {
            // Rows that came since the copy was begun name files that came since, too.
            let vault = FileVault(directory: settings.dataDirectory + "/vault")
            let subject = BackupSubject(database: database, dataDirectory: keys, held: held, vault: vault)
            return try await damaged + inspect(subject)
        }
        let opened = try Database(.file(copy), Database.Options(readers: 2, statementTimeout: 0))
        do {
            let faults = try await inspect(
                BackupSubject(database: opened, dataDirectory: keys, held: held, vault: nil))
            await opened.close()
            return damaged + faults
        } catch {
            await opened.close()
            throw error
        }
    }

    // MARK: The database

    private func copyDatabase(into work: String) async throws -> String {
        guard let url = settings.databaseURL else {
            try await database.backup(to: work + "/" + BackupFolder.database)
            return BackupFolder.database
        }
        let client = try PostgresClient(url)
        var dump = OutsideProgram(
            "pg_dump",
            [
                "--format=custom", "--no-owner", "--no-privileges", "--file=" + BackupFolder.dump,
                "--dbname=" + client.address,
            ],
            in: work)
        dump.environment = client.environment
        dump.seconds = Self.longest
        try await programs.run(dump)
        // Reads all of it again, into nothing.
        var again = OutsideProgram("pg_restore", ["--file=-", BackupFolder.dump], in: work)
        again.seconds = Self.longest
        try await programs.run(again)
        return BackupFolder.dump
    }

    private static func restoreDatabase(
        of manifest: BackupManifest, from folder: String, _ settings: Settings, _ programs: any OutsidePrograms
    ) async throws {
        let holdsDump = manifest.files.contains { $0.name == BackupFolder.dump }
        guard let url = settings.databaseURL else {
            guard !holdsDump else {
                throw BackupProblem("the backup holds a PostgreSQL database: set DATABASE_URL to an empty one")
            }
            return
        }
        guard holdsDump else {
            throw BackupProblem("the backup holds an SQLite database: unset DATABASE_URL to restore it")
        }
        let database = try Database(.postgres(url))
        let isEmpty = try await database.isEmpty()
        await database.close()
        guard isEmpty else { throw BackupProblem("the PostgreSQL database holds tables: give an empty one") }
        let client = try PostgresClient(url)
        var load = OutsideProgram(
            "pg_restore",
            [
                "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
                "--dbname=" + client.address,
                BackupFolder.dump,
            ], in: folder)
        load.environment = client.environment
        load.seconds = longest
        try await programs.run(load)
        try SystemDisk().removeFile(folder + "/" + BackupFolder.dump)
    }

    /// Seconds a program of PostgreSQL may take.
    private static let longest = 6 * 3_600

    /// Runs work that waits on the disk away from the threads that answer.
    static func aside<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await FileVault.run(on: lane, work)
    }

    private static let lane = DispatchQueue(label: "maillage.backup", qos: .utility)
}

/// What is in a backup, for those who look at it before it is believed.
public struct BackupSubject: Sendable {
    /// The copy of the database, opened; on PostgreSQL, the database that was copied.
    public let database: Database
    /// Where the keys are that the network signed with.
    public let dataDirectory: String
    /// The sizes in bytes of the whole files of the vault that the backup holds.
    let held: [FileDigest: Int]
    /// Where else a file may be that a row names; nil when the rows are those of the copy.
    let vault: FileVault?

    /// Those of these files that it lacks.
    public func missing(of files: [FileDigest]) async throws -> [FileDigest] {
        let absent = files.filter { held[$0] == nil }
        guard let vault, !absent.isEmpty else { return absent }
        let live = try await vault.sizes(of: absent)
        return absent.filter { live[$0] == nil }
    }
}
