import Storage

/// A role given to somebody on something, from a date and possibly until one. Ended grants stay, as history.
public struct RoleGrant: Sendable, Equatable {
    public typealias ID = Identifier<RoleGrant>

    public let id: ID
    public let account: Account.ID
    public let grant: Grant
    public let since: Instant
    public let until: Instant?
    /// Nil when the program gave it, on the operator's order.
    public let grantedBy: Account.ID?
    public let reason: String
    public let revokedAt: Instant?
    /// Taken by an operator alone, for a few hours (ACC-30).
    public let isEmergency: Bool

    public init(
        id: ID, account: Account.ID, grant: Grant, since: Instant, until: Instant?, grantedBy: Account.ID?,
        reason: String, revokedAt: Instant?, isEmergency: Bool = false
    ) {
        self.id = id
        self.account = account
        self.grant = grant
        self.since = since
        self.until = until
        self.grantedBy = grantedBy
        self.reason = reason
        self.revokedAt = revokedAt
        self.isEmergency = isEmergency
    }

    public func isInForce(at now: Instant) -> Bool {
        revokedAt == nil && since <= now && (until.map { $0 > now } ?? true)
    }
}
