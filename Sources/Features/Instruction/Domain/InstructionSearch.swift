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

/// Keeps a question to the board under a name (INST-11).
public struct SaveInstructionSearch: Act {
    public static let right = "Toute personne connectée, pour elle-même."

    public let name: String
    public let query: String

    public init(name: String, query: String) {
        self.name = name
        self.query = query
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isSignedIn else { throw Denied() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account else { throw Denied() }
        var problems = Problems()
        let name = CallText.line(name, "nom", limit: 80, &problems)
        if name.isEmpty { problems.add("nom", "Donnez un nom à cette recherche.") }
        if query.utf8.count > 1_000 { problems.add("nom", "Cette recherche est trop longue.") }
        let own = try InstructionSearchStore.own(proceeding.principal, proceeding.writer)
        if own.contains(where: { $0.name == name }) { problems.add("nom", "Vous avez déjà une recherche de ce nom.") }
        if own.count >= InstructionSearchStore.most {
            problems.add("nom", "Vous gardez déjà \(InstructionSearchStore.most) recherches\u{202F}: retirez-en une.")
        }
        try problems.throwIfAny()
        let search = InstructionSearch(id: proceeding.newIdentifier(), name: name, query: query)
        try InstructionSearchStore.insert(search, of: account, at: proceeding.now, proceeding.writer)
        proceeding.concerns(search.id)
    }
}

/// Forgets a search one kept (INST-11).
public struct RemoveInstructionSearch: Act {
    public static let right = SaveInstructionSearch.right

    public let search: InstructionSearch.ID

    public init(search: InstructionSearch.ID) {
        self.search = search
    }

    public func authorize(_ proceeding: Proceeding) throws {
        guard proceeding.principal.isSignedIn else { throw Denied() }
    }

    public func perform(_ proceeding: Proceeding) throws {
        guard let account = proceeding.principal.account,
            try InstructionSearchStore.remove(search, of: account, proceeding.writer)
        else { throw Missing() }
        proceeding.concerns(search)
    }
}
