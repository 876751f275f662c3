import Storage

/// One thing that must hold of the rows, with a name: what `maillage check` and every backup look at.
///
/// Each is found in one pass over its rows, without keeping them, on either engine. A feature declares its own; `Site` names them
/// all, in the order they are looked at.
public struct Invariant: Sendable {
    /// `deposits.numbers`: what a line of `maillage check` begins with.
    public let name: String
    /// What it promises, in one sentence for an operator.
    public let promise: String
    /// Looks at the rows and tells each that breaks it; answers how many it looked at.
    public let look: @Sendable (_ reader: Reader, _ tell: (String) -> Void) throws -> Int

    public init(
        _ name: String, _ promise: String,
        look: @escaping @Sendable (_ reader: Reader, _ tell: (String) -> Void) throws -> Int
    ) {
        self.name = name
        self.promise = promise
        self.look = look
    }

    /// One whose statement answers nothing but the rows that break it.
    public init(
        _ name: String, _ promise: String, rows: SQL, words: @escaping @Sendable (Row) throws -> String
    ) {
        self.init(name, promise) { reader, tell in
            try reader.each(rows) { row in
                tell(try words(row))
                return true
            }
            return 0
        }
    }

    /// What one look found.
    public struct Found: Sendable, Equatable {
        /// How many rows were looked at; 0 when only the broken ones were asked for.
        public var looked = 0
        /// Each row that breaks it, with its table; no more than `most`.
        public var lines: [String] = []
        /// How many break it, those without a line included.
        public var count = 0

        /// Lines kept of one invariant: beyond, one of the same kind says no more.
        public static let most = 200
    }

    /// Looks, on one snapshot. A value that cannot be read is a fault of the row, not of the one who looks.
    public func found(in database: Database) async throws -> Found {
        try await database.scan { reader -> Found in
            var found = Found()
            do {
                found.looked = try look(reader) { line in
                    found.count += 1
                    if found.lines.count < Found.most { found.lines.append(line) }
                }
            } catch StorageError.unexpectedValue(let column, let wanted) {
                found.count += 1
                found.lines.append("a row holds no \(wanted) in column \(column) of what is looked at")
            }
            return found
        }
    }

    /// A row by its table and identifier, as it is written in addresses and in the database.
    public static func row(_ table: String, _ number: Int64) -> String {
        "\(table) \(IdentifierText.text(number)) (\(number))"
    }
}
