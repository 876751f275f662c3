import Forms
import Storage

/// What the acts on documents share: the draft, or the part of one of its partners, the question, who may write there.
struct AttachmentEditing {
    let side: SideEditing
    private let form: Form

    var proceeding: Proceeding { side.proceeding }
    var candidacy: Candidacy { side.candidacy }
    /// The partner whose part holds the question; nil for a question of the lead's.
    var partner: CandidacyPartner? { side.partner }

    /// The draft, if the one who acts may know of it; `Missing` otherwise (CAND-1), and for a partner of another.
    init(
        _ proceeding: Proceeding, _ id: Candidacy.ID, part: CandidacyPartner.ID? = nil, _ shelf: CandidacyFormShelf
    ) throws {
        side = try SideEditing(proceeding, id, part: part)
        form = try side.form(shelf)
    }

    /// The draft or the part that holds a document: the document says which.
    init(
        _ proceeding: Proceeding, _ id: Candidacy.ID, holding file: CandidacyFile.ID, _ shelf: CandidacyFormShelf
    ) throws {
        // Whoever may not know of the candidacy learns nothing of its documents.
        _ = try CandidacyEditing(proceeding: proceeding).found(id)
        let found = try CandidacyFileStore.file(file, of: id, proceeding.writer)
        try self.init(proceeding, id, part: found?.partner, shelf)
    }

    /// A question that asks for documents, with its section; `Missing` for any other.
    struct Asked {
        let section: String
        let question: Question
        let rules: AttachmentRules
    }

    func asked(_ key: String) throws -> Asked {
        for section in form.sections {
            for question in section.questions where question.key == key {
                guard case .attachment(let rules) = question.kind else { throw Missing() }
                return Asked(section: section.key, question: question, rules: rules)
            }
        }
        throw Missing()
    }

    /// CAND-3, CAND-31: those who write the section attach to it.
    func requireWriter(of key: String) throws {
        try side.requireWriter(of: try asked(key).section)
    }

    func requireEditable() throws { try side.requireEditable() }

    /// A document attached now to the draft or to the part; `Missing` for any other, and for one that was taken away.
    func attached(_ id: CandidacyFile.ID) throws -> CandidacyFile {
        guard let file = try CandidacyFileStore.file(id, of: candidacy.id, proceeding.writer), file.removedAt == nil,
            file.partner == partner?.id
        else { throw Missing() }
        return file
    }

    /// Whether a document answers a question here: two sides of a form never share a key, and two parts always do.
    func holds(_ file: CandidacyFile, for question: String) -> Bool {
        file.question == question && file.partner == partner?.id
    }

    func answered(_ key: String) -> [AnswerFile] {
        if case .files(let files) = side.answers[key] { files } else { [] }
    }

    /// Writes the answer one version further.
    func save(_ files: [AnswerFile], to asked: Asked) throws -> Candidacy {
        var answers = side.answers
        answers[asked.question.key] = files.isEmpty ? nil : .files(files)
        return try side.save(answers, section: asked.section, keys: [asked.question.key]).candidacy
    }
}
