/// Keys, texts and limits of a definition.
struct DefinitionPass {
    private let form: Form
    private(set) var issues: [FormIssue] = []
    private var total = 0

    init(_ form: Form) { self.form = form }

    private mutating func add(_ place: String, _ kind: FormIssue.Kind, _ message: String) {
        issues.append(FormIssue(place: place, kind: kind, message: message.narrow))
    }

    mutating func run() {
        key(form.key, at: "")
        if form.title.isEmpty { add("", .missingText, "Le formulaire n’a pas de titre.") }
        if form.version < 1 { add("", .impossibleBounds, "La version d’un formulaire commence à 1.") }
        var sections: Set<String> = []
        var questions: [String: String] = [:]
        for section in form.sections {
            key(section.key, at: section.key)
            if !sections.insert(section.key).inserted {
                add(section.key, .duplicateKey, "Deux sections ont la clé « \(section.key) ».")
            }
            if section.title.isEmpty { add(section.key, .missingText, "Cette section n’a pas de titre.") }
            for question in section.questions {
                let place = section.key + "." + question.key
                if let other = questions[question.key] {
                    add(place, .duplicateKey, "La clé « \(question.key) » est déjà celle de « \(other) ».")
                }
                questions[question.key] = place
                self.question(question, at: place, isColumn: false)
            }
        }
        if total > FormCheck.maxQuestions {
            add("", .tooMuch, "Le formulaire a plus de \(FormCheck.maxQuestions) questions et colonnes.")
        }
        if total == 0 { add("", .nothingAsked, "Le formulaire n’a aucune question.") }
        var rules: Set<String> = []
        for rule in form.rules {
            let place = "regles." + rule.key
            key(rule.key, at: place)
            if !rules.insert(rule.key).inserted {
                add(place, .duplicateKey, "Deux règles ont la clé « \(rule.key) ».")
            }
            if rule.message.isEmpty { add(place, .missingText, "Cette règle n’a pas de message.") }
            for name in rule.questions where questions[name] == nil {
                add(place, .unknownReference, "Cette règle nomme « \(name) », qui n’est pas une question.")
            }
        }
    }

    private mutating func key(_ key: String, at place: String) {
        if !FormKey.isKey(key) {
            add(
                place, .invalidKey,
                "« \(key) » n’est pas une clé : des minuscules sans accent, des chiffres et « _ », une lettre d’abord.")
        } else if FormulaParser.reserved.contains(key) {
            add(place, .reservedKey, "« \(key) » est un mot des conditions et ne peut pas être une clé.")
        }
    }

    private mutating func question(_ question: Question, at place: String, isColumn: Bool) {
        total += 1
        key(question.key, at: place)
        if question.label.isEmpty { add(place, .missingText, "Cette question n’a pas de libellé.") }
        limits(question.kind, at: place)
        if question.kind.hasRows { columns(question, at: place) }
    }

    private mutating func columns(_ question: Question, at place: String) {
        let columns = question.kind.columns
        if columns.isEmpty { add(place, .emptyChoices, "Il faut au moins une colonne.") }
        var keys: Set<String> = []
        for column in columns {
            let own = place + "." + column.key
            if !keys.insert(column.key).inserted {
                add(own, .duplicateKey, "Deux colonnes ont la clé « \(column.key) ».")
            }
            if column.key == Resolved.Part.rows.rawValue {
                add(own, .reservedKey, "« lignes » est un mot des conditions et ne peut pas être une clé.")
            }
            switch column.kind {
            case .group, .table, .attachment, .sworn:
                add(own, .refusedColumn, "Une colonne ne peut être ni un groupe, ni un tableau, ni une pièce.")
            default: self.question(column, at: own, isColumn: true)
            }
        }
    }

    private mutating func limits(_ kind: QuestionKind, at place: String) {
        func impossible(_ message: String) { add(place, .impossibleBounds, message) }
        switch kind {
        case .shortText(let limit), .longText(let limit):
            if !(1...100_000).contains(limit) { impossible("La longueur va de 1 à 100 000 caractères.") }
        case .number(let least, let most, let decimals):
            if !(0...6).contains(decimals) { impossible("Un nombre a de 0 à 6 décimales.") }
            if let least, let most, least > most { impossible("Le minimum dépasse le maximum.") }
        case .money(let least, let most):
            if let least, let most, least > most { impossible("Le minimum dépasse le maximum.") }
        case .date(let least, let most):
            if let least, let most, least > most { impossible("La première date vient après la dernière.") }
        case .period(let days):
            if let days, days < 1 { impossible("Une période dure au moins un jour.") }
        case .oneOf(let options): choices(options, at: place)
        case .severalOf(let options, let least, let most):
            choices(options, at: place)
            if let least, least < 0 || least > options.count {
                impossible("On ne peut pas choisir au moins \(least) réponses parmi \(options.count).")
            }
            if let most, most < max(least ?? 1, 1) { impossible("Le maximum de choix est sous le minimum.") }
        case .attachment(let rules):
            if rules.accepted.isEmpty { add(place, .emptyChoices, "Aucun format de fichier n’est accepté.") }
            if rules.maxBytes < 1 { impossible("La taille permise est nulle.") }
            if !(1...100).contains(rules.maxCount) { impossible("Le nombre de fichiers va de 1 à 100.") }
            if let months = rules.validMonths, !(1...1_200).contains(months) {
                impossible("La validité va de 1 à 1 200 mois.")
            }
        case .group(_, let least, let most): rows(least, most, at: place)
        case .table(let layout):
            switch layout.rows {
            case .free(let least, let most): rows(least, most, at: place)
            case .fixed(let rows): fixed(rows, at: place)
            }
            for total in layout.totals where !layout.columns.contains(where: { $0.key == total && $0.kind.isNumeric }) {
                add(place, .unknownReference, "Le total nomme « \(total) », qui n’est pas une colonne de nombres.")
            }
        case .sworn(let text, let version):
            if text.isEmpty { add(place, .missingText, "Cette déclaration n’a pas de texte.") }
            if version < 1 { impossible("La version d’une déclaration commence à 1.") }
        default: break
        }
    }

    private mutating func rows(_ least: Int, _ most: Int, at place: String) {
        if least < 0 || most < max(least, 1) {
            add(place, .impossibleBounds, "Le nombre de lignes va de \(least) à \(most) : c’est impossible.")
        }
        if most > FormCheck.maxRows { add(place, .tooMuch, "Au plus \(FormCheck.maxRows) lignes.") }
    }

    private mutating func fixed(_ rows: [TableRow], at place: String) {
        if rows.isEmpty { add(place, .emptyChoices, "Ce tableau n’a aucune ligne.") }
        if rows.count > FormCheck.maxRows { add(place, .tooMuch, "Au plus \(FormCheck.maxRows) lignes.") }
        names(rows.map(\.key), rows.map(\.label), "lignes", at: place)
    }

    private mutating func choices(_ options: [QuestionOption], at place: String) {
        if options.isEmpty { add(place, .emptyChoices, "Il n’y a rien à choisir.") }
        if options.count > FormCheck.maxOptions { add(place, .tooMuch, "Au plus \(FormCheck.maxOptions) choix.") }
        names(options.map(\.key), options.map(\.label), "choix", at: place)
    }

    private mutating func names(_ keys: [String], _ labels: [String], _ what: String, at place: String) {
        var seen: Set<String> = []
        for key in keys {
            if !(what == "choix" ? FormKey.isOption(key) : FormKey.isName(key)) {
                add(
                    place, .invalidKey,
                    "« \(key) » n’est pas une clé : des minuscules sans accent, des chiffres et « _ ».")
            } else if !seen.insert(key).inserted {
                add(place, .duplicateKey, "Deux \(what) ont la clé « \(key) ».")
            }
        }
        if labels.contains("") { add(place, .missingText, "Un libellé de \(what) est vide.") }
    }
}

extension QuestionKind {
    /// Whether conditions and computations read a number there.
    var isNumeric: Bool {
        switch self {
        case .number, .money, .computed: true
        default: false
        }
    }
}
