import Storage

/// What the program does by itself with the files of photos.
public enum PhotoUpkeep {
    /// Reads again every file that a photo names: those that are damaged or missing, and how many were read.
    public static func check(_ database: Database, _ vault: FileVault) async throws -> (
        faults: [FileDigest], count: Int
    ) {
        var faults: [FileDigest] = []
        var count = 0
        var last = ""
        while true {
            let after = last
            let batch = try await database.scan { try PlacePhotoStore.files(after: after, limit: 500, $0) }
            guard let newest = batch.last else { return (faults, count) }
            for file in batch where try await !vault.isWhole(file) { faults.append(file) }
            count += batch.count
            last = newest.text
        }
    }
}
