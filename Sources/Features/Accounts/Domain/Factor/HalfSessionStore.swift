import Storage

/// The statements on the table `half_session`: somebody showed the first factor and not the second yet. It stands apart from sessions,
/// so that nothing that reads those can take it for one (ACC-26).
public enum HalfSessionStore {
    static let lifetime = Instant.Span.minutes(10)

    /// Who is half in, on which device, and where they wanted to go.
    struct Half {
        let account: Account.ID
        let device: String
        let destination: String
    }

    static func open(
        for account: Account.ID, device: String, destination: String, _ proceeding: Proceeding
    ) throws -> OpenedSession {
        let id: Session.ID = proceeding.newIdentifier()
        let secret = Secret(proceeding.surroundings)
        try proceeding.writer.run(
            """
            INSERT INTO half_session (id, account_id, secret_hash, device, destination, opened_at, expires_at)
            VALUES (\(id), \(account), \(secret.hash), \(DeviceName.short(device)), \(destination), \(proceeding.now),
                \(proceeding.now + lifetime))
            """)
        return OpenedSession(
            session: id, account: account, secret: secret, destination: destination, isNewAccount: false,
            awaitsFactor: true)
    }

    static func live(_ secret: Secret, at now: Instant, _ reader: Reader) throws -> Half? {
        try reader.one(
            """
            SELECT half_session.account_id, half_session.device, half_session.destination
            FROM half_session
            JOIN account ON account.id = half_session.account_id
            WHERE half_session.secret_hash = \(secret.hash)
                AND half_session.expires_at > \(now)
                AND account.closed_at IS NULL
            """
        ) {
            Half(
                account: Account.ID(try $0.int(0)), device: try $0.text(1), destination: try $0.text(2))
        }
    }

    /// Whether a second step is waited for in this browser.
    public static func isLive(_ secret: Secret, at now: Instant, _ reader: Reader) throws -> Bool {
        try live(secret, at: now, reader) != nil
    }

    /// Answers false when another request just did.
    static func spend(_ secret: Secret, _ writer: Writer) throws -> Bool {
        try writer.run("DELETE FROM half_session WHERE secret_hash = \(secret.hash)") == 1
    }

    static func closeAll(of account: Account.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM half_session WHERE account_id = \(account)")
    }

    static func sweep(at now: Instant, _ writer: Writer) throws {
        try writer.run("DELETE FROM half_session WHERE expires_at <= \(now)")
    }
}
