import Storage

/// The jury of a wave of a call: its criteria, how many read each dossier, and where its work stands.
public struct Jury: Sendable, Equatable {
    public typealias ID = Identifier<Jury>

    public let id: ID
    public let call: Call.ID
    /// Nil for a jury of a call of several waves from before each had its own: it judges those that closed before it signed.
    public let wave: CallWave.ID?
    public var state: JuryState
    /// Counts the changes of the settings.
    public var version: Int
    public var settings: JurySettings
    public let createdAt: Instant
    public var openedAt: Instant?
    /// When the session opened the notes to the jury and to those who keep the call.
    public var revealedAt: Instant?
    public var signedAt: Instant?

    /// Whether the notes of all are open (JURY-7).
    public var isRevealed: Bool { revealedAt != nil }

    /// Whether the dossiers of a wave are this jury's (JURY-21).
    public func judges(_ wave: CallWave) -> Bool {
        guard let own = self.wave else { return signedAt.map { wave.closesAt <= $0 } ?? true }
        return own == wave.id
    }
}

/// Where a jury stands: prepared, reading, in session, signed. One table, pure.
public enum JuryState: String, Sendable, CaseIterable {
    case preparing = "preparation"
    case reading = "lecture"
    case session = "seance"
    case signed = "signe"

    public enum Event: String, Sendable, CaseIterable {
        case open, reveal, sign
    }

    /// The state after an event; nil when the event is refused.
    public func after(_ event: Event) -> JuryState? {
        switch (self, event) {
        case (.preparing, .open): .reading
        case (.reading, .reveal): .session
        case (.session, .sign): .signed
        default: nil
        }
    }

    public var label: String {
        switch self {
        case .preparing: "En préparation"
        case .reading: "Lecture des dossiers"
        case .session: "En séance"
        case .signed: "Procès-verbal signé"
        }
    }
}

/// What is decided of a jury before it reads.
public struct JurySettings: Sendable, Equatable {
    public var criteria: [JuryCriterion]
    /// How many jurors read each dossier.
    public var readings: Int
    /// How many members must be present, and not recused, for an advice.
    public var quorum: Int
    /// Beyond how many points of 100 between two sheets a dossier is to be discussed (JURY-15).
    public var dispersion: Int
    /// The time planned for each dossier, in minutes.
    public var minutes: Int
    public var heldAt: Instant?
    public var place: String

    public init(
        criteria: [JuryCriterion], readings: Int = 3, quorum: Int = 3, dispersion: Int = 25, minutes: Int = 15,
        heldAt: Instant? = nil, place: String = ""
    ) {
        self.criteria = criteria
        self.readings = readings
        self.quorum = quorum
        self.dispersion = dispersion
        self.minutes = minutes
        self.heldAt = heldAt
        self.place = place
    }

    /// The settings a call begins with: its own criteria, their weights brought to 100 when that is exact.
    public init(of call: Call) {
        let sum = call.settings.criteria.reduce(0) { $0 + $1.weight }
        let isExact = sum > 0 && call.settings.criteria.allSatisfy { ($0.weight * 100).isMultiple(of: sum) }
        self.init(
            criteria: call.settings.criteria.map { criterion in
                JuryCriterion(
                    criterion.code, criterion.label, guide: criterion.guide,
                    weight: isExact ? criterion.weight * 100 / sum : min(criterion.weight, 100),
                    maximum: min(criterion.maximum, 100))
            })
    }
}

extension JurySettings {
    /// The settings that the next jury of a call begins with: those of its last one but for the session, else its criteria.
    public static func proposed(for call: Call, _ reader: Reader) throws -> JurySettings {
        guard var last = try JuryStore.jury(of: call, wave: nil, reader)?.settings else {
            return JurySettings(of: call)
        }
        last.heldAt = nil
        last.place = ""
        return last
    }
}

/// What a sheet notes, on which scale, and how much it weighs.
public struct JuryCriterion: Sendable, Equatable {
    public var code: String
    public var label: String
    /// What each note means, for the jurors.
    public var guide: String
    /// Points of 100.
    public var weight: Int
    /// The highest note; the lowest is 0.
    public var maximum: Int

    public init(_ code: String, _ label: String, guide: String = "", weight: Int, maximum: Int = 4) {
        self.code = code
        self.label = label
        self.guide = guide
        self.weight = weight
        self.maximum = maximum
    }
}
