/// What one of those who write a candidacy, or a partner's part of it, says to the others beside a question. Never deposited, never
/// shown to anybody else (CAND-20).
public struct CandidacyRemark: Sendable, Equatable {
    public typealias ID = Identifier<CandidacyRemark>

    /// Characters of one remark.
    public static let longest = 2_000
    /// Remarks of the lead's side of a candidacy, or of one part.
    static let most = 1_000

    public let id: ID
    public let candidacy: Candidacy.ID
    /// The partner whose part asks the question; nil for a question of the lead's.
    public let partner: CandidacyPartner.ID?
    /// The question's key.
    public let question: String
    public let author: Account.ID
    public let text: String
    public let at: Instant
    public let resolvedAt: Instant?
    public let resolvedBy: Account.ID?

    public var isOpen: Bool { resolvedAt == nil }
}

/// Who is to write a question, or all those of a section that have nobody of their own (CAND-21).
public struct CandidacyAssignment: Sendable, Equatable {
    public let candidacy: Candidacy.ID
    /// The partner whose part asks it; nil for what the lead answers.
    public let partner: CandidacyPartner.ID?
    public let section: String
    /// Empty for the whole section.
    public let question: String
    public let account: Account.ID

    /// Who is to write a question: its own person, else its section's.
    public static func person(
        for question: String, in section: String, _ assignments: [CandidacyAssignment]
    ) -> Account.ID? {
        let own = assignments.first { $0.section == section && $0.question == question }
        return (own ?? assignments.first { $0.section == section && $0.question.isEmpty })?.account
    }
}
