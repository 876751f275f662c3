import Storage

/// What the retention job does to accounts nobody signs in to: two warnings, then the same as closing it (ACC-15, PRIV-4).
public enum AccountRetention {
    /// How long after the last sign-in an account is erased.
    static let term = DataDeclaration.Delay.months(24)
    /// How long before it is erased each warning leaves.
    static let firstNotice = Instant.Span.days(60)
    static let lastNotice = Instant.Span.days(15)

    public static func rules(_ head: LetterHead, _ traces: PersonalTraces) -> [RetentionRule] {
        [
            warning("accounts warned", step: 1, firstNotice, after: "1 = 1", head),
            warning("accounts warned again", step: 2, lastNotice, after: nil, head),
            RetentionRule(
                "accounts closed", on: "account",
                due: { now, reader in
                    try AccountStore.lapsedCount(before: now - term.span, told(2, before: now - lastNotice), reader)
                },
                batch: { proceeding, limit in try close(limit, proceeding, head, traces) }),
        ]
    }

    /// - Parameter after: nil for the warning that follows the first by what separates the two.
    private static func warning(
        _ name: String, step: Int, _ notice: Instant.Span, after: SQL?, _ head: LetterHead
    ) -> RetentionRule {
        let gap = Instant.Span(microseconds: firstNotice.microseconds - lastNotice.microseconds)
        let untold: SQL =
            "\(RetentionNotices.told(.account, step: step, to: "account.id", since: AccountStore.lastSeen)) IS NULL"
        let condition: @Sendable (Instant) -> SQL = { now in
            "\(untold) AND \(after ?? told(step - 1, before: now - gap))"
        }
        return RetentionRule(
            name, on: "account",
            due: { now, reader in
                try AccountStore.lapsedCount(before: now - term.span + notice, condition(now), reader)
            },
            batch: { proceeding, limit in
                let now = proceeding.now
                let found = try AccountStore.lapsed(
                    before: now - term.span + notice, condition(now), limit: limit, proceeding.writer)
                for account in found {
                    try RetentionNotices.put(.account, step: step, to: account.id.number, at: now, proceeding.writer)
                    guard let email = account.email else { continue }
                    let end = max((account.lastSignedInAt ?? account.createdAt) + term.span, now + notice)
                    proceeding.send(head.accountLapses(to: email, on: end))
                }
                return found.count
            })
    }

    private static func told(_ step: Int, before instant: Instant) -> SQL {
        "\(RetentionNotices.told(.account, step: step, to: "account.id", since: AccountStore.lastSeen)) <= \(instant)"
    }

    private static func close(
        _ limit: Int, _ proceeding: Proceeding, _ head: LetterHead, _ traces: PersonalTraces
    ) throws -> Int {
        let found = try AccountStore.lapsed(
            before: proceeding.now - term.span, told(2, before: proceeding.now - lastNotice), limit: min(limit, 50),
            proceeding.writer)
        for account in found {
            guard let email = account.email else { continue }
            let alone = try AccountDuties.soleManagedPlaces(account.id, at: proceeding.now, proceeding.writer)
            try AccountErasure.erase(
                account.id, email, traces, at: proceeding.now, proceeding, reason: "compte inactif")
            proceeding.send(head.accountClosed(to: email))
            if !alone.isEmpty { try AccountErasure.warnCoordination(of: alone.count, head, proceeding) }
        }
        proceeding.note("accounts", found.map(\.id.text).joined(separator: " "))
        return found.count
    }
}
