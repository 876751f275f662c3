import Storage

/// An aid that a call decided and told, and that the ledger does not hold yet.
public struct DecidedGrant: Sendable, Equatable {
    public let candidacy: Candidacy
    public let decision: Decision
    /// In cents.
    public let amount: Int

    /// By candidacy, for those who keep the call; nobody else learns of one.
    public static func waiting(_ principal: Principal, in call: Call.ID, _ reader: Reader) throws -> [DecidedGrant] {
        let ties = FundingRights.Ties(isTeam: try CallTeamStore.belongs(principal, to: call, reader))
        return FundingRights.mayKeep(principal, ties) ? try waiting(in: call, reader) : []
    }

    /// What was withdrawn since, and what has a granted line, is left out (FUND-19).
    static func waiting(in call: Call.ID, _ reader: Reader) throws -> [DecidedGrant] {
        let decisions = try DecisionStore.notified(of: call, reader).filter(\.outcome.grants)
        guard !decisions.isEmpty else { return [] }
        let examined = Dictionary(
            try CandidacyStore.deposited(of: call, limit: 20_000, reader).filter(\.state.isExamined).map { ($0.id, $0) }
        ) { first, _ in first }
        let held = Set(try lines(of: call, reader).filter(\.state.isGranted).compactMap(\.facts.candidacy))
        return decisions.compactMap { decision in
            guard let candidacy = examined[decision.candidacy], !held.contains(candidacy.id),
                let amount = decision.amount, amount > 0
            else { return nil }
            return DecidedGrant(candidacy: candidacy, decision: decision, amount: amount)
        }
    }

    /// The lines of the candidacies of a call.
    static func lines(of call: Call.ID, _ reader: Reader) throws -> [FundingLine] {
        try FundingStore.list(
            "funding_line.call_id = \(call) AND funding_line.candidacy_id IS NOT NULL", limit: 50_000, reader)
    }
}
