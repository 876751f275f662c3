import Forms

/// An answer to a call: a draft that people write together, then what was deposited of it.
public struct Candidacy: Sendable, Equatable {
    public typealias ID = Identifier<Candidacy>

    public let id: ID
    public let call: Call.ID
    /// The wave it was begun for; `targetWave` tells the one a deposit goes to.
    public var wave: CallWave.ID
    /// The version of the form it is written in.
    public var form: CallForm.ID
    /// A code of `ReferenceList.maturities`; empty when the call has one form for all.
    public var maturity: String
    public var place: Place.ID?
    /// The project's name, as lists show it; may be empty.
    public var title: String
    public var structure: String
    public var siret: String
    /// Written online, or recorded by an agent who received it otherwise.
    public let channel: Receipt.Channel
    /// Who leads it and alone deposits; nil when an agent recorded it.
    public let holder: Account.ID?
    /// Who signed what an agent recorded; empty otherwise.
    public let depositor: String
    public var state: CandidacyState
    /// Counts the changes of the draft.
    public var version: Int
    /// The version last deposited; 0 before any deposit.
    public var depositedVersion: Int
    public var answers: Answers
    /// Since when it may be deposited by the program just before the limit, when it is complete (CAND-13).
    public var consentedAt: Instant?
    public let createdAt: Instant
    public var updatedAt: Instant
    public var withdrawnAt: Instant?
    public var withdrawReason: String
    /// What was decided of a late deposit, in writing.
    public var decision: LateDecision?

    public struct LateDecision: Sendable, Equatable {
        public let at: Instant
        public let by: Account.ID?
        public let reason: String
    }

    /// Whether the draft says more, or something else, than what was deposited.
    public var hasNewerDraft: Bool { depositedVersion > 0 && version > depositedVersion }

    /// What lists call it.
    public var name: String { Self.name(title: title, structure: structure) }

    /// The same of the two columns, for a list that reads no more of a candidacy.
    static func name(title: String, structure: String) -> String {
        title.isEmpty ? (structure.isEmpty ? "Candidature sans titre" : structure) : title
    }

    /// The wave a deposit made now goes to: its own, or the one that is open when its own has closed before any deposit
    /// (CAND-9).
    public func targetWave(of call: Call, at now: Instant) -> CallWave? {
        guard let own = call.wave(wave) else { return call.currentWave(at: now) }
        if now < own.closesAt || depositedVersion > 0 { return own }
        return call.openWave(at: now) ?? own
    }

    /// Whether the answers may still change: until the limit, and after it while nothing was ever deposited (CAND-6).
    public func isEditable(in call: Call, at now: Instant) -> Bool {
        guard channel == .online, call.state == .published, let wave = targetWave(of: call, at: now) else {
            return false
        }
        if now < wave.closesAt { return state.maybeReplaced }
        return state == .draft
    }
}
