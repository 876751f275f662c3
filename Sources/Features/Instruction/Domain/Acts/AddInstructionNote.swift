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

/// Takes away a note one wrote oneself (INST-17).
public struct RemoveInstructionNote: Act {
    public static let right = "La personne qui a écrit l’annotation, tant qu’elle est de l’équipe de l’appel."

    public let note: InstructionNote.ID

    public init(note: InstructionNote.ID) {
        self.note = note
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard let note = try InstructionNoteStore.note(note, proceeding.writer) else { throw Missing() }
        _ = try InstructionEditing(proceeding: proceeding).found(note.candidacy)
        guard note.author == proceeding.principal.account else {
            throw Denied("Une annotation se retire par la personne qui l’a écrite.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let note = try InstructionNoteStore.note(note, proceeding.writer) else { throw Missing() }
        try InstructionNoteStore.remove(note.id, at: proceeding.now, proceeding.writer)
        proceeding.about(note.candidacy)
    }
}
