import Exchange
import Selection

/// One answer of the solver, kept with what it was asked: the same inputs give the same answer, and anybody may ask again.
public struct SelectionRun: Sendable, Equatable {
    public typealias ID = Identifier<SelectionRun>

    public let id: ID
    public let call: Call.ID
    public let wave: CallWave.ID
    public let planVersion: Int
    /// SHA-256 of `inputs`.
    public let fingerprint: String
    /// Canonical JSON of the rules, scores and amounts.
    public let inputs: String
    public let result: SelectionResult
    public let at: Instant
    public let by: Account.ID?
}

/// What the solver answered, with its reasons in words.
public struct SelectionResult: Sendable, Equatable {
    public enum Outcome: String, Sendable {
        case chosen = "propose"
        case impossible
        case undecided = "indecis"
    }

    /// A dossier retained, by the number of its receipt, and the amount in cents.
    public struct Grant: Sendable, Equatable {
        public let number: Int
        public let amount: Int
    }

    public var outcome: Outcome
    public var grants: [Grant] = []
    /// Numbers of receipts, the first to be called first.
    public var reserve: [Int] = []
    /// In words, with at most three decimals.
    public var total = ""
    public var amount = 0
    /// Empty when proven the best; else how many points better another may be.
    public var gap = ""
    /// What each constraint costs.
    public var costs: [String] = []
    /// What is near the line.
    public var line: [String] = []
    /// What more money would change.
    public var money: [String] = []
    /// The rules that cannot hold together.
    public var conflict: [String] = []

    public init(_ outcome: Outcome) { self.outcome = outcome }

    var document: JSONValue {
        func texts(_ list: [String]) -> JSONValue { .array(list.map { .string($0) }) }
        func number(_ value: Int) -> JSONValue { .number(JSONNumber(value)) }
        return .object(
            JSONObject([
                .init("outcome", .string(outcome.rawValue)),
                .init("grants", .array(grants.map { .array([number($0.number), number($0.amount)]) })),
                .init("reserve", .array(reserve.map(number))), .init("total", .string(total)),
                .init("amount", number(amount)), .init("gap", .string(gap)), .init("costs", texts(costs)),
                .init("line", texts(line)), .init("money", texts(money)), .init("conflict", texts(conflict)),
            ]))
    }

    init?(_ document: JSONValue) {
        guard let outcome = document["outcome"]?.string.flatMap(Outcome.init) else { return nil }
        func texts(_ name: String) -> [String] { document[name]?.array?.compactMap(\.string) ?? [] }
        self.outcome = outcome
        grants = (document["grants"]?.array ?? []).compactMap { item in
            guard let pair = item.array, pair.count == 2, let number = pair[0].int, let amount = pair[1].int else {
                return nil
            }
            return Grant(number: number, amount: amount)
        }
        reserve = document["reserve"]?.array?.compactMap(\.int) ?? []
        total = document["total"]?.string ?? ""
        amount = document["amount"]?.int ?? 0
        gap = document["gap"]?.string ?? ""
        costs = texts("costs")
        line = texts("line")
        money = texts("money")
        conflict = texts("conflict")
    }
}
