import Exchange

extension Candidacy {
    /// Whether a later draft takes this dossier up again: the same lead, and the same place, project or structure.
    public func isTakenUp(in draft: Candidacy) -> Bool {
        guard id != draft.id, holder == draft.holder, createdAt < draft.createdAt else { return false }
        return (place != nil && place == draft.place) || (!title.isEmpty && title == draft.title)
            || (!structure.isEmpty && structure == draft.structure)
    }
}

/// What the competent body decided of a dossier. The jury's ranking is an opinion; this is the act that binds.
public struct Decision: Sendable, Equatable {
    public typealias ID = Identifier<Decision>

    public enum Outcome: String, Sendable, CaseIterable {
        case retained = "retenue"
        case reserved = "sous_reserve"
        case waiting = "attente"
        case refused = "refusee"

        public var label: String {
            switch self {
            case .retained: "Retenue"
            case .reserved: "Retenue sous réserve"
            case .waiting: "Sur liste d’attente"
            case .refused: "Non retenue"
            }
        }

        /// Whether money goes with it.
        public var grants: Bool { self == .retained || self == .reserved }
    }

    /// What the decision follows from.
    public enum Origin: String, Sendable, CaseIterable {
        case body = "instance"
        case waitingList = "liste_attente"
        case appeal = "recours"
    }

    /// Why, on one question of the form; on the whole dossier when `question` is empty.
    public struct Reason: Sendable, Equatable {
        public var question: String
        public var text: String

        public init(question: String = "", _ text: String) {
            self.question = question
            self.text = text
        }
    }

    public let id: ID
    public let candidacy: Candidacy.ID
    public let call: Call.ID
    public let wave: CallWave.ID
    /// From 1; each supersedes the one before.
    public let sequence: Int
    /// Counts the changes before notification.
    public var version: Int
    public let origin: Origin
    public var outcome: Outcome
    /// On the waiting list.
    public var rank: Int?
    /// In cents, when something is granted.
    public var amount: Int?
    public var conditions: String
    /// The competent body: a bureau, a council, a commission.
    public var body: String
    public var decidedOn: CivilDate
    /// The number of the deliberation; may be empty.
    public var deliberation: String
    public var reasons: [Reason]
    /// The last run of the solver when it was recorded.
    public var run: SelectionRun.ID?
    /// Why it departs from that run's proposal; empty when it does not.
    public var departure: String
    public var recordedAt: Instant
    public var recordedBy: Account.ID?
    public var notifiedAt: Instant?
    /// The letter as it was sent, paragraphs separated by an empty line; empty before.
    public var letter: String
    public var supersededAt: Instant?

    public var isNotified: Bool { notifiedAt != nil }

    /// The last instant a gracious appeal is taken: two months after notification, by the clocks of Paris (DECI-13).
    public var appealableUntil: Instant? {
        guard let notifiedAt else { return nil }
        let day = CivilZone.paris.local(notifiedAt.microseconds).date
        return Instant(microseconds: CivilZone.paris.utc(of: CivilTime(Self.twoMonths(after: day), minuteOfDay: 0)))
    }

    /// The day after the same day two months later, or after the last one of that month when it has no such day.
    static func twoMonths(after day: CivilDate) -> CivilDate {
        let month = day.month + 2
        let (year, rest) = month > 12 ? (day.year + 1, month - 12) : (day.year, month)
        let last = CivilDate.length(ofMonth: rest, year: year)
        let end = CivilDate(year: year, month: rest, day: min(day.day, last)) ?? day.adding(days: 61)
        return end.adding(days: 1)
    }
}
