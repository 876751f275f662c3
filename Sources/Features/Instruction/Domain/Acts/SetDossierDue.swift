import Exchange

/// Says until when a dossier should have its outcome, or that no date is set (INST-7).
public struct SetDossierDue: Act {
    public static let right = AssignDossier.right

    public let candidacy: Candidacy.ID
    /// The last day, by the clocks of Paris; nil takes the date away.
    public let day: CivilDate?

    public init(candidacy: Candidacy.ID, day: CivilDate?) {
        self.candidacy = candidacy
        self.day = day
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try InstructionEditing(proceeding: proceeding).found(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> Instruction {
        let editing = InstructionEditing(proceeding: proceeding)
        let former = try editing.found(candidacy).instruction
        var dated = former
        dated.dueAt = day.map { DossierDeadline.end(of: $0) }
        if let due = dated.dueAt, due <= proceeding.now {
            throw Problems("echeance", "Cette date est passée\u{202F}: choisissez-en une à venir.")
        }
        guard dated.dueAt != former.dueAt else {
            proceeding.concerns(candidacy)
            return former
        }
        dated.updatedAt = proceeding.now
        try editing.write(
            dated, replacing: former, .dueSet, words: day.map { "le " + DeadlineClock.date($0) } ?? "aucune")
        return dated
    }
}
