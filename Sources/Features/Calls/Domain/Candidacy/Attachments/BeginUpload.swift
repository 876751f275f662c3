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
        let announced = UploadAnnouncement(
            candidacy: candidacy, question: question, name: name, size: size, rules: rules)
        let held = try CandidacyFileStore.files(of: candidacy, proceeding.writer)
            .count { $0.id != replaced?.id && editing.holds($0, for: question) }
        try announced.check(held: held, leaving: replaced?.size ?? 0, by: account, proceeding.writer)
        let upload = CandidacyUpload(
            id: proceeding.newIdentifier(), candidacy: candidacy, partner: partner, question: question,
            account: account, name: announced.cleanName, size: size, replaced: replaced?.id, part: part,
            datedOn: datedOn, request: nil, createdAt: proceeding.now)
        try CandidacyUploadStore.insert(upload, proceeding.writer)
        proceeding.concerns(candidacy)
        proceeding.note("upload", upload.id.text)
        proceeding.note("size", String(size))
        return upload
    }
}
