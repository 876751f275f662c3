import Exchange

/// One way to read a sentence about a limit: the instant, why it is read so, and what the organiser should know of it.
public struct DeadlineReading: Sendable, Hashable {
    public let deadline: Deadline
    /// How the words were understood, in French.
    public let explanation: String
    /// What was supposed, put right or left aside, and what the day is (a Sunday, a holiday, a night of changing clocks).
    public let remarks: [String]

    /// `Dépôts acceptés jusqu’au vendredi 16 octobre 2020 à 23 h 59 min 59 s (heure de Paris) — soit avant …`
    public var sentence: String { "Dépôts acceptés " + deadline.words + "." }

    /// The readings of a sentence in plain French, the likeliest first: never none, at most eight, no instant twice.
    ///
    /// Between two readings that people hesitate between, the one that is kinder to candidates comes first, « avant le 16 »
    /// alone excepted. Nothing is chosen: the organiser does.
    ///
    /// - Parameters:
    ///   - asOf: the day on which it is read: an unsaid year or month is the next one from there.
    ///   - zone: of the call; « heure de La Réunion » in the sentence wins.
    public static func readings(
        of text: String, asOf: CivilDate, zone: CivilZone = .paris
    ) throws(DeadlineRefusal) -> [DeadlineReading] {
        let typed = String(text.drop { $0.isWhitespace })
        let parts = split(try DeadlineToken.cut(typed))
        guard let first = parts.first, !first.isEmpty else {
            throw DeadlineRefusal(
                "Écrivez la date et l’heure limites, par exemple «\u{202F}16 octobre 2026 à 17 h\u{202F}».")
        }
        let phrase = try DeadlinePhraseReader.phrase(first)
        let found = try DeadlineInterpretation(phrase, asOf: asOf, zone: phrase.zone ?? zone, typed: typed).readings()
        var agreed = found
        for part in parts.dropFirst() {
            let other = try DeadlinePhraseReader.phrase(part)
            let limits = try DeadlineInterpretation(
                other, asOf: asOf, zone: other.zone ?? phrase.zone ?? zone, typed: typed
            ).readings().map(\.deadline.limit)
            agreed = agreed.filter { limits.contains($0.deadline.limit) }
        }
        guard !agreed.isEmpty else {
            throw DeadlineRefusal("Les deux façons de dire la limite ne tombent pas au même instant.")
        }
        return agreed
    }

    /// « …, soit … » says the same limit twice.
    private static func split(_ tokens: [DeadlineToken]) -> [[DeadlineToken]] {
        var parts: [[DeadlineToken]] = [[]]
        for token in tokens {
            if token.word == "soit", parts[parts.count - 1].contains(where: { $0.number != nil }), parts.count < 4 {
                parts.append([])
            } else {
                parts[parts.count - 1].append(token)
            }
        }
        return parts
    }
}
