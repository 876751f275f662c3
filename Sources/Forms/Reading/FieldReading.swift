import Exchange

/// Turns the texts of one question's fields into an answer.
struct FieldReading {
    let kind: QuestionKind
    /// The texts by what follows the question's name: empty for the name alone.
    let texts: [String: [String]]

    private func first(_ part: String) -> String? { texts[part]?.first }
    private func line(_ part: String) -> String { Self.oneLine(first(part) ?? "") }

    /// What may follow the name of a question of this kind; empty for the name alone.
    static func parts(of kind: QuestionKind) -> Set<String> {
        switch kind {
        case .period: ["debut", "fin"]
        case .commune: ["commune", "commune_code"]
        case .address: ["rue", "code_postal", "commune", "commune_code"]
        case .place: ["", "nom", "nom_code"]
        case .person: ["prenom", "nom", "role", "courriel", "telephone"]
        case .attachment, .computed, .group, .table: []
        default: [""]
        }
    }

    /// Nil when nothing is answered.
    func value() -> AnswerValue? {
        switch kind {
        case .longText:
            let text = Self.clean(first("") ?? "")
            return text.isEmpty ? nil : .text(text)
        case .shortText, .email: return text(line(""))
        case .siret: return text(Self.packed(line("")))
        case .rna: return text(Self.packed(line("")).uppercased())
        case .phone: return text(Self.phone(line("")))
        case .url: return text(Self.url(line("")))
        case .oneOf: return text(line(""))
        case .number(_, _, let decimals):
            return read { FrenchReading.number($0, refusesThreeDecimals: decimals < 3).map { .number($0) } }
        case .money: return read { FrenchReading.cents($0).map { .money($0) } }
        case .date: return read { FrenchReading.date($0).map { .date($0) } }
        case .yesNo: return read { FrenchReading.flag($0).map { .flag($0) } }
        case .sworn:
            // The box sends the version of the text that was read; an older page sends an older version.
            let agreed = (texts[""] ?? []).map(Self.oneLine).last { !$0.isEmpty }
            guard let agreed else { return nil }
            return Int(agreed).map { .sworn(version: $0) } ?? .unread(agreed)
        case .severalOf: return choices()
        case .period: return period()
        case .commune, .address: return address()
        case .place:
            let id = Self.packed(first("nom_code") ?? first("") ?? "")
            let name = line("nom")
            return id.isEmpty && name.isEmpty ? nil : .place(AnswerPlace(id: id.isEmpty ? nil : id, name: name))
        case .person:
            let person = AnswerPerson(
                firstName: line("prenom"), name: line("nom"), role: line("role"), email: line("courriel"),
                phone: Self.phone(line("telephone")))
            return person.isEmpty ? nil : .person(person)
        case .attachment, .group, .table, .computed: return nil
        }
    }

    private func text(_ text: String) -> AnswerValue? { text.isEmpty ? nil : .text(text) }

    /// What is understood, or the text as it was typed.
    private func read(_ understand: (String) -> AnswerValue?) -> AnswerValue? {
        let text = line("")
        return text.isEmpty ? nil : understand(text) ?? .unread(text)
    }

    private func choices() -> AnswerValue? {
        var keys: [String] = []
        for text in texts[""] ?? [] {
            let key = Self.oneLine(text)
            if !key.isEmpty, !keys.contains(key), keys.count <= FormCheck.maxOptions { keys.append(key) }
        }
        guard case .severalOf(let options, _, _) = kind else { return nil }
        // In the order of the form, so that the same choices are always the same answer.
        let rank = Dictionary(options.enumerated().map { ($1.key, $0) }) { first, _ in first }
        keys.sort { (rank[$0] ?? .max, $0) < (rank[$1] ?? .max, $1) }
        return keys.isEmpty ? nil : .choices(keys)
    }

    private func period() -> AnswerValue? {
        let from = line("debut")
        let to = line("fin")
        let start = FrenchReading.date(from)
        let end = FrenchReading.date(to)
        if from.isEmpty, to.isEmpty { return nil }
        // Both texts on two lines, so that both can be shown again.
        guard from.isEmpty || start != nil, to.isEmpty || end != nil else { return .unread(from + "\n" + to) }
        return .period(from: start, to: end)
    }

    private func address() -> AnswerValue? {
        let code = Self.packed(first("commune_code") ?? "").uppercased()
        let address = AnswerAddress(
            street: line("rue"), postalCode: Self.packed(line("code_postal")), commune: line("commune"),
            communeCode: code.isEmpty ? nil : code)
        return address.isEmpty ? nil : .address(address)
    }

    // MARK: Texts

    /// Line breaks as one character, control characters gone, blanks cut off at the end.
    static func clean(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            defer { afterReturn = scalar == "\r" }
            if scalar == "\r" {
                kept.append("\n")
            } else if scalar == "\n" {
                if !afterReturn { kept.append(scalar) }
            } else if scalar == "\t" || (scalar.value >= 0x20 && scalar.value != 0x7F) {
                kept.append(scalar)
            }
        }
        while let last = kept.last, last.properties.isWhitespace { kept.removeLast() }
        return String(kept)
    }

    /// The text on one line, without blanks at its ends.
    static func oneLine(_ text: String) -> String {
        let clean = clean(text)
        let flat = clean.utf8.contains(10) ? String(clean.map { $0.isNewline ? " " : $0 }) : clean
        return String(flat.drop(while: FrenchReading.isBlank))
    }

    /// Without any blank or point: numbers copied from a letterhead.
    static func packed(_ text: String) -> String { text.filter { !FrenchReading.isBlank($0) && $0 != "." } }

    /// Digits with a leading 0 or +; what is no phone number stays as typed.
    static func phone(_ text: String) -> String {
        var digits = ""
        for character in text {
            if character.isASCII, character.isNumber || (character == "+" && digits.isEmpty) {
                digits.append(character)
            } else if !FrenchReading.isBlank(character), !".-()/".contains(character) {
                return text
            }
        }
        if digits.hasPrefix("0033"), digits.count == 13 { digits = "+" + digits.dropFirst(2) }
        if digits.isEmpty { return text }
        return digits.hasPrefix("+33") && digits.count == 12 ? "0" + digits.dropFirst(3) : digits
    }

    /// The address with its scheme; one without gets `https`.
    static func url(_ text: String) -> String {
        if text.isEmpty || text.contains("://") { return text }
        // `javascript:` and `mailto:` are no web addresses: they stay as they are, and are refused.
        let head = text.prefix { $0 != "/" && $0 != "?" }
        return head.contains(":") ? text : "https://" + text
    }
}
