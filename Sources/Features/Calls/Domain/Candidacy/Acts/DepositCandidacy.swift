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

    public init(candidacy: Candidacy.ID, version: Int, key: DepositKey, arrival: Instant, office: DepositOffice) {
        self.candidacy = candidacy
        self.version = version
        self.key = key
        self.arrival = arrival
        self.office = office
    }

    public func authorize(_ proceeding: Proceeding) throws {
        _ = try CandidacyEditing(proceeding: proceeding).led(candidacy)
    }

    /// Throws `CandidacyIncomplete` with all that is missing, `Conflict` when the draft changed since it was checked.
    public func perform(_ proceeding: Proceeding) throws -> DepositOutcome {
        let editing = CandidacyEditing(proceeding: proceeding)
        let former = try editing.led(candidacy)
        let filing = DepositFiling(proceeding: proceeding, office: office)
        if let known = try filing.known(key, for: former) { return known }
        guard version == former.version else { throw Conflict(current: former.version) }
        let call = try editing.call(of: former)
        // Two pages open on the same version are one deposit.
        if former.depositedVersion == former.version, former.state == .deposited || former.state == .late,
            let known = try filing.latest(of: former, under: key)
        {
            return known
        }
        let arrival = min(arrival, proceeding.now)
        let review = try CandidacyReview.of(former, call: call, at: arrival, shelf: office.shelf, proceeding.writer)
        let shortfalls = review.shortfalls
        guard shortfalls.isEmpty else { throw CandidacyIncomplete(shortfalls: shortfalls) }
        let outcome = try filing.deposit(
            review, key: key, arrival: arrival, by: proceeding.principal.account, isConsented: false)
        if let address = try editing.holderAddress(of: former) {
            proceeding.send(office.head.candidacyDeposited(address, review, outcome))
        }
        return outcome
    }
}
