import Storage

/// The statements on the table `session`.
public enum SessionStore {
    static func open(
        for account: Account.ID, device: String, destination: String = "/", isNewAccount: Bool = false,
        factorAt: Instant? = nil, _ proceeding: Proceeding
    ) throws -> OpenedSession {
        let id: Session.ID = proceeding.newIdentifier()
        let secret = Secret(proceeding.surroundings)
        try proceeding.writer.run(
            """
            INSERT INTO session (id, account_id, secret_hash, device, opened_at, last_seen_at, renewal_due,
                factor_at)
            VALUES (\(id), \(account), \(secret.hash), \(DeviceName.short(device)), \(proceeding.now),
                \(proceeding.now), 0, \(factorAt))
            """)
        try AccountStore.markSignedIn(account, at: proceeding.now, proceeding.writer)
        return OpenedSession(
            session: id, account: account, secret: secret, destination: destination, isNewAccount: isNewAccount)
    }

    /// The account's sessions, the latest used first. Those past their limits are left out.
    public static func sessions(of account: Account.ID, limits: SessionLimits, at now: Instant, _ reader: Reader) throws
        -> [Session]
    {
        try reader.all(
            """
            SELECT id, account_id, device, opened_at, last_seen_at
            FROM session
            WHERE account_id = \(account)
                AND opened_at > \(now - limits.absolute)
                AND last_seen_at > \(now - limits.idle)
            ORDER BY last_seen_at DESC, id DESC
            """, read)
    }

    /// How many sessions there are, those past their limits and not yet swept among them.
    public static func count(_ reader: Reader) throws -> Int { try reader.count("SELECT COUNT(*) FROM session") }

    static func session(_ id: Session.ID, _ reader: Reader) throws -> Session? {
        try reader.one(
            """
            SELECT id, account_id, device, opened_at, last_seen_at
            FROM session
            WHERE id = \(id)
            """, read)
    }

    private static func read(_ row: Row) throws -> Session {
        Session(
            id: Session.ID(try row.int(0)),
            account: Account.ID(try row.int(1)),
            device: try row.text(2),
            openedAt: Instant(microseconds: try row.int(3)),
            lastSeenAt: Instant(microseconds: try row.int(4)))
    }

    static func close(_ id: Session.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM session WHERE id = \(id)")
    }

    /// Closes every session of the account but one, and those that still wait for their second step. Answers how many were open.
    @discardableResult
    static func closeAll(of account: Account.ID, but kept: Session.ID?, _ writer: Writer) throws -> Int {
        try HalfSessionStore.closeAll(of: account, writer)
        return try writer.run("DELETE FROM session WHERE account_id = \(account) AND id <> \(kept?.number ?? 0)")
    }

    /// Asks that each session of the account change its secret at its next request (ACC-19).
    static func demandRenewal(of account: Account.ID, _ writer: Writer) throws {
        try writer.run("UPDATE session SET renewal_due = 1 WHERE account_id = \(account)")
    }

    /// Gives the session a new secret, provided it still has the old one. Answers whether it did.
    static func renew(_ old: Secret, to new: Secret, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE session
            SET secret_hash = \(new.hash),
                renewal_due = 0
            WHERE secret_hash = \(old.hash)
            """) == 1
    }

    /// Notes that the session was used. A light write without act nor journal, at most once per five minutes (ACC-11).
    public static func touch(_ id: Session.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE session
            SET last_seen_at = \(now)
            WHERE id = \(id)
                AND last_seen_at <= \(now - PrincipalReader.touchInterval)
            """)
    }

    /// Refuses a delicate change when the person signed in too long ago (ACC-13).
    static func requireFresh(_ id: Session.ID, of account: Account.ID, at now: Instant, _ reader: Reader) throws {
        guard let session = try session(id, reader), session.account == account else { throw Missing() }
        guard now - session.openedAt < freshness else {
            throw Denied(
                "Par sécurité, ce changement demande une connexion récente. Déconnectez-vous, reconnectez-vous, "
                    + "puis recommencez."
            )
        }
    }

    /// Refuses what only a session that showed the account's second factor lately may do (ACC-28).
    static func requireFactor(_ id: Session.ID, of account: Account.ID, at now: Instant, _ reader: Reader) throws {
        let found = try reader.one("SELECT factor_at FROM session WHERE id = \(id) AND account_id = \(account)") {
            try $0.optionalInt(0).map { Instant(microseconds: $0) }
        }
        guard let found else { throw Missing() }
        guard let shown = found, !RecentFactor.isDue(shown, at: now) else {
            throw Denied("Ce changement demande d’abord un code de votre second facteur.")
        }
    }

    /// The account whose own session this is, after a sign-in of the hour and, where there is a second factor, with that shown lately:
    /// a session taken by somebody else must not change what would keep them out (ACC-25).
    static func requireOwner(_ id: Session.ID, _ proceeding: Proceeding) throws -> Account.ID {
        guard let account = proceeding.principal.account else { throw Denied() }
        try requireFresh(id, of: account, at: proceeding.now, proceeding.writer)
        if try FactorStore.isConfirmed(account, proceeding.writer) {
            try requireFactor(id, of: account, at: proceeding.now, proceeding.writer)
        }
        return account
    }

    /// Notes that the session showed its account's second factor.
    static func showFactor(_ id: Session.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run("UPDATE session SET factor_at = \(now) WHERE id = \(id)")
    }

    /// The account has no second factor any more: no session showed one.
    static func forgetFactor(of account: Account.ID, _ writer: Writer) throws {
        try writer.run("UPDATE session SET factor_at = NULL WHERE account_id = \(account)")
    }

    static func sweep(at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            DELETE FROM session
            WHERE opened_at < \(now - SessionLimits.plain.absolute)
                OR last_seen_at < \(now - SessionLimits.plain.idle)
            """)
    }

    static let freshness = Instant.Span.hours(1)
}
