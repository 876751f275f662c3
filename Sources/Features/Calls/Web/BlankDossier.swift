import Exchange
import Forms
import Maillage

/// A form as it is read before it is filled: for the candidates of one stage, or for all.
struct BlankDossier: Sendable, Equatable {
    struct Question: Sendable, Equatable {
        var label: String
        /// What is expected, then the help, one sentence each.
        var lines: [String]
        /// What one chooses among, the columns or the lines of a table.
        var choices: [String]
        /// Lines to leave for the answer on paper; 0 when nothing is written there.
        var room: Int
    }

    struct Section: Sendable, Equatable {
        var title: String
        var intro: String
        var questions: [Question]
    }

    var intro: String
    var sections: [Section]

    init(_ form: CallForm) throws {
        self.init(try form.questions(), maturity: form.maturity)
    }

    /// `maturity`: a code of `ReferenceList.maturities`, or empty for all of them.
    init(_ form: Form, maturity: String) {
        func isAsked(_ maturities: [String]) -> Bool {
            maturity.isEmpty || maturities.isEmpty || maturities.contains(maturity)
        }
        intro = form.intro
        sections = form.sections.filter { isAsked($0.maturities) }.map { section in
            var intro = [section.intro]
            if maturity.isEmpty, let stages = Self.stages(section.maturities) {
                intro.append("Cette partie est \(stages).")
            }
            if section.answeredBy == .partners {
                intro.append("Chaque partenaire remplit cette partie pour sa structure.")
            }
            if section.shownIf != nil { intro.append("Cette partie ne se remplit que selon vos réponses.") }
            return Section(
                title: section.title, intro: intro.filter { !$0.isEmpty }.joined(separator: "\n\n"),
                questions: section.questions.filter { isAsked($0.maturities) }.map {
                    Question($0, tellsStages: maturity.isEmpty)
                })
        }
    }

    /// « pour les projets à l’étape « Ouvert » »; nil when all are concerned.
    static func stages(_ maturities: [String]) -> String? {
        guard !maturities.isEmpty else { return nil }
        let labels = maturities.map { "«\u{A0}\(ReferenceList.maturities.label($0))\u{A0}»" }
        return (labels.count == 1 ? "pour l’étape " : "pour les étapes ") + Format.list(labels)
    }

    /// The same as a document to fill.
    func blocks(_ reading: CallReading, _ form: CallForm) -> [WordDocument.Block] {
        var blocks: [WordDocument.Block] = [
            .heading(1, form.title), .paragraph(reading.call.title),
            .note("Version \(form.version). Ce document sert à préparer\u{202F}: la réponse se donne en ligne."),
        ]
        if let wave = reading.wave { blocks.append(.paragraph("À déposer \(wave.deadlineWords).")) }
        if !intro.isEmpty { blocks.append(.paragraph(intro)) }
        for (index, section) in sections.enumerated() {
            blocks.append(.heading(2, "\(index + 1). \(section.title)"))
            if !section.intro.isEmpty { blocks.append(.paragraph(section.intro)) }
            for question in section.questions {
                blocks.append(.heading(3, question.label))
                for line in question.lines { blocks.append(.note(line)) }
                for choice in question.choices { blocks.append(.item(choice)) }
                if question.room > 0 { blocks.append(.answer(lines: question.room)) }
            }
        }
        return blocks
    }
}

extension BlankDossier.Question {
    init(_ question: Question, tellsStages: Bool) {
        var expected = Self.expected(question.kind)
        switch question.requirement {
        case .required: expected.append("réponse attendue")
        case .requiredIf: expected.append("réponse attendue selon les autres")
        case .optional: break
        }
        if question.shownIf != nil { expected.append("posée selon vos réponses") }
        if tellsStages, let stages = BlankDossier.stages(question.maturities) { expected.append(stages) }
        label = question.label
        lines = expected.isEmpty ? [] : [Self.sentence(expected)]
        if case .sworn(let text, _) = question.kind { lines.append(text) }
        if !question.help.isEmpty { lines.append(question.help) }
        if !question.example.isEmpty { lines.append("Par exemple\u{202F}: \(question.example)") }
        choices = Self.choices(question.kind)
        room = Self.room(question.kind)
    }

    private static func sentence(_ parts: [String]) -> String {
        let text = parts.joined(separator: ", ")
        return text.prefix(1).uppercased() + text.dropFirst() + "."
    }

    /// What an answer is made of, in a few words.
    private static func expected(_ kind: QuestionKind) -> [String] {
        switch kind {
        case .shortText(let limit), .longText(let limit): [Format.count(limit, "signe au plus", "signes au plus")]
        case .number: ["un nombre"]
        case .money: ["un montant en euros"]
        case .date: ["une date"]
        case .period: ["deux dates, début et fin"]
        case .yesNo: ["oui ou non"]
        case .oneOf: ["un choix"]
        case .severalOf(_, let least, let most): [choices(least, most)]
        case .commune: ["une commune"]
        case .address: ["rue, code postal et commune"]
        case .siret: ["quatorze chiffres"]
        case .rna: ["un W et neuf chiffres"]
        case .email: ["une adresse électronique"]
        case .phone: ["un numéro de téléphone"]
        case .url: ["une adresse de site"]
        case .place: ["un lieu du réseau"]
        case .person: ["prénom, nom, fonction, courriel et téléphone"]
        case .attachment(let rules): files(rules)
        case .group: ["autant de fois que nécessaire"]
        case .table: ["un tableau"]
        case .computed: ["se calcule tout seul"]
        case .sworn: ["un engagement à signer"]
        }
    }

    private static func choices(_ least: Int?, _ most: Int?) -> String {
        switch (least, most) {
        case (let least?, let most?) where least == most: Format.count(most, "choix", "choix")
        case (let least?, let most?) where least > 0: "de \(least) à \(most) choix"
        case (_, let most?): "\(most) choix au plus"
        case (let least?, nil) where least > 1: "\(least) choix au moins"
        default: "un ou plusieurs choix"
        }
    }

    private static func files(_ rules: AttachmentRules) -> [String] {
        let formats = rules.accepted.map { $0.rawValue.uppercased() }
        var parts = [rules.maxCount == 1 ? "un fichier" : "\(rules.maxCount) fichiers au plus"]
        if !formats.isEmpty { parts.append(Format.list(formats, "ou")) }
        parts.append("\(max(1, rules.maxBytes / 1_000_000))\u{A0}Mo au plus")
        if let months = rules.validMonths { parts.append("daté de moins de \(Format.count(months, "mois", "mois"))") }
        return parts
    }

    private static func choices(_ kind: QuestionKind) -> [String] {
        if let options = kind.options { return options.map(\.label) }
        let columns = kind.columns.map(\.label)
        guard let rows = kind.fixedRows else { return columns }
        return rows.map { "\($0.label)\u{202F}: \(Format.list(columns))" }
    }

    private static func room(_ kind: QuestionKind) -> Int {
        switch kind {
        case .computed, .attachment: 0
        case .oneOf, .severalOf, .yesNo, .sworn, .date, .number, .money, .siret, .rna, .email, .phone, .url: 1
        case .shortText, .commune, .place, .period: 2
        case .address, .person: 3
        case .longText(let limit): limit > 800 ? 10 : 6
        case .group, .table: 8
        }
    }
}
