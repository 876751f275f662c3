import Storage

/// Attaches to a reopened question a document that arrived in several requests, once its bytes are in the vault.
public struct FinishPiecesUpload: Act {
    public static let right = FinishUpload.right

    public let request: PiecesRequest.ID
    public let candidacy: Candidacy.ID
    public let upload: CandidacyUpload.ID
    public let file: ReceivedFile
    public let shelf: CandidacyFormShelf

    public init(
        request: PiecesRequest.ID, candidacy: Candidacy.ID, upload: CandidacyUpload.ID, file: ReceivedFile,
        shelf: CandidacyFormShelf
    ) {
        self.request = request
        self.candidacy = candidacy
        self.upload = upload
        self.file = file
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try own(proceeding)
        _ = try PiecesEditing(proceeding, request, shelf)
    }

    public func perform(_ proceeding: Proceeding) throws -> PiecesRequest {
        let own = try own(proceeding)
        try CandidacyUploadStore.remove(own.id, proceeding.writer)
        let saved = try AttachPieces(request: request, question: own.question, files: [file], shelf: shelf)
            .perform(proceeding)
        proceeding.note("upload", own.id.text)
        return saved
    }

    private func own(_ proceeding: Proceeding) throws -> CandidacyUpload {
        guard
            let own = try CandidacyUploadStore.own(proceeding.principal, upload, of: candidacy, proceeding.writer),
            own.request == request.number
        else { throw Missing() }
        return own
    }
}
