import Storage

/// The SQL of `call_team`: who keeps a call, with dates.
public enum CallTeamStore {
    /// Whether the principal is of the call's team now.
    public static func belongs(_ principal: Principal, to call: Call.ID, _ reader: Reader) throws -> Bool {
        guard let account = principal.dutyHolder else { return false }
        return try reader.exists(
            """
            SELECT 1
            FROM call_team
            WHERE call_id = \(call)
                AND account_id = \(account)
                AND until IS NULL
            """)
    }

    /// Whether an account keeps any call now.
    public static func keepsAny(_ account: Account.ID, _ reader: Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM call_team WHERE account_id = \(account) AND until IS NULL")
    }

    /// The accounts of the team now, in the order they came.
    public static func members(of call: Call.ID, _ reader: Reader) throws -> [Account.ID] {
        try reader.all(
            """
            SELECT account_id
            FROM call_team
            WHERE call_id = \(call)
                AND until IS NULL
            ORDER BY since, account_id
            """
        ) { Account.ID(try $0.int(0)) }
    }

    /// The teams somebody is or was of.
    static func history(of account: Account.ID, _ reader: Reader) throws -> [(
        call: Call.ID, since: Instant, until: Instant?
    )] {
        try reader.all(
            "SELECT call_id, since, until FROM call_team WHERE account_id = \(account) ORDER BY since, call_id"
        ) { row in
            (
                Call.ID(try row.int(0)), Instant(microseconds: try row.int(1)),
                try row.optionalInt(2).map { Instant(microseconds: $0) }
            )
        }
    }

    static func join(_ account: Account.ID, _ call: Call.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            "INSERT INTO call_team (call_id, account_id, since) VALUES (\(call), \(account), \(now))")
    }

    @discardableResult
    static func leave(_ account: Account.ID, _ call: Call.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE call_team
            SET until = \(now)
            WHERE call_id = \(call)
                AND account_id = \(account)
                AND until IS NULL
            """) > 0
    }
}
