import Exchange
import Storage

/// Attaches a document of a safe to a question of a draft. The candidacy then holds it for itself.
public struct ReuseSafeDocument: Act {
    public static let right =
        "Les personnes qui écrivent la section de la candidature, avec le coffre d’un lieu dont elles répondent."

    public let candidacy: Candidacy.ID
    /// The partner whose part asks for it; nil for a question of the lead's.
    public let partner: CandidacyPartner.ID?
    /// The question's key.
    public let question: String
    public let document: SafeDocument.ID
    public let shelf: CandidacyFormShelf

    public init(
        candidacy: Candidacy.ID, part partner: CandidacyPartner.ID? = nil, question: String, document: SafeDocument.ID,
        shelf: CandidacyFormShelf
    ) {
        self.candidacy = candidacy
        self.partner = partner
        self.question = question
        self.document = document
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try AttachmentEditing(proceeding, candidacy, part: partner, shelf).requireWriter(of: question)
        guard try SafeDocumentStore.document(proceeding.principal, document, proceeding.writer) != nil else {
            throw Missing()
        }
    }

    /// Throws `Problems` under the question's key.
    public func perform(_ proceeding: Proceeding) throws -> AttachFiles.Outcome {
        guard let found = try SafeDocumentStore.document(proceeding.principal, document, proceeding.writer) else {
            throw Missing()
        }
        let today = CivilZone.paris.local(proceeding.now.microseconds).date
        if found.isExpired(on: today) {
            throw Problems(
                question,
                "\(AttachmentWords.quoted(found.name)) n’est plus valable\u{202F}: mettez au coffre celui de maintenant, puis "
                    + "joignez-le.")
        }
        let outcome = try AttachFiles(
            candidacy: candidacy, part: partner, question: question,
            files: [
                ReceivedFile(name: found.name, family: found.family, size: found.size, digest: found.digest)
            ], datedOn: found.datedOn, shelf: shelf
        ).perform(proceeding)
        proceeding.note("safe", found.id.text)
        return outcome
    }
}
