import Forms
import Storage

/// What the acts on documents share: the draft, the question, who may write there.
struct AttachmentEditing {
    let proceeding: Proceeding
    let editing: CandidacyEditing
    let candidacy: Candidacy
    let member: CandidacyMember?
    private let form: Form

    /// The draft, if the one who acts may know of it; `Missing` otherwise (CAND-1).
    init(_ proceeding: Proceeding, _ id: Candidacy.ID, _ shelf: CandidacyFormShelf) throws {
        self.proceeding = proceeding
        editing = CandidacyEditing(proceeding: proceeding)
        (candidacy, member) = try editing.found(id)
        guard let kept = try CallFormStore.form(candidacy.form, proceeding.writer) else { throw Missing() }
        form = try shelf.compiled(kept).form
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

    /// CAND-3: those who write the section attach to it.
    func requireWriter(of key: String) throws {
        let section = try asked(key).section
        guard CandidacyRights.mayWrite(proceeding.principal, candidacy, member: member, section: section) else {
            throw Denied("Cette section se remplit par d’autres personnes\u{202F}: vous pouvez la lire.")
        }
    }

    func requireEditable() throws {
        try editing.requireEditable(candidacy, try editing.call(of: candidacy))
    }

    /// A document attached now; `Missing` for one of another candidacy and for one that was taken away.
    func attached(_ id: CandidacyFile.ID) throws -> CandidacyFile {
        guard let file = try CandidacyFileStore.file(id, of: candidacy.id, proceeding.writer), file.removedAt == nil
        else { throw Missing() }
        return file
    }

    func answered(_ key: String) -> [AnswerFile] {
        if case .files(let files) = candidacy.answers[key] { files } else { [] }
    }

    /// Writes the answer one version further.
    func save(_ files: [AnswerFile], to asked: Asked) throws -> Candidacy {
        var saved = candidacy
        saved.answers[asked.question.key] = files.isEmpty ? nil : .files(files)
        return try editing.save(saved, replacing: candidacy, section: asked.section, keys: [asked.question.key])
    }
}
