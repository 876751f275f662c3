import Exchange

extension SheetRules {
    static func line(_ text: String, _ limit: Int) throws(Refusal) -> String {
        let clean = TextForm.oneLine(text)
        guard clean.count <= limit else { throw Refusal("Pas plus de \(limit) caractères (\(clean.count) écrits).") }
        return clean
    }

    static func longText(_ text: String, _ limit: Int) throws(Refusal) -> String {
        let clean = TextForm.paragraphs(text)
        guard clean.count <= limit else { throw Refusal("Pas plus de \(limit) caractères (\(clean.count) écrits).") }
        return clean
    }

    static func choice(_ text: String, _ list: ReferenceList) throws(Refusal) -> String {
        let clean = TextForm.oneLine(text)
        guard clean.isEmpty || list.contains(clean) else { throw Refusal("Choisissez une valeur de la liste.") }
        return clean
    }

    static func choices(_ codes: [String], _ list: ReferenceList) throws(Refusal) -> [String] {
        guard codes.allSatisfy({ $0.isEmpty || list.contains($0) }) else {
            throw Refusal("Choisissez des valeurs de la liste.")
        }
        return list.canonical(codes)
    }

    static func inRange(_ number: Int, _ limit: Int) throws(Refusal) -> Int {
        guard (0...limit).contains(number) else { throw Refusal("Écrivez un nombre entier de 0 à \(limit).") }
        return number
    }

    /// A year, a month of a year, or a day.
    static func partialDate(_ text: String) throws(Refusal) -> String {
        let clean = TextForm.oneLine(text)
        if clean.isEmpty { return "" }
        let bytes = Array(clean.utf8)
        let padded =
            switch bytes.count {
            case 4: clean + "-01-01"
            case 7: clean + "-01"
            default: clean
            }
        guard let date = CivilDate(iso: padded), (1800...2200).contains(date.year) else {
            throw Refusal("Écrivez une année (2021), un mois (2021-05) ou un jour (2021-05-17).")
        }
        return clean
    }

    static func openingHours(_ text: String) throws(Refusal) -> String {
        let clean = TextForm.oneLine(text)
        guard clean.utf8.count <= 1_000 else { throw Refusal("Pas plus de 1\u{202F}000 caractères.") }
        return clean
    }

    static func email(_ text: String) throws(Refusal) -> String {
        let clean = TextForm.oneLine(text)
        if clean.isEmpty { return "" }
        guard WebForm.isEmail(clean) else { throw Refusal("Cette adresse de courriel n’est pas complète.") }
        return clean
    }

    /// Digits with a leading + or 0, without spaces: pages write them by pairs.
    static func phone(_ text: String) throws(Refusal) -> String {
        var digits = ""
        for character in TextForm.oneLine(text) {
            if character.isASCII, character.isNumber { digits.append(character) }
            if character == "+", digits.isEmpty { digits.append("+") }
        }
        if digits.isEmpty, TextForm.oneLine(text).isEmpty { return "" }
        if digits.hasPrefix("+33"), digits.count == 12 { digits = "0" + digits.dropFirst(3) }
        if digits.hasPrefix("0033"), digits.count == 13 { digits = "0" + digits.dropFirst(4) }
        let count = digits.filter(\.isNumber).count
        guard (3...15).contains(count) else { throw Refusal("Ce numéro de téléphone n’est pas complet.") }
        return digits
    }

    /// An http or https address; the scheme is added when it is missing.
    static func webAddress(_ text: String) throws(Refusal) -> String {
        let clean = TextForm.oneLine(text)
        if clean.isEmpty { return "" }
        guard let address = WebForm.address(clean) else {
            throw Refusal("Cette adresse web n’est pas lisible\u{202F}: elle ressemble à https://exemple.fr.")
        }
        return address
    }

    static func siret(_ text: String) throws(Refusal) -> String {
        let digits = text.filter { !$0.isWhitespace }
        if digits.isEmpty { return "" }
        guard OfficialNumbers.isSIRET(digits) else {
            throw Refusal("Ce SIRET n’existe pas\u{202F}: 14 chiffres, dont le dernier contrôle les autres.")
        }
        return digits
    }

    static func rna(_ text: String) throws(Refusal) -> String {
        let clean = text.filter { !$0.isWhitespace }.uppercased()
        if clean.isEmpty { return "" }
        guard OfficialNumbers.isRNA(clean) else {
            throw Refusal("Un numéro RNA s’écrit W suivi de neuf chiffres.")
        }
        return clean
    }

    /// Two digits, or 2A or 2B, then three digits. A text: leading zeros count.
    static func communeCode(_ text: String) throws(Refusal) -> String {
        let clean = TextForm.oneLine(text).uppercased()
        if clean.isEmpty { return "" }
        let bytes = Array(clean.utf8)
        func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }
        guard bytes.count == 5, isDigit(bytes[0]),
            isDigit(bytes[1]) || (bytes[0] == 50 && (65...66).contains(bytes[1])),
            bytes[2...].allSatisfy(isDigit)
        else { throw Refusal("Un code de commune a cinq caractères.") }
        return clean
    }
}
