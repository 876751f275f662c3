import Exchange

/// An expression whose references are places in the arrays of a compiled form.
indirect enum Resolved: Sendable {
    case constant(Term)
    case maturity
    case legalForm
    case placeCommune
    case today
    case rowKey
    /// A question's value.
    case question(Int)
    case part(Int, Part)
    /// A column of the row being read.
    case column(Int)
    /// The sum of a column, and one cell of a fixed table.
    case total(Int, column: Int)
    case cell(Int, row: String, column: Int)
    case columnSum(Int, column: Int, where: ResolvedCondition)
    case rowCount(Int, where: ResolvedCondition?)
    case sum([Resolved])
    case least([Resolved])
    case greatest([Resolved])
    case arithmetic(Formula.Operation, Resolved, Resolved)

    /// What may follow the key of a question, by the word conditions use.
    enum Part: String, Sendable {
        case from = "debut"
        case to = "fin"
        case days = "jours"
        case rows = "lignes"
    }
}

indirect enum ResolvedCondition: Sendable {
    case constant(Bool)
    case all([ResolvedCondition])
    case any([ResolvedCondition])
    case not(ResolvedCondition)
    case comparison(Resolved, Condition.Comparison, Resolved)
    case oneOf(Resolved, [String])
    case contains(Resolved, String)
    /// Whether something stands there.
    case answered(Resolved)
    case inZoning(Resolved, String)
}

/// Turns names into places. Every reference has been checked before: what is not found is a defect of the check.
struct Resolver {
    let questions: [CompiledQuestion]
    let index: [String: Int]
    /// The question whose rows are being read.
    var rows: Int?
    /// The questions read so far, in order, without duplicates.
    private(set) var reads: [Int] = []

    init(questions: [CompiledQuestion], index: [String: Int]) {
        self.questions = questions
        self.index = index
    }

    struct Unknown: Error {
        let name: String
    }

    private mutating func read(_ key: String) throws(Unknown) -> Int {
        guard let place = index[key] else { throw Unknown(name: key) }
        if !reads.contains(place) { reads.append(place) }
        return place
    }

    private mutating func reference(_ reference: Reference) throws(Unknown) -> Resolved {
        if let rows, reference.path.isEmpty, let column = questions[rows].columnIndex[reference.key] {
            return .column(column)
        }
        let question = try read(reference.key)
        let known = questions[question]
        switch reference.path.count {
        case 0: return .question(question)
        case 1:
            if known.question.kind.hasRows {
                if let column = known.columnIndex[reference.path[0]] { return .total(question, column: column) }
                if reference.path[0] == Resolved.Part.rows.rawValue { return .part(question, .rows) }
            } else if let part = Resolved.Part(rawValue: reference.path[0]), part != .rows {
                return .part(question, part)
            }
        default:
            if let column = known.columnIndex[reference.path[1]] {
                return .cell(question, row: reference.path[0], column: column)
            }
        }
        throw Unknown(name: reference.description)
    }

    mutating func resolve(_ expression: Formula) throws(Unknown) -> Resolved {
        switch expression {
        case .number(let value): return .constant(.number(value))
        case .date(let date): return .constant(.date(date))
        case .text(let text): return .constant(.text(text))
        case .flag(let flag): return .constant(.flag(flag))
        case .maturity: return .maturity
        case .legalForm: return .legalForm
        case .placeCommune: return .placeCommune
        case .today: return .today
        case .rowKey: return .rowKey
        case .reference(let reference): return try self.reference(reference)
        case .sum(let parts): return .sum(try list(parts))
        case .least(let parts): return .least(try list(parts))
        case .greatest(let parts): return .greatest(try list(parts))
        case .columnSum(let table, let column, let condition):
            let place = try read(table)
            guard let number = questions[place].columnIndex[column] else {
                throw Unknown(name: table + "." + column)
            }
            return .columnSum(place, column: number, where: try resolve(condition, inRowsOf: place))
        case .rowCount(let table, let condition):
            let place = try read(table)
            guard let condition else { return .rowCount(place, where: nil) }
            return .rowCount(place, where: try resolve(condition, inRowsOf: place))
        case .arithmetic(let operation, let left, let right):
            return .arithmetic(operation, try resolve(left), try resolve(right))
        }
    }

    private mutating func list(_ parts: [Formula]) throws(Unknown) -> [Resolved] {
        var resolved: [Resolved] = []
        for part in parts { resolved.append(try resolve(part)) }
        return resolved
    }

    private mutating func resolve(_ condition: Condition, inRowsOf table: Int) throws(Unknown) -> ResolvedCondition {
        let outer = rows
        rows = table
        defer { rows = outer }
        return try resolve(condition)
    }

    mutating func resolve(_ condition: Condition) throws(Unknown) -> ResolvedCondition {
        switch condition {
        case .constant(let flag): return .constant(flag)
        case .all(let parts): return .all(try list(parts))
        case .any(let parts): return .any(try list(parts))
        case .not(let part): return .not(try resolve(part))
        case .comparison(let left, let comparison, let right):
            return .comparison(try resolve(left), comparison, try resolve(right))
        case .oneOf(let value, let texts): return .oneOf(try resolve(value), texts)
        case .contains(let reference, let text): return .contains(try self.reference(reference), text)
        case .answered(let reference): return .answered(try self.reference(reference))
        case .empty(let reference): return .not(.answered(try self.reference(reference)))
        case .inZoning(let value, let name): return .inZoning(try resolve(value), name)
        }
    }

    private mutating func list(_ parts: [Condition]) throws(Unknown) -> [ResolvedCondition] {
        var resolved: [ResolvedCondition] = []
        for part in parts { resolved.append(try resolve(part)) }
        return resolved
    }
}
