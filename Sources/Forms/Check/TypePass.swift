/// What conditions and computations say: that names exist, and that what is compared can be.
struct TypePass {
    /// What can stand on a side of a comparison.
    enum ValueType: Equatable {
        case number, date, flag
        /// A text; the keys it can be, when they are known.
        case text([String]?)
        case keys([String])
        /// Answered or not, and nothing else.
        case opaque
        /// Already complained of.
        case unknown

        var word: String {
            switch self {
            case .number: "un nombre"
            case .date: "une date"
            case .flag: "oui ou non"
            case .text: "un texte"
            case .keys: "plusieurs choix"
            case .opaque, .unknown: "une réponse composée"
            }
        }
    }

    private let form: Form
    private let questions: [String: Question]
    private(set) var issues: [FormIssue] = []
    private var place = ""
    /// The columns of the rows being read.
    private var columns: [String: Question]?

    init(_ form: Form) {
        self.form = form
        questions = Dictionary(form.questions.map { ($0.key, $0) }) { first, _ in first }
    }

    private mutating func add(_ kind: FormIssue.Kind, _ message: String) {
        issues.append(FormIssue(place: place, kind: kind, message: message.narrow))
    }

    mutating func run() {
        for section in form.sections {
            place = section.key
            if let condition = section.shownIf { check(condition) }
            for question in section.questions {
                place = section.key + "." + question.key
                check(question)
                guard question.kind.hasRows else { continue }
                columns = Dictionary(question.kind.columns.map { ($0.key, $0) }) { first, _ in first }
                for column in question.kind.columns {
                    place = section.key + "." + question.key + "." + column.key
                    check(column)
                }
                columns = nil
            }
        }
        for rule in form.rules {
            place = "regles." + rule.key
            if let when = rule.when { check(when) }
            check(rule.condition)
        }
    }

    private mutating func check(_ question: Question) {
        if let condition = question.shownIf { check(condition) }
        if let condition = question.requirement.condition { check(condition) }
        guard case .computed(let formula, _) = question.kind else { return }
        let type = self.type(of: formula)
        if type != .number, type != .unknown { add(.wrongType, "Ce calcul donne \(type.word), pas un nombre.") }
    }

    private mutating func check(_ condition: Condition) {
        switch condition {
        case .constant: break
        case .all(let parts), .any(let parts):
            for part in parts { check(part) }
        case .not(let part): check(part)
        case .comparison(let left, let comparison, let right): check(left, comparison, right)
        case .oneOf(let value, let texts):
            let type = self.type(of: value)
            guard case .text(let keys) = type else {
                if type != .unknown { add(.wrongType, "« \(value) » est \(type.word) : « dans » attend un texte.") }
                return
            }
            for text in texts { option(text, among: keys, of: value.description) }
        case .contains(let reference, let text):
            let type = self.type(of: reference)
            guard case .keys(let keys) = type else {
                if type != .unknown {
                    add(.wrongType, "« \(reference) » est \(type.word) : « contient » attend plusieurs choix.")
                }
                return
            }
            option(text, among: keys, of: reference.description)
        case .answered(let reference), .empty(let reference): _ = type(of: reference)
        case .inZoning(let value, let name):
            let type = self.type(of: value)
            if type != .unknown, !isCommune(value) {
                add(.wrongType, "« \(value) » n’est pas une commune : « dans zonage » en attend une.")
            }
            if name.isEmpty { add(.missingText, "Le zonage n’a pas de nom.") }
        }
    }

    private func isCommune(_ value: Formula) -> Bool {
        if case .placeCommune = value { return true }
        guard case .reference(let reference) = value, reference.path.isEmpty,
            let question = columns?[reference.key] ?? questions[reference.key]
        else { return false }
        switch question.kind {
        case .commune, .address: return true
        default: return false
        }
    }

    private mutating func check(_ left: Formula, _ comparison: Condition.Comparison, _ right: Formula) {
        let first = type(of: left)
        let second = type(of: right)
        guard first != .unknown, second != .unknown else { return }
        switch (first, second) {
        case (.number, .number), (.date, .date): break
        case (.flag, .flag):
            if case .flag = left { add(.wrongType, "Écrivez la question avant « oui » ou « non ».") }
            if comparison != .equal, comparison != .different { unordered(comparison) }
        case (.text(let keys), .text(let others)):
            if comparison != .equal, comparison != .different { unordered(comparison) }
            if case .text(let text) = right { option(text, among: keys, of: left.description) }
            if case .text(let text) = left { option(text, among: others, of: right.description) }
        case (.keys, .text):
            add(.wrongType, "« \(left) » a plusieurs choix : employez « contient ».")
        default:
            add(
                .wrongType, "« \(left) » est \(first.word) et « \(right) » est \(second.word) : cela ne se compare pas."
            )
        }
    }

    private mutating func unordered(_ comparison: Condition.Comparison) {
        add(.wrongType, "« \(comparison.rawValue) » compare des nombres ou des dates seulement.")
    }

    private mutating func option(_ text: String, among keys: [String]?, of name: String) {
        if let keys, !keys.contains(text) {
            add(.unknownOption, "« \(name) » n’a pas de choix « \(text) ».")
        }
    }

    private mutating func type(of reference: Reference) -> ValueType {
        if reference.path.isEmpty, let column = columns?[reference.key] { return Self.type(of: column.kind) }
        guard let question = questions[reference.key] else {
            add(.unknownReference, "« \(reference) » n’est pas une question de ce formulaire.")
            return .unknown
        }
        switch reference.path.count {
        case 0: return Self.type(of: question.kind)
        case 1: return part(reference.path[0], of: question, reference)
        default:
            guard let rows = question.kind.fixedRows, rows.contains(where: { $0.key == reference.path[0] }),
                let column = question.kind.columns.first(where: { $0.key == reference.path[1] })
            else {
                add(.unknownReference, "« \(reference) » n’est pas une case d’un tableau à lignes fixes.")
                return .unknown
            }
            return Self.type(of: column.kind)
        }
    }

    private mutating func part(_ name: String, of question: Question, _ reference: Reference) -> ValueType {
        if question.kind.hasRows {
            if name == Resolved.Part.rows.rawValue { return .number }
            if let column = question.kind.columns.first(where: { $0.key == name }) {
                if column.kind.isNumeric { return .number }
                add(.wrongType, "La colonne « \(reference) » n’est pas faite de nombres.")
                return .unknown
            }
        } else if case .period = question.kind, let part = Resolved.Part(rawValue: name), part != .rows {
            return part == .days ? .number : .date
        }
        add(.unknownReference, "« \(question.key) » n’a pas de « \(name) ».")
        return .unknown
    }

    private static func type(of kind: QuestionKind) -> ValueType {
        switch kind {
        case .number, .money, .computed: .number
        case .date: .date
        case .yesNo: .flag
        case .oneOf(let options): .text(options.map(\.key))
        case .severalOf(let options, _, _): .keys(options.map(\.key))
        case .shortText, .siret, .rna, .email, .commune, .address, .place: .text(nil)
        case .longText, .phone, .url, .period, .person, .attachment, .group, .table, .sworn: .opaque
        }
    }

    private mutating func type(of expression: Formula) -> ValueType {
        switch expression {
        case .number: return .number
        case .date, .today: return .date
        case .text, .maturity, .legalForm, .placeCommune: return .text(nil)
        case .flag: return .flag
        case .rowKey:
            if columns == nil { add(.unknownReference, "« ligne » n’a de sens que dans un tableau.") }
            return columns == nil ? .unknown : .text(nil)
        case .reference(let reference): return type(of: reference)
        case .sum(let parts), .least(let parts), .greatest(let parts):
            for part in parts { number(part) }
            return .number
        case .columnSum(let table, let column, let condition):
            guard let question = rows(table) else { return .unknown }
            if question.kind.columns.contains(where: { $0.key == column && $0.kind.isNumeric }) {
                check(condition, inRowsOf: question)
            } else {
                add(.unknownReference, "« \(table).\(column) » n’est pas une colonne de nombres.")
            }
            return .number
        case .rowCount(let table, let condition):
            guard let question = rows(table) else { return .unknown }
            if let condition { check(condition, inRowsOf: question) }
            return .number
        case .arithmetic(_, let left, let right):
            number(left)
            number(right)
            return .number
        }
    }

    private mutating func number(_ expression: Formula) {
        let type = self.type(of: expression)
        if type != .number, type != .unknown { add(.wrongType, "« \(expression) » est \(type.word), pas un nombre.") }
    }

    private mutating func rows(_ table: String) -> Question? {
        guard let question = questions[table], question.kind.hasRows else {
            add(.unknownReference, "« \(table) » n’est ni un groupe ni un tableau.")
            return nil
        }
        return question
    }

    private mutating func check(_ condition: Condition, inRowsOf question: Question) {
        let outer = columns
        columns = Dictionary(question.kind.columns.map { ($0.key, $0) }) { first, _ in first }
        check(condition)
        columns = outer
    }
}
