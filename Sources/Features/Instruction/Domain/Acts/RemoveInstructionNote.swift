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
