import Exchange

/// Reads the tokens of one sentence from left to right. What it meets twice, or cannot place, is refused.
struct DeadlinePhraseReader {
    let tokens: [DeadlineToken]
    var index = 0
    var phrase = DeadlinePhrase()
    /// The word that led to the next date: « du » opens a period, « au » closes one.
    var lead: String?
    var leadPlace = -1
    var weekdayPlace = -1
    private var periodMayOpen = false

    init(_ tokens: [DeadlineToken]) {
        self.tokens = tokens
    }

    static func phrase(_ tokens: [DeadlineToken]) throws(DeadlineRefusal) -> DeadlinePhrase {
        var reader = DeadlinePhraseReader(tokens)
        while reader.index < reader.tokens.count { try reader.step() }
        return reader.phrase
    }

    func at(_ offset: Int) -> DeadlineToken? {
        let place = index + offset
        return tokens.indices.contains(place) ? tokens[place] : nil
    }

    func word(_ offset: Int = 0) -> String? { at(offset)?.word }

    /// Whether these words come next.
    func comes(_ words: [String], from offset: Int = 0) -> Bool {
        words.indices.allSatisfy { word(offset + $0) == words[$0] }
    }

    private mutating func step() throws(DeadlineRefusal) {
        guard let token = at(0) else { return }
        switch token.kind {
        case .mark: index += 1
        case .number: try number(token)
        case .word(let word): try self.word(word, token)
        }
    }

    private mutating func word(_ word: String, _ token: DeadlineToken) throws(DeadlineRefusal) {
        if try bound(word) { return }
        if readsInclusion(word) { return }
        if try namedHour(word) { return }
        if try zoneOrSeason(word) { return }
        if try spokenDay(word) { return }
        if word == "dernier", let before = at(-1)?.word, DeadlineLexicon.weekday(before) != nil {
            throw DeadlineRefusal(
                "«\u{202F}\(before) dernier\u{202F}» est passé\u{202F}: écrivez la date de la limite.")
        }
        if word.hasPrefix("prochain"), case .numbered = phrase.day {
            // « le 16 octobre prochain » says what an unsaid year means anyway.
            index += 1
            return
        }
        if let reason = DeadlineLexicon.uncertainty(word) {
            throw DeadlineRefusal(
                "«\u{202F}\(token.text)\u{202F}» \(reason)\u{202F}: écrivez le jour et l’heure exacts.")
        }
        if DeadlineLexicon.links.contains(word) {
            if word == "du" || word == "au" || word == "le" {
                // « du lundi au … »: the article of a weekday is not a new lead.
                lead = word
                leadPlace = index
            }
        } else if !DeadlineLexicon.surroundings.contains(word) {
            phrase.ignored.append(token.text)
        }
        index += 1
    }

    private mutating func bound(_ word: String) throws(DeadlineRefusal) -> Bool {
        switch word {
        case "avant":
            phrase.bound = .before
            index += 1
        case "jusqu", "jusque":
            phrase.bound = .until
            lead = nil
            index += 1
        case "plus" where self.word(1) == "tard":
            phrase.bound = .until
            index += 2
        case "dernier" where self.word(1) == "delai":
            if phrase.bound == .unsaid { phrase.bound = .until }
            index += 2
        case "apres" where self.word(1) == "demain":
            return false
        case "apres" where self.word(2) == "demain":
            return false
        case "apres" where self.word(1) == "midi" || self.word(2) == "midi":
            throw DeadlineRefusal("«\u{202F}après-midi\u{202F}» n’est pas une heure\u{202F}: écrivez l’heure exacte.")
        case "apres", "depuis", "partir":
            throw DeadlineRefusal(
                "«\u{202F}\(tokens[index].text)\u{202F}» dit un début, pas une limite\u{202F}: écrivez "
                    + "«\u{202F}avant\u{202F}» ou «\u{202F}jusqu’au\u{202F}».")
        default: return false
        }
        return true
    }

    private mutating func readsInclusion(_ word: String) -> Bool {
        switch word {
        case "non" where ["inclus", "incluse", "compris", "comprise"].contains(self.word(1) ?? ""):
            phrase.isIncluded = false
            index += 2
        case "inclus", "incluse", "compris", "comprise":
            phrase.isIncluded = true
            index += 1
        case "exclu", "exclue", "exclus":
            phrase.isIncluded = false
            index += 1
        default: return false
        }
        return true
    }

    /// Takes a date; a second one is refused unless it ends a period that the first began.
    mutating func take(_ day: DeadlinePhrase.Day) throws(DeadlineRefusal) {
        defer { lead = nil }
        if phrase.day == .unsaid {
            periodMayOpen = lead == "du"
        } else if case .next(let weekday, _) = phrase.day, case .numbered = day {
            // « le vendredi, 16 octobre »
            phrase.weekday = weekday
        } else if periodMayOpen, lead == "au" {
            phrase.endsPeriod = true
            if weekdayPlace < leadPlace { phrase.weekday = nil }
            phrase.hour = .unsaid
        } else {
            throw DeadlineRefusal("Il y a deux dates dans cette phrase\u{202F}: gardez seulement celle de la limite.")
        }
        phrase.day = day
    }

    mutating func take(_ hour: DeadlinePhrase.Hour) throws(DeadlineRefusal) {
        guard phrase.hour == .unsaid else {
            throw DeadlineRefusal("Il y a deux heures dans cette phrase\u{202F}: gardez seulement celle de la limite.")
        }
        phrase.hour = hour
    }
}
