import Exchange

/// What an expression points at: `montant`, `calendrier.debut`, `budget.montant`, `budget.62.montant`, and inside the
/// condition of a row, a column of that row.
public struct Reference: Sendable, Hashable, CustomStringConvertible {
    /// The key of a question, or of a column of the same row.
    public var key: String
    /// What follows the points: nothing, one name or two.
    public var path: [String]

    public init(_ key: String, _ path: String...) {
        self.key = key
        self.path = path
    }

    init(key: String, path: [String]) {
        self.key = key
        self.path = path
    }

    public var description: String { ([key] + path).joined(separator: ".") }
}

/// Something with a value: a number, a date, a text, yes or no.
public indirect enum Formula: Sendable, Equatable {
    case number(ExactNumber)
    case date(CivilDate)
    case text(String)
    case flag(Bool)
    case reference(Reference)
    /// The maturity of the candidacy, and the legal form of who carries it, as the environment gives them.
    case maturity
    case legalForm
    /// The commune of the place that applies, as the environment gives it.
    case placeCommune
    case today
    /// The key of the row, in the condition of a row.
    case rowKey
    /// The sum of several numbers; what is not answered counts for zero.
    case sum([Formula])
    case least([Formula])
    case greatest([Formula])
    /// The sum of a column over the rows where a condition holds.
    case columnSum(table: String, column: String, where: Condition)
    /// How many rows there are, where a condition holds.
    case rowCount(table: String, where: Condition?)
    case arithmetic(Operation, Formula, Formula)

    public enum Operation: String, Sendable, Equatable {
        case plus = "+"
        case minus = "-"
        case times = "*"
        case over = "/"
    }
}

/// Something true, false or, while an answer it needs is missing, unknown.
public indirect enum Condition: Sendable, Equatable {
    case constant(Bool)
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case comparison(Formula, Comparison, Formula)
    /// The value is one of a list of texts: an option, a commune, a maturity, a legal form.
    case oneOf(Formula, [String])
    /// An option is among those chosen.
    case contains(Reference, String)
    case answered(Reference)
    case empty(Reference)
    /// The commune belongs to a zoning that the environment knows by this name.
    case inZoning(Formula, String)

    public enum Comparison: String, Sendable, Equatable {
        case equal = "="
        case different = "≠"
        case less = "<"
        case atMost = "≤"
        case more = ">"
        case atLeast = "≥"
    }
}

extension Formula {
    /// Every reference of the expression, those of row conditions included, with duplicates.
    func collect(_ found: inout [Mention]) {
        switch self {
        case .number, .date, .text, .flag, .maturity, .legalForm, .placeCommune, .today, .rowKey: break
        case .reference(let reference): found.append(Mention(reference: reference, table: nil))
        case .sum(let parts), .least(let parts), .greatest(let parts):
            for part in parts { part.collect(&found) }
        case .columnSum(let table, let column, let condition):
            found.append(Mention(reference: Reference(table, column), table: nil))
            condition.collect(&found, table: table)
        case .rowCount(let table, let condition):
            found.append(Mention(reference: Reference(table), table: nil))
            condition?.collect(&found, table: table)
        case .arithmetic(_, let left, let right):
            left.collect(&found)
            right.collect(&found)
        }
    }
}

/// A reference and the table whose rows it is read in, when it stands in the condition of a row.
struct Mention: Equatable {
    let reference: Reference
    var table: String?
}

extension Condition {
    func collect(_ found: inout [Mention], table: String? = nil) {
        var own: [Mention] = []
        switch self {
        case .constant: break
        case .all(let parts), .any(let parts):
            for part in parts { part.collect(&own) }
        case .not(let part): part.collect(&own)
        case .comparison(let left, _, let right):
            left.collect(&own)
            right.collect(&own)
        case .oneOf(let value, _), .inZoning(let value, _): value.collect(&own)
        case .contains(let reference, _), .answered(let reference), .empty(let reference):
            own.append(Mention(reference: reference, table: nil))
        }
        found += own.map { $0.table == nil ? Mention(reference: $0.reference, table: table) : $0 }
    }

    var mentions: [Mention] {
        var found: [Mention] = []
        collect(&found)
        return found
    }
}

extension Formula {
    var mentions: [Mention] {
        var found: [Mention] = []
        collect(&found)
        return found
    }
}
