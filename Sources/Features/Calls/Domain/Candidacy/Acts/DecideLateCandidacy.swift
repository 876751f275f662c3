import Storage

/// Admits a late candidacy or sets it aside, in writing. The candidate reads the reason; nothing is thrown away (CAND-14).
public struct DecideLateCandidacy: Act {
    public static let right = "Une personne de l’équipe de l’appel, ou de la coordination, par une décision motivée."

    public let candidacy: Candidacy.ID
    public let admits: Bool
    public let reason: String
    public let head: LetterHead

    public init(candidacy: Candidacy.ID, admits: Bool, reason: String, head: LetterHead) {
        self.candidacy = candidacy
        self.admits = admits
        self.reason = reason
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).decided(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> Candidacy {
        let editing = CandidacyEditing(proceeding: proceeding)
        let (former, call) = try editing.decided(candidacy)
        var problems = Problems()
        let words = CallText.long(reason, "motif", limit: 4_000, &problems)
        if words.isEmpty { problems.add("motif", "Écrivez le motif\u{202F}: la personne qui a déposé le lira.") }
        try problems.throwIfAny()
        guard let state = former.state.after(admits ? .admit : .dismiss) else {
            throw Problems("", "Aucun dépôt hors délai n’attend de décision ici.")
        }
        var decided = former
        decided.state = state
        decided.decision = Candidacy.LateDecision(
            at: proceeding.now, by: proceeding.principal.account, reason: words)
        decided.updatedAt = proceeding.now
        try CandidacyStore.updateStanding(decided, proceeding.writer)
        proceeding.about(former.id)
        proceeding.note("decision", state.rawValue)
        if let address = try editing.holderAddress(of: former) {
            proceeding.send(head.lateCandidacyDecided(address, decided, call))
        }
        return decided
    }
}
