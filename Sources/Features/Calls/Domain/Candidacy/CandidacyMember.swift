/// Somebody who takes part in a candidacy beside its lead, or who was invited to.
public struct CandidacyMember: Sendable, Equatable {
    public typealias ID = Identifier<CandidacyMember>

    public static let lifetime = Instant.Span.days(21)

    public enum Role: String, Sendable, CaseIterable {
        /// Writes, in all sections or in some.
        case writer = "redaction"
        /// Answers for one partner of a consortium, and reads the rest.
        case partner = "partenaire"
        case reader = "lecture"

        public var label: String {
            switch self {
            case .writer: "Écrit avec vous"
            case .partner: "Partenaire"
            case .reader: "Lit seulement"
            }
        }
    }

    public let id: ID
    public let candidacy: Candidacy.ID
    public let role: Role
    /// Keys of the sections a writer may change; all of them when empty.
    public let sections: [String]
    public let partner: CandidacyPartner.ID?
    /// Whether they commit the partner; the others of a part write it only.
    public var commits = true
    /// The address the invitation went to.
    public let email: String
    /// Nil until the invitation is accepted.
    public let account: Account.ID?
    public let invitedAt: Instant
    public let expiresAt: Instant
    public let acceptedAt: Instant?
    public let leftAt: Instant?

    public var isPresent: Bool { account != nil && leftAt == nil }

    public func isInvited(at now: Instant) -> Bool { account == nil && leftAt == nil && now < expiresAt }

    /// CAND-3: a writer changes the sections they were given, all when none was named; nobody else does.
    public func mayWrite(section: String) -> Bool {
        role == .writer && isPresent && (sections.isEmpty || sections.contains(section))
    }

    /// CAND-31: the people of a partner change its part while it takes part; nobody else does, the lead neither.
    public func mayWrite(partOf partner: CandidacyPartner) -> Bool {
        role == .partner && isPresent && self.partner == partner.id && partner.state != .left
    }

    /// Whoever commits a partner says who else writes its part; nobody takes away somebody who commits it too.
    func keeps(_ other: CandidacyMember) -> Bool {
        commits && isPresent && partner != nil && partner == other.partner && !other.commits
    }
}
