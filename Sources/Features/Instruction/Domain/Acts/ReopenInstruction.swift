/// Takes an outcome back, in writing: the dossier is under review again. The candidate who was told of a refusal is told of this
/// (INST-6).
public struct ReopenInstruction: Act {
    public static let right = AssignDossier.right

    public let candidacy: Candidacy.ID
    public let version: Int
    public let reason: String
    public let head: LetterHead

    public init(candidacy: Candidacy.ID, version: Int, reason: String, head: LetterHead) {
        self.candidacy = candidacy
        self.version = version
        self.reason = reason
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try InstructionEditing(proceeding: proceeding).found(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> Instruction {
        let editing = InstructionEditing(proceeding: proceeding)
        let found = try editing.found(candidacy)
        var moved = try editing.moved(found.instruction, by: .reopen, shown: version)
        var problems = Problems()
        let words = CallText.long(reason, "raison", limit: 2_000, &problems)
        if words.isEmpty { problems.add("raison", "Écrivez pourquoi l’instruction est rouverte.") }
        try problems.throwIfAny()
        moved.decision = nil
        try editing.write(moved, replacing: found.instruction, .reopened, words: words)
        if found.instruction.state == .inadmissible, let address = try editing.holderAddress(of: found.candidacy) {
            proceeding.send(head.instructionReopened(address, found.candidacy, found.call))
        }
        return moved
    }
}
