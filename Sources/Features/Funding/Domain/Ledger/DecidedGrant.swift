import Exchange
import Storage

/// An aid that a call decided and told, and that the ledger does not hold yet.
public struct DecidedGrant: Sendable, Equatable {
    public let candidacy: Candidacy.ID
    /// What lists call the candidacy.
    public let name: String
    public let structure: String
    public let siret: String
    public let place: Place.ID?
    public let decidedOn: CivilDate
    public let deliberation: String
    /// In cents.
    public let amount: Int

    /// By candidacy, for those who keep the call; nobody else learns of one.
    public static func waiting(_ principal: Principal, in call: Call.ID, _ reader: Reader) throws -> [DecidedGrant] {
        try keeps(principal, call, reader) ? try waiting(in: call, reader) : []
    }

    /// How many wait, for those who keep the call; 0 to anybody else.
    public static func count(_ principal: Principal, in call: Call.ID, _ reader: Reader) throws -> Int {
        guard try keeps(principal, call, reader) else { return 0 }
        return try reader.count("SELECT COUNT(*) \(source(call))")
    }

    private static func keeps(_ principal: Principal, _ call: Call.ID, _ reader: Reader) throws -> Bool {
        FundingRights.mayKeep(
            principal, FundingRights.Ties(isTeam: try CallTeamStore.belongs(principal, to: call, reader)))
    }

    static func waiting(in call: Call.ID, _ reader: Reader) throws -> [DecidedGrant] {
        try reader.all(
            """
            SELECT decision.candidacy_id, candidacy.title, candidacy.structure, candidacy.siret, candidacy.place_id,
                decision.decided_on, decision.deliberation, decision.amount
            \(source(call))
            ORDER BY decision.candidacy_id
            """
        ) { row in
            let structure = try row.text(2)
            return DecidedGrant(
                candidacy: Candidacy.ID(try row.int(0)),
                name: Candidacy.name(title: try row.text(1), structure: structure), structure: structure,
                siret: try row.text(3), place: try row.optionalInt(4).map { Place.ID($0) },
                decidedOn: CivilDate(iso: try row.text(5)) ?? CivilDate(daysSince1970: 0),
                deliberation: try row.text(6), amount: Int(try row.int(7)))
        }
    }

    /// What was withdrawn since, and what has a granted line, is left out (FUND-19).
    private static func source(_ call: Call.ID) -> SQL {
        """
        FROM decision
            JOIN candidacy ON candidacy.id = decision.candidacy_id
            WHERE decision.call_id = \(call)
                AND decision.superseded_at IS NULL
                AND decision.notified_at IS NOT NULL
                AND decision.amount > 0
                AND candidacy.state IN ('deposee', 'admise')
                AND NOT EXISTS (
                    SELECT 1
                    FROM funding_line
                    WHERE funding_line.candidacy_id = decision.candidacy_id
                        AND funding_line.call_id = decision.call_id
                        AND funding_line.state IN ('accorde', 'conventionne', 'verse', 'solde', 'reverse'))
        """
    }

    /// The lines of the candidacies of a call.
    static func lines(of call: Call.ID, _ reader: Reader) throws -> [FundingLine] {
        try FundingStore.list(
            "funding_line.call_id = \(call) AND funding_line.candidacy_id IS NOT NULL", limit: 50_000, reader)
    }
}
