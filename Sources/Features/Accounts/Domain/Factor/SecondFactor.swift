/// Whether an account has a second factor, and how many recovery codes are left: all that is ever shown of one.
public struct SecondFactor: Sendable, Equatable {
    /// Nil while no code was confirmed.
    public let since: Instant?
    /// Recovery codes not used yet.
    public let codesLeft: Int

    public init(since: Instant?, codesLeft: Int) {
        self.since = since
        self.codesLeft = codesLeft
    }

    public var isConfirmed: Bool { since != nil }

    public static let none = SecondFactor(since: nil, codesLeft: 0)

    /// How long a secret that was shown waits for its first code.
    static let pendingLife = Instant.Span.hours(1)
}

/// Dangerous acts ask whoever has a second factor for it again, when it was shown longer ago than this (ACC-28).
public enum RecentFactor {
    public static let span = Instant.Span.minutes(15)

    public static func isDue(_ shown: Instant?, at now: Instant) -> Bool {
        guard let shown else { return false }
        return now - shown >= span
    }
}
