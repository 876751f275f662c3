import Exchange
import Forms
import Storage

/// Announces a document that will arrive in several requests. What could not be attached is refused now, before a byte is sent.
public struct BeginUpload: Act {
    public static let right = AttachFiles.right

    public let candidacy: Candidacy.ID
    /// The partner whose part asks for it; nil for a question of the lead's.
    public let partner: CandidacyPartner.ID?
    /// The question's key.
    public let question: String
    public let name: String
    /// In bytes.
    public let size: Int
    public let datedOn: CivilDate?
    public let replaced: CandidacyFile.ID?
    /// An empty part of the vault.
    public let part: String
    public let shelf: CandidacyFormShelf

    public init(
        candidacy: Candidacy.ID, partner: CandidacyPartner.ID? = nil, question: String, name: String, size: Int,
        datedOn: CivilDate? = nil, replacing replaced: CandidacyFile.ID? = nil, part: String,
        shelf: CandidacyFormShelf
    ) {
        self.candidacy = candidacy
        self.partner = partner
        self.question = question
        self.name = name
        self.size = size
        self.datedOn = datedOn
        self.replaced = replaced
        self.part = part
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try AttachmentEditing(proceeding, candidacy, part: partner, shelf).requireWriter(of: question)
    }

    /// Throws `Problems` under the question's key.
    public func perform(_ proceeding: Proceeding) throws -> CandidacyUpload {
        let editing = try AttachmentEditing(proceeding, candidacy, part: partner, shelf)
        try editing.requireEditable()
        guard let account = proceeding.principal.account else { throw Missing() }
        let rules = try editing.asked(question).rules
        let replaced = try replaced.map { try editing.attached($0) }
        guard replaced?.question ?? question == question else { throw Missing() }
        let clean = TextForm.oneLine(String(name.prefix(400)))
        guard size > 0 else {
            throw Problems(
                question,
                "\(AttachmentWords.quoted(name)) est vide\u{202F}: vérifiez qu’il s’ouvre chez vous, puis choisissez-le à "
                    + "nouveau.")
        }
        guard size <= rules.maxBytes else {
            throw Problems(question, AttachmentWords.tooLong(name, limit: rules.maxBytes))
        }
        let present = try CandidacyFileStore.files(of: candidacy, proceeding.writer).filter { $0.id != replaced?.id }
        guard present.count(where: { editing.holds($0, for: question) }) < rules.maxCount else {
            throw Problems(
                question,
                rules.maxCount == 1
                    ? "Un seul document est attendu ici\u{202F}: remplacez celui qui s’y trouve."
                    : "Au plus \(rules.maxCount) documents ici\u{202F}: retirez-en, ou remplacez-en un.")
        }
        let held = present.reduce(0) { $0 + $1.size }
        let coming = try CandidacyUploadStore.announced(for: candidacy, proceeding.writer)
        guard held + coming + size <= AttachmentLimits.mostBytes else {
            throw Problems(
                question,
                "Les documents d’une candidature font au plus \(AttachmentWords.size(AttachmentLimits.mostBytes)) en tout, "
                    + "envois en cours compris\u{202F}: allégez-en un.")
        }
        guard try CandidacyUploadStore.count(of: account, proceeding.writer) < CandidacyUpload.mostAtOnce else {
            throw Problems(question, "Trop d’envois sont en cours\u{202F}: terminez-en un, ou annulez-le.")
        }
        let upload = CandidacyUpload(
            id: proceeding.newIdentifier(), candidacy: candidacy, partner: partner, question: question,
            account: account, name: clean.isEmpty ? "document" : clean, size: size, replaced: replaced?.id, part: part,
            datedOn: datedOn,
            createdAt: proceeding.now)
        try CandidacyUploadStore.insert(upload, proceeding.writer)
        proceeding.concerns(candidacy)
        proceeding.note("upload", upload.id.text)
        proceeding.note("size", String(size))
        return upload
    }
}
