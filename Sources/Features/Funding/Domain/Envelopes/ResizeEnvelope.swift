/// Changes the amount of an envelope, never below what it owes.
public struct ResizeEnvelope: Act {
    public static let right = "La coordination et les agents du financeur."

    public let envelope: FundingEnvelope.ID
    public let amount: Int

    public init(envelope: FundingEnvelope.ID, amount: Int) {
        self.envelope = envelope
        self.amount = amount
    }

    public func authorize(_ proceeding: Proceeding) throws {
        let principal = proceeding.principal
        guard let found = try FundingEnvelopeStore.envelope(principal, envelope, proceeding.writer) else {
            throw Missing()
        }
        let isAgent = try FunderStore.belongs(principal, to: found.funder, proceeding.writer)
        guard FundingRights.mayKeep(principal, FundingRights.Ties(isAgent: isAgent)) else {
            throw Denied("Changer une enveloppe revient à la coordination et aux agents du financeur.")
        }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard (0...FundingFold.most).contains(amount) else {
            throw Problems("montant", "Ce montant n’est pas possible.")
        }
        guard try FundingEnvelopeStore.touch(envelope, proceeding.writer),
            let found = try FundingEnvelopeStore.any(envelope, proceeding.writer)
        else { throw Missing() }
        guard amount >= found.committed else {
            throw Problems(
                "montant",
                "Cette enveloppe doit déjà \(FundingText.euros(found.committed))\u{202F}: c’est "
                    + "\(FundingText.euros(found.committed - amount)) de moins.")
        }
        try FundingEnvelopeStore.setAmount(envelope, amount, proceeding.writer)
        proceeding.about(envelope)
        proceeding.note("amount", String(amount))
    }
}
