import Exchange

/// A condition as a list of simple clauses that one composes without writing a formula: « question, comparaison, valeur », all
/// of them or any of them. Conditions that say more stay formulas.
public struct Clauses: Sendable, Equatable {
    public enum Joint: String, Sendable, Equatable {
        case all = "toutes"
        case any = "une"
    }

    public var joint: Joint
    public var list: [Clause]

    public init(_ joint: Joint = .all, _ list: [Clause] = []) {
        self.joint = joint
        self.list = list
    }

    /// The clauses of a condition; nil when it says more than a list of clauses can.
    public init?(_ condition: Condition, in form: Form, table: String? = nil) {
        let parts: [Condition]
        switch condition {
        case .all(let all): (joint, parts) = (.all, all)
        case .any(let any) where Clause(condition) == nil: (joint, parts) = (.any, any)
        default: (joint, parts) = (.all, [condition])
        }
        list = parts.compactMap { Clause($0)?.written(in: form, table: table) }
        // What would not read back as it was stays a formula.
        guard list.count == parts.count, let back = try? self.condition(in: form, table: table),
            back.description == condition.description
        else { return nil }
    }

    /// The condition; nil when there is no clause.
    ///
    /// - Throws: the number of the clause that cannot be read, from 0, with the reason.
    public func condition(
        in form: Form, table: String? = nil
    ) throws(Clause.Unreadable) -> Condition? {
        var parts: [Condition] = []
        for (index, clause) in list.enumerated() {
            do {
                parts.append(try clause.condition(in: form, table: table))
            } catch { throw Clause.Unreadable(index: index, message: error.message) }
        }
        guard parts.count > 1 else { return parts.first }
        return joint == .all ? .all(parts) : .any(parts)
    }
}

/// One clause: what is looked at, how, and with what.
public struct Clause: Sendable, Equatable {
    /// What a clause looks at.
    public enum Subject: Sendable, Equatable, CustomStringConvertible {
        case question(String)
        case maturity, legalForm

        /// The text that a form field carries: the key of the question, or a reserved word.
        public init(_ text: String) {
            switch text {
            case "maturite": self = .maturity
            case "forme_juridique": self = .legalForm
            default: self = .question(text)
            }
        }

        public var description: String {
            switch self {
            case .question(let key): key
            case .maturity: "maturite"
            case .legalForm: "forme_juridique"
            }
        }
    }

    public enum Test: String, Sendable, Equatable, CaseIterable {
        case isYes = "oui"
        case isNo = "non"
        case isAmong = "parmi"
        case isNot = "pas"
        case includes = "comprend"
        case excludes = "exclut"
        case equals = "egal"
        case differs = "different"
        case atLeast = "au_moins"
        case atMost = "au_plus"
        case more = "plus"
        case less = "moins"
        case answered = "repondu"
        case empty = "vide"
        case inZoning = "zonage"
        case outsideZoning = "hors_zonage"

        /// How one says it, after the subject.
        public var words: String {
            switch self {
            case .isYes: "est oui"
            case .isNo: "est non"
            case .isAmong: "est"
            case .isNot: "n’est pas"
            case .includes: "comprend"
            case .excludes: "ne comprend pas"
            case .equals: "est égal à"
            case .differs: "est différent de"
            case .atLeast: "est au moins"
            case .atMost: "est au plus"
            case .more: "est plus que"
            case .less: "est moins que"
            case .answered: "a une réponse"
            case .empty: "est sans réponse"
            case .inZoning: "est dans le zonage"
            case .outsideZoning: "n’est pas dans le zonage"
            }
        }

        public var needsValue: Bool { ![.isYes, .isNo, .answered, .empty].contains(self) }
    }

    public var subject: Subject
    public var test: Test
    /// Keys of options, or one value as people write it: `12 500`, `16/10/2020`.
    public var values: [String]

    public init(_ subject: Subject, _ test: Test, _ values: [String] = []) {
        self.subject = subject
        self.test = test
        self.values = values
    }

    /// A clause that cannot be made a condition.
    public struct Unreadable: Error, Sendable, Equatable {
        public let index: Int
        public let message: String

        init(index: Int = 0, message: String) {
            self.index = index
            self.message = message.narrow
        }
    }

    /// The comparisons that suit a kind of question, the most used first.
    public static func tests(for kind: QuestionKind) -> [Test] {
        switch kind {
        case .yesNo: [.isYes, .isNo, .answered, .empty]
        case .oneOf: [.isAmong, .isNot, .answered, .empty]
        case .severalOf: [.includes, .excludes, .answered, .empty]
        case .number, .money, .date: [.atLeast, .atMost, .more, .less, .equals, .differs, .answered, .empty]
        case .computed: [.atLeast, .atMost, .more, .less, .equals, .differs]
        case .commune, .address: [.answered, .empty, .inZoning, .outsideZoning]
        default: [.answered, .empty]
        }
    }
}
