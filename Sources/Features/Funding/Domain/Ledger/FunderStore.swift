import Storage

/// The SQL of `funder` and `funder_agent`.
public enum FunderStore {
    private static let columns: SQL =
        "funder.id, funder.name, funder.kind, funder.siret, funder.created_at, funder.created_by"

    /// All funders by name. Their names are public: they sign calls.
    public static func all(_ reader: Reader) throws -> [Funder] {
        try list("1 = 1", reader)
    }

    public static func funder(_ id: Funder.ID, _ reader: Reader) throws -> Funder? {
        try list("funder.id = \(id)", reader).first
    }

    /// Those the principal writes lines of: all for the coordination, their own for agents.
    public static func kept(by principal: Principal, _ reader: Reader) throws -> [Funder] {
        if principal.isHouse || principal.isCoordinator { return try all(reader) }
        guard let account = principal.account, principal.holds([.funder], on: .network) else { return [] }
        return try list(
            """
            EXISTS (
                SELECT 1
                FROM funder_agent
                WHERE funder_agent.funder_id = funder.id
                    AND funder_agent.account_id = \(account)
                    AND funder_agent.until IS NULL)
            """, reader)
    }

    static func isTaken(_ name: String, _ reader: Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM funder WHERE name = \(name)")
    }

    static func belongs(_ principal: Principal, to funder: Funder.ID, _ reader: Reader) throws -> Bool {
        guard let account = principal.account else { return false }
        return try reader.exists(
            """
            SELECT 1
            FROM funder_agent
            WHERE funder_id = \(funder)
                AND account_id = \(account)
                AND until IS NULL
            """)
    }

    /// The agents of every funder now, in the order they came.
    public static func agents(_ reader: Reader) throws -> [Funder.ID: [Account.ID]] {
        let rows = try reader.all(
            """
            SELECT funder_id, account_id
            FROM funder_agent
            WHERE until IS NULL
            ORDER BY funder_id, since, account_id
            """
        ) { (Funder.ID(try $0.int(0)), Account.ID(try $0.int(1))) }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    static func insert(_ funder: Funder, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO funder (id, name, kind, siret, created_at, created_by)
            VALUES (\(funder.id), \(funder.name), \(funder.kind.rawValue), \(funder.siret), \(funder.createdAt),
                \(funder.createdBy))
            """)
    }

    static func describe(_ id: Funder.ID, kind: Funder.Kind, siret: String, _ writer: Writer) throws {
        try writer.run("UPDATE funder SET kind = \(kind.rawValue), siret = \(siret) WHERE id = \(id)")
    }

    static func join(_ account: Account.ID, _ funder: Funder.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            "INSERT INTO funder_agent (funder_id, account_id, since) VALUES (\(funder), \(account), \(now))")
    }

    @discardableResult
    static func leave(_ account: Account.ID, _ funder: Funder.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE funder_agent
            SET until = \(now)
            WHERE funder_id = \(funder)
                AND account_id = \(account)
                AND until IS NULL
            """) > 0
    }

    private static func list(_ condition: SQL, _ reader: Reader) throws -> [Funder] {
        try reader.all(
            """
            SELECT \(columns)
            FROM funder
            WHERE \(condition)
            ORDER BY funder.name
            """
        ) { row in
            Funder(
                id: Funder.ID(try row.int(0)), name: try row.text(1),
                kind: Funder.Kind(rawValue: try row.text(2)) ?? .other,
                siret: try row.text(3), createdAt: Instant(microseconds: try row.int(4)),
                createdBy: try row.optionalInt(5).map { Account.ID($0) })
        }
    }
}
