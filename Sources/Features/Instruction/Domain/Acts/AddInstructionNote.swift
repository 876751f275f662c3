/// Writes a note beside a dossier, for those who instruct it alone (INST-17).
public struct AddInstructionNote: Act {
    public static let right = AssignDossier.right

    public let candidacy: Candidacy.ID
    public let kind: InstructionNote.Kind?
    public let text: String

    public init(candidacy: Candidacy.ID, kind: InstructionNote.Kind?, text: String) {
        self.candidacy = candidacy
        self.kind = kind
        self.text = text
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try InstructionEditing(proceeding: proceeding).found(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> InstructionNote {
        var problems = Problems()
        let words = CallText.long(text, "annotation", limit: 8_000, &problems)
        if words.isEmpty { problems.add("annotation", "Écrivez l’annotation.") }
        if kind == nil { problems.add("genre", "Choisissez de quoi il s’agit.") }
        try problems.throwIfAny()
        let note = InstructionNote(
            id: proceeding.newIdentifier(), candidacy: candidacy, kind: kind ?? .note, text: words,
            author: proceeding.principal.account, at: proceeding.now)
        try InstructionNoteStore.insert(note, proceeding.writer)
        proceeding.about(candidacy)
        proceeding.note("kind", note.kind.rawValue)
        return note
    }
}
