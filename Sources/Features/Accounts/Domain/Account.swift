import Storage

/// A person who can sign in. Its identifier is the principal's, so that histories name who acted.
public struct Account: Sendable, Equatable {
    public typealias ID = Principal.ID

    public let id: ID
    /// Nil once the account is closed.
    public let email: EmailAddress?
    public let name: String
    public let hasPassword: Bool
    public let createdAt: Instant
    public let lastSignedInAt: Instant?
    public let closedAt: Instant?

    public init(
        id: ID, email: EmailAddress?, name: String, hasPassword: Bool, createdAt: Instant, lastSignedInAt: Instant?,
        closedAt: Instant?
    ) {
        self.id = id
        self.email = email
        self.name = name
        self.hasPassword = hasPassword
        self.createdAt = createdAt
        self.lastSignedInAt = lastSignedInAt
        self.closedAt = closedAt
    }

    public var isClosed: Bool { closedAt != nil }
}
