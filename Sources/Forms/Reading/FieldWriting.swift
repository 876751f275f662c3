import Exchange

/// The texts of the inputs that show an answer; they read back as the same answer.
enum FieldWriting {
    static func fields(_ name: String, _ kind: QuestionKind, _ value: AnswerValue?) -> [URLEncodedForm.Field] {
        func one(_ text: String) -> [URLEncodedForm.Field] { [URLEncodedForm.Field(name, text)] }
        func parts(_ parts: [(String, String)]) -> [URLEncodedForm.Field] {
            parts.map { URLEncodedForm.Field(name + "." + $0.0, $0.1) }
        }
        switch kind {
        case .period:
            var from = ""
            var to = ""
            if case .period(let start, let end) = value {
                from = start?.description ?? ""
                to = end?.description ?? ""
            } else if case .unread(let text) = value {
                let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
                from = lines.first.map(String.init) ?? ""
                to = lines.count > 1 ? String(lines[1]) : ""
            }
            return parts([("debut", from), ("fin", to)])
        case .commune, .address:
            var address = AnswerAddress()
            if case .address(let given) = value { address = given }
            let commune = [("commune", address.commune), ("commune_code", address.communeCode ?? "")]
            if case .commune = kind { return parts(commune) }
            return parts([("rue", address.street), ("code_postal", address.postalCode)] + commune)
        case .place:
            var place = AnswerPlace(id: nil)
            if case .place(let given) = value { place = given }
            return parts([("nom", place.name), ("nom_code", place.id ?? "")])
        case .person:
            var person = AnswerPerson()
            if case .person(let given) = value { person = given }
            return parts([
                ("prenom", person.firstName), ("nom", person.name), ("role", person.role), ("courriel", person.email),
                ("telephone", person.phone),
            ])
        case .severalOf:
            guard case .choices(let keys) = value else { return one(text(of: value)) }
            return keys.map { URLEncodedForm.Field(name, $0) }
        case .attachment, .computed, .group, .table: return []
        default: return one(text(of: value))
        }
    }

    /// The text of a single input.
    private static func text(of value: AnswerValue?) -> String {
        switch value {
        case .text(let text), .unread(let text): text
        case .flag(let flag): flag ? "oui" : "non"
        case .number(let number): FrenchText.number(number)
        case .money(let cents): amount(cents)
        case .date(let date): date.description
        case .sworn(let version): String(version)
        case .none, .period, .choices, .address, .place, .person, .files, .rows: ""
        }
    }

    /// `12 500,50`, without the sign of the currency.
    private static func amount(_ cents: Int) -> String {
        let rest = cents.magnitude % 100
        let whole = FrenchText.whole(Int(cents.magnitude / 100))
        let decimals = rest == 0 ? "" : "," + (rest < 10 ? "0" : "") + String(rest)
        return (cents < 0 ? "−" : "") + whole + decimals
    }
}
