import Storage

/// Withdraws what was deposited. Deposits and receipts stay as evidence; before the limit, depositing again is possible.
public struct WithdrawCandidacy: Act {
    public static let right = "La personne qui porte la candidature, tant qu’aucune décision n’est prise."

    public let candidacy: Candidacy.ID
    public let reason: String
    public let head: LetterHead

    public init(candidacy: Candidacy.ID, reason: String = "", head: LetterHead) {
        self.candidacy = candidacy
        self.reason = reason
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).led(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> Candidacy {
        let editing = CandidacyEditing(proceeding: proceeding)
        let former = try editing.led(candidacy)
        var problems = Problems()
        let words = CallText.long(reason, "motif", limit: 2_000, &problems)
        try problems.throwIfAny()
        guard let state = former.state.after(.withdraw) else {
            throw Problems(
                "",
                former.state == .withdrawn
                    ? "Cette candidature est déjà retirée." : "Il n’y a pas de dépôt à retirer.")
        }
        var withdrawn = former
        withdrawn.state = state
        withdrawn.withdrawnAt = proceeding.now
        withdrawn.withdrawReason = words
        withdrawn.consentedAt = nil
        withdrawn.updatedAt = proceeding.now
        try CandidacyStore.updateStanding(withdrawn, proceeding.writer)
        proceeding.about(former.id)
        if let address = try editing.holderAddress(of: former) {
            proceeding.send(head.candidacyWithdrawn(address, withdrawn, try editing.call(of: former)))
        }
        return withdrawn
    }
}
