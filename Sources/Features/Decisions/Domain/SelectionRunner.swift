import Exchange
import Selection

/// Asks the solver for a wave, and puts what it answers in words.
public struct SelectionRunner: Sendable {
    /// A dossier with what is known of it.
    public struct Line: Sendable, Equatable {
        /// Of its receipt: what people name it by.
        public let number: Int
        public let entry: SelectionEntry

        public init(number: Int, entry: SelectionEntry) {
            self.number = number
            self.entry = entry
        }
    }

    public let lines: [Line]
    public let rules: SelectionRules
    /// What « more money » is, in cents.
    public static let more = 5_000_000

    public init(lines: [Line], rules: SelectionRules) {
        self.lines = lines.sorted { $0.number < $1.number }
        self.rules = rules
    }

    /// Receipts in the order of their numbers: ties are broken by the first deposited.
    static func id(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(9 - digits.utf8.count, 0)) + digits
    }

    /// Canonical text of everything the answer depends on.
    public var inputs: String {
        let dossiers = lines.map { line in
            JSONValue.array([
                .number(JSONNumber(line.number)), .number(JSONNumber(line.entry.score.numerator)),
                .number(JSONNumber(line.entry.score.denominator)), .number(JSONNumber(line.entry.minimum)),
                .number(JSONNumber(line.entry.maximum)), .array(line.entry.tags.map { .string(Words.key($0)) }),
                .string(Words.key(line.entry.territory)),
            ])
        }
        let document = JSONObject([.init("rules", rules.document), .init("dossiers", .array(dossiers))])
        return String(decoding: JSONWriter.bytes(of: .object(document)), as: UTF8.self)
    }

    public var fingerprint: String { RulesText.fingerprint(inputs) }

    private var question: SelectionQuestion {
        SelectionQuestion(
            contenders: lines.map { line in
                let territory = Words.key(line.entry.territory)
                return Contender(
                    id: Self.id(line.number), score: line.entry.score, minimum: line.entry.minimum,
                    maximum: line.entry.maximum, tags: Set(line.entry.tags.map { Words.key($0) }),
                    territory: territory.isEmpty ? nil : territory)
            }, rules: rules.named().map(\.rule), reserve: rules.reserve)
    }

    /// Takes the time of the search: never where requests are answered.
    public func run() -> SelectionResult {
        let question = question
        let search = SelectionSearch()
        switch search.choose(question) {
        case .chosen(let proposal): return told(proposal, question, search)
        case .impossible(let names):
            var result = SelectionResult(.impossible)
            result.conflict = rules.named().filter { names.contains($0.rule.id) }.map(\.words)
            return result
        case .undecided, .unreadable: return SelectionResult(.undecided)
        }
    }

    private func told(
        _ proposal: SelectionProposal, _ question: SelectionQuestion, _ search: SelectionSearch
    ) -> SelectionResult {
        var result = SelectionResult(.chosen)
        result.grants = proposal.retained.map { .init(number: Int($0.id) ?? 0, amount: $0.amount) }
        result.reserve = proposal.reserve.compactMap { Int($0) }
        result.total = ScoreText.words(proposal.total)
        result.amount = proposal.amount
        if case .within(let gap) = proposal.proof { result.gap = ScoreText.words(gap) }
        guard let reasons = search.explain(proposal, of: question, money: Self.more) else { return result }
        let words = Dictionary(rules.named().map { ($0.rule.id, $0.words) }) { first, _ in first }
        result.costs = reasons.costs.map { cost in
            SelectionWords.cost(words[cost.rule] ?? cost.rule, cost.without)
        }
        result.line = reasons.line.map { SelectionWords.line($0, words) }
        // Without an envelope of the wave, « more money » would widen a quota.
        result.money = rules.envelope == nil ? [] : reasons.moreMoney.map { [SelectionWords.money($0)] } ?? []
        return result
    }
}

/// The sentences of a selection: what a rule costs, what is near the line.
enum SelectionWords {
    static func cost(_ rule: String, _ shift: SelectionShift) -> String {
        let start = first(rule)
        guard !shift.changesNothing else {
            return start + "\u{202F}: ne change rien." + (shift.isProven ? "" : " (Recherche arrêtée avant la fin.)")
        }
        let gain = "\(ScoreText.words(shift.gain)) \(points(shift.gain))"
        if shift.enters.isEmpty {
            return start + "\u{202F}: fait entrer \(dossiers(shift.leaves)), pour \(gain) de moins."
        }
        if shift.leaves.isEmpty { return start + "\u{202F}: laisse dehors \(dossiers(shift.enters)), soit \(gain)." }
        return start
            + "\u{202F}: remplace \(dossiers(shift.enters)) par \(dossiers(shift.leaves)), soit \(gain) de moins."
    }

    static func money(_ shift: SelectionShift) -> String {
        let start = "Avec \(Cents.words(SelectionRunner.more)) de plus"
        if shift.changesNothing { return start + ", rien ne changerait." }
        let leaves = shift.leaves.isEmpty ? "" : ", à la place de \(dossiers(shift.leaves))"
        return start + ", \(dossiers(shift.enters)) \(shift.enters.count > 1 ? "entreraient" : "entrerait")\(leaves)."
    }

    static func line(_ near: NearLine, _ words: [String: String]) -> String {
        let name = first(dossiers([near.id]))
        guard let margin = near.margin else {
            return name + (near.isRetained ? " ne peut pas sortir\u{202F}: " : " ne peut pas entrer\u{202F}: ")
                + "une contrainte l’impose."
        }
        let size = "\(ScoreText.words(margin)) \(points(margin))"
        if near.isRetained {
            let instead = near.instead.isEmpty ? "" : "\u{202F}; \(dossiers(near.instead)) entrerait alors"
            return "\(name) est retenu\u{202F}: il pourrait perdre \(size)\(instead)."
        }
        let instead = near.instead.isEmpty ? "" : " à la place de \(dossiers(near.instead))"
        let stops = near.stoppedBy.compactMap { words[$0] }
        let why = stops.isEmpty ? "" : " Ce qui l’arrête\u{202F}: \(list(stops))."
        return "\(name) n’est pas retenu\u{202F}: il lui manque \(size) pour entrer\(instead)." + why
    }

    static func dossiers(_ ids: [String]) -> String {
        let numbers = ids.map { id in "n°\u{A0}\(Int(id) ?? 0)" }
        return (numbers.count > 1 ? "les dossiers " : "le dossier ") + list(numbers)
    }

    private static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        if items.count > 12 { return items.prefix(12).joined(separator: ", ") + " et \(items.count - 12) autres" }
        return items.dropLast().joined(separator: ", ") + " et " + last
    }

    private static func points(_ score: ExactScore) -> String {
        score.numerator >= 2 * score.denominator ? "points" : "point"
    }

    private static func first(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
