/// Something about an account that two persons must agree on: one asks for it with a reason, another confirms (ACC-29).
public struct AccountOrder: Sendable, Equatable {
    public typealias ID = Identifier<AccountOrder>

    public enum Matter: Sendable, Equatable {
        /// A wide role on the network, until a date.
        case role(Role, until: Instant)
        /// Taking away a second factor whose owner lost everything that opens it.
        case factorReset
    }

    public let id: ID
    public let account: Account.ID
    public let matter: Matter
    public let reason: String
    public let proposedBy: Account.ID
    public let proposedAt: Instant
    public let expiresAt: Instant

    /// How long it waits for a second person.
    static let lifetime = Instant.Span.days(7)
    /// The longest a role given by two may last before it is given again.
    static let longestRole = Instant.Span.days(3 * 366)

    /// As people read it, after « demande ».
    public var label: String {
        switch matter {
        case .role(let role, _): "le rôle «\u{A0}\(role.label)\u{A0}»"
        case .factorReset: "le retrait du second facteur"
        }
    }
}
