import Storage

/// Forgets the uploads that were begun long ago; the vault removes their bytes by itself.
public struct SweepUploads: Act {
    public static let right = "Le programme lui-même, toutes les heures."

    public init() {}

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws -> Int {
        try CandidacyUploadStore.remove(begunBefore: proceeding.now - CandidacyUpload.lifetime, proceeding.writer)
    }
}
