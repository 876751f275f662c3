import Exchange

/// Days: written with figures, with words, or counted from today.
extension DeadlinePhraseReader {
    /// A number opens an hour, a date in figures, or a day of the month.
    mutating func number(_ token: DeadlineToken) throws(DeadlineRefusal) {
        if try clock() { return }
        if try figures() { return }
        if try daysFromNow() { return }
        guard let value = token.number else { return }
        let isNumbered = word(1) == "er" || word(1) == "e"
        let next = isNumbered ? 2 : 1
        if let month = word(next).flatMap(DeadlineLexicon.month), token.digits <= 2 {
            index += next + 1
            let year = readYear()
            return try take(.numbered(day: value, month: month, year: year))
        }
        // « du 16 au 17 octobre » and « nuit du 16 au 17 »: the first borrows its month from the second.
        if token.digits <= 2, (1...31).contains(value), isNumbered || leadsToDay {
            index += next
            if phrase.nightFrom == -1 {
                phrase.nightFrom = value
                lead = nil
                return
            }
            return try take(.numbered(day: value, month: nil, year: nil))
        }
        throw DeadlineRefusal(
            "Que veut dire «\u{202F}\(token.text)\u{202F}» ici\u{202F}? Écrivez par exemple "
                + "«\u{202F}16 octobre 2026 à 17 h\u{202F}».")
    }

    private var leadsToDay: Bool {
        guard let before = at(-1)?.word else { return false }
        return ["le", "au", "du"].contains(before) || DeadlineLexicon.weekday(before) != nil
    }

    private mutating func readYear() -> Int? {
        // The point of an abbreviated month.
        if at(0)?.isMark(".") == true, at(1)?.digits == 4 { index += 1 }
        guard let token = at(0), let value = token.number, token.digits == 4,
            at(1)?.isMark(":") != true || at(1)?.isGlued != true
        else { return nil }
        index += 1
        return value
    }

    /// `16/10/2020`, `16/10`, `16-10-2020`, `16.10.2020`, `2020-10-16`.
    private mutating func figures() throws(DeadlineRefusal) -> Bool {
        guard let first = at(0)?.number, let mark = at(1), let second = at(2)?.number,
            mark.isMark("/") || mark.isMark("-") && mark.isGlued || mark.isMark(".") && mark.isGlued
        else { return false }
        let typedFirst = at(0)?.digits ?? 0
        let third = at(3)?.kind == mark.kind ? at(4)?.number : nil
        if typedFirst == 4 {
            guard let third else { return false }
            index += 5
            try take(.numbered(day: third, month: try month(second), year: first))
            if word() == "t" { index += 1 }
            return true
        }
        guard let third else {
            guard mark.isMark("/") else { return false }
            index += 3
            try take(.numbered(day: first, month: try month(second), year: nil))
            return true
        }
        let digits = at(4)?.digits ?? 0
        guard digits == 4 || digits == 2 else { return false }
        index += 5
        try take(.numbered(day: first, month: try month(second), year: digits == 2 ? 2000 + third : third))
        return true
    }

    private func month(_ number: Int) throws(DeadlineRefusal) -> Int {
        guard (1...12).contains(number) else {
            throw DeadlineRefusal(
                "Le mois \(number) n’existe pas\u{202F}: écrivez le jour, puis le mois, puis l’année (16/10/2026).")
        }
        return number
    }

    /// `15 jours`, `deux semaines`, after « dans » or « sous ».
    private mutating func daysFromNow() throws(DeadlineRefusal) -> Bool {
        guard let before = word(-1), before == "dans" || before == "sous",
            let count = at(0)?.number ?? word().flatMap(DeadlineLexicon.number)
        else { return false }
        switch word(1) {
        case "jour", "jours":
            index += 2
            try take(.fromNow(days: min(count, 10_000)))
        case "semaine", "semaines":
            index += 2
            try take(.fromNow(days: min(count, 1_000) * 7))
        default:
            throw DeadlineRefusal(
                "«\u{202F}\(before) \(tokens[index].text)…\u{202F}» ne se compte bien qu’en jours ou en semaines\u{202F}: "
                    + "écrivez la date et l’heure.")
        }
        return true
    }

    /// Days said with words only.
    mutating func spokenDay(_ word: String) throws(DeadlineRefusal) -> Bool {
        if try daysFromNow() { return true }
        if let number = DeadlineLexicon.number(word), let month = self.word(1).flatMap(DeadlineLexicon.month) {
            index += 2
            let year = readYear()
            try take(.numbered(day: number, month: month, year: year))
            return true
        }
        switch word {
        case "demain":
            index += 1
            try take(.fromNow(days: 1))
        case "apres" where self.word(1) == "demain" || self.word(2) == "demain":
            index += self.word(1) == "demain" ? 2 : 3
            try take(.fromNow(days: 2))
        case "aujourd":
            index += self.word(1) == "hui" ? 2 : 1
            try take(.fromNow(days: 0))
        case "ce" where ["jour", "soir", "midi"].contains(self.word(1) ?? ""):
            index += self.word(1) == "midi" ? 1 : 2
            try take(.fromNow(days: 0))
        case "ce" where self.word(1).flatMap(DeadlineLexicon.weekday) != nil:
            index += 1
        case "nuit" where self.word(1) == "du":
            phrase.nightFrom = -1
            index += 2
            if self.word().flatMap(DeadlineLexicon.weekday) != nil { index += 1 }
            lead = "du"
        case "fin": return try endOfMonth(word)
        case "dernier" where self.word(1) == "jour": return try endOfMonth(word)
        case "mi" where at(1)?.isMark("-") == true:
            guard let month = self.word(2).flatMap(DeadlineLexicon.month) else { return false }
            index += 3
            let year = readYear()
            try take(.numbered(day: 15, month: month, year: year))
        case "debut":
            throw DeadlineRefusal("«\u{202F}début\u{202F}» n’est pas un jour\u{202F}: écrivez le jour exact.")
        default: return try weekdayOrMonth(word)
        }
        return true
    }

    private mutating func endOfMonth(_ word: String) throws(DeadlineRefusal) -> Bool {
        var next = word == "fin" ? 1 : 2
        while let link = self.word(next), ["de", "du", "d", "la", "l", "le", "mois"].contains(link), link != "mois" {
            next += 1
        }
        if self.word(next) == "mois" {
            let after = self.word(next + 1) == "de" || self.word(next + 1) == "d" ? next + 2 : next + 1
            if let month = self.word(after).flatMap(DeadlineLexicon.month) {
                index += after + 1
                let year = readYear()
                try take(.endOfMonth(month: month, year: year))
            } else {
                index += next + 1
                try take(.endOfMonth(month: nil, year: nil))
            }
            return true
        }
        if self.word(next) == "annee" {
            index += next + 1
            let year = readYear()
            try take(.endOfYear(year))
            return true
        }
        guard let month = self.word(next).flatMap(DeadlineLexicon.month) else {
            if let other = self.word(next), ["semaine", "journee", "matinee", "apres"].contains(other) {
                throw DeadlineRefusal(
                    "«\u{202F}\(tokens[index].text) de \(at(next)?.text ?? other)\u{202F}» n’est pas un instant\u{202F}: "
                        + "écrivez l’heure exacte.")
            }
            return false
        }
        index += next + 1
        let year = readYear()
        try take(.endOfMonth(month: month, year: year))
        return true
    }

    private mutating func weekdayOrMonth(_ word: String) throws(DeadlineRefusal) -> Bool {
        if let weekday = DeadlineLexicon.weekday(word) {
            index += 1
            // The point of an abbreviation, the comma of « vendredi, 16 octobre ».
            while let mark = at(0), mark.isMark(".") || mark.isMark(",") { index += 1 }
            if at(0)?.number != nil || DeadlineLexicon.number(self.word() ?? "") == 1 {
                phrase.weekday = weekday
                weekdayPlace = index
                return true
            }
            let isNotToday = self.word() == "prochain" || self.word() == "suivant"
            if isNotToday { index += 1 }
            try take(.next(weekday: weekday, isNotToday: isNotToday))
            return true
        }
        if let month = DeadlineLexicon.month(word) {
            index += 1
            let year = readYear()
            try take(.month(month, year: year))
            return true
        }
        return false
    }
}
