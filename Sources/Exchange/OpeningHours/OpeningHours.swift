/// Opening hours in the syntax of OpenStreetMap (`opening_hours`, specification 0.7), read once and asked often.
///
/// Understood: weekdays, public and school holidays, nth weekdays, weeks, dates, years, Easter, times past midnight,
/// open ends, sunrise and sunset, the separators `;` `,` `||`, the words `open closed off unknown`, comments in quotes.
/// Also read: lower case, full and French day names, `9h-12h30`, dashes of all widths, stray spaces.
/// Not understood: repeated points in time beyond the span that holds them (`10:00-16:00/01:30` is the span).
public struct OpeningHours: Sendable, Hashable {
    /// The text that was read, untouched.
    public let source: String
    /// What it says, in order.
    public let rules: [OpeningRule]
    /// What was read but is doubtful.
    public let warnings: [OpeningWarning]

    /// Longest text accepted, in bytes of UTF-8: four times what OpenStreetMap stores, and short enough that no text
    /// makes a year of look-ahead slow.
    public static let longestSource = 1024

    /// Reads a text, or says in French where it stops making sense.
    public init(parsing source: String) throws(OpeningHoursError) {
        try self.init(source, words: .syntax)
    }

    init(_ source: String, words: OpeningVocabulary) throws(OpeningHoursError) {
        guard source.utf8.count <= Self.longestSource else {
            throw OpeningHoursError(offset: Self.longestSource, fault: .tooLong)
        }
        var parser = OpeningHoursParser(try OpeningTokenizer.tokens(of: source, words: words))
        rules = try parser.rules()
        warnings = parser.warnings
        self.source = source
    }

    init(rules: [OpeningRule]) {
        self.rules = rules
        self.warnings = []
        self.source = rules.syntax
    }

    /// Whether some hours are so doubtful (backwards, without end…) that the text should be kept as text,
    /// for a person to correct, rather than computed with.
    public var isDoubtful: Bool { warnings.contains(where: \.kind.isDoubtful) }

    /// The same hours in canonical syntax: `mo-fr 9h-12h` gives `Mo-Fr 09:00-12:00`.
    public var syntax: String { rules.syntax }
}

/// Why a text is not opening hours, with the place where reading stopped.
public struct OpeningHoursError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Fault: Sendable, Hashable {
        case empty
        case tooLong
        case unclosedComment
        case unexpected(String)
        case unknownWord(String)
        case impossibleHour
        case impossibleDate
        case expected(String)
    }

    /// Offset in bytes of UTF-8 from the start of the text.
    public let offset: Int
    public let fault: Fault

    /// The reason, as a French sentence for the person who typed the hours.
    public var reason: String {
        switch fault {
        case .empty: "Aucun horaire n’est indiqué."
        case .tooLong: "Ce texte est trop long pour des horaires."
        case .unclosedComment: "Un guillemet ouvert n’est pas refermé."
        case .unexpected(let text): "« \(text) » n’est pas attendu à cet endroit."
        case .unknownWord(let text): "Le mot « \(text) » n’est pas compris."
        case .impossibleHour: "Cette heure n’existe pas."
        case .impossibleDate: "Cette date n’existe pas."
        case .expected(let what): "Il manque \(what) à cet endroit."
        }
    }

    public var description: String { "offset \(offset): \(fault)" }
}

/// Hours that were read, but that nobody would write on purpose.
public struct OpeningWarning: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// The end comes before the start and it is not a night: `Fr 17:00-12:00`.
        case backwards
        /// The end is the start: `14:00-14:00`.
        case zeroLength
        /// A start without end: `Mo 08:30`.
        case noEnd
        /// Three hours in a row: `08:30-12:00-13:30`.
        case chainedTimes
        /// Three days in a row, read as a list: `Tu-Th-Fr`.
        case chainedDays
        /// Hours without days after `;`, which replace every day: `Mo-Fr 09:00-12:00; 14:00-17:00`.
        case bareTimes
        /// Two spans of one rule share minutes.
        case overlapping
        /// A separator was missing and was supplied: `Mo 14:00-17:00 We 09:00-12:00`.
        case missingSeparator

        /// Whether computing with these hours would probably mislead a visitor.
        public var isDoubtful: Bool {
            switch self {
            case .overlapping, .missingSeparator: false
            case .backwards, .zeroLength, .noEnd, .chainedTimes, .chainedDays, .bareTimes: true
            }
        }
    }

    public let kind: Kind
    /// Offset in bytes of UTF-8 from the start of the text.
    public let offset: Int

    /// The doubt, as a French sentence for the person who typed the hours.
    public var message: String {
        switch kind {
        case .backwards: "L’heure de fin vient avant l’heure de début."
        case .zeroLength: "L’heure de fin est la même que l’heure de début."
        case .noEnd: "Il manque l’heure de fin."
        case .chainedTimes: "Trois heures se suivent\u{202F}: il manque sans doute une heure de reprise."
        case .chainedDays: "Plusieurs jours sont reliés par des tirets\u{202F}: séparez-les par des virgules."
        case .bareTimes: "Ces heures sans jour remplacent celles de toute la semaine."
        case .overlapping: "Deux plages horaires se chevauchent."
        case .missingSeparator: "Il manque un point-virgule ou une virgule entre deux horaires."
        }
    }
}
