import Exchange

/// What a beneficiary reports of an agreement: what was done, what was reached, what was spent.
public struct FundingReport: Sendable, Equatable {
    public typealias ID = Identifier<FundingReport>

    public enum Kind: String, Sendable, CaseIterable {
        case intermediate = "intermediaire"
        case final

        public var label: String { self == .intermediate ? "Bilan intermédiaire" : "Bilan final" }
    }

    /// That it is late is never stored: it is a comparison of days (FUND-16).
    public enum State: String, Sendable, CaseIterable {
        case expected = "attendu"
        case submitted = "remis"
        case accepted = "accepte"
        case returned = "retourne"

        public enum Event: String, Sendable, CaseIterable { case submit, accept, sendBack }

        public func after(_ event: Event) -> State? {
            switch (self, event) {
            case (.expected, .submit), (.returned, .submit), (.submitted, .submit): .submitted
            case (.submitted, .accept): .accepted
            case (.submitted, .sendBack): .returned
            default: nil
            }
        }

        public var label: String {
            switch self {
            case .expected: "Attendu"
            case .submitted: "Remis"
            case .accepted: "Accepté"
            case .returned: "Retourné"
            }
        }
    }

    /// Something that was to be reached.
    public struct Indicator: Sendable, Equatable {
        public var label: String
        public var target: Int
        public var done: Int
        public var evidence: String

        public init(_ label: String, target: Int, done: Int, evidence: String = "") {
            self.label = label
            self.target = target
            self.done = done
            self.evidence = evidence
        }

        public var gap: Int { done - target }
    }

    /// An account of the financial report, in cents.
    public struct Account: Sendable, Equatable {
        public var code: String
        public var planned: Int
        public var realised: Int
        public var remark: String

        public init(_ code: String, planned: Int, realised: Int, remark: String = "") {
            self.code = code
            self.planned = planned
            self.realised = realised
            self.remark = remark
        }

        public var gap: Int { realised - planned }
    }

    public let id: ID
    public let agreement: Agreement.ID
    public let kind: Kind
    public let dueOn: CivilDate
    public var state: State
    public var narrative: String
    public var reason: String
    public var edition: Int
    public var submittedAt: Instant?
    public var remindedAt: Instant?
    public var indicators: [Indicator] = []
    public var accounts: [Account] = []

    public func isLate(today: CivilDate) -> Bool { (state == .expected || state == .returned) && dueOn < today }

    public var planned: Int { accounts.reduce(0) { $0 + $1.planned } }
    public var realised: Int { accounts.reduce(0) { $0 + $1.realised } }
}
