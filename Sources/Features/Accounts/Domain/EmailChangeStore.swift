import Storage

/// The statements on the table `email_change`: at most one change waits for each account.
enum EmailChangeStore {
    static let lifetime = Instant.Span.hours(1)

    static func put(_ email: EmailAddress, secret: Secret, for account: Account.ID, at now: Instant, _ writer: Writer)
        throws
    {
        try forget(account, writer)
        try writer.run(
            """
            INSERT INTO email_change (account_id, secret_hash, email, created_at, expires_at)
            VALUES (\(account), \(secret.hash), \(email), \(now), \(now + lifetime))
            """)
    }

    static func forget(_ account: Account.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM email_change WHERE account_id = \(account)")
    }

    /// The address waiting behind this secret, for this account only.
    static func email(_ secret: Secret, of account: Account.ID, at now: Instant, _ reader: Reader) throws
        -> EmailAddress?
    {
        try reader.one(
            """
            SELECT email
            FROM email_change
            WHERE secret_hash = \(secret.hash)
                AND account_id = \(account)
                AND expires_at > \(now)
            """
        ) { EmailAddress(stored: try $0.text(0)) }
    }

    /// The address that waits for confirmation, as its owner may see it.
    static func pending(of account: Account.ID, at now: Instant, _ reader: Reader) throws -> EmailAddress? {
        try reader.one("SELECT email FROM email_change WHERE account_id = \(account) AND expires_at > \(now)") {
            EmailAddress(stored: try $0.text(0))
        }
    }

    static func sweep(at now: Instant, _ writer: Writer) throws {
        try writer.run("DELETE FROM email_change WHERE expires_at < \(now)")
    }
}
