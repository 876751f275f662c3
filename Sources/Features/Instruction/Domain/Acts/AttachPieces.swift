import Exchange
import Forms
import Storage

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
