import Foundation

/// The files of a data directory that a backup holds.
enum BackupFolder {
    /// The database in a backup: SQLite's file, or what `pg_dump` wrote.
    static let database = "maillage.sqlite"
    static let dump = "maillage.pgdump"
    /// Where the copy of the database waits for its turn, inside the data directory.
    static let work = "backup-work"

    /// What a backup leaves out: the live database (a copy stands for it), what is on its way in, what fills itself again.
    private static let leftOut = [
        database, database + "-wal", database + "-shm", database + ".lock", work, BackupRequests.folder,
        StateFile.folder,
        "tiles", "vault/incoming", "start.lock", "vault.lock",
    ]

    /// The paths of the files, from the directory, sorted. Throws `BackupProblem`.
    ///
    /// - Parameter backups: standardized paths of backups and of their folder, which may lie in the directory too.
    static func files(of directory: String, besides backups: [String] = []) throws -> [String] {
        let root = standardized(directory) + "/"
        let leftOut = Self.leftOut + backups.filter { $0.hasPrefix(root) }.map { String($0.dropFirst(root.count)) }
        do {
            return try FileManager.default.subpathsOfDirectory(atPath: directory).filter { path in
                !leftOut.contains { path == $0 || path.hasPrefix($0 + "/") || path == $0 + ".partial" }
                    && isFile(directory + "/" + path)
            }.sorted()
        } catch {
            throw BackupProblem("\(directory): \(error.localizedDescription)")
        }
    }

    /// The absolute path, without `..`.
    static func standardized(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    /// Whether a folder holds nothing, or is not there at all.
    static func isEmpty(_ path: String) -> Bool {
        ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).isEmpty && !isFile(path)
    }

    /// Makes a folder that its owner alone enters, with the folders on the way to it.
    static func make(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw BackupProblem("\(path): \(error.localizedDescription)")
        }
    }

    /// Removes a file, or a folder with all in it; what is not there is removed already.
    static func remove(_ path: String) throws {
        guard exists(path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw BackupProblem("\(path): \(error.localizedDescription)")
        }
    }

    /// Removes what backups that a crash interrupted left of their work: none lasts twelve hours.
    static func sweepWork(in directory: String) throws {
        let work = directory + "/" + Self.work
        for name in (try? FileManager.default.contentsOfDirectory(atPath: work)) ?? [] {
            let facts = try? FileManager.default.attributesOfItem(atPath: work + "/" + name)
            guard let date = facts?[.modificationDate] as? Date, date.timeIntervalSinceNow < -12 * 3_600 else {
                continue
            }
            try remove(work + "/" + name)
        }
    }

    private static func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }
}
