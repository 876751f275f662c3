import Storage

/// Somebody asked to be told of new calls, and confirmed it by mail (CALL-14).
public struct CallAlert: Sendable, Equatable {
    public typealias ID = Identifier<CallAlert>

    public let id: ID
    public let email: String
    /// Nil for all.
    public let nature: CallNature?
    /// The code of a département, empty for everywhere.
    public let departement: String
    /// Ends the alert, and can do nothing else; each letter carries it, so it is kept as it is.
    public let leaveKey: String
    public let confirmedAt: Instant?
}

/// The SQL of `call_alert`.
public enum CallAlertStore {
    private static let columns: SQL = "id, email, nature, departement, leave_key, confirmed_at"

    static func waiting(secretHash: [UInt8], _ reader: Reader) throws -> CallAlert? {
        try reader.one("SELECT \(columns) FROM call_alert WHERE secret_hash = \(secretHash)", read)
    }

    static func alert(leaveKey: String, _ reader: Reader) throws -> CallAlert? {
        try reader.one("SELECT \(columns) FROM call_alert WHERE leave_key = \(leaveKey)", read)
    }

    /// Whether the link of a mail still ends something.
    public static func exists(leaveKey: String, _ reader: Reader) throws -> Bool {
        try alert(leaveKey: leaveKey, reader) != nil
    }

    /// Whether the link of a mail still confirms something.
    public static func isWaiting(_ secret: Secret, _ reader: Reader) throws -> Bool {
        try waiting(secretHash: secret.hash, reader) != nil
    }

    static func same(_ email: EmailAddress, _ nature: CallNature?, _ departement: String, _ reader: Reader) throws
        -> CallAlert?
    {
        try reader.one(
            """
            SELECT \(columns)
            FROM call_alert
            WHERE email = \(email)
                AND nature = \(nature?.rawValue ?? "")
                AND departement = \(departement)
            """, read)
    }

    /// What was asked for one address.
    static func alerts(of email: EmailAddress, _ reader: Reader) throws -> [CallAlert] {
        try reader.all("SELECT \(columns) FROM call_alert WHERE email = \(email) ORDER BY id", read)
    }

    /// The confirmed alerts that a call answers: by its nature, and by the départements it covers (nil: all of them).
    static func concerned(nature: CallNature, departements: [String]?, _ reader: Reader) throws -> [CallAlert] {
        let places: SQL =
            departements.map { "AND (departement = '' OR departement IN \(list: $0))" } ?? SQL()
        return try reader.all(
            """
            SELECT \(columns)
            FROM call_alert
            WHERE confirmed_at IS NOT NULL
                AND (nature = '' OR nature = \(nature.rawValue))
                \(places)
            ORDER BY id
            """, read)
    }

    static func insert(_ alert: CallAlert, secretHash: [UInt8], at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO call_alert (id, email, nature, departement, secret_hash, leave_key, created_at)
            VALUES (\(alert.id), \(alert.email), \(alert.nature?.rawValue ?? ""), \(alert.departement), \(secretHash),
                \(alert.leaveKey), \(now))
            """)
    }

    /// A new link for an alert that was not confirmed: the former one dies.
    static func renew(_ id: CallAlert.ID, secretHash: [UInt8], at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE call_alert
            SET secret_hash = \(secretHash),
                created_at = \(now)
            WHERE id = \(id)
                AND confirmed_at IS NULL
            """)
    }

    static func confirm(_ id: CallAlert.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            "UPDATE call_alert SET confirmed_at = \(now), secret_hash = NULL WHERE id = \(id)")
    }

    /// Answers false when it is not there.
    @discardableResult
    static func remove(_ id: CallAlert.ID, _ writer: Writer) throws -> Bool {
        try writer.run("DELETE FROM call_alert WHERE id = \(id)") > 0
    }

    /// Erases all that was asked for this address.
    public static func forget(_ email: EmailAddress, _ writer: Writer) throws {
        try writer.run("DELETE FROM call_alert WHERE email = \(email)")
    }

    /// Erases the requests that nobody confirmed within a week.
    static func sweep(at now: Instant, _ writer: Writer) throws {
        try writer.run(
            "DELETE FROM call_alert WHERE confirmed_at IS NULL AND created_at < \(now - .days(7))")
    }

    /// How many were asked for before an instant; and erases some of them (PRIV-2).
    static func oldCount(before instant: Instant, _ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM call_alert WHERE COALESCE(confirmed_at, created_at) < \(instant)")
    }

    static func eraseOld(before instant: Instant, limit: Int, _ writer: Writer) throws -> Int {
        try writer.run(
            """
            DELETE FROM call_alert
            WHERE id IN (
                SELECT id
                FROM call_alert
                WHERE COALESCE(confirmed_at, created_at) < \(instant)
                ORDER BY id
                LIMIT \(limit))
            """)
    }

    private static func read(_ row: Row) throws -> CallAlert {
        CallAlert(
            id: CallAlert.ID(try row.int(0)), email: try row.text(1), nature: CallNature(rawValue: try row.text(2)),
            departement: try row.text(3), leaveKey: try row.text(4),
            confirmedAt: try row.optionalInt(5).map { Instant(microseconds: $0) })
    }
}
