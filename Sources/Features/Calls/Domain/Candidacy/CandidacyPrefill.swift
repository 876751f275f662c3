import Exchange
import Forms

/// First answers taken from what the network knows already: the sheet of the place, the account. Each is shown to be confirmed,
/// none is deposited unseen.
enum CandidacyPrefill {
    /// The answers that the form asks to prefill and that can be.
    static func answers(for form: Form, place: Place?, account: Account?) -> Answers {
        var fields: [URLEncodedForm.Field] = []
        for question in form.questions {
            guard let source = question.prefill else { continue }
            fields += Self.fields(of: question, source, place, account)
        }
        guard let reading = try? FormFields.read(fields, form: form) else {
            // Too heavy to be read: the questions are then empty, as without a place.
            return Answers()
        }
        var answers = Answers()
        for change in reading.changes {
            // What the question does not understand is not put in people's mouths.
            if case .unread = change.value { continue }
            answers[change.key] = change.value
        }
        return answers
    }

    private static func fields(
        of question: Question, _ source: PrefillSource, _ place: Place?, _ account: Account?
    ) -> [URLEncodedForm.Field] {
        switch source {
        case .place("commune"), .structure("commune"): address(question, place, isWhole: false)
        case .place("adresse"), .structure("adresse"): address(question, place, isWhole: true)
        case .place(let name): texts(name, place).map { .init(question.key, $0) }
        case .structure(let name):
            texts(name == "nom" ? SheetField.structure.rawValue : name, place).map { .init(question.key, $0) }
        case .account("nom"): account.map { [.init(question.key, $0.name)] } ?? []
        case .account("courriel"): account?.email.map { [.init(question.key, $0.text)] } ?? []
        case .account, .candidacy, .url: []
        }
    }

    /// The texts of a field of the sheet, by its name in files.
    private static func texts(_ name: String, _ place: Place?) -> [String] {
        guard let field = SheetField(rawValue: name) else { return [] }
        switch place?.sheet[field] {
        case .text(let text): return [text]
        case .number(let number): return [String(number)]
        case .flag(let flag): return [flag ? "oui" : "non"]
        case .codes(let codes): return codes
        case .rows, .none: return []
        }
    }

    private static func address(_ question: Question, _ place: Place?, isWhole: Bool) -> [URLEncodedForm.Field] {
        guard let site = place?.sheet.sites.first, site.commune != nil else { return [] }
        var parts = [("commune", site.communeName), ("commune_code", site.commune ?? "")]
        if isWhole, case .address = question.kind {
            parts += [("rue", site.address), ("code_postal", site.postalCode)]
        }
        return parts.map { .init(question.key + "." + $0.0, $0.1) }
    }
}
