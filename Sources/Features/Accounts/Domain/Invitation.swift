import Storage

/// A promise of a role on a place, sent to an address (ACC-20).
public struct Invitation: Sendable, Equatable {
    public typealias ID = Identifier<Invitation>

    public static let lifetime = Instant.Span.days(14)

    public let id: ID
    public let email: EmailAddress
    public let role: Role
    /// The place, as a scope.
    public let scope: Scope
    public let placeName: String
    /// Nil when the program invited.
    public let invitedBy: Account.ID?
    public let createdAt: Instant
    public let expiresAt: Instant
}
