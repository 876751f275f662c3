import Exchange
import Storage

/// Money that the same structure, or the same place, was granted besides a dossier: by another call of the network, or as the ledger
/// knows of it. Only what the reader may see of each (FUND-21).
public struct GrantedElsewhere: Sendable, Equatable {
    /// Where more is said, for this reader.
    public enum Source: Sendable, Equatable {
        /// A decision of a call that the reader keeps.
        case decision(slug: String, Candidacy.ID)
        /// A result that was published.
        case result(slug: String)
        /// A line of the ledger.
        case line(FundingLine.ID)
    }

    /// What makes it the same.
    public enum Tie: String, Sendable {
        case siret, lieu, structure

        public var label: String {
            switch self {
            case .siret: "même SIRET"
            case .lieu: "même lieu"
            case .structure: "même nom de structure"
            }
        }
    }

    public let source: Source
    /// The call, or who gives it and by which scheme.
    public let title: String
    public let year: Int
    /// In cents.
    public let amount: Int
    /// Nil for a decision that is not in the ledger.
    public let state: FundingState?
    public let tie: Tie

    /// The latest first, in one statement. The one who asks may read the dossier.
    ///
    /// A decision that has a line of the ledger which the reader sees is shown as that line: once.
    public static func beside(
        _ candidacy: Candidacy.ID, _ principal: Principal, _ reader: Reader
    ) throws -> [GrantedElsewhere] {
        try reader.all(
            """
            WITH own (id, siret, place_id, structure) AS (
                SELECT id, siret, place_id, structure
                FROM candidacy
                WHERE id = \(candidacy)),
            alike (id, tie) AS (
                SELECT other.id, MIN(other.tie)
                FROM (
                    SELECT candidacy.id, 1 AS tie
                    FROM own
                    JOIN candidacy ON candidacy.siret = own.siret AND candidacy.siret <> ''
                    UNION ALL
                    SELECT candidacy.id, 2
                    FROM own
                    JOIN candidacy ON candidacy.place_id = own.place_id
                    UNION ALL
                    SELECT candidacy.id, 3
                    FROM own
                    JOIN candidacy ON candidacy.structure = own.structure AND candidacy.structure <> '') AS other
                WHERE other.id <> \(candidacy)
                GROUP BY other.id)
            SELECT 1 AS kind, call.title, call.slug, decision.candidacy_id,
                CASE WHEN \(keeps(principal)) THEN 1 ELSE 0 END, CAST(SUBSTR(decision.decided_on, 1, 4) AS BIGINT) AS year,
                decision.amount, '' AS state, alike.tie, decision.id AS id
            FROM alike
            JOIN decision ON decision.candidacy_id = alike.id
            JOIN candidacy ON candidacy.id = decision.candidacy_id
            JOIN call ON call.id = decision.call_id
            WHERE decision.superseded_at IS NULL
                AND decision.notified_at IS NOT NULL
                AND decision.amount IS NOT NULL
                AND candidacy.state IN ('deposee', 'admise')
                AND (decision.wave_id IN (SELECT wave_id FROM decision_publication) OR \(keeps(principal)))
                AND NOT EXISTS (
                    SELECT 1
                    FROM funding_line
                    WHERE funding_line.candidacy_id = decision.candidacy_id
                        AND funding_line.granted_cents > 0
                        AND \(named(to: principal)))
            UNION ALL
            SELECT 2, funder.name, funding_line.scheme, funding_line.id, 0, funding_line.year,
                funding_line.granted_cents, funding_line.state,
                CASE WHEN own.siret <> '' AND funding_line.siret = own.siret THEN 1
                    WHEN funding_line.place_id = own.place_id THEN 2 ELSE 3 END,
                funding_line.id
            FROM own
            JOIN funding_line ON funding_line.id IN (
                SELECT funding_line.id
                FROM funding_line
                WHERE funding_line.siret = own.siret
                    AND funding_line.siret <> ''
                UNION
                SELECT funding_line.id
                FROM funding_line
                WHERE funding_line.place_id = own.place_id
                UNION
                SELECT funding_line.id
                FROM funding_line
                JOIN alike ON alike.id = funding_line.candidacy_id)
            JOIN funder ON funder.id = funding_line.funder_id
            WHERE funding_line.granted_cents > 0
                AND (funding_line.candidacy_id IS NULL OR funding_line.candidacy_id <> own.id)
                AND \(named(to: principal))
            ORDER BY year DESC, kind, id DESC
            LIMIT 50
            """, read)
    }

    /// Lines that the reader sees, but for the private persons whom they may not name (FUND-9): beside a dossier, they would be.
    private static func named(to principal: Principal) -> SQL {
        """
        (\(VisibleFunding.to(principal))
            AND (funding_line.is_person = 0 OR \(VisibleFunding.inFull(to: principal))))
        """
    }

    /// Whether the reader keeps the call of a decision.
    private static func keeps(_ principal: Principal) -> SQL {
        if principal.isHouse || principal.isCoordinator { return "1 = 1" }
        guard let account = principal.dutyHolder else { return "1 = 0" }
        return """
            EXISTS (
                SELECT 1
                FROM call_team
                WHERE call_team.call_id = decision.call_id
                    AND call_team.account_id = \(account)
                    AND call_team.until IS NULL)
            """
    }

    private static func read(_ row: Row) throws -> GrantedElsewhere {
        let (title, words, id) = (try row.text(1), try row.text(2), try row.int(3))
        let tie: Tie =
            switch try row.int(8) {
            case 1: .siret
            case 2: .lieu
            default: .structure
            }
        let isLine = try row.int(0) == 2
        let source: Source =
            isLine
            ? .line(FundingLine.ID(id))
            : try row.int(4) == 1 ? .decision(slug: words, Candidacy.ID(id)) : .result(slug: words)
        return GrantedElsewhere(
            source: source, title: isLine && !words.isEmpty ? "\(title), \(words)" : title, year: Int(try row.int(5)),
            amount: Int(try row.int(6)), state: isLine ? FundingState(rawValue: try row.text(7)) : nil, tie: tie)
    }
}
