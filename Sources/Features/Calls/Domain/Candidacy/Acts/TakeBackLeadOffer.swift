import Storage

/// Takes back an offer of the lead that was not answered.
public struct TakeBackLeadOffer: Act {
    public static let right = "La personne qui porte la candidature, tant que l’autre n’a pas répondu."

    public let candidacy: Candidacy.ID

    public init(candidacy: Candidacy.ID) {
        self.candidacy = candidacy
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).led(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let offer = try LeadOfferStore.open(of: candidacy, proceeding.writer) else { throw Missing() }
        try LeadOfferStore.close(offer.id, as: .takenBack, at: proceeding.now, proceeding.writer)
        proceeding.concerns(candidacy)
        proceeding.note("offer", offer.id.text)
    }
}
