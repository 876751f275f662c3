import Exchange

/// What a question asks for, with its limits.
public enum QuestionKind: Sendable, Equatable {
    /// One line. The length is told and checked; nothing is ever cut.
    case shortText(maxLength: Int = 200)
    /// Several lines.
    case longText(maxLength: Int = 1_500)
    /// A number with at most that many decimals (0 to 6; 0 is a whole number).
    case number(min: ExactNumber? = nil, max: ExactNumber? = nil, decimals: Int = 0)
    /// An amount in euros; bounds in cents.
    case money(min: Int? = nil, max: Int? = nil)
    case date(min: CivilDate? = nil, max: CivilDate? = nil)
    /// Two dates, both included; a length in days at most, when stated.
    case period(maxDays: Int? = nil)
    case yesNo
    case oneOf([QuestionOption])
    case severalOf([QuestionOption], min: Int? = nil, max: Int? = nil)
    /// A commune, by its INSEE code.
    case commune
    /// Street, postal code, commune.
    case address
    case siret
    case rna
    case email
    case phone
    case url
    /// A place of the register, by its identifier.
    case place
    /// First name, name, role, e-mail and phone.
    case person
    case attachment(AttachmentRules)
    /// Rows of questions, added and removed at will.
    case group(columns: [Question], minRows: Int = 0, maxRows: Int = 20)
    /// A grid of amounts and numbers with totals.
    case table(TableLayout)
    /// Not asked: computed from other answers.
    case computed(Formula, unit: ComputedUnit)
    /// A statement to be agreed to as it is worded in this version.
    case sworn(text: String, version: Int)
}

/// One choice. The key is kept in answers and never changes; the label may be reworded.
public struct QuestionOption: Sendable, Equatable {
    public var key: String
    public var label: String

    public init(_ key: String, _ label: String) {
        self.key = key
        self.label = label
    }
}

/// The kinds of file that may be attached.
public enum FileFamily: String, Sendable, Equatable, CaseIterable {
    case pdf, odt, docx, ods, xlsx, jpeg, png
}

public struct AttachmentRules: Sendable, Equatable {
    public var accepted: [FileFamily]
    /// Bytes of one file.
    public var maxBytes: Int
    public var maxCount: Int
    /// A file dated longer ago than this many months no longer serves (a RIB, an extract); no limit when nil.
    public var validMonths: Int?

    public init(
        _ accepted: [FileFamily] = [.pdf], maxBytes: Int = 20_000_000, maxCount: Int = 1, validMonths: Int? = nil
    ) {
        self.accepted = accepted
        self.maxBytes = maxBytes
        self.maxCount = maxCount
        self.validMonths = validMonths
    }
}

/// The rows and columns of a table.
public struct TableLayout: Sendable, Equatable {
    /// The rows that stand in a table.
    public enum Rows: Sendable, Equatable {
        /// Always these, in this order.
        case fixed([TableRow])
        /// Added and removed by who answers.
        case free(min: Int, max: Int)
    }

    public var columns: [Question]
    public var rows: Rows
    /// The columns whose sum is shown under the table.
    public var totals: [String]

    public init(columns: [Question], rows: Rows, totals: [String] = []) {
        self.columns = columns
        self.rows = rows
        self.totals = totals
    }
}

/// A row of a fixed table.
public struct TableRow: Sendable, Equatable {
    public var key: String
    public var label: String

    public init(_ key: String, _ label: String) {
        self.key = key
        self.label = label
    }
}

/// How a computed number is to be written.
public enum ComputedUnit: String, Sendable, Equatable {
    case number
    /// Euros.
    case money
    /// A ratio written as a percentage: 0.8 is 80 %.
    case percent
}

extension QuestionKind {
    /// The columns of a group or a table; empty for the other kinds.
    public var columns: [Question] {
        switch self {
        case .group(let columns, _, _): columns
        case .table(let layout): layout.columns
        default: []
        }
    }

    /// The rows of a fixed table; nil when rows are free or there are none.
    public var fixedRows: [TableRow]? {
        if case .table(let layout) = self, case .fixed(let rows) = layout.rows { rows } else { nil }
    }

    /// Fewest and most rows of a group or a free table.
    public var rowBounds: ClosedRange<Int>? {
        switch self {
        case .group(_, let least, let most): least <= most ? least...most : nil
        case .table(let layout):
            if case .free(let least, let most) = layout.rows, least <= most { least...most } else { nil }
        default: nil
        }
    }

    public var isComputed: Bool { if case .computed = self { true } else { false } }
    public var hasRows: Bool {
        switch self {
        case .group, .table: true
        default: false
        }
    }

    /// The options to choose among; nil when the kind is not a choice.
    public var options: [QuestionOption]? {
        switch self {
        case .oneOf(let options), .severalOf(let options, _, _): options
        default: nil
        }
    }

    /// The word of the kind in the file format.
    public var word: String {
        switch self {
        case .shortText: "shortText"
        case .longText: "longText"
        case .number: "number"
        case .money: "money"
        case .date: "date"
        case .period: "period"
        case .yesNo: "yesNo"
        case .oneOf: "oneOf"
        case .severalOf: "severalOf"
        case .commune: "commune"
        case .address: "address"
        case .siret: "siret"
        case .rna: "rna"
        case .email: "email"
        case .phone: "phone"
        case .url: "url"
        case .place: "place"
        case .person: "person"
        case .attachment: "attachment"
        case .group: "group"
        case .table: "table"
        case .computed: "computed"
        case .sworn: "sworn"
        }
    }
}
