import Exchange

/// What a backup says of itself, at its very end: a backup that was cut short has none.
public struct BackupManifest: Sendable, Equatable {
    /// A file of the backup.
    public struct File: Sendable, Equatable {
        public let name: String
        /// In bytes.
        public let size: Int
        public let digest: FileDigest
    }

    static let name = "manifest.json"
    private static let format = "maillage-backup/1"

    public var madeAt: Instant
    /// The program that made it.
    public var version: String
    /// The last migration its database knows.
    public var migration: Int
    public var files: [File]

    var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("format")
        writer.string(Self.format)
        writer.name("made_at")
        writer.string(madeAt.iso)
        writer.name("made_at_microseconds")
        writer.int(Int(madeAt.microseconds))
        writer.name("version")
        writer.string(version)
        writer.name("migration")
        writer.int(migration)
        writer.name("files")
        writer.beginArray()
        for file in files {
            writer.beginObject()
            writer.name("name")
            writer.string(file.name)
            writer.name("size")
            writer.int(file.size)
            writer.name("sha256")
            writer.string(file.digest.text)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    init(madeAt: Instant, version: String, migration: Int, files: [File] = []) {
        self.madeAt = madeAt
        self.version = version
        self.migration = migration
        self.files = files
    }

    /// Throws `BackupProblem` when it is not one.
    init(json: [UInt8]) throws {
        guard let value = try? JSONValue.parse(json),
            let format = value["format"]?.string
        else { throw BackupProblem("the manifest of the backup cannot be read") }
        guard format == Self.format else {
            throw BackupProblem("a backup of another format, “\(format)”: a newer Maillage made it")
        }
        guard let made = value["made_at_microseconds"]?.int.map({ Instant(microseconds: Int64($0)) }),
            let version = value["version"]?.string, let migration = value["migration"]?.int,
            let listed = value["files"]?.array
        else { throw BackupProblem("the manifest of the backup cannot be read") }
        var files: [File] = []
        for file in listed {
            guard let name = file["name"]?.string, let size = file["size"]?.int,
                let digest = file["sha256"]?.string.flatMap({ FileDigest(text: $0) })
            else { throw BackupProblem("the manifest of the backup cannot be read") }
            files.append(File(name: name, size: size, digest: digest))
        }
        self.init(madeAt: made, version: version, migration: migration, files: files)
    }
}

/// Why a backup cannot be made, trusted or restored: one line for a person.
public struct BackupProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
