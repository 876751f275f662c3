import Storage

/// What ends an opinion, whichever way.
enum OpinionClosing {
    /// Writes it, counts it no more among those that wait, and adds it to the dossier's history.
    @discardableResult
    static func close(_ opinion: Opinion, _ kind: InstructionEvent.Kind, _ proceeding: Proceeding) throws -> Instruction
    {
        guard var dossier = try InstructionStore.any(opinion.candidacy, proceeding.writer) else { throw Missing() }
        try OpinionStore.update(opinion, proceeding.writer)
        dossier.openOpinions = max(0, dossier.openOpinions - 1)
        dossier.updatedAt = proceeding.now
        try InstructionStore.recount(dossier, proceeding.writer)
        try InstructionEventStore.add(kind, to: opinion.candidacy, words: opinion.kind.label, proceeding)
        proceeding.about(opinion.candidacy)
        proceeding.note("opinion", opinion.id.text)
        return dossier
    }

    /// The address of who is to be told: who has the dossier, else who asked.
    static func asker(_ opinion: Opinion, _ dossier: Instruction, _ proceeding: Proceeding) throws -> String? {
        guard let account = dossier.instructor ?? opinion.askedBy else { return nil }
        return try AccountStore.account(account, proceeding.writer)?.email?.text
    }
}
