import Dispatch
import Storage

/// A whole network in one file: the database, the files people gave, the keys and the settings. `docs/OPERATIONS.md` tells an
/// operator what to do with it; `docs/decisions/013-backups.md` why it is so made.
public struct Backup: Sendable {
    public let database: Database
    public let settings: Settings
    public let programs: any OutsidePrograms

    public init(database: Database, settings: Settings, programs: any OutsidePrograms) {
        self.database = database
        self.settings = settings
        self.programs = programs
    }

    /// Makes a backup while the site serves, and reads it again from end to end before it gets its name. Nothing is left of
    /// one that fails.
    ///
    /// The database is copied first: a file that comes afterwards is too many, which harms nothing; none is missing.
    /// Throws `BackupProblem` or `StorageError`.
    public func make(at path: String, now: Instant) async throws -> BackupManifest {
        let data = settings.dataDirectory
        let work = data + "/" + BackupFolder.work
        try BackupFolder.remove(work)
        try BackupFolder.make(work)
        do {
            let copy = try await copyDatabase(into: work)
            let migration = try await database.migration()
            let outside = [path, settings.backupFolder].compactMap { $0 }.map(BackupFolder.standardized)
            let manifest = try await Self.aside {
                let writer = try BackupWriter(path)
                try writer.add(copy, from: work + "/" + copy)
                for file in try BackupFolder.files(of: data, besides: outside) {
                    try writer.add(file, from: data + "/" + file)
                }
                return try writer.finish(madeAt: now, migration: migration)
            }
            try BackupFolder.remove(work)
            return manifest
        } catch {
            try BackupFolder.remove(work)
            throw error
        }
    }

    /// Reads a backup from end to end, and answers what it holds. Throws `BackupProblem` when a byte of it is not as it was.
    public static func verify(_ path: String) async throws -> BackupManifest {
        try await aside { try BackupReader.verify(path) }
    }

    /// Puts a backup into a data directory, which must be empty or not there, and into the database of the settings when it
    /// is PostgreSQL, which must hold nothing. The directory gets its name last: a restoration that fails leaves none.
    ///
    /// Throws `BackupProblem`, `StorageError` or `OutsideProgramFailed`.
    public static func restore(
        _ path: String, with settings: Settings, programs: any OutsidePrograms
    ) async throws -> BackupManifest {
        let data = settings.dataDirectory
        guard BackupFolder.isEmpty(data) else {
            throw BackupProblem("\(data) holds something: give an empty directory")
        }
        let partial = data + ".restoring"
        try BackupFolder.remove(partial)
        try BackupFolder.make(partial)
        do {
            let manifest = try await aside { try BackupReader.extract(path, into: partial) }
            guard manifest.migration <= Schema.migrations.count else {
                throw BackupProblem(
                    "the backup is newer than this program: it has migration \(manifest.migration), the program knows "
                        + "\(Schema.migrations.count)")
            }
            try await restoreDatabase(of: manifest, from: partial, settings, programs)
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
