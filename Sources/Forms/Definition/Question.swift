/// One question, or one column of a group or table.
public struct Question: Sendable, Equatable {
    /// Stable name: small ASCII letters, digits and `_`, beginning with a letter, at most 60; answers are kept under it.
    public var key: String
    public var label: String
    public var help: String
    public var example: String
    public var kind: QuestionKind
    public var requirement: Requirement
    /// Shown only while this holds; always when nil.
    public var shownIf: Condition?
    public var prefill: PrefillSource?
    /// The maturities that see it, by their keys; all when empty.
    public var maturities: [String]

    public init(
        _ key: String, _ label: String, _ kind: QuestionKind, _ requirement: Requirement = .optional, help: String = "",
        example: String = "", shownIf: Condition? = nil, prefill: PrefillSource? = nil, maturities: [String] = []
    ) {
        self.key = key
        self.label = label
        self.help = help
        self.example = example
        self.kind = kind
        self.requirement = requirement
        self.shownIf = shownIf
        self.prefill = prefill
        self.maturities = maturities
    }
}

/// Whether an answer must be given before the deposit.
public enum Requirement: Sendable, Equatable {
    case optional
    case required
    case requiredIf(Condition)

    var condition: Condition? { if case .requiredIf(let condition) = self { condition } else { nil } }
}

/// Where a first answer may come from. The caller looks it up; the form only names it.
public enum PrefillSource: Sendable, Equatable, CustomStringConvertible {
    /// A field of the place's sheet: `place.name`.
    case place(String)
    /// A field of the structure that carries the place: `structure.siret`.
    case structure(String)
    /// A field of the account that fills the form: `account.email`.
    case account(String)
    /// The answer to a question of an earlier candidacy: `candidacy.project_title`.
    case candidacy(String)
    /// A parameter of the URL that opens the form: `url.place`.
    case url(String)

    public init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, FormKey.isName(parts[1]) else { return nil }
        let name = String(parts[1])
        switch parts[0] {
        case "place": self = .place(name)
        case "structure": self = .structure(name)
        case "account": self = .account(name)
        case "candidacy": self = .candidacy(name)
        case "url": self = .url(name)
        default: return nil
        }
    }

    public var description: String {
        switch self {
        case .place(let name): "place." + name
        case .structure(let name): "structure." + name
        case .account(let name): "account." + name
        case .candidacy(let name): "candidacy." + name
        case .url(let name): "url." + name
        }
    }
}

/// What keys look like.
public enum FormKey {
    /// A key of a question, column, section, rule or form.
    public static func isKey(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, first >= 97, first <= 122 else { return false }
        return isName(text)
    }

    /// A key of an option: as a name, `-` also (the codes of the reference lists have some).
    public static func isOption(_ text: some StringProtocol) -> Bool {
        !text.hasPrefix("-") && isName(String(text.map { $0 == "-" ? "_" : $0 }))
    }

    /// A key of a row, a part of a reference: as above, and may begin with a digit (`62`, `2a`).
    public static func isName(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard !bytes.isEmpty, bytes.count <= 60 else { return false }
        return bytes.allSatisfy { ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 95 }
    }
}
