import Storage

/// The statements on the tables `identity`, `identity_offer` and `identity_state`.
public enum IdentityStore {
    /// How long a tie waits to be confirmed.
    public static let offerLife = Instant.Span.minutes(30)

    static func account(_ identity: Identity, _ reader: Reader) throws -> Account.ID? {
        try reader.one(
            """
            SELECT identity.account_id
            FROM identity
            JOIN account ON account.id = identity.account_id
            WHERE identity.issuer = \(identity.issuer)
                AND identity.subject = \(identity.subject)
                AND account.closed_at IS NULL
            """
        ) { Account.ID(try $0.int(0)) }
    }

    /// What an account is tied to, the oldest first.
    public static func tied(to account: Account.ID, _ reader: Reader) throws -> [TiedIdentity] {
        try reader.all(
            """
            SELECT issuer, subject, tied_at
            FROM identity
            WHERE account_id = \(account)
            ORDER BY tied_at, issuer, subject
            """
        ) {
            TiedIdentity(
                identity: Identity(issuer: try $0.text(0), subject: try $0.text(1)),
                tiedAt: Instant(microseconds: try $0.int(2)))
        }
    }

    /// Answers false when the identity is tied already, to this account or another.
    static func tie(_ identity: Identity, to account: Account.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            INSERT INTO identity (issuer, subject, account_id, tied_at)
            VALUES (\(identity.issuer), \(identity.subject), \(account), \(now))
            ON CONFLICT (issuer, subject) DO NOTHING
            """) == 1
    }

    /// Answers how many there were.
    @discardableResult
    static func untie(_ account: Account.ID, _ writer: Writer) throws -> Int {
        try writer.run("DELETE FROM identity WHERE account_id = \(account)")
    }

    /// Keeps what waits for its account to confirm. One for each account.
    static func offer(
        _ proven: ProvenIdentity, to account: Account.ID, secret: Secret, at now: Instant, _ writer: Writer
    ) throws {
        try forgetOffers(of: account, writer)
        let identity = proven.identity
        try writer.run(
            """
            INSERT INTO identity_offer (account_id, secret_hash, issuer, subject, words, expires_at)
            VALUES (\(account), \(secret.hash), \(identity.issuer), \(identity.subject), \(proven.words),
                \(now + offerLife))
            """)
    }

    /// What waits behind this secret, for this account only.
    public static func offered(
        _ secret: Secret, to account: Account.ID, at now: Instant, _ reader: Reader
    ) throws -> OfferedIdentity? {
        try reader.one(
            """
            SELECT issuer, subject, words
            FROM identity_offer
            WHERE secret_hash = \(secret.hash)
                AND account_id = \(account)
                AND expires_at > \(now)
            """
        ) {
            OfferedIdentity(
                identity: Identity(issuer: try $0.text(0), subject: try $0.text(1)), words: try $0.text(2))
        }
    }

    static func forgetOffers(of account: Account.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM identity_offer WHERE account_id = \(account)")
    }

    /// Spends a state. Throws `StorageError.unique` when it served already.
    static func spend(state: [UInt8], at now: Instant, _ writer: Writer) throws {
        try writer.attempt {
            _ = try $0.run(
                "INSERT INTO identity_state (state_hash, expires_at) VALUES (\(state), \(now + .hours(1)))")
        }
    }

    static func sweep(at now: Instant, _ writer: Writer) throws {
        try writer.run("DELETE FROM identity_state WHERE expires_at <= \(now)")
        try writer.run("DELETE FROM identity_offer WHERE expires_at <= \(now)")
    }
}

extension Throttle {
    /// Returns from the identity service, by network: each makes the server ask that service.
    static func identityArrivals(_ origin: NetworkOrigin?) -> [Toll] {
        fromNetwork("identity", origin, Limit(50, per: .minutes(5)), site: Limit(500, per: .minutes(5)))
    }
}
