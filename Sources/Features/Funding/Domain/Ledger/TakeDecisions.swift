import Exchange

/// Enters in the ledger the aids that a call decided and told: each once, on the line that was asked of this funder when there is
/// one, on a new line otherwise. All of them or none: an envelope that cannot hold them refuses the whole (FUND-19).
public struct TakeDecisions: Act {
    public static let right = "La coordination et l’équipe de l’appel."

    public let call: Call.ID
    public let funder: Funder.ID
    public let envelope: FundingEnvelope.ID?

    public init(call: Call.ID, funder: Funder.ID, envelope: FundingEnvelope.ID? = nil) {
        self.call = call
        self.funder = funder
        self.envelope = envelope
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let principal = proceeding.principal
        guard try CallStore.call(principal, call, proceeding.writer) != nil else { throw Missing() }
        let ties = FundingRights.Ties(isTeam: try CallTeamStore.belongs(principal, to: call, proceeding.writer))
        guard FundingRights.mayKeep(principal, ties) else {
            throw Denied("Porter les aides au registre revient à l’équipe de l’appel.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> [FundingLine] {
        let writer = proceeding.writer
        guard let call = try CallStore.call(proceeding.principal, call, writer) else { throw Missing() }
        guard try FunderStore.funder(funder, writer) != nil else {
            throw Problems("financeur", "Choisissez le financeur.")
        }
        let grants = try DecidedGrant.waiting(in: call.id, writer)
        guard !grants.isEmpty else {
            throw Problems("", "Aucune aide notifiée n’attend d’être portée au registre.")
        }
        var asked: [Candidacy.ID: FundingLine] = [:]
        for line in try DecidedGrant.lines(of: call.id, writer) where line.facts.funder == funder {
            if let candidacy = line.facts.candidacy, line.state == .envisaged || line.state == .asked {
                asked[candidacy] = line
            }
        }
        let editing = FundingEditing(proceeding: proceeding)
        var lines: [FundingLine] = []
        for grant in grants {
            let line = try asked[grant.candidacy] ?? open(grant, of: call, editing, proceeding)
            lines.append(
                try editing.take(
                    .grant, amount: grant.amount, on: grant.decidedOn, words: grant.deliberation,
                    of: line, field: "enveloppe"))
        }
        proceeding.concerns(call.id)
        proceeding.note("lines", String(lines.count))
        return lines
    }

    private func open(
        _ grant: DecidedGrant, of call: Call, _ editing: FundingEditing, _ proceeding: Proceeding
    ) throws -> FundingLine {
        var facts = FundingFacts(
            funder: funder, beneficiary: grant.structure, object: grant.name, year: grant.decidedOn.year)
        facts.envelope = envelope
        facts.call = call.id
        facts.candidacy = grant.candidacy
        facts.siret = grant.siret
        facts.scheme = call.title
        // A place that the one who acts may not know stays the candidacy's affair.
        facts.place = try grant.place.flatMap {
            try PlaceStore.place(proceeding.principal, $0, proceeding.writer)
        }?.id
        return try OpenFundingLine.open(try editing.checked(facts), proceeding)
    }
}
