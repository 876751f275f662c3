import Storage

/// Who may speak on which side: `Missing` for all others.
enum MessageDesk {
    static func dossier(
        _ candidacy: Candidacy.ID, _ side: InstructionMessage.Side, _ proceeding: Proceeding
    ) throws -> Instruction {
        switch side {
        case .instruction: return try InstructionEditing(proceeding: proceeding).found(candidacy).instruction
        case .candidate:
            _ = try CandidacyEditing(proceeding: proceeding).remarked(candidacy)
            guard let dossier = try InstructionStore.any(candidacy, proceeding.writer) else { throw Missing() }
            return dossier
        }
    }
}
