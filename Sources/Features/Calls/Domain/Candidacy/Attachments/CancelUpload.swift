import Storage

/// Forgets a document that will not arrive.
public struct CancelUpload: Act {
    public static let right = "La personne qui l’a commencé."

    public let candidacy: Candidacy.ID
    public let upload: CandidacyUpload.ID

    public init(candidacy: Candidacy.ID, upload: CandidacyUpload.ID) {
        self.candidacy = candidacy
        self.upload = upload
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard try CandidacyUploadStore.own(proceeding.principal, upload, of: candidacy, proceeding.writer) != nil else {
            throw Missing()
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        try CandidacyUploadStore.remove(upload, proceeding.writer)
        proceeding.concerns(candidacy)
        proceeding.note("upload", upload.text)
    }
}
