import Storage

/// Deposits a draft whose lead agreed to it, in the last minutes before the limit, if it is complete.
///
/// The arrival is the instant at which this act begins, never the limit: when the program does not run in those minutes, or the
/// draft is not complete, nothing is deposited and nothing pretends to be (CAND-13).
public struct DepositConsentedDraft: Act {
    public static let right = "Le programme lui-même, avec l’accord de la personne qui porte la candidature."

    /// How long before a limit the program deposits.
    public static let window = Instant.Span.minutes(3)

    public let candidacy: Candidacy.ID
    public let office: DepositOffice

    public init(candidacy: Candidacy.ID, office: DepositOffice) {
        self.candidacy = candidacy
        self.office = office
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isHouse else { throw Missing() }
    }

    /// Answers nil when there was nothing to deposit: not agreed, not complete, not in the last minutes, already deposited.
    public func perform(_ proceeding: Proceeding) throws -> DepositOutcome? {
        guard let former = try CandidacyStore.any(candidacy, proceeding.writer) else { throw Missing() }
        proceeding.concerns(former.id)
        let now = proceeding.now
        guard let call = try CallStore.any(former.call, proceeding.writer), call.state == .published,
            let holder = former.holder, former.consentedAt != nil, former.version > former.depositedVersion,
            former.state == .draft || former.state == .deposited,
            let wave = former.targetWave(of: call, at: now), now < wave.closesAt, wave.closesAt - now <= Self.window
        else { return nil }
        let dossier = try DepositPreparation.read(
            former, call: call, at: now, shelf: office.shelf, proceeding.writer)
        guard dossier.shortfalls.isEmpty else { return nil }
        let outcome = try DepositFiling(proceeding: proceeding, office: office).deposit(
            dossier, key: .consented(former), arrival: now, by: holder, isConsented: true)
        if let address = try AccountStore.account(holder, proceeding.writer)?.email?.text {
            proceeding.send(office.head.candidacyDeposited(address, dossier.review, outcome))
        }
        return outcome
    }

    /// Those it should be performed for now.
    public static func due(at now: Instant, _ reader: Reader) throws -> [Candidacy.ID] {
        try CandidacyStore.consented(closingAfter: now, before: now + window, reader).map(\.id)
    }
}
