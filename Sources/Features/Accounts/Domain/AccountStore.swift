import Storage

/// The statements on the table `account`.
public enum AccountStore {
    private static let columns: SQL = """
        id, email, name, CASE WHEN password IS NULL THEN 0 ELSE 1 END, created_at, last_signed_in_at, closed_at
        """

    private static func read(_ row: Row) throws -> Account {
        Account(
            id: Account.ID(try row.int(0)),
            email: try row.optionalText(1).map { EmailAddress(stored: $0) },
            name: try row.text(2),
            hasPassword: try row.bool(3),
            createdAt: Instant(microseconds: try row.int(4)),
            lastSignedInAt: try row.optionalInt(5).map { Instant(microseconds: $0) },
            closedAt: try row.optionalInt(6).map { Instant(microseconds: $0) })
    }

    public static func account(_ id: Account.ID, _ reader: Reader) throws -> Account? {
        try reader.one("SELECT \(columns) FROM account WHERE id = \(id)", read)
    }

    public static func account(email: EmailAddress, _ reader: Reader) throws -> Account? {
        try reader.one("SELECT \(columns) FROM account WHERE email = \(email)", read)
    }

    static func accounts(_ ids: [Account.ID], _ reader: Reader) throws -> [Account] {
        try reader.all(
            "SELECT \(columns) FROM account WHERE id IN \(list: ids.map(\.number)) ORDER BY LOWER(name), id", read)
    }

    static func all(_ condition: SQL, limit: Int, offset: Int, _ reader: Reader) throws -> [Account] {
        try reader.all(
            """
            SELECT \(columns)
            FROM account
            WHERE \(condition)
            ORDER BY LOWER(name), id
            LIMIT \(limit) OFFSET \(offset)
            """, read)
    }

    /// The names of the accounts, for histories: one statement whatever the count.
    public static func names(_ ids: [Account.ID], _ reader: Reader) throws -> [Account.ID: String] {
        var names: [Account.ID: String] = [:]
        try reader.each("SELECT id, name FROM account WHERE id IN \(list: ids.map(\.number))") { row in
            names[Account.ID(try row.int(0))] = try row.text(1)
            return true
        }
        return names
    }

    /// The addresses of some accounts; those that are closed have none.
    public static func addresses(_ ids: [Account.ID], _ reader: Reader) throws -> [Account.ID: String] {
        var addresses: [Account.ID: String] = [:]
        try reader.each(
            "SELECT id, email FROM account WHERE id IN \(list: ids.map(\.number)) AND email IS NOT NULL"
        ) { row in
            addresses[Account.ID(try row.int(0))] = try row.text(1)
            return true
        }
        return addresses
    }

    /// The accounts that were closed since an instant, the first closed first.
    static func closed(since instant: Instant, _ reader: Reader) throws -> [(id: Account.ID, at: Instant)] {
        try reader.all(
            """
            SELECT id, closed_at
            FROM account
            WHERE closed_at >= \(instant)
            ORDER BY closed_at, id
            """
        ) { (id: Account.ID(try $0.int(0)), at: Instant(microseconds: try $0.int(1))) }
    }

    static func insert(
        _ id: Account.ID, email: EmailAddress, name: PersonName, password: String?, at now: Instant, _ writer: Writer
    ) throws {
        try writer.run(
            """
            INSERT INTO account (id, email, name, password, password_set_at, created_at)
            VALUES (\(id), \(email), \(name.text), \(password), \(password == nil ? nil : now), \(now))
            """)
    }

    static func rename(_ id: Account.ID, _ name: PersonName, _ writer: Writer) throws {
        try writer.run("UPDATE account SET name = \(name.text) WHERE id = \(id) AND closed_at IS NULL")
    }

    static func setEmail(_ id: Account.ID, _ email: EmailAddress, _ writer: Writer) throws {
        try writer.run("UPDATE account SET email = \(email) WHERE id = \(id) AND closed_at IS NULL")
    }

    /// The encoded Argon2id string, nil without a password.
    static func password(_ id: Account.ID, _ reader: Reader) throws -> String? {
        try reader.one("SELECT password FROM account WHERE id = \(id)") { try $0.optionalText(0) } ?? nil
    }

    static func setPassword(_ id: Account.ID, _ encoded: String?, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE account
            SET password = \(encoded),
                password_set_at = \(encoded == nil ? nil : now)
            WHERE id = \(id)
                AND closed_at IS NULL
            """)
    }

    static func markSignedIn(_ id: Account.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run("UPDATE account SET last_signed_in_at = \(now) WHERE id = \(id)")
    }

    /// The accounts that lapse when nobody signs in any more: all but those that run the machine.
    static let mayLapse: SQL = """
        closed_at IS NULL
            AND NOT EXISTS (
                SELECT 1
                FROM role_grant
                WHERE role_grant.account_id = account.id
                    AND role_grant.role = 'admin_tech'
                    AND role_grant.revoked_at IS NULL)
        """

    /// From when the term of an account counts.
    static let lastSeen: SQL = "COALESCE(last_signed_in_at, created_at)"

    /// Open accounts nobody signed in to since before an instant, among those that `condition` picks.
    static func lapsed(before instant: Instant, _ condition: SQL, limit: Int, _ reader: Reader) throws -> [Account] {
        try reader.all(
            """
            SELECT \(columns)
            FROM account
            WHERE \(mayLapse)
                AND \(lastSeen) < \(instant)
                AND \(condition)
            ORDER BY id
            LIMIT \(limit)
            """, read)
    }

    static func lapsedCount(before instant: Instant, _ condition: SQL, _ reader: Reader) throws -> Int {
        try reader.count(
            """
            SELECT COUNT(*)
            FROM account
            WHERE \(mayLapse)
                AND \(lastSeen) < \(instant)
                AND \(condition)
            """)
    }

    /// Erases all that names the person; the row stays so that histories still point at somebody.
    static func close(_ id: Account.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE account
            SET email = NULL,
                name = \(PersonName.formerMember),
                password = NULL,
                password_set_at = NULL,
                last_signed_in_at = NULL,
                closed_at = \(now)
            WHERE id = \(id)
            """)
    }
}
