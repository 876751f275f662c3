import Storage

/// Attaches a document that arrived in several requests, once its bytes are in the vault.
public struct FinishUpload: Act {
    public static let right = "La personne qui l’a commencé, si elle écrit toujours la section."

    public let candidacy: Candidacy.ID
    public let upload: CandidacyUpload.ID
    public let file: ReceivedFile
    public let shelf: CandidacyFormShelf

    public init(candidacy: Candidacy.ID, upload: CandidacyUpload.ID, file: ReceivedFile, shelf: CandidacyFormShelf) {
        self.candidacy = candidacy
        self.upload = upload
        self.file = file
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let own = try own(proceeding)
        try AttachmentEditing(proceeding, candidacy, part: own.partner, shelf).requireWriter(of: own.question)
    }

    public func perform(_ proceeding: Proceeding) throws -> AttachFiles.Outcome {
        let own = try own(proceeding)
        try CandidacyUploadStore.remove(own.id, proceeding.writer)
        let outcome = try AttachFiles(
            candidacy: candidacy, part: own.partner, question: own.question, files: [file], datedOn: own.datedOn,
            replacing: own.replaced, shelf: shelf
        ).perform(proceeding)
        proceeding.note("upload", own.id.text)
        return outcome
    }

    private func own(_ proceeding: Proceeding) throws -> CandidacyUpload {
        guard
            let own = try CandidacyUploadStore.own(proceeding.principal, upload, of: candidacy, proceeding.writer)
        else { throw Missing() }
        // What a later room asked for is finished there.
        guard own.request == nil else { throw Missing() }
        return own
    }
}
