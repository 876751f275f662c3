import Storage

/// The WHERE of every read of the ledger: one fragment, the same decision as `FundingRights.mayRead` or publication (FUND-1).
public enum VisibleFunding {
    /// Conditions on the table `funding_line` of the statement: what the principal reads in full.
    public static func inFull(to principal: Principal) -> SQL {
        if principal.isHouse || principal.isCoordinator { return "1 = 1" }
        guard let account = principal.account else { return "1 = 0" }
        var ways = [principal.isUnproven ? "1 = 0" : kept(by: principal, account)]
        ways.append(
            """
            (funding_line.state <> 'envisage'
                AND EXISTS (
                    SELECT 1
                    FROM candidacy
                    WHERE candidacy.id = funding_line.candidacy_id
                        AND candidacy.holder_id = \(account)))
            """)
        let places = principal.subjects(of: .place, holding: [.placeManager])
        if !places.isEmpty {
            ways.append("(funding_line.state <> 'envisage' AND funding_line.place_id IN \(list: places))")
        }
        return "(" + SQL.join(ways, " OR ") + ")"
    }

    /// What the principal reads at least in its public form.
    public static func to(_ principal: Principal) -> SQL {
        if principal.isHouse || principal.isCoordinator { return "1 = 1" }
        guard principal.isSignedIn else { return "funding_line.published_at IS NOT NULL" }
        return "(funding_line.published_at IS NOT NULL OR \(inFull(to: principal)))"
    }

    /// What the principal writes.
    public static func kept(by principal: Principal) -> SQL {
        if principal.isHouse || principal.isCoordinator { return "1 = 1" }
        guard let account = principal.dutyHolder else { return "1 = 0" }
        return kept(by: principal, account)
    }

    private static func kept(by principal: Principal, _ account: Account.ID) -> SQL {
        keeps(principal, account, call: "funding_line.call_id", funder: "funding_line.funder_id")
    }

    /// Who keeps what is tied to a call and a funder: the call's team, and the funder's agents while they hold that role (FUND-1).
    static func keeps(_ principal: Principal, _ account: Account.ID, call: SQL, funder: SQL) -> SQL {
        let team: SQL = """
            EXISTS (
                SELECT 1
                FROM call_team
                WHERE call_team.call_id = \(call)
                    AND call_team.account_id = \(account)
                    AND call_team.until IS NULL)
            """
        guard principal.holds([.funder], on: .network) else { return team }
        return """
            (\(team)
                OR EXISTS (
                    SELECT 1
                    FROM funder_agent
                    WHERE funder_agent.funder_id = \(funder)
                        AND funder_agent.account_id = \(account)
                        AND funder_agent.until IS NULL))
            """
    }
}
