import Storage

/// What must hold of accounts.
public enum AccountInvariants {
    public static let all: [Invariant] = [
        Invariant(
            "accounts.closed", "A closed account has no session, no role in force and no change of address under way.",
            rows: """
                SELECT account.id, 'session', session.id
                FROM session
                JOIN account ON account.id = session.account_id
                WHERE account.closed_at IS NOT NULL
                UNION ALL
                SELECT account.id, 'role_grant', role_grant.id
                FROM role_grant
                JOIN account ON account.id = role_grant.account_id
                WHERE account.closed_at IS NOT NULL
                    AND role_grant.revoked_at IS NULL
                UNION ALL
                SELECT account.id, 'email_change', account.id
                FROM email_change
                JOIN account ON account.id = email_change.account_id
                WHERE account.closed_at IS NOT NULL
                ORDER BY 1, 2, 3
                """
        ) { "\(Invariant.row(try $0.text(1), try $0.int(2))): account \(try $0.int(0)) is closed" },
        Invariant(
            "accounts.sessions", "A session was opened before it was last seen.",
            rows: "SELECT id FROM session WHERE last_seen_at < opened_at ORDER BY id"
        ) { "\(Invariant.row("session", try $0.int(0))): last seen before it was opened" },
    ]
}
