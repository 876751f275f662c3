import Forms
import Storage

/// Announces a document for a reopened question, which will arrive in several requests (INST-14, ATT-11).
public struct BeginPiecesUpload: Act {
    public static let right = SavePieces.right

    public let request: PiecesRequest.ID
    /// The question's key.
    public let question: String
    public let name: String
    /// In bytes.
    public let size: Int
    /// An empty part of the vault.
    public let part: String
    public let shelf: CandidacyFormShelf

    public init(
        request: PiecesRequest.ID, question: String, name: String, size: Int, part: String, shelf: CandidacyFormShelf
    ) {
        self.request = request
        self.question = question
        self.name = name
        self.size = size
        self.part = part
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PiecesEditing(proceeding, request, shelf)
    }

    /// Throws `Problems` under the question's key.
    public func perform(_ proceeding: Proceeding) throws -> CandidacyUpload {
        let editing = try PiecesEditing(proceeding, request, shelf)
        try editing.requireWritable(at: proceeding.now)
        guard let account = proceeding.principal.account,
            case .attachment(let rules) = editing.form.question(question)?.kind
        else { throw Missing() }
        let announced = UploadAnnouncement(
            candidacy: editing.candidacy.id, question: question, name: name, size: size, rules: rules)
        var held = 0
        if case .files(let files) = editing.request.answers[question] { held = files.count }
        try announced.check(held: held, by: account, proceeding.writer)
        let upload = CandidacyUpload(
            id: proceeding.newIdentifier(), candidacy: editing.candidacy.id, partner: nil, question: question,
            account: account, name: announced.cleanName, size: size, replaced: nil, part: part, datedOn: nil,
            request: request.number, createdAt: proceeding.now)
        try CandidacyUploadStore.insert(upload, proceeding.writer)
        proceeding.concerns(editing.candidacy.id)
        proceeding.note("upload", upload.id.text)
        proceeding.note("request", request.text)
        proceeding.note("size", String(size))
        return upload
    }
}
