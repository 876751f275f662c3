import Storage

/// The final act: deposits the draft as it was checked, and gives its receipt. Tiny, and idempotent for ever: the same key gives
/// the same receipt, whatever happened since (CAND-7).
public struct DepositCandidacy: Act {
    public static let right = "La personne qui porte la candidature, seule."

    public let candidacy: Candidacy.ID
    /// The version that was checked.
    public let version: Int
    public let key: DepositKey
    /// When the last byte of the request had been read.
    public let arrival: Instant
    public let office: DepositOffice
    /// Made ready before its turn came; read again when something changed since, or nothing was.
    public let preparation: DepositPreparation?

    public init(
        candidacy: Candidacy.ID, version: Int, key: DepositKey, arrival: Instant, office: DepositOffice,
        preparation: DepositPreparation? = nil
    ) {
        self.candidacy = candidacy
        self.version = version
        self.key = key
        self.arrival = arrival
        self.office = office
        self.preparation = preparation
    }

    public func authorize(_ proceeding: Proceeding) throws {
        try CandidacyEditing(proceeding: proceeding).requireLead(candidacy)
    }

    /// Throws `CandidacyIncomplete` with all that is missing, `Conflict` when the draft changed since it was checked.
    public func perform(_ proceeding: Proceeding) throws -> DepositOutcome {
        let editing = CandidacyEditing(proceeding: proceeding)
        let arrival = min(arrival, proceeding.now)
        let ready = try preparation.flatMap { prepared in
            try prepared.stands(for: candidacy, at: arrival, proceeding.writer) ? prepared : nil
        }
        let former = try ready?.review.candidacy ?? editing.led(candidacy)
        let filing = DepositFiling(proceeding: proceeding, office: office)
        if let known = try filing.known(key, for: former) { return known }
        guard version == former.version else { throw Conflict(current: former.version) }
        let call = try ready?.review.call ?? editing.call(of: former)
        // Two pages open on the same version are one deposit.
        if former.depositedVersion == former.version, former.state == .deposited || former.state == .late,
            let known = try filing.latest(of: former, under: key)
        {
            return known
        }
        let dossier =
            try ready
            ?? .read(former, call: call, at: arrival, shelf: office.shelf, proceeding.writer)
        guard dossier.shortfalls.isEmpty else { throw CandidacyIncomplete(shortfalls: dossier.shortfalls) }
        let outcome = try filing.deposit(
            dossier, key: key, arrival: arrival, by: proceeding.principal.account, isConsented: false)
        if let address = try editing.holderAddress(of: former) {
            proceeding.send(office.head.candidacyDeposited(address, dossier.review, outcome))
        }
        return outcome
    }
}
