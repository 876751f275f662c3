import Storage

/// The statements on the table `account_order`.
public enum AccountOrderStore {
    private static let columns: SQL = "id, account_id, kind, role, until, reason, proposed_by, proposed_at, expires_at"

    private static func read(_ row: Row) throws -> AccountOrder? {
        let matter: AccountOrder.Matter
        if let name = try row.optionalText(3) {
            // A role of a later version of the program is nobody's.
            guard let role = Role(rawValue: name), let until = try row.optionalInt(4) else { return nil }
            matter = .role(role, until: Instant(microseconds: until))
        } else {
            matter = .factorReset
        }
        return AccountOrder(
            id: AccountOrder.ID(try row.int(0)), account: Account.ID(try row.int(1)), matter: matter,
            reason: try row.text(5), proposedBy: Account.ID(try row.int(6)),
            proposedAt: Instant(microseconds: try row.int(7)), expiresAt: Instant(microseconds: try row.int(8)))
    }

    /// Those that wait for a second person, the oldest first. The one who asks sees accounts.
    public static func open(as principal: Principal, at now: Instant, _ reader: Reader) throws -> [AccountOrder] {
        guard AccountRights.maySeeAccounts(principal) else { return [] }
        return try reader.all(
            """
            SELECT \(columns)
            FROM account_order
            WHERE settled_at IS NULL
                AND expires_at > \(now)
            ORDER BY id
            LIMIT 200
            """, read
        ).compactMap { $0 }
    }

    static func open(_ id: AccountOrder.ID, at now: Instant, _ reader: Reader) throws -> AccountOrder? {
        try reader.one(
            """
            SELECT \(columns)
            FROM account_order
            WHERE id = \(id)
                AND settled_at IS NULL
                AND expires_at > \(now)
            """, read) ?? nil
    }

    /// Throws `StorageError.unique` when the same already waits.
    static func insert(_ order: AccountOrder, _ writer: Writer) throws {
        let (kind, role, until): (String, Role?, Instant?) =
            switch order.matter {
            case .role(let role, let until): ("role", role, until)
            case .factorReset: ("second_facteur", nil, nil)
            }
        // One past its time no longer waits, but would still take the place of the new one.
        try writer.run(
            """
            UPDATE account_order
            SET settled_at = expires_at,
                outcome = 'retiree'
            WHERE account_id = \(order.account)
                AND settled_at IS NULL
                AND expires_at <= \(order.proposedAt)
            """)
        _ = try writer.attempt { writer in
            try writer.run(
                """
                INSERT INTO account_order (id, account_id, kind, role, until, reason, proposed_by, proposed_at, expires_at)
                VALUES (\(order.id), \(order.account), \(kind), \(role?.rawValue), \(until), \(order.reason),
                    \(order.proposedBy), \(order.proposedAt), \(order.expiresAt))
                """)
        }
    }

    /// Answers false when somebody settled it first.
    static func settle(
        _ id: AccountOrder.ID, isDone: Bool, by account: Account.ID, at now: Instant, _ writer: Writer
    ) throws -> Bool {
        try writer.run(
            """
            UPDATE account_order
            SET settled_at = \(now),
                settled_by = \(account),
                outcome = \(isDone ? "faite" : "retiree")
            WHERE id = \(id)
                AND settled_at IS NULL
            """) == 1
    }

    /// What waits for a closed account waits for nobody.
    static func drop(of account: Account.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE account_order
            SET settled_at = \(now),
                outcome = 'retiree'
            WHERE settled_at IS NULL
                AND (account_id = \(account) OR proposed_by = \(account))
            """)
    }
}
