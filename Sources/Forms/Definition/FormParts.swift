/// A form that several structures answer together: some sections are answered by each partner for itself.
///
/// Such a form is two. Each partner answers `partForm`; the lead answers `leadForm`, in which what the partners answered stands
/// as the rows of a group named `partenaires`, one row a partner. Computations, conditions and rules of the lead's side read it
/// like any group: `somme(partenaires.budget)`, `nombre(partenaires, avec forme = "association")`, `partenaires.lignes`.
extension Form {
    /// The key of the group, and of the section that holds it.
    public static let partners = "partenaires"
    /// The column of the group that holds each partner's name.
    public static let partnerName = "partenaire"

    /// Whether some section is answered by each partner.
    public var hasParts: Bool { sections.contains { $0.answeredBy == .partners } }

    /// What each partner answers, as a form of its own; nil when there is no such section.
    public var partForm: Form? {
        guard hasParts else { return nil }
        var part = self
        part.intro = ""
        part.sections = sections.filter { $0.answeredBy == .partners }.map { section in
            var section = section
            section.answeredBy = .lead
            return section
        }
        part.rules = rules.filter(isOfParts)
        return part
    }

    /// What the lead answers; the form itself when no section is answered by partners.
    public var leadForm: Form {
        guard let first = sections.firstIndex(where: { $0.answeredBy == .partners }) else { return self }
        var lead = self
        lead.sections = sections[..<first].filter { $0.answeredBy == .lead }
        lead.sections.append(gathered)
        lead.sections += sections[first...].filter { $0.answeredBy == .lead }
        lead.rules = rules.filter { !isOfParts($0) }
        return lead
    }

    /// A rule belongs to the parts when it reads or names one of their questions.
    func isOfParts(_ rule: FormRule) -> Bool {
        let own = Set(partQuestions.map(\.key))
        let read = rule.condition.mentions.map(\.reference.key) + (rule.when?.mentions.map(\.reference.key) ?? [])
        return (read + rule.questions).contains(where: own.contains)
    }

    private var partQuestions: [Question] { sections.filter { $0.answeredBy == .partners }.flatMap(\.questions) }

    /// The section in which the partners' figures stand.
    private var gathered: FormSection {
        let name = Question(Form.partnerName, "Partenaire", .shortText(maxLength: 500))
        let columns = partQuestions.compactMap { question in
            Form.column(question.kind).map { Question(question.key, question.label, $0) }
        }
        return FormSection(
            Form.partners, "Ce que répondent les partenaires",
            intro: "Chaque partenaire répond pour lui-même. Ces réponses se lisent ici et comptent dans les totaux.",
            questions: [
                Question(
                    Form.partners, "Partenaires", .group(columns: [name] + columns, maxRows: FormCheck.maxRows))
            ])
    }

    /// What is read in the group of a question of the parts, without its limits: they are checked in the part. Nil when it has no
    /// place in a row.
    static func column(_ kind: QuestionKind) -> QuestionKind? {
        switch kind {
        case .number: .number(decimals: 6)
        case .money, .computed(_, .money): .money()
        case .computed: .number(decimals: 6)
        case .date: .date()
        case .yesNo, .oneOf, .commune: kind
        case .shortText, .longText, .period, .severalOf, .address, .siret, .rna, .email, .phone, .url, .place, .person,
            .attachment, .group, .table, .sworn:
            nil
        }
    }
}

extension FormState {
    /// What is read of this part in the lead's form: the row of its partner, with the cells that have a value. A computation of which
    /// nothing was answered has none: it would be a zero that nobody gave.
    public func partnerRow(_ key: String, name: String) -> AnswerRow {
        var row = AnswerRow(key, [Form.partnerName: .text(name)])
        for question in compiled.form.questions where Form.column(question.kind) != nil && isShown(question.key) {
            if case .computed(_, let unit) = question.kind {
                guard let number = computed(question.key), stands(question) else { continue }
                row.cells[question.key] = unit == .money ? .money(number.cents) : .number(number)
            } else if isAnswered(question.key) {
                // A name that is no commune yet is to be put right in the part, not here.
                if case .commune = question.kind, !problems(of: question.key).isEmpty { continue }
                row.cells[question.key] = answers[question.key]
            }
        }
        return row
    }

    /// Whether a computation reads something that was answered. The form was checked: no computation reads itself.
    private func stands(_ question: Question) -> Bool {
        guard case .computed(let formula, _) = question.kind else { return isAnswered(question.key) }
        let read = formula.mentions.filter { $0.table == nil }.compactMap { compiled.form.question($0.reference.key) }
        return read.isEmpty || read.contains(where: stands)
    }
}

extension Question {
    /// The columns of the group `partenaires` that a computed question reads: the questions of the parts it adds up.
    public var partnerFigures: [String] {
        guard case .computed(let formula, _) = kind else { return [] }
        var found: [String] = []
        for mention in formula.mentions where mention.reference.key == Form.partners {
            if let column = mention.reference.path.last, column != Resolved.Part.rows.rawValue, !found.contains(column)
            {
                found.append(column)
            }
        }
        return found
    }
}
