/// The set that serves the call best, and how sure that is.
public struct SelectionProposal: Sendable, Equatable {
    public struct Grant: Sendable, Equatable {
        public let id: String
        public let amount: Int

        public init(id: String, amount: Int) {
            self.id = id
            self.amount = amount
        }
    }

    /// How far the total may be from the best there is.
    public enum Proof: Sendable, Equatable {
        /// There is none better.
        case optimal
        /// The best there is gains at most this on the total score.
        case within(ExactScore)
    }

    /// By score, then by identifier.
    public let retained: [Grant]
    /// Who comes next when a place frees, in that order.
    public let reserve: [String]
    public let total: ExactScore
    public let amount: Int
    public let proof: Proof
}

/// What a selection ended with.
public enum SelectionOutcome: Sendable, Equatable {
    case chosen(SelectionProposal)
    /// No set respects these rules together; without any one of them, one does.
    case impossible([String])
    /// Neither found nor excluded within the effort.
    case undecided
    /// Too many contenders, an identifier twice, or numbers past what is exact.
    case unreadable
}

/// What follows from a change: who would enter, who would leave, and what the total score would gain.
public struct SelectionShift: Sendable, Equatable {
    /// In order of score.
    public let enters: [String]
    public let leaves: [String]
    public let gain: ExactScore
    /// False when the search was stopped before its end.
    public let isProven: Bool

    public var changesNothing: Bool { enters.isEmpty && leaves.isEmpty }
}

/// What a rule costs: who stands in the set because of it, and who does not.
public struct RuleCost: Sendable, Equatable {
    public let rule: String
    /// What would happen without the rule.
    public let without: SelectionShift
}

/// A dossier near the line, on one side or the other.
public struct NearLine: Sendable, Equatable {
    public let id: String
    public let isRetained: Bool
    /// Points it misses to enter, or may lose before it leaves; nil when no rule lets the other thing happen.
    public let margin: ExactScore?
    /// Who would leave if it entered, or enter if it left.
    public let instead: [String]
    /// The rules that stand in the way of merely adding it.
    public let stoppedBy: [String]
}

/// Why the proposal is what it is.
public struct SelectionExplanation: Sendable, Equatable {
    /// In the order of the rules.
    public let costs: [RuleCost]
    /// The last that are retained, then the first that are not.
    public let line: [NearLine]
    /// What more money would change; nil without an envelope.
    public let moreMoney: SelectionShift?
}
