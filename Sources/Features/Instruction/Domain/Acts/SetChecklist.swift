/// Writes what is checked of each dossier of a call; an empty text goes back to what follows from the call (INST-12). What was
/// already found of a dossier stays under its item.
public struct SetChecklist: Act {
    public static let right = AssignDossier.right

    public let call: Call.ID
    /// One item a line.
    public let text: String

    public init(call: Call.ID, text: String) {
        self.call = call
        self.text = text
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try InstructionEditing(proceeding: proceeding).kept(call)
    }

    public func perform(_ proceeding: Proceeding) throws -> [ChecklistItem] {
        let call = try InstructionEditing(proceeding: proceeding).kept(call)
        var problems = Problems()
        let known = try ChecklistStore.items(of: call, proceeding.writer) + Checklist.defaults(of: call)
        let items = Checklist.items(in: text, known: known, &problems)
        try problems.throwIfAny()
        try ChecklistStore.replace(items, of: call.id, proceeding.writer)
        proceeding.concerns(call.id)
        proceeding.note("items", String(items.count))
        return try ChecklistStore.items(of: call, proceeding.writer)
    }
}
