/// Accepts a proposal, field by field, or refuses it with a reason. Its author is told.
public struct DecideProposal: Act {
    public static let right = "L’équipe du lieu, la coordination."

    public let proposal: PlaceProposal.ID
    /// The fields taken; empty refuses the whole (a report of closing is taken with `closes`).
    public let accepted: Set<SheetField>
    /// Takes a report that the place has closed.
    public let closes: Bool
    public let reason: String
    public let head: LetterHead

    public init(
        proposal: PlaceProposal.ID, accepted: Set<SheetField>, closes: Bool = false, reason: String = "",
        head: LetterHead
    ) {
        self.proposal = proposal
        self.accepted = accepted
        self.closes = closes
        self.reason = reason
        self.head = head
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let proposal = try found(proceeding)
        guard
            PlaceRights.belongs(proceeding.principal, to: proposal.place)
                || PlaceRights.mayModerate(proceeding.principal)
        else { throw Missing() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        let proposal = try found(proceeding)
        guard proposal.state == .open else { throw Problems("", "Cette proposition a déjà été traitée.") }
        let editing = PlaceEditing(proceeding: proceeding)
        let old = try editing.visible(proposal.place).place
        var new = old
        let taken = proposal.fields.filter { accepted.contains($0.field) }
        for change in taken { new.sheet[change.field] = change.after }
        if closes, proposal.kind == .closing { new.sheet[.maturity] = .text(Maturity.closed.rawValue) }
        // A remark without fields has nothing to take: it is settled by whoever edited the sheet, with a word.
        let isAccepted = !taken.isEmpty || (closes && proposal.kind == .closing)
        if !isAccepted, SheetRules.comment(reason).isEmpty {
            throw Problems("motif", "Dites pourquoi la proposition n’est pas retenue.")
        }
        if isAccepted {
            try SheetRules.problems(new.sheet).throwIfAny()
            new.verifiedAt = proceeding.now
            try editing.write(new, replacing: old, kind: .proposal, source: proposal.source, comment: proposal.id.text)
        }
        try ProposalStore.settle(
            proposal.id, isAccepted ? .accepted : .refused, by: proceeding.principal.account,
            reason: SheetRules.comment(reason), at: proceeding.now, proceeding.writer)
        proceeding.about(proposal.place)
        proceeding.note("proposal", proposal.id.text)
        proceeding.note("decision", isAccepted ? "accepted" : "refused")
        if !proposal.author.isEmpty {
            let refusal = isAccepted ? nil : SheetRules.comment(reason)
            proceeding.send(head.proposalDecided(proposal.author, old.sheet.name, refusal: refusal))
        }
    }

    private func found(_ proceeding: Proceeding) throws -> PlaceProposal {
        guard let proposal = try ProposalStore.proposal(proposal, proceeding.writer), proposal.state != .unconfirmed
        else {
            throw Missing()
        }
        return proposal
    }
}
