import Storage

/// Counts an attempt at a password and hands out what it must match. Counted before anything is computed (ACC-7,
/// ACC-9).
public struct AttemptPassword: Act {
    public static let right = "Tout le monde, dans la limite de dix essais en cinq minutes par adresse."

    public struct Challenge: Sendable {
        let account: Account.ID?
        let encoded: String?
    }

    let email: EmailAddress
    let origin: NetworkOrigin?

    public func authorize(_ proceeding: Proceeding) throws {}

    public func perform(_ proceeding: Proceeding) throws -> Challenge {
        try Throttle.take(Throttle.passwordAttempts(email, origin), at: proceeding.now, proceeding.writer)
        let account = try AccountStore.account(email: email, proceeding.writer)
        // Asked for in both cases, so that an unknown address takes the same time.
        let encoded = try AccountStore.password(account?.id ?? Account.ID(0), proceeding.writer)
        return Challenge(account: account?.id, encoded: encoded)
    }
}
