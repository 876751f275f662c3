/// What became of one file. Every row is accounted for: `rows = taken + skipped + rejected`.
public struct TerritoryFileReport: Sendable {
    public enum State: Sendable, Equatable {
        case taken
        /// The same bytes were taken before, and nothing they depend on has changed.
        case unchanged
        /// Recognised, and of no use to the register.
        case unused
        case notRecognised
        /// Nothing of it was written; the reason names the file and the line.
        case refused(TerritoryRefusal)
    }

    /// A cell and what was wrong or put right.
    public struct Remark: Sendable, Equatable {
        public let line: Int
        public let column: String
        public let value: String
        public let reason: String
    }

    public let name: String
    public internal(set) var kind: TerritoryFileKind?
    public internal(set) var state = State.taken
    public internal(set) var rows = 0
    public internal(set) var taken = 0
    /// Rows left aside on purpose: how many for each reason.
    public internal(set) var skipped: [String: Int] = [:]
    public internal(set) var rejected: [Remark] = []
    /// What was taken after being put right.
    public internal(set) var repaired: [Remark] = []
    /// What a person should know of the whole file.
    public internal(set) var notes: [String] = []

    init(_ name: String) {
        self.name = name
    }

    mutating func take() {
        rows += 1
        taken += 1
    }

    mutating func skip(_ reason: String) {
        rows += 1
        skipped[reason, default: 0] += 1
    }

    mutating func reject(_ line: Int, _ column: String, _ value: String, _ reason: String) {
        rows += 1
        rejected.append(Remark(line: line, column: column, value: Self.short(value), reason: reason))
    }

    /// Says what was put right in a row that is taken.
    mutating func repair(_ line: Int, _ column: String, _ value: String, _ reason: String) {
        repaired.append(Remark(line: line, column: column, value: Self.short(value), reason: reason))
    }

    private static func short(_ value: String) -> String {
        value.utf8.count <= 120 ? value : String(value.prefix(80)) + "…"
    }
}
