/// A dossier under instruction: the deposit that counts, who has it in hand, until when, and what was found of it.
public struct Instruction: Sendable, Equatable {
    public let candidacy: Candidacy.ID
    public let call: Call.ID
    public let wave: CallWave.ID
    public let deposit: CandidacyDeposit.ID
    /// The number of its receipt.
    public let number: Int
    public var state: InstructionState
    /// A member of the call's team; nil while nobody has it.
    public var instructor: Account.ID?
    /// The first instant that is too late for the outcome; nil when no date was set.
    public var dueAt: Instant?
    public var assignedAt: Instant?
    /// When the instructor was last told by letter of what they have.
    public var toldAt: Instant?
    /// Opinions asked and not given yet.
    public var openOpinions: Int
    /// Messages of the candidate that nobody of the team has read.
    public var unread: Int
    /// Messages of the team that the candidate has not read.
    public var unreadByCandidate: Int
    /// The code of the département of the project; empty when it is not known.
    public let departement: String
    /// The code of the commune of the project; empty when it is not known.
    public let commune: String
    public let title: String
    public let structure: String
    /// Counts the changes of state; an act names the one that was shown.
    public var version: Int
    public let createdAt: Instant
    public var updatedAt: Instant
    public var decision: Outcome?

    /// What was found of the dossier's admissibility.
    public struct Outcome: Sendable, Equatable {
        public let at: Instant
        public let by: Account.ID?
        /// Empty when it is admissible.
        public let reasons: [InadmissibilityReason]
        public let words: String

        public init(at: Instant, by: Account.ID?, reasons: [InadmissibilityReason] = [], words: String = "") {
            self.at = at
            self.by = by
            self.reasons = reasons
            self.words = words
        }
    }

    /// Who holds the dossier now (INST-2).
    public enum Holder: String, Sendable, CaseIterable {
        case instructor = "instruction"
        case candidate = "candidat"
        case adviser = "avis"
        /// Nobody: there is an outcome.
        case none = "personne"

        public var label: String {
            switch self {
            case .instructor: "à l’instruction"
            case .candidate: "attend le candidat"
            case .adviser: "attend un avis"
            case .none: "terminée"
            }
        }
    }

    /// The candidate first: nothing is decided while they may answer.
    public var holder: Holder {
        switch state {
        case .incomplete: .candidate
        case .underReview: openOpinions > 0 ? .adviser : .instructor
        case .admissible, .inadmissible, .withdrawn: .none
        }
    }

    public func isLate(at now: Instant) -> Bool {
        guard state.isOpen, let dueAt else { return false }
        return now >= dueAt
    }

    public var name: String { title.isEmpty ? (structure.isEmpty ? "Candidature sans titre" : structure) : title }
}
