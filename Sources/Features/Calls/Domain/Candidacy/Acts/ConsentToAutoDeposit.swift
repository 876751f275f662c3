import Storage

/// Agrees, or no longer, that the program deposits the draft just before the limit if it is complete then (CAND-13).
public struct ConsentToAutoDeposit: Act {
    public static let right = "La personne qui porte la candidature, jusqu’à la limite."

    public let candidacy: Candidacy.ID
    public let consents: Bool

    public init(candidacy: Candidacy.ID, consents: Bool) {
        self.candidacy = candidacy
        self.consents = consents
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).led(candidacy)
    }

    public func perform(_ proceeding: Proceeding) throws -> Candidacy {
        let editing = CandidacyEditing(proceeding: proceeding)
        var candidacy = try editing.led(candidacy)
        let call = try editing.call(of: candidacy)
        try editing.requireEditable(candidacy, call)
        guard let wave = candidacy.targetWave(of: call, at: proceeding.now), proceeding.now < wave.closesAt else {
            throw Problems("", "La limite est passée.")
        }
        candidacy.wave = candidacy.depositedVersion > 0 ? candidacy.wave : wave.id
        candidacy.consentedAt = consents ? candidacy.consentedAt ?? proceeding.now : nil
        try CandidacyStore.updateStanding(candidacy, proceeding.writer)
        proceeding.concerns(candidacy.id)
        proceeding.note("consents", consents ? "yes" : "no")
        return candidacy
    }
}
