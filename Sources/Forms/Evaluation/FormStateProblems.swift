import Exchange

extension FormState {
    /// What is wrong with the answer to one question that is shown.
    func problems(at place: Int) -> [AnswerProblem] {
        let known = compiled.questions[place]
        let question = known.question
        let own = states[place]
        var problems: [AnswerProblem] = []
        func add(_ kind: AnswerProblem.Kind, _ message: String, row: String? = nil, column: String? = nil) {
            problems.append(
                AnswerProblem(question: question.key, row: row, column: column, kind: kind, message: message))
        }
        if question.kind.isComputed {
            if own.term == .tooLarge { add(.invalid, ValueCheck.tooLarge) }
            return problems
        }
        guard let value = own.value else {
            if own.required { add(.missing, ValueCheck.missing(question.kind)) }
            return problems
        }
        let check = ValueCheck(kind: question.kind, options: known.options, today: environment.today)
        if let found = check.problem(of: value) {
            add(found.kind, found.message)
            return problems
        }
        guard question.kind.hasRows else { return problems }
        let answered = own.rows.filter(\.isAnswered)
        if answered.isEmpty {
            // What is written stands in columns that are hidden now.
            if own.required { add(.missing, ValueCheck.missing(question.kind)) }
            return problems
        }
        if let bounds = question.kind.rowBounds {
            if answered.count < bounds.lowerBound {
                add(.invalid, "Il faut au moins \(bounds.lowerBound) ligne\(bounds.lowerBound > 1 ? "s" : "").")
            }
            if own.rows.count > bounds.upperBound {
                add(.invalid, "Il y a plus de \(bounds.upperBound) lignes.")
            }
        }
        for row in answered {
            for (column, cell) in zip(known.columns, row.cells) where cell.shown {
                let key = column.question.key
                if column.question.kind.isComputed {
                    if cell.term == .tooLarge { add(.invalid, ValueCheck.tooLarge, row: row.key, column: key) }
                } else if let value = cell.value {
                    let check = ValueCheck(
                        kind: column.question.kind, options: column.options, today: environment.today)
                    if let found = check.problem(of: value) {
                        add(found.kind, found.message, row: row.key, column: key)
                    }
                } else if isRequired(column, in: row) {
                    add(.missing, ValueCheck.missing(column.question.kind), row: row.key, column: key)
                }
            }
        }
        for (column, total) in zip(known.columns, own.totals) where total == .tooLarge {
            add(.invalid, "Le total de la colonne « \(column.question.label) » est trop grand.".narrow)
        }
        return problems
    }

    private func isRequired(_ column: CompiledColumn, in row: RowState) -> Bool {
        switch column.question.requirement {
        case .optional: false
        case .required: true
        case .requiredIf: column.requiredIf.map { holds($0, row: row) == true } ?? false
        }
    }
}

/// Whether a value is acceptable for a kind of question, by itself.
struct ValueCheck {
    let kind: QuestionKind
    let options: Set<String>
    let today: CivilDate?

    typealias Finding = (kind: AnswerProblem.Kind, message: String)

    static let tooLarge = "Ce calcul dépasse mille milliards."

    static func missing(_ kind: QuestionKind) -> String {
        switch kind {
        case .oneOf, .yesNo: "Choisissez une réponse."
        case .severalOf: "Choisissez au moins une réponse."
        case .attachment: "Joignez ce document."
        case .sworn: "Cette déclaration est à signer."
        case .group, .table: "Remplissez au moins une ligne."
        case .date: "Indiquez une date."
        case .period: "Indiquez deux dates."
        case .money: "Indiquez un montant."
        case .number: "Indiquez un nombre."
        default: "Répondez à cette question."
        }
    }

    func problem(of value: AnswerValue) -> Finding? {
        if case .unread = value { return (.unread, unreadable) }
        guard AnswerTypes.accepts(value, for: kind) else {
            return (.invalid, "Cette réponse n’est plus du type demandé : répondez de nouveau.".narrow)
        }
        return refusal(of: value).map { (.invalid, $0.narrow) }
    }

    /// What is said of a text that the question could not read.
    private var unreadable: String {
        switch kind {
        case .number(_, _, 0): "Ce n’est pas un nombre entier : écrivez par exemple 1 250.".narrow
        case .number: "Ce n’est pas un nombre : écrivez par exemple 12,5.".narrow
        case .money: "Ce n’est pas un montant : écrivez par exemple 12 500,50.".narrow
        case .date: "Cette date n’est pas lisible : écrivez par exemple 16/10/2020.".narrow
        case .period: "Une de ces dates n’est pas lisible : écrivez par exemple 16/10/2020.".narrow
        default: "Cette réponse n’est pas lisible."
        }
    }

    private func refusal(of value: AnswerValue) -> String? {
        switch (kind, value) {
        case (.shortText(let limit), .text(let text)): return length(text, limit) ?? oneLine(text)
        case (.longText(let limit), .text(let text)): return length(text, limit)
        case (.number(let least, let most, let decimals), .number(let number)):
            if number.decimals > decimals {
                return decimals == 0 ? "Ce nombre doit être entier." : "Au plus \(decimals) décimales."
            }
            if let least, number < least { return "Au moins \(FrenchText.number(least))." }
            if let most, number > most { return "Au plus \(FrenchText.number(most))." }
        case (.money(let least, let most), .money(let cents)):
            if ExactNumber(cents: cents) == nil { return "Ce montant est trop grand." }
            if let least, cents < least { return "Au moins \(FrenchText.euros(least))." }
            if let most, cents > most { return "Au plus \(FrenchText.euros(most))." }
        case (.date(let least, let most), .date(let date)):
            if let least, date < least { return "Pas avant le \(FrenchText.date(least))." }
            if let most, date > most { return "Pas après le \(FrenchText.date(most))." }
        case (.period(let days), .period(let from, let to)):
            guard let from else { return "Indiquez la date de début." }
            guard let to else { return "Indiquez la date de fin." }
            if to < from { return "La fin vient avant le début." }
            if let days, to.daysSince1970 - from.daysSince1970 + 1 > days { return "Au plus \(days) jours." }
        case (.oneOf, .text(let key)):
            if !options.contains(key) { return "Ce choix n’existe pas, ou plus : choisissez de nouveau." }
        case (.severalOf(_, let least, let most), .choices(let keys)):
            if !options.isSuperset(of: keys) { return "Un de ces choix n’existe pas, ou plus : choisissez de nouveau." }
            if let least, keys.count < least { return "Choisissez au moins \(least) réponses." }
            if let most, keys.count > most { return "Choisissez au plus \(most) réponse\(most > 1 ? "s" : "")." }
        case (.siret, .text(let text)):
            if !OfficialNumbers.isSIRET(text) {
                return "Ce SIRET n’existe pas : 14 chiffres, dont le dernier contrôle les autres."
            }
        case (.rna, .text(let text)):
            if !OfficialNumbers.isRNA(text) { return "Un numéro RNA s’écrit W suivi de neuf chiffres." }
        case (.email, .text(let text)):
            if !ContactCheck.isEmail(text) { return "Cette adresse de courriel n’est pas complète." }
        case (.phone, .text(let text)):
            if !ContactCheck.isPhone(text) { return "Ce numéro de téléphone n’est pas complet." }
        case (.url, .text(let text)):
            if !ContactCheck.isURL(text) {
                return "Cette adresse web n’est pas lisible : elle ressemble à https://exemple.fr."
            }
        case (.commune, .address(let address)): return commune(address)
        case (.address, .address(let address)):
            if !address.postalCode.isEmpty, !ContactCheck.isPostalCode(address.postalCode) {
                return "Un code postal a cinq chiffres."
            }
            return commune(address)
        case (.place, .place(let place)):
            if place.id == nil { return "Ce lieu n’a pas été trouvé : choisissez-le dans la liste." }
        case (.person, .person(let person)): return refusal(of: person)
        case (.attachment(let rules), .files(let files)): return refusal(of: files, rules)
        case (.sworn(_, let version), .sworn(let agreed)):
            if agreed != version { return "Le texte de cette déclaration a changé : relisez-le et signez de nouveau." }
        default: break
        }
        return nil
    }

    private func length(_ text: String, _ limit: Int) -> String? {
        let count = FrenchText.length(text)
        guard count > limit else { return nil }
        let over = count - limit
        return "\(FrenchText.whole(over)) caractère\(over > 1 ? "s" : "") de trop, sur \(FrenchText.whole(limit))."
    }

    private func oneLine(_ text: String) -> String? {
        text.utf8.contains { $0 == 10 || $0 == 13 } ? "Cette réponse tient sur une ligne." : nil
    }

    private func commune(_ address: AnswerAddress) -> String? {
        guard let code = address.communeCode else {
            return "Cette commune n’a pas été reconnue : choisissez-la dans la liste."
        }
        return ContactCheck.isCommuneCode(code) ? nil : "Un code de commune a cinq caractères."
    }

    private func refusal(of person: AnswerPerson) -> String? {
        if person.name.isEmpty { return "Indiquez le nom de cette personne." }
        if !person.email.isEmpty, !ContactCheck.isEmail(person.email) {
            return "L’adresse de courriel de cette personne n’est pas complète."
        }
        if !person.phone.isEmpty, !ContactCheck.isPhone(person.phone) {
            return "Le numéro de téléphone de cette personne n’est pas complet."
        }
        let texts = [person.firstName, person.name, person.role]
        return texts.lazy.compactMap { length($0, 200) }.first
    }

    private func refusal(of files: [AnswerFile], _ rules: AttachmentRules) -> String? {
        if files.count > rules.maxCount {
            return "Au plus \(rules.maxCount) document\(rules.maxCount > 1 ? "s" : "")."
        }
        for file in files {
            if !rules.accepted.contains(file.family) {
                let accepted = rules.accepted.map { $0.rawValue.uppercased() }.joined(separator: ", ")
                return "« \(file.name) » n’est pas d’un format accepté (\(accepted))."
            }
            if file.bytes > rules.maxBytes {
                return "« \(file.name) » dépasse \(FrenchText.whole(rules.maxBytes / 1_000_000)) Mo."
            }
            if let months = rules.validMonths, let today, let date = file.datedOn,
                FrenchText.adding(months: months, to: date) < today
            {
                return "« \(file.name) » date de plus de \(months) mois."
            }
        }
        return nil
    }
}
