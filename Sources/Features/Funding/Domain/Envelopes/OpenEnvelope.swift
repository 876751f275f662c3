/// Opens an envelope: the credit of a funder for a year, for a call or a purpose.
public struct OpenEnvelope: Act {
    public static let right = "La coordination et les agents du financeur."

    public let funder: Funder.ID
    public let call: Call.ID?
    public let label: String
    public let year: Int
    public let amount: Int

    public init(funder: Funder.ID, call: Call.ID? = nil, label: String, year: Int, amount: Int) {
        self.funder = funder
        self.call = call
        self.label = label
        self.year = year
        self.amount = amount
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard try FunderStore.funder(funder, proceeding.writer) != nil else { throw Missing() }
        let isAgent = try FunderStore.belongs(proceeding.principal, to: funder, proceeding.writer)
        guard FundingRights.mayKeep(proceeding.principal, FundingRights.Ties(isAgent: isAgent)) else {
            throw Denied("Ouvrir une enveloppe revient à la coordination et aux agents du financeur.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws -> FundingEnvelope {
        var problems = Problems()
        let clean = FundingText.line(label, "intitule", limit: 120, &problems)
        if clean.isEmpty { problems.add("intitule", "Donnez un nom à l’enveloppe.") }
        if !(1990...2100).contains(year) { problems.add("annee", "Cette année n’est pas possible.") }
        if !(0...FundingFold.most).contains(amount) { problems.add("montant", "Ce montant n’est pas possible.") }
        if let call, try CallStore.call(proceeding.principal, call, proceeding.writer) == nil { throw Missing() }
        if problems.isEmpty, try FundingEnvelopeStore.isTaken(funder, year, clean, proceeding.writer) {
            problems.add("intitule", "Ce financeur a déjà une enveloppe de ce nom cette année-là.")
        }
        try problems.throwIfAny()
        let envelope = FundingEnvelope(
            id: proceeding.newIdentifier(), funder: funder, call: call, label: clean, year: year, amount: amount,
            version: 1)
        try FundingEnvelopeStore.insert(
            envelope, by: proceeding.principal.account, at: proceeding.now, proceeding.writer)
        proceeding.about(envelope.id)
        return envelope
    }
}
