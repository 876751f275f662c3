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

    /// Reads again every file that a row names: those that are damaged or missing, and how many were read.
    public static func check(_ database: Database, _ vault: FileVault, at now: Instant) async throws -> (
        faults: [FileDigest], count: Int
    ) {
        var (faults, count) = try await PhotoUpkeep.check(database, vault)
        let tables: [@Sendable (String, Reader) throws -> [FileDigest]] = [
            { try CandidacyFileStore.kept(after: $0, at: now, limit: 500, $1) },
            { try SafeDocumentStore.kept(after: $0, at: now, limit: 500, $1) },
            { try ArchivedCallStore.kept(after: $0, limit: 500, $1) },
        ]
        for next in tables {
            var last = ""
            while true {
                let after = last
                let batch = try await database.scan { try next(after, $0) }
                guard let newest = batch.last else { break }
                for file in batch where try await !vault.isWhole(file) { faults.append(file) }
                count += batch.count
                last = newest.text
            }
        }
        return (faults, count)
    }
}
