/// The words of opening hours, in English as the syntax wants them and in French as people write them.
enum OpeningLexicon {
    enum Meaning {
        case token(OpeningToken.Kind)
        /// A small word that changes nothing: *du*, *de*, *le*.
        case nothing
        case everyDay
    }

    /// What a word without accents, in lower case, means; nil when it is not known.
    static func meaning(of word: String, _ words: OpeningVocabulary) -> Meaning? {
        if let day = weekday(word) { return .token(.weekday(day)) }
        if let month = month(word) { return .token(.month(month)) }
        switch word {
        case "h", "heure", "heures": return .token(.hourMark)
        case "midi", "noon": return .token(.noon)
        case "minuit", "midnight": return .token(.midnight)
        default: return words == .syntax ? syntax(word) : prose(word)
        }
    }

    private static func syntax(_ word: String) -> Meaning? {
        switch word {
        case "ph", "ferie", "feries": .token(.publicHolidays)
        case "sh": .token(.schoolHolidays)
        case "week", "semaine": .token(.week)
        case "easter", "paques": .token(.easter)
        case "dawn": .token(.sun(.dawn))
        case "sunrise": .token(.sun(.sunrise))
        case "sunset": .token(.sun(.sunset))
        case "dusk": .token(.sun(.dusk))
        case "open", "ouvert": .token(.state(.open))
        case "closed", "off", "ferme": .token(.state(.closed))
        case "unknown", "inconnu": .token(.state(.unknown))
        case "day", "days", "jour", "jours": .token(.dayUnit)
        case "to", "a", "au": .token(.dash)
        case "et", "and": .token(.comma)
        default: nil
        }
    }

    private static func prose(_ word: String) -> Meaning? {
        switch word {
        case "du", "de", "le", "les", "des", "tous", "toutes": .nothing
        case "a", "au", "jusqu'a": .token(.dash)
        case "et", "puis": .token(.comma)
        case "jours": .everyDay
        default: nil
        }
    }

    private static func weekday(_ word: String) -> Int? {
        switch word {
        case "mo", "mon", "monday", "lu", "lun", "lundi", "lundis": 1
        case "tu", "tue", "tues", "tuesday", "ma", "mardi", "mardis": 2
        case "we", "wed", "wednesday", "me", "mer", "mercredi", "mercredis": 3
        case "th", "thu", "thur", "thurs", "thursday", "je", "jeu", "jeudi", "jeudis": 4
        case "fr", "fri", "friday", "ve", "ven", "vendredi", "vendredis": 5
        case "sa", "sat", "saturday", "sam", "samedi", "samedis": 6
        case "su", "sun", "sunday", "di", "dim", "dimanche", "dimanches": 7
        default: nil
        }
    }

    private static func month(_ word: String) -> Int? {
        switch word {
        case "jan", "january", "janvier": 1
        case "feb", "february", "fevrier": 2
        // "mar" is March in the syntax, never mardi.
        case "mar", "march", "mars": 3
        case "apr", "april", "avril": 4
        case "may", "mai": 5
        case "jun", "june", "juin": 6
        case "jul", "july", "juillet": 7
        case "aug", "august", "aout": 8
        case "sep", "sept", "september", "septembre": 9
        case "oct", "october", "octobre": 10
        case "nov", "november", "novembre": 11
        case "dec", "december", "decembre": 12
        default: nil
        }
    }
}
