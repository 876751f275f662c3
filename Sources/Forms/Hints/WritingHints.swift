/// Advice to who writes a form: what is long, what is hard to read, how long answering takes. Never prevents anything.
public struct WritingHints: Sendable, Equatable {
    public struct Hint: Sendable, Equatable {
        /// `section.question`, `section`, or empty for the whole.
        public let place: String
        /// Plain French.
        public let message: String
    }

    public let hints: [Hint]
    /// Questions that a maturity may see; columns are not counted.
    public let questions: Int
    /// Those that must be answered whenever they are asked.
    public let required: Int
    /// How long answering takes, roughly, at least 1.
    public let minutes: Int

    /// Longest label and longest list of choices before a hint.
    static let labelLength = 90
    static let choices = 12
    static let sectionQuestions = 15

    /// - Parameter maturity: counts only what it sees; everything when nil.
    public init(_ form: Form, maturity: String? = nil) {
        var hints: [Hint] = []
        var questions = 0
        var required = 0
        var seconds = 0
        func suits(_ maturities: [String]) -> Bool {
            guard let maturity, !maturities.isEmpty else { return true }
            return maturities.contains(maturity)
        }
        for section in form.sections where suits(section.maturities) {
            let asked = section.questions.filter { suits($0.maturities) && !$0.kind.isComputed }
            questions += asked.count
            required += asked.count { $0.requirement == .required }
            if asked.count > Self.sectionQuestions {
                hints.append(
                    Hint(
                        place: section.key,
                        message: "Cette section a \(asked.count) questions : deux sections se rempliraient mieux."
                            .narrow))
            }
            for question in asked {
                seconds += Self.seconds(question)
                hints += Self.hints(question, at: section.key + "." + question.key)
            }
        }
        self.questions = questions
        self.required = required
        minutes = max(1, (seconds + 30) / 60)
        if minutes > 90 {
            hints.append(
                Hint(
                    place: "",
                    message: "Il faut environ \(minutes) minutes pour répondre : que peut-on demander plus tard ?"
                        .narrow))
        }
        self.hints = hints
    }

    private static func hints(_ question: Question, at place: String) -> [Hint] {
        var found: [Hint] = []
        func add(_ message: String) { found.append(Hint(place: place, message: message.narrow)) }
        if question.label.count > labelLength {
            add("Ce libellé a \(question.label.count) signes : le détail tiendrait mieux dans l’aide.")
        }
        let help = ReadingLevel(question.help)
        if help.longestSentence > 30 {
            add("Une phrase de l’aide a \(help.longestSentence) mots : coupez-la.")
        }
        if help.words >= 15, let ease = help.ease, ease < 45 {
            add("L’aide est difficile à lire (\(ease) sur 100) : des mots plus courts aideraient.")
        }
        if let options = question.kind.options, options.count > choices {
            add("Il y a \(options.count) choix : regroupez-les, ou offrez « Autre ».")
        }
        if case .longText(let limit) = question.kind, limit > 5_000 {
            add("\(FrenchText.whole(limit)) caractères, c’est plus de deux pages à lire par dossier.")
        }
        if question.kind.columns.count > 6 {
            add("\(question.kind.columns.count) colonnes ne tiennent pas sur un téléphone.")
        }
        if question.label.hasSuffix(" ?"), case .yesNo = question.kind { return found }
        if question.kind.word == "longText", question.help.isEmpty { add("Une aide dirait ce qui est attendu ici.") }
        return found
    }

    /// How long one answer takes: looking something up, thinking, typing at 100 characters a minute half of what is allowed.
    private static func seconds(_ question: Question) -> Int {
        switch question.kind {
        case .yesNo, .oneOf: 15
        case .severalOf: 30
        case .shortText(let limit): 20 + min(limit, 200) / 10
        case .longText(let limit): 60 + min(limit, 10_000) * 3 / 10
        case .number, .money, .date, .email, .phone, .url, .place, .commune: 20
        case .period, .address, .siret, .rna: 40
        case .person: 60
        case .attachment: 180
        case .sworn: 30
        case .computed: 0
        case .group(let columns, let least, _):
            max(least, 2) * columns.filter { !$0.kind.isComputed }.map { min(seconds($0), 60) }.reduce(0, +)
        case .table(let layout):
            rows(layout) * layout.columns.filter { !$0.kind.isComputed }.map { min(seconds($0), 60) }.reduce(0, +)
        }
    }

    private static func rows(_ layout: TableLayout) -> Int {
        switch layout.rows {
        // Half the rows of a standard grid stay empty.
        case .fixed(let rows): max(1, rows.count / 2)
        case .free(let least, _): max(least, 3)
        }
    }
}

/// How hard a French text is to read.
struct ReadingLevel {
    let words: Int
    let longestSentence: Int
    private let sentences: Int
    private let syllables: Int

    init(_ text: String) {
        var words = 0
        var sentences = 0
        var syllables = 0
        var longest = 0
        for sentence in text.split(whereSeparator: { ".!?\n".contains($0) }) {
            let count = sentence.split { !($0.isLetter || $0 == "-") }
            guard !count.isEmpty else { continue }
            sentences += 1
            words += count.count
            longest = max(longest, count.count)
            syllables += count.map(Self.syllables).reduce(0, +)
        }
        self.words = words
        self.sentences = sentences
        self.syllables = syllables
        longestSentence = longest
    }

    /// Reading ease, 0 (very hard) to 100 (very easy): Flesch's measure as Kandel and Moles fitted it to French in 1958,
    /// 207 − 1.015 × words per sentence − 73.6 × syllables per word. Nil without a word.
    var ease: Int? {
        guard words > 0 else { return nil }
        let ease = 207 - 1.015 * Double(words) / Double(sentences) - 73.6 * Double(syllables) / Double(words)
        return Int(min(max(ease, 0), 100))
    }

    /// Groups of vowels, the silent « e » at the end left out; at least one.
    static func syllables(_ word: Substring) -> Int {
        let vowels: Set<Character> = [
            "a", "e", "i", "o", "u", "y", "à", "â", "é", "è", "ê", "ë", "î", "ï", "ô", "ö", "ù", "û", "ü", "œ", "æ",
        ]
        let letters = Array(word.lowercased())
        var groups = 0
        var inside = false
        for letter in letters {
            let isVowel = vowels.contains(letter)
            if isVowel, !inside { groups += 1 }
            inside = isVowel
        }
        for ending in ["e", "es", "ent"] where groups > 1 && word.lowercased().hasSuffix(ending) {
            let before = letters.dropLast(ending.count).last
            if let before, !vowels.contains(before) { groups -= 1 }
            break
        }
        return max(groups, 1)
    }
}
