import Storage

/// The statements on the table `sign_in_link`.
enum SignInLinkStore {
    static func insert(
        _ id: SignInLink.ID, secret: Secret, browser: Secret, code: SignInCode, email: EmailAddress,
        destination: String,
        at now: Instant, _ writer: Writer
    ) throws {
        // Only the latest message's code works: several live codes would multiply a guesser's chances.
        try writer.run(
            """
            UPDATE sign_in_link
            SET code_failures = \(SignInLink.codeTries)
            WHERE browser_hash = \(browser.hash)
                AND used_at IS NULL
            """)
        try writer.run(
            """
            INSERT INTO sign_in_link (id, secret_hash, browser_hash, code_hash, email, destination, created_at,
                expires_at, used_at, code_failures)
            VALUES (\(id), \(secret.hash), \(browser.hash), \(code.hash(for: browser)), \(email), \(destination), \(now),
                \(now + SignInLink.lifetime), NULL, 0)
            """)
    }

    /// The link of this secret, if it was asked from this browser and can still serve.
    static func live(_ secret: Secret, browser: Secret, at now: Instant, _ reader: Reader) throws -> SignInLink? {
        try reader.one(
            """
            SELECT id, email, destination
            FROM sign_in_link
            WHERE secret_hash = \(secret.hash)
                AND browser_hash = \(browser.hash)
                AND used_at IS NULL
                AND expires_at > \(now)
            """, read)
    }

    /// Whether the link could serve, in the browser that asked for it.
    static func isLive(_ secret: Secret, at now: Instant, _ reader: Reader) throws -> Bool {
        try reader.exists(
            """
            SELECT 1
            FROM sign_in_link
            WHERE secret_hash = \(secret.hash)
                AND used_at IS NULL
                AND expires_at > \(now)
            """)
    }

    /// The link whose code this browser may still try, with the hash the code must have.
    static func awaitingCode(browser: Secret, at now: Instant, _ reader: Reader) throws -> (SignInLink, hash: [UInt8])?
    {
        try reader.one(
            """
            SELECT id, email, destination, code_hash
            FROM sign_in_link
            WHERE browser_hash = \(browser.hash)
                AND used_at IS NULL
                AND expires_at > \(now)
                AND code_failures < \(SignInLink.codeTries)
            ORDER BY created_at DESC, id DESC
            LIMIT 1
            """
        ) { (try read($0), hash: try $0.bytes(3)) }
    }

    static func countWrongCode(_ id: SignInLink.ID, _ writer: Writer) throws {
        try writer.run("UPDATE sign_in_link SET code_failures = code_failures + 1 WHERE id = \(id)")
    }

    /// Spends the link. Answers false when somebody else just did.
    static func spend(_ id: SignInLink.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run("UPDATE sign_in_link SET used_at = \(now) WHERE id = \(id) AND used_at IS NULL") == 1
    }

    /// Forgets every link sent to the address.
    static func forget(_ email: EmailAddress, _ writer: Writer) throws {
        try writer.run("DELETE FROM sign_in_link WHERE email = \(email)")
    }

    static func sweep(at now: Instant, _ writer: Writer) throws {
        try writer.run("DELETE FROM sign_in_link WHERE expires_at < \(now - .hours(24))")
    }

    private static func read(_ row: Row) throws -> SignInLink {
        SignInLink(
            id: SignInLink.ID(try row.int(0)), email: EmailAddress(stored: try row.text(1)),
            destination: try row.text(2))
    }
}
