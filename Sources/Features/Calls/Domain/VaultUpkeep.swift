import Storage

/// What the program does by itself with the files of the vault, whoever names them.
public enum VaultUpkeep {
    /// Erases what was removed long ago, then the files that nothing names. Answers how many files went.
    @discardableResult
    public static func sweep(_ desk: Desk, _ vault: FileVault) async throws -> Int {
        _ = try await desk.perform(ForgetPhotos(), as: .house)
        let now = desk.surroundings.now()
        return try await vault.sweep(at: now) { batch in
            try await desk.database.read { try named(batch, at: now, $0) }
        }
    }

    /// Which of these files a row names: every table that names one is asked.
    static func named(_ batch: [FileDigest], at now: Instant, _ reader: Reader) throws -> Set<FileDigest> {
        try PlacePhotoStore.named(batch, reader)
            .union(CandidacyFileStore.named(batch, at: now, reader))
    }

    /// Reads again every file that a row names: those that are damaged or missing, and how many were read.
    public static func check(_ database: Database, _ vault: FileVault, at now: Instant) async throws -> (
        faults: [FileDigest], count: Int
    ) {
        var (faults, count) = try await PhotoUpkeep.check(database, vault)
        var last = ""
        while true {
            let after = last
            let batch = try await database.scan {
                try CandidacyFileStore.kept(after: after, at: now, limit: 500, $0)
            }
            guard let newest = batch.last else { return (faults, count) }
            for file in batch where try await !vault.isWhole(file) { faults.append(file) }
            count += batch.count
            last = newest.text
        }
    }
}
