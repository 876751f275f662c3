/// Somebody who sits in a jury, or was invited to.
public struct JuryMember: Sendable, Equatable {
    public typealias ID = Identifier<JuryMember>

    public enum Role: String, Sendable, CaseIterable {
        case juror = "jure"
        case chair = "presidence"

        public var label: String {
            switch self {
            case .juror: "Membre du jury"
            case .chair: "Présidence du jury"
            }
        }
    }

    public enum Presence: String, Sendable, CaseIterable {
        case unknown = ""
        case present = "present"
        case excused = "excuse"
        case absent = "absent"

        public var label: String {
            switch self {
            case .unknown: "à noter"
            case .present: "présent·e"
            case .excused: "excusé·e"
            case .absent: "absent·e"
            }
        }
    }

    public let id: ID
    public let jury: Jury.ID
    public let role: Role
    /// Whom they sit for: « Ville de Lens »; may be empty.
    public let body: String
    public let email: String
    /// Nil until the invitation is accepted.
    public let account: Account.ID?
    public let invitedAt: Instant
    public let expiresAt: Instant
    public let joinedAt: Instant?
    public let leftAt: Instant?
    public let leftReason: String
    /// False when they were removed and their sheets no longer count (JURY-17).
    public let keepsNotes: Bool
    public let presence: Presence

    /// People of a jury, those invited included.
    static let most = 100

    /// How long an invitation may be accepted.
    static let lifetime = Instant.Span.days(30)

    /// Whether they sit now.
    public var sits: Bool { account != nil && leftAt == nil }

    public func isInvited(at now: Instant) -> Bool { account == nil && leftAt == nil && now < expiresAt }
}
