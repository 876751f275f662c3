import Storage

/// The SQL that the tables of seats share. A row is an invitation sent to an address, then the seat of the account that accepted it, until
/// it is left; what a seat is, and who may offer one, is said by the store of each table.
///
/// The table has `id`, `email`, `secret_hash`, `account_id`, `invited_at`, `expires_at` and `left_at`.
struct InvitedSeats: Sendable {
    let table: SQL
    /// The column that says when the invitation was accepted.
    let acceptance: SQL

    /// A condition: the seat of an account now.
    static func isHeld(by account: Account.ID) -> SQL { "account_id = \(account) AND left_at IS NULL" }

    /// A condition: the invitation of a secret, that may still be accepted.
    static func isOpen(_ secret: Secret, at now: Instant) -> SQL {
        "secret_hash = \(secret.hash) AND account_id IS NULL AND left_at IS NULL AND expires_at > \(now)"
    }

    /// Answers false when somebody accepted first.
    func accept(_ id: Int64, by account: Account.ID, at now: Instant, _ writer: Writer) throws -> Bool {
        try writer.run(
            """
            UPDATE \(table)
            SET account_id = \(account),
                \(acceptance) = \(now),
                secret_hash = NULL
            WHERE id = \(id)
                AND account_id IS NULL
                AND left_at IS NULL
            """) == 1
    }

    /// Erases an address from the invitations that were sent to it; those that wait end.
    func forget(_ email: EmailAddress, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE \(table)
            SET email = '',
                secret_hash = NULL,
                left_at = CASE WHEN account_id IS NULL THEN COALESCE(left_at, \(now)) ELSE left_at END
            WHERE email = \(email)
            """)
    }

    private static func isOld(_ instant: Instant) -> SQL {
        "invited_at < \(instant) AND account_id IS NULL AND email <> ''"
    }

    /// How many invitations that nobody took, older than an instant, still hold an address (PRIV-2).
    func oldCount(before instant: Instant, _ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM \(table) WHERE \(Self.isOld(instant))")
    }

    /// Erases the address from some of them; answers from how many.
    func unnameOld(before instant: Instant, at now: Instant, limit: Int, _ writer: Writer) throws -> Int {
        try writer.run(
            """
            UPDATE \(table)
            SET email = '',
                secret_hash = NULL,
                left_at = COALESCE(left_at, \(now))
            WHERE id IN (SELECT id FROM \(table) WHERE \(Self.isOld(instant)) ORDER BY id LIMIT \(limit))
            """)
    }
}

extension Proceeding {
    /// An invitation is taken with the address that received it; `Denied` with another.
    func requireAddress(_ email: String) throws {
        guard let account = principal.account, try AccountStore.account(account, writer)?.email?.text == email else {
            throw Denied(
                "Cette invitation a été envoyée à une autre adresse que celle de votre compte. Connectez-vous avec "
                    + "l’adresse qui l’a reçue.")
        }
    }
}
