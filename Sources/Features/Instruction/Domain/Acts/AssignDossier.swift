import Storage

/// Gives a dossier to a member of the call's team, takes it back from them, or hands it over to another with a word (INST-7).
/// Many at once are many of these in one transaction.
public struct AssignDossier: Act {
    public static let right = "Une personne de l’équipe de l’appel, ou de la coordination."

    public let candidacy: Candidacy.ID
    /// Nil takes the dossier back: nobody has it.
    public let instructor: Account.ID?
    /// What the next one should know.
    public let words: String

    public init(candidacy: Candidacy.ID, instructor: Account.ID?, words: String = "") {
        self.candidacy = candidacy
        self.instructor = instructor
        self.words = words
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try InstructionEditing(proceeding: proceeding).found(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> Instruction {
        let editing = InstructionEditing(proceeding: proceeding)
        let former = try editing.found(candidacy).instruction
        var problems = Problems()
        let words = CallText.long(words, "mot", limit: 2_000, &problems)
        if let instructor, try !CallTeamStore.members(of: former.call, proceeding.writer).contains(instructor) {
            problems.add(
                "instructeur", "Un dossier se confie à une personne de l’équipe de l’appel\u{202F}: ajoutez-la d’abord."
            )
        }
        try problems.throwIfAny()
        guard former.instructor != instructor else {
            proceeding.concerns(candidacy)
            return former
        }
        var given = former
        given.instructor = instructor
        given.assignedAt = instructor.map { _ in proceeding.now }
        // Whoever takes a dossier knows it.
        given.toldAt = instructor == proceeding.principal.account ? proceeding.now : nil
        given.updatedAt = proceeding.now
        try editing.write(
            given, replacing: former, instructor == nil ? .released : .assigned, account: instructor, words: words)
        return given
    }
}
