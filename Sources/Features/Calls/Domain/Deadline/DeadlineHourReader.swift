import Exchange

/// Hours, zones, and which of the two passages of a repeated hour.
extension DeadlinePhraseReader {
    /// `17 h`, `17h30`, `17:00`, `23 h 59 min 59 s`, `17 heures 30`.
    mutating func clock() throws(DeadlineRefusal) -> Bool {
        guard let token = at(0), let hour = token.number, token.digits <= 2 else { return false }
        var minute = 0
        var second: Int?
        if let mark = at(1), mark.isMark(":"), mark.isGlued, let read = at(2)?.number, at(2)?.isGlued == true {
            minute = read
            index += 3
            if let mark = at(0), mark.isMark(":"), mark.isGlued, let read = at(1)?.number {
                second = read
                index += 2
            }
            if word() == "z" || word() == "utc" || word() == "gmt" {
                phrase.zone = .utc
                index += 1
            }
        } else if let unit = word(1), unit == "h" || unit == "heure" || unit == "heures" {
            guard word(-1) != "dans", word(-1) != "sous" else { return false }
            index += 2
            if let read = minutes() {
                minute = read
                second = seconds()
            }
        } else {
            return false
        }
        let typed = "\(hour) h \(DeadlineClock.two(minute))"
        if word() == "du", word(1) == "soir" || word(1) == "matin" {
            let isEvening = word(1) == "soir"
            index += 2
            try checked(isEvening && (1...11).contains(hour) ? hour + 12 : hour, minute, second, typed)
        } else if comes(["de", "l", "apres"]), word(3) == "midi" || word(4) == "midi" {
            index += word(3) == "midi" ? 4 : 5
            try checked((1...11).contains(hour) ? hour + 12 : hour, minute, second, typed)
        } else {
            try checked(hour, minute, second, typed)
        }
        return true
    }

    /// The number after `h`, unless it is the day of a date.
    private mutating func minutes() -> Int? {
        guard let token = at(0), let value = token.number, token.digits == 2 || token.isGlued && token.digits == 1,
            word(1).flatMap(DeadlineLexicon.month) == nil, word(1) != "er", at(1)?.isMark("/") != true
        else { return nil }
        index += 1
        return value
    }

    private mutating func seconds() -> Int? {
        guard let unit = word(), ["min", "mn", "minute", "minutes", "m"].contains(unit) else { return nil }
        index += 1
        guard let value = at(0)?.number, let unit = word(1), ["s", "sec", "seconde", "secondes"].contains(unit) else {
            return nil
        }
        index += 2
        return value
    }

    private mutating func checked(
        _ hour: Int, _ minute: Int, _ second: Int?, _ typed: String
    ) throws(DeadlineRefusal) {
        guard hour < 24 || hour == 24 && minute == 0 && (second ?? 0) == 0, minute < 60, (second ?? 0) < 60 else {
            throw DeadlineRefusal("L’heure «\u{202F}\(typed)\u{202F}» n’existe pas.")
        }
        try take(.clock(hour: hour, minute: minute, second: second))
    }

    /// « midi », « minuit ».
    mutating func namedHour(_ word: String) throws(DeadlineRefusal) -> Bool {
        switch word {
        case "minuit":
            index += 1
            try take(.midnight)
        case "midi":
            index += 1
            try take(.clock(hour: 12, minute: readHalf() ? 30 : 0, second: nil))
        default: return false
        }
        return true
    }

    private mutating func readHalf() -> Bool {
        guard comes(["et", "demi"]) || comes(["et", "demie"]) else { return false }
        index += 2
        return true
    }

    /// « heure de La Réunion », « heure locale », « heure d’été », « temps universel ».
    mutating func zoneOrSeason(_ word: String) throws(DeadlineRefusal) -> Bool {
        if word == "utc" || word == "gmt" {
            phrase.zone = .utc
            index += 1
            return true
        }
        if word == "temps", self.word(1) == "universel" {
            phrase.zone = .utc
            index += 2
            return true
        }
        guard word == "heure" || word == "heures" || at(-1)?.word == "heures" && word == "de" else { return false }
        var next = word == "de" ? 0 : 1
        while let link = self.word(next), ["de", "des", "du", "d", "la", "l", "le", "les", "a"].contains(link) {
            next += 1
        }
        switch self.word(next) {
        case "ete", "hiver":
            phrase.season = self.word(next) == "ete" ? .summer : .winter
            index += next + 1
            return true
        case "locale", "locales":
            index += next + 1
            return true
        case "legale", "francaise", "metropolitaine", "legales", "francaises", "metropolitaines":
            phrase.zone = .paris
            index += next + 1
            return true
        case let place?:
            if let named = namedZone(from: next) {
                phrase.zone = named.zone
                index += next + named.length
                return true
            }
            let typed = at(next)?.text ?? place
            if next > 0, !DeadlineLexicon.surroundings.contains(place),
                typed.unicodeScalars.first?.properties.isUppercase == true
            {
                throw DeadlineRefusal(
                    "L’heure de «\u{202F}\(typed.prefix(40))\u{202F}» n’est pas connue\u{202F}: écrivez celle de Paris ou "
                        + "d’un territoire d’outre-mer.")
            }
            return false
        case nil: return false
        }
    }

    /// The zone that the words from there on name, the longest name first, and how many tokens it takes.
    private func namedZone(from offset: Int) -> (zone: CivilZone, length: Int)? {
        var best: (zone: CivilZone, words: Int, length: Int)?
        for place in DeadlineZones.places where place.words.count > best?.words ?? 0 {
            var length = 0
            let isNamed = place.words.allSatisfy { name in
                // « Saint-Pierre » as well as « Saint Pierre ».
                while length > 0, at(offset + length)?.isMark("-") == true { length += 1 }
                defer { length += 1 }
                return word(offset + length) == name
            }
            if isNamed { best = (place.zone, place.words.count, length) }
        }
        return best.map { ($0.zone, $0.length) }
    }
}
