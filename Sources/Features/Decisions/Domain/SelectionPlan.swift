import Exchange
import Selection

/// What the selection of a wave is made from: the rules, and how often they or the scores changed.
public struct SelectionPlan: Sendable, Equatable {
    public let wave: CallWave.ID
    public let call: Call.ID
    /// Counts the changes of the rules and of the scores alike.
    public var version: Int
    public var rules: SelectionRules
    public var updatedAt: Instant
    public var updatedBy: Account.ID?
}

/// What is known of a dossier for the selection: its score and its money.
public struct SelectionEntry: Sendable, Equatable {
    public let candidacy: Candidacy.ID
    public var score: ExactScore
    /// In cents: the least it can do with, and the most it may be granted.
    public var minimum: Int
    public var maximum: Int
    /// « QPV », « rural », « création »: in capitals or not, as they were typed; compared folded.
    public var tags: [String]
    /// A code or a name; empty when it counts nowhere.
    public var territory: String

    public init(
        candidacy: Candidacy.ID, score: ExactScore, minimum: Int, maximum: Int, tags: [String] = [],
        territory: String = ""
    ) {
        self.candidacy = candidacy
        self.score = score
        self.minimum = minimum
        self.maximum = maximum
        self.tags = tags
        self.territory = territory
    }
}

/// The constraints of a wave's selection, as people set them.
public struct SelectionRules: Sendable, Equatable {
    public struct Quota: Sendable, Equatable {
        public enum Sense: String, Sendable, CaseIterable {
            case atLeast = "au_moins"
            case atMost = "au_plus"
        }

        public var sense: Sense
        /// A number of dossiers or an amount in cents; or a share of those retained, or of the money, in hundredths of a percent
        /// (5,000 is half).
        public var value: Int
        public var isShare: Bool
        /// Money is counted, not dossiers.
        public var isMoney: Bool
        public var tag: String

        public init(_ sense: Sense, _ value: Int, isShare: Bool, isMoney: Bool = false, tag: String) {
            self.isMoney = isMoney
            self.sense = sense
            self.value = value
            self.isShare = isShare
            self.tag = tag
        }
    }

    /// In cents.
    public var envelope: Int?
    /// The most that are retained.
    public var most: Int?
    /// Nobody under this score.
    public var threshold: ExactScore?
    public var perTerritory: Int?
    public var quotas: [Quota] = []
    public var reserve = 0
    /// Numbers of receipts: retained, or not, whatever their score; with the reason.
    public var included: [Int] = []
    public var excluded: [Int] = []
    public var reason = ""

    public init() {}

    /// The rules of the solver, each with its name and its sentence.
    func named() -> [(rule: SelectionRule, words: String)] {
        var list: [(SelectionRule, String)] = []
        if let envelope {
            list.append((.init("enveloppe", .envelope(envelope, .everyone)), "l’enveloppe de \(Cents.words(envelope))"))
        }
        if let most {
            list.append((.init("nombre", .atMost(most, .everyone)), "au plus \(most) dossiers retenus"))
        }
        if let threshold {
            list.append((.init("seuil", .threshold(threshold)), "la note d’au moins \(ScoreText.words(threshold))"))
        }
        if let perTerritory {
            list.append(
                (.init("territoires", .perTerritory(perTerritory)), "au plus \(perTerritory) par territoire"))
        }
        for (index, quota) in quotas.enumerated() {
            let pool = SelectionPool.tagged(Words.key(quota.tag))
            let kind: SelectionRule.Kind =
                switch (quota.sense, quota.isShare, quota.isMoney) {
                case (.atLeast, false, false): .atLeast(quota.value, pool)
                case (.atMost, false, false): .atMost(quota.value, pool)
                case (.atLeast, true, false): .share(quota.value, of: 10_000, pool)
                case (.atMost, true, false): .shareAtMost(quota.value, of: 10_000, pool)
                case (.atLeast, false, true): .money(quota.value, pool)
                case (.atMost, false, true): .envelope(quota.value, pool)
                case (.atLeast, true, true): .moneyShare(quota.value, of: 10_000, pool)
                case (.atMost, true, true): .moneyShareAtMost(quota.value, of: 10_000, pool)
                }
            list.append((.init("quota-\(index + 1)", kind), quota.words))
        }
        if !included.isEmpty {
            list.append((.init("imposes", .include(Self.ids(included))), "les dossiers retenus d’office"))
        }
        if !excluded.isEmpty {
            list.append((.init("ecartes", .exclude(Self.ids(excluded))), "les dossiers écartés d’office"))
        }
        return list.map { (rule: $0.0, words: $0.1) }
    }

    private static func ids(_ numbers: [Int]) -> Set<String> { Set(numbers.map(SelectionRunner.id)) }
}

/// Scores in decimals, as people write and read them.
public enum ScoreText {
    /// `15,75` or `15.75`, with at most six decimals; nil when it is not a score.
    public static func read(_ text: String) -> ExactScore? {
        var digits = 0
        var value = 0
        var unit = 1
        var isDecimal = false
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 48...57:
                digits += 1
                guard digits <= 12 else { return nil }
                value = value * 10 + Int(scalar.value - 48)
                if isDecimal { unit *= 10 }
                guard unit <= 1_000_000 else { return nil }
            case 0x2C, 0x2E:
                guard !isDecimal, digits > 0 else { return nil }
                isDecimal = true
            case 0x20, 0xA0, 0x202F: continue
            default: return nil
            }
        }
        return digits > 0 ? ExactScore(value, over: unit) : nil
    }

    /// At most three decimals; « environ » is not said, the exact fraction is kept.
    public static func words(_ score: ExactScore) -> String {
        let (whole, rest) = score.numerator.quotientAndRemainder(dividingBy: score.denominator)
        var thousandths = Int((Double(rest) / Double(score.denominator) * 1_000).rounded())
        var integer = whole
        if thousandths == 1_000 {
            integer += 1
            thousandths = 0
        }
        guard thousandths > 0 else { return "\(integer)" }
        var decimals = String(thousandths + 1_000).dropFirst()
        while decimals.last == "0" { decimals.removeLast() }
        return "\(integer),\(decimals)"
    }

    static func percent(_ hundredths: Int) -> String {
        (ExactScore(hundredths, over: 100).map(words) ?? "0") + "\u{A0}%"
    }
}

extension SelectionRules.Quota {
    /// « au moins 50 % de l’argent « QPV » ».
    var words: String {
        let bound = sense == .atLeast ? "au moins" : "au plus"
        let size =
            isShare
            ? ScoreText.percent(value) + (isMoney ? " de l’argent" : "") : isMoney ? Cents.words(value) : "\(value)"
        return "\(bound) \(size) «\u{A0}\(tag)\u{A0}»"
    }
}
