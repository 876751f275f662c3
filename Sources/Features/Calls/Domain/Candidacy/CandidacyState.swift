/// Where a candidacy stands, and the acts that move it: one table, pure.
///
/// That its limit has passed is never a state: it is compared each time it matters (CAND-8).
public enum CandidacyState: String, Sendable, CaseIterable {
    case draft = "brouillon"
    case deposited = "deposee"
    /// Deposited after the limit only: kept, and waits for a written decision.
    case late = "hors_delai"
    /// Late, and admitted in writing.
    case admitted = "admise"
    /// Late, and not admitted.
    case dismissed = "ecartee"
    case withdrawn = "retiree"

    public enum Event: String, Sendable, CaseIterable {
        case depositOnTime
        case depositLate
        case withdraw
        case admit
        case dismiss
    }

    /// The state after an event; nil when the event is refused.
    public func after(_ event: Event) -> CandidacyState? {
        switch (self, event) {
        // A limit may have been moved since: what arrives before it counts, whatever was decided of a late one.
        case (_, .depositOnTime): .deposited
        case (.draft, .depositLate), (.late, .depositLate), (.withdrawn, .depositLate): .late
        // Kept as evidence with its receipt; the one that came in time stays the one that is examined.
        case (.deposited, .depositLate): .deposited
        case (.admitted, .depositLate), (.dismissed, .depositLate): nil
        case (.deposited, .withdraw), (.late, .withdraw), (.admitted, .withdraw): .withdrawn
        case (.draft, .withdraw), (.dismissed, .withdraw), (.withdrawn, .withdraw): nil
        case (.late, .admit): .admitted
        case (.late, .dismiss): .dismissed
        case (_, .admit), (_, .dismiss): nil
        }
    }

    /// Whether it waits among those that are examined.
    public var isExamined: Bool { self == .deposited || self == .admitted }

    /// Whether its lead may still write and deposit again while the limit has not passed.
    var maybeReplaced: Bool { self != .admitted && self != .dismissed }

    public var label: String {
        switch self {
        case .draft: "Brouillon"
        case .deposited: "Déposée"
        case .late: "Hors délai, en attente de décision"
        case .admitted: "Hors délai, admise"
        case .dismissed: "Hors délai, écartée"
        case .withdrawn: "Retirée"
        }
    }
}
