import Storage

/// The dossiers somebody may see, across calls: one page of them, and how many stand under each tab.
public struct InstructionBoard: Sendable {
    public let query: InstructionQuery
    public let dossiers: [Instruction]
    public let counts: [InstructionQuery.Tab: Int]
    /// The names of instructors and the titles of calls that the page shows.
    public let people: [Account.ID: String]
    public let calls: [Call]
    /// The départements of the dossiers one may see, by code.
    public let departements: [String]

    public var total: Int { counts[query.tab] ?? 0 }

    /// Six statements whatever the count. What one may not see is left out in the WHERE (INST-3).
    public static func read(
        _ query: InstructionQuery, _ principal: Principal, at now: Instant, _ reader: Reader
    ) throws -> InstructionBoard {
        let visible = InstructionRights.visible(to: principal)
        let narrowed = SQL.join([visible] + filters(query), " AND ")
        let counts = try counts(narrowed, principal, now, reader)
        let page = min(max(query.page, 1), InstructionQuery.mostPages)
        let dossiers = try reader.all(
            Self.page(query, narrowed, principal, now, offset: (page - 1) * InstructionQuery.pageSize),
            InstructionStore.read)
        let departements = try reader.all(Self.departements(visible)) { try $0.text(0) }
        return InstructionBoard(
            query: query, dossiers: dossiers, counts: counts,
            people: try AccountStore.names(Array(Set(dossiers.compactMap(\.instructor))), reader),
            calls: try calls(visible, reader), departements: departements)
    }

    /// One page, in the order of an index: nothing is sorted.
    static func page(
        _ query: InstructionQuery, _ narrowed: SQL, _ principal: Principal, _ now: Instant, offset: Int
    ) -> SQL {
        """
        SELECT \(InstructionStore.columns)
        FROM instruction
        WHERE \(narrowed)
            AND \(condition(query.tab, principal, now))
        ORDER BY instruction.call_id DESC, instruction.number
        LIMIT \(InstructionQuery.pageSize)
        OFFSET \(offset)
        """
    }

    /// From one département to the next by their index: as many steps as there are départements, however many dossiers.
    static func departements(_ visible: SQL) -> SQL {
        """
        WITH RECURSIVE known (code) AS (
            SELECT MIN(departement)
            FROM instruction
            WHERE departement > ''
            UNION ALL
            SELECT (
                SELECT MIN(instruction.departement)
                FROM instruction
                WHERE instruction.departement > known.code)
            FROM known
            WHERE known.code IS NOT NULL)
        SELECT known.code
        FROM known
        WHERE known.code IS NOT NULL
            AND EXISTS (
                SELECT 1
                FROM instruction
                WHERE instruction.departement = known.code
                    AND \(visible))
        ORDER BY known.code
        """
    }

    /// Every dossier that a query finds, whatever the page, at most `limit`: for acts on a whole result.
    public static func candidacies(
        _ query: InstructionQuery, _ principal: Principal, at now: Instant, limit: Int, _ reader: Reader
    ) throws -> [Candidacy.ID] {
        try reader.all(
            """
            SELECT instruction.candidacy_id
            FROM instruction
            WHERE \(SQL.join([InstructionRights.visible(to: principal)] + filters(query), " AND "))
                AND \(condition(query.tab, principal, now))
            ORDER BY instruction.call_id DESC, instruction.number
            LIMIT \(limit)
            """
        ) { Candidacy.ID(try $0.int(0)) }
    }

    /// How many dossiers wait for the principal: those they have without an outcome, those of them that are late, and messages
    /// nobody read.
    public static func duties(_ principal: Principal, at now: Instant, _ reader: Reader) throws -> Duties {
        guard let account = principal.account else { return Duties(mine: 0, late: 0, unread: 0) }
        return try reader.one(
            """
            SELECT COUNT(*), COALESCE(SUM(CASE WHEN due_at <= \(now) THEN 1 ELSE 0 END), 0),
                COALESCE(SUM(CASE WHEN unread > 0 THEN 1 ELSE 0 END), 0)
            FROM instruction
            WHERE instructor_id = \(account)
                AND state IN ('a_instruire', 'a_completer')
                AND \(InstructionRights.visible(to: principal))
            """
        ) { Duties(mine: Int(try $0.int(0)), late: Int(try $0.int(1)), unread: Int(try $0.int(2))) }
            ?? Duties(mine: 0, late: 0, unread: 0)
    }

    public struct Duties: Sendable, Equatable {
        public let mine: Int
        public let late: Int
        public let unread: Int
    }

    /// Whether there is a dossier at all that the principal may see.
    public static func exists(for principal: Principal, _ reader: Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM instruction WHERE \(InstructionRights.visible(to: principal)) LIMIT 1")
    }

    private static func counts(
        _ narrowed: SQL, _ principal: Principal, _ now: Instant, _ reader: Reader
    ) throws -> [InstructionQuery.Tab: Int] {
        try reader.one(counting(narrowed, principal, now)) { row in
            var counts: [InstructionQuery.Tab: Int] = [:]
            for (index, tab) in InstructionQuery.Tab.allCases.enumerated() { counts[tab] = Int(try row.int(index)) }
            return counts
        } ?? [:]
    }

    /// How many stand under each tab, from an index alone.
    static func counting(_ narrowed: SQL, _ principal: Principal, _ now: Instant) -> SQL {
        let sums = InstructionQuery.Tab.allCases.map { tab -> SQL in
            "COUNT(*) FILTER (WHERE \(condition(tab, principal, now)))"
        }
        return """
            SELECT \(SQL.join(sums, ", "))
            FROM instruction
            WHERE \(narrowed)
            """
    }

    static func condition(_ tab: InstructionQuery.Tab, _ principal: Principal, _ now: Instant) -> SQL {
        switch tab {
        case .mine:
            if let account = principal.account {
                """
                (instruction.instructor_id = \(account)
                    AND instruction.state IN ('a_instruire', 'a_completer'))
                """
            } else {
                "1 = 0"
            }
        case .unassigned:
            "(instruction.instructor_id IS NULL AND instruction.state IN ('a_instruire', 'a_completer'))"
        case .candidate: "instruction.state = 'a_completer'"
        case .opinion: "(instruction.open_opinions > 0 AND instruction.state IN ('a_instruire', 'a_completer'))"
        case .late: "(instruction.due_at <= \(now) AND instruction.state IN ('a_instruire', 'a_completer'))"
        case .all: "1 = 1"
        }
    }

    static func filters(_ query: InstructionQuery) -> [SQL] {
        var conditions: [SQL] = []
        if let call = query.call { conditions.append("instruction.call_id = \(call)") }
        if !query.departement.isEmpty { conditions.append("instruction.departement = \(query.departement)") }
        if let state = query.state { conditions.append("instruction.state = \(state.rawValue)") }
        // Folded words hold letters and digits alone: nothing in them is a sign of LIKE.
        let words = Words.folded(query.text).prefix(8).map { word -> SQL in
            "worded.words LIKE \("%" + word + "%")"
        }
        guard !words.isEmpty else { return conditions }
        // They are looked for in an index that holds them: the rows are read of those that have them.
        conditions.append(
            """
            instruction.candidacy_id IN (
                SELECT worded.candidacy_id
                FROM instruction AS worded
                WHERE \(SQL.join(words, " AND ")))
            """)
        return conditions
    }

    private static func calls(_ visible: SQL, _ reader: Reader) throws -> [Call] {
        try CallStore.calls(
            """
            EXISTS (
                SELECT 1
                FROM instruction
                WHERE instruction.call_id = call.id
                    AND \(visible))
            """, order: "call.updated_at DESC, call.id DESC", limit: 500, reader)
    }
}

extension InstructionBoard {
    /// Those to whom the dossiers of a board may be given: the teams of the calls it shows, by name.
    public static func team(
        of board: InstructionBoard, _ principal: Principal, _ reader: Reader
    ) throws -> [(account: Account.ID, name: String)] {
        let calls = board.query.call.map { [$0] } ?? Array(Set(board.dossiers.map(\.call))).sorted()
        guard !calls.isEmpty else { return [] }
        let members = try reader.all(
            """
            SELECT DISTINCT account_id
            FROM call_team
            WHERE call_id IN \(list: calls.map(\.number))
                AND until IS NULL
            ORDER BY account_id
            """
        ) { Account.ID(try $0.int(0)) }
        let names = try AccountStore.names(members, reader)
        return members.map { ($0, names[$0] ?? "") }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
    }
}
