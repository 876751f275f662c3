import Storage

/// What the program does by itself with the files of the vault, whoever names them.
public enum VaultUpkeep {
    /// Erases what was removed long ago, then the files that nothing names. Answers how many files went.
    @discardableResult
    public static func sweep(_ desk: Desk, _ vault: FileVault) async throws -> Int {
        _ = try await desk.perform(ForgetPhotos(), as: .house)
        _ = try await desk.perform(SweepUploads(), as: .house)
        let now = desk.surroundings.now()
        return try await vault.sweep(at: now) { batch in
            try await desk.database.read { try named(batch, at: now, $0) }
        }
    }

    /// Which of these files a row names: every table that names one is asked.
    static func named(_ batch: [FileDigest], at now: Instant, _ reader: Reader) throws -> Set<FileDigest> {
        try PlacePhotoStore.named(batch, reader)
            .union(CandidacyFileStore.named(batch, at: now, reader))
            .union(SafeDocumentStore.named(batch, at: now, reader))
            .union(ArchivedCallStore.named(batch, reader))
    }

    /// Every file that a row names, some hundred rows at a time: every table that names one is asked.
    public static func each(
        of database: Database, at now: Instant, _ body: ([NamedFile]) async throws -> Void
    ) async throws {
        let tables: [@Sendable (Int64, Reader) throws -> [(id: Int64, file: NamedFile)]] = [
            { try PlacePhotoStore.files(of: $0, limit: 300, $1) },
            { try CandidacyFileStore.files(of: $0, at: now, limit: 300, $1) },
            { try SafeDocumentStore.files(of: $0, at: now, limit: 300, $1) },
            { try ArchivedCallStore.files(of: $0, $1) },
        ]
        for next in tables {
            var last = Int64.min
            while true {
                let after = last
                let batch = try await database.scan { try next(after, $0) }
                guard let newest = batch.last else { break }
                try await body(batch.map(\.file))
                last = newest.id
            }
        }
    }

    /// The files that a row names and the vault lacks.
    public static func missing(_ database: Database, _ vault: FileVault, at now: Instant) async throws -> [FileDigest] {
        var missing: [FileDigest] = []
        try await each(of: database, at: now) { files in
            let there = try await vault.sizes(of: files.map(\.digest))
            for file in files where there[file.digest] == nil { missing.append(file.digest) }
        }
        return missing
    }

    /// What a look at the whole vault found.
    public struct Look: Sendable {
        /// Files that rows name, each read once for each row.
        public var count = 0
        /// Rows whose file is missing, damaged, or of another size: one line each.
        public var faults: [String] = []
        /// Files that no row names for more than a day: the sweep of a site that serves removes them.
        public var unnamed: [FileDigest] = []

        public init() {}
    }

    /// Reads again every file that a row names, and looks for those that none names.
    public static func look(_ database: Database, _ vault: FileVault, at now: Instant) async throws -> Look {
        var look = Look()
        try await each(of: database, at: now) { files in
            let sizes = try await vault.sizes(of: files.map(\.digest))
            for file in files {
                look.count += 1
                if let size = sizes[file.digest] {
                    if size != file.size {
                        look.faults.append("\(file.row): \(file.digest) has \(size) bytes, the row says \(file.size)")
                    } else if try await !vault.isWhole(file.digest) {
                        look.faults.append("\(file.row): \(file.digest) is damaged")
                    }
                } else {
                    look.faults.append("\(file.row): \(file.digest) is missing")
                }
            }
        }
        try await vault.unnamed(at: now) { batch in
            try await database.read { try named(batch, at: now, $0) }
        } _: {
            look.unnamed.append($0)
        }
        return look
    }
}
