/// When things happen: the waves of deposit, and what surrounds them.
public struct CallCalendar: Sendable, Equatable {
    /// A permanent call goes from wave to wave; a dated one has one wave.
    public var isPermanent = false
    public var waves: [CallWave] = []
    public var milestones: [CallMilestone] = []

    public init() {}
}

/// A date of the call beside its waves.
public struct CallMilestone: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        case meeting = "reunion"
        case questions
        case instruction
        case jury
        case results = "resultats"
        case agreement = "convention"
        case other = "autre"

        public var label: String {
            switch self {
            case .meeting: "Réunion d’information"
            case .questions: "Fin des questions"
            case .instruction: "Étude des dossiers"
            case .jury: "Comité de sélection"
            case .results: "Annonce des résultats"
            case .agreement: "Signature des conventions"
            case .other: "Autre date"
            }
        }

        /// Must happen before the last closing (CALL-7).
        public var isBeforeClosing: Bool { self == .meeting || self == .questions }
    }

    public var kind: Kind
    public var label: String
    /// Nil when only a period is known.
    public var startsAt: Instant?
    /// « début septembre 2020 », when the day is not fixed.
    public var period: String
    public var place: String
    public var link: String

    public init(
        _ kind: Kind, label: String = "", startsAt: Instant? = nil, period: String = "", place: String = "",
        link: String = ""
    ) {
        self.kind = kind
        self.label = label.isEmpty ? kind.label : label
        self.startsAt = startsAt
        self.period = period
        self.place = place
        self.link = link
    }
}

/// Where projects may be, as a list of territories, said of one edition of the register.
public struct CallTerritory: Sendable, Equatable {
    /// One territory of the list.
    public struct Area: Sendable, Hashable {
        public enum Kind: String, Sendable, CaseIterable {
            case commune
            case epci
            case departement
            case region
            case zoning = "zonage"

            public var label: String {
                switch self {
                case .commune: "Commune"
                case .epci: "Intercommunalité"
                case .departement: "Département"
                case .region: "Région"
                case .zoning: "Zonage"
                }
            }
        }

        public var kind: Kind
        /// INSEE code, SIREN of the EPCI, or kind of zoning (`QPV`, `FRR`).
        public var code: String
        public var name: String

        public init(_ kind: Kind, _ code: String, _ name: String) {
            self.kind = kind
            self.code = code
            self.name = name
        }
    }

    public var areas: [Area] = []
    /// What the list does not say by itself.
    public var words = ""
    /// The edition of the register or of the zoning the list is read in: « 2024 ».
    public var edition = ""
    /// The day on which it is read, ISO; empty for the day of the deposit.
    public var readOn = ""

    public init() {}

    /// A blocking condition: the project stands in one of the areas.
    var condition: EligibilityCondition {
        EligibilityCondition(.territory(areas, edition: edition, readOn: readOn), isBlocking: true, words: words)
    }
}
