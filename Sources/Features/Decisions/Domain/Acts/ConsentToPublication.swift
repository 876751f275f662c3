import Storage

/// Says whether the name of the project may stand beside its structure in the published results. What the law has published, the
/// structure and the amount, does not depend on it.
public struct ConsentToPublication: Act {
    public static let right = "La personne qui porte la candidature."

    public let candidacy: Candidacy.ID
    public let consents: Bool

    public init(candidacy: Candidacy.ID, consents: Bool) {
        self.candidacy = candidacy
        self.consents = consents
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).led(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard try !DecisionStore.notified(of: [candidacy], proceeding.writer).isEmpty else {
            throw Problems("", "Aucune décision n’est notifiée.")
        }
        try DecisionLetterStore.consent(
            candidacy, consents, at: proceeding.now, by: proceeding.principal.account, proceeding.writer)
        proceeding.about(candidacy)
        proceeding.note("consents", consents ? "yes" : "no")
    }
}
