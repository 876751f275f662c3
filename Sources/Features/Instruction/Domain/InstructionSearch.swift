import Storage

/// A question to the board that somebody kept under a name, for themselves.
public struct InstructionSearch: Sendable, Equatable {
    public typealias ID = Identifier<InstructionSearch>

    public let id: ID
    public let name: String
    /// What follows the question mark, as the board writes it.
    public let query: String
}

/// The SQL of `instruction_search`.
public enum InstructionSearchStore {
    static let most = 40

    /// The principal's own, by name.
    public static func own(_ principal: Principal, _ reader: Reader) throws -> [InstructionSearch] {
        guard let account = principal.account else { return [] }
        return try reader.all(
            """
            SELECT id, name, query
            FROM instruction_search
            WHERE account_id = \(account)
            ORDER BY name, id
            """
        ) {
            InstructionSearch(
                id: InstructionSearch.ID(try $0.int(0)), name: try $0.text(1), query: try $0.text(2))
        }
    }

    static func insert(_ search: InstructionSearch, of account: Account.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO instruction_search (id, account_id, name, query, created_at)
            VALUES (\(search.id), \(account), \(search.name), \(search.query), \(now))
            """)
    }

    static func remove(_ id: InstructionSearch.ID, of account: Account.ID, _ writer: Writer) throws -> Bool {
        try writer.run("DELETE FROM instruction_search WHERE id = \(id) AND account_id = \(account)") > 0
    }

    static func forget(_ account: Account.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM instruction_search WHERE account_id = \(account)")
    }
}
