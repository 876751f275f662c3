import Exchange
import Forms
import Storage

/// Writes the answer to a request while it may be: the questions it reopens and nothing else (INST-14).
public struct SavePieces: Act {
    public static let right = "La personne qui porte la candidature, et celles qu’elle invite à écrire."

    public let request: PiecesRequest.ID
    public let version: Int
    /// As forms send them: see `FormFields`.
    public let fields: [URLEncodedForm.Field]
    public let shelf: CandidacyFormShelf

    public init(
        request: PiecesRequest.ID, version: Int, fields: [URLEncodedForm.Field], shelf: CandidacyFormShelf
    ) {
        self.request = request
        self.version = version
        self.fields = fields
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PiecesEditing(proceeding, request, shelf)
    }

    public func perform(_ proceeding: Proceeding) throws -> PiecesRequest {
        let editing = try PiecesEditing(proceeding, request, shelf)
        try editing.requireWritable(at: proceeding.now)
        guard version == editing.request.version else { throw Conflict(current: editing.request.version) }
        let base = editing.request.answers
        let reading: FormFields.Reading
        do throws(FormFields.TooHeavy) {
            reading = try FormFields.read(fields, form: editing.form, current: base)
        } catch {
            throw Problems("", error.message)
        }
        var problems = Problems()
        for refused in reading.refused { problems.add(refused.field, refused.message) }
        try problems.throwIfAny()
        var saved = editing.request
        for change in reading.changes {
            // Documents come by their own door.
            if case .attachment = editing.form.question(change.key)?.kind { continue }
            saved.answers[change.key] = try AnswerCommunes.recognised(
                change.value, former: base[change.key], proceeding.writer)
        }
        proceeding.concerns(saved.candidacy)
        guard saved.answers != base else { return saved }
        try PiecesRequestStore.update(saved, at: version, proceeding.writer)
        saved.version = version + 1
        proceeding.note("request", saved.id.text)
        return saved
    }
}

/// Attaches documents that are in the vault to a reopened question, or takes one away (INST-14). What the deposit froze stays.
public struct AttachPieces: Act {
    public static let right = SavePieces.right

    public let request: PiecesRequest.ID
    public let question: String
    public let files: [ReceivedFile]
    /// A document of the answer to take away.
    public let removed: CandidacyFile.ID?
    public let shelf: CandidacyFormShelf

    public init(
        request: PiecesRequest.ID, question: String, files: [ReceivedFile] = [], removed: CandidacyFile.ID? = nil,
        shelf: CandidacyFormShelf
    ) {
        self.request = request
        self.question = question
        self.files = files
        self.removed = removed
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try PiecesEditing(proceeding, request, shelf)
    }

    /// Throws `Problems` under the question's key.
    public func perform(_ proceeding: Proceeding) throws -> PiecesRequest {
        let editing = try PiecesEditing(proceeding, request, shelf)
        try editing.requireWritable(at: proceeding.now)
        guard case .attachment(let rules) = editing.form.question(question)?.kind else { throw Missing() }
        var answer: [AnswerFile] = []
        if case .files(let files) = editing.request.answers[question] { answer = files }
        if let removed {
            guard answer.contains(where: { $0.id == removed.text }) else { throw Missing() }
            answer.removeAll { $0.id == removed.text }
            if !isKnown(removed.text, editing.request.former) {
                try CandidacyFileStore.remove(removed, at: proceeding.now, proceeding.writer)
            }
        } else if files.isEmpty {
            throw Problems(question, "Choisissez un document.")
        }
        for file in files where !rules.accepted.contains(file.family) {
            throw Problems(question, AttachmentWords.notAccepted(file.name, file.family, rules.accepted))
        }
        for file in files where file.size > rules.maxBytes {
            throw Problems(question, AttachmentWords.tooLong(file.name, limit: rules.maxBytes))
        }
        guard answer.count + files.count <= rules.maxCount else {
            throw Problems(
                question,
                "Au plus \(rules.maxCount) documents ici, et il y en a \(answer.count)\u{202F}: retirez-en d’abord.")
        }
        for file in files {
            let added = CandidacyFile(
                id: proceeding.newIdentifier(), candidacy: editing.candidacy.id, question: question, name: file.name,
                family: file.family, size: file.size, digest: file.digest, addedAt: proceeding.now,
                addedBy: proceeding.principal.account, removedAt: nil)
            try CandidacyFileStore.insert(added, proceeding.writer)
            answer.append(added.answer(datedOn: nil))
            proceeding.note("file", "\(added.id.text) \(file.digest.text) \(file.size)")
        }
        var saved = editing.request
        saved.answers[question] = answer.isEmpty ? nil : .files(answer)
        try PiecesRequestStore.update(saved, at: editing.request.version, proceeding.writer)
        saved.version = editing.request.version + 1
        proceeding.concerns(saved.candidacy)
        return saved
    }

    /// Whether a document was there before the request: the deposit, or an earlier answer, holds it.
    private func isKnown(_ id: String, _ former: Answers) -> Bool {
        guard case .files(let files) = former[question] else { return false }
        return files.contains { $0.id == id }
    }
}
