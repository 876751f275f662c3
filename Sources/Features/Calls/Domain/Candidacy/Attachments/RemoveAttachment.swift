import Storage

/// Takes a document away from a draft. What was deposited with it keeps it (ATT-8).
public struct RemoveAttachment: Act {
    public static let right = AttachFiles.right

    public let candidacy: Candidacy.ID
    public let file: CandidacyFile.ID
    public let shelf: CandidacyFormShelf

    public init(candidacy: Candidacy.ID, file: CandidacyFile.ID, shelf: CandidacyFormShelf) {
        self.candidacy = candidacy
        self.file = file
        self.shelf = shelf
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let editing = try AttachmentEditing(proceeding, candidacy, holding: file, shelf)
        try editing.requireWriter(of: try editing.attached(file).question)
    }

    public func perform(_ proceeding: Proceeding) throws -> Candidacy {
        let editing = try AttachmentEditing(proceeding, candidacy, holding: file, shelf)
        try editing.requireEditable()
        let found = try editing.attached(file)
        let answer = editing.answered(found.question).filter { $0.id != found.id.text }
        try CandidacyFileStore.remove(found.id, at: proceeding.now, proceeding.writer)
        let saved = try editing.save(answer, to: try editing.asked(found.question))
        proceeding.note("file", found.id.text)
        return saved
    }
}
