import Crypto

extension Database {
    /// How many rows of a table were carried.
    public struct Carried: Sendable, Equatable {
        public let table: String
        public let rows: Int
    }

    /// On PostgreSQL: takes in every row of an SQLite database that the same migrations made, in place of what is here.
    ///
    /// One snapshot comes in by one transaction. All references are checked over all rows, each row is read back and compared with
    /// what was sent, and a failure of any kind leaves this database as it was. The other is only read. Rows pass by a hundred: no
    /// table is held in memory.
    ///
    /// Throws `StorageError.migration` when the two were not made by the same migrations, and what a row breaks otherwise.
    public func takeIn(_ source: Database) async throws -> [Carried] {
        guard case .postgres(let postgres) = engine, source.dialect == .sqlite else {
            throw StorageError.unavailable("rows are carried from SQLite to PostgreSQL only")
        }
        let url = postgres.url
        let carried = try await source.scan { reader in
            let connection = try PostgresConnection(url: url, statementTimeout: 0)
            try connection.beginWriting(unlimited: true)
            do {
                let carried = try Moving(from: reader, to: Writer(connection)).run()
                if let doomed = connection.doomed { throw doomed }
                try connection.commit()
                return carried
            } catch {
                connection.rollback()
                throw error
            }
        }
        postgres.forgetPlans()
        return carried
    }
}

/// The rows of one database on their way to another.
private struct Moving {
    private struct Table {
        let name: String
        let columns: [String]

        var quotedName: String { "\"\(name)\"" }
        var quotedColumns: String { columns.map { "\"\($0)\"" }.joined(separator: ", ") }
    }

    private let source: Reader
    private let target: Writer

    init(from source: Reader, to target: Writer) {
        self.source = source
        self.target = target
    }

    func run() throws -> [Database.Carried] {
        let tables = try agreedTables()
        // Rows come table by table: what one refers to may come later. Put back, each reference is checked over all rows.
        let references = try target.all(
            """
            SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
            FROM pg_constraint
            WHERE contype = 'f'
                AND connamespace = current_schema()::regnamespace
            ORDER BY 1, 2
            """
        ) { (table: try $0.text(0), name: try $0.text(1), words: try $0.text(2)) }
        for reference in references {
            try run("ALTER TABLE \(reference.table) DROP CONSTRAINT \(reference.name)")
        }
        let carried = try tables.map { Database.Carried(table: $0.name, rows: try carry($0)) }
        for reference in references {
            try run("ALTER TABLE \(reference.table) ADD CONSTRAINT \(reference.name) \(reference.words)")
        }
        for table in tables { try run("ANALYZE \(table.quotedName)") }
        return carried
    }

    /// Names and words of our own schema, never of anybody's input.
    private func run(_ statement: String) throws {
        try target.run(SQL(stringLiteral: statement))
    }

    /// The tables of both, once it is sure that they are the same.
    private func agreedTables() throws -> [Table] {
        func ledger(_ reader: Reader) throws -> [String] {
            try reader.all("SELECT number, checksum FROM schema_migration ORDER BY number") {
                "\(try $0.int(0)) \(try $0.text(1))"
            }
        }
        guard try ledger(source) == ledger(target) else {
            throw StorageError.migration("The two databases were not made by the same migrations.")
        }
        let here = try columns(
            of: source,
            """
            SELECT kept.name, columns.name
            FROM sqlite_schema AS kept
            JOIN pragma_table_info(kept.name) AS columns
            WHERE kept.type = 'table' AND kept.name NOT LIKE 'sqlite_%'
            ORDER BY kept.name, columns.cid
            """)
        let there = try columns(
            of: target,
            """
            SELECT table_name::text, column_name::text
            FROM information_schema.columns
            WHERE table_schema = current_schema()
            """)
        guard here.mapValues(Set.init) == there.mapValues(Set.init) else {
            throw StorageError.migration("The two databases do not have the same tables.")
        }
        return here.filter { $0.key != "schema_migration" }.sorted { $0.key < $1.key }
            .map { Table(name: $0.key, columns: $0.value) }
    }

    private func columns(of reader: Reader, _ sql: SQL) throws -> [String: [String]] {
        var tables: [String: [String]] = [:]
        try reader.each(sql) { row in
            tables[try row.text(0), default: []].append(try row.text(1))
            return true
        }
        return tables
    }

    /// Answers how many rows the table has.
    private func carry(_ table: Table) throws -> Int {
        // Migrations put some rows there.
        if try target.exists(SQL(stringLiteral: "SELECT 1 FROM \(table.quotedName) LIMIT 1")) {
            try run("DELETE FROM \(table.quotedName)")
        }
        let most = max(1, min(100, 8_000 / table.columns.count))
        var sent = RowSum()
        var batch: [Value] = []
        var weight = 0
        try source.each(SQL(stringLiteral: "SELECT \(table.quotedColumns) FROM \(table.quotedName)")) { row in
            let values = try table.columns.indices.map { try row.value($0) }
            sent.add(values)
            batch += values
            weight += values.reduce(0) { $0 + $1.weight }
            if batch.count == most * table.columns.count || weight > 1 << 20 {
                try insert(batch, into: table)
                batch.removeAll(keepingCapacity: true)
                weight = 0
            }
            return true
        }
        if !batch.isEmpty { try insert(batch, into: table) }
        guard try readBack(table) == sent else {
            throw StorageError.other(code: "carried", message: "\(table.name) is not there as it was")
        }
        return sent.rows
    }

    private func insert(_ values: [Value], into table: Table) throws {
        let width = table.columns.count
        let places = stride(from: 0, to: values.count, by: width).map { start in
            "(" + (1...width).map { "$\(start + $0)" }.joined(separator: ", ") + ")"
        }
        let text =
            "INSERT INTO \(table.quotedName) (\(table.quotedColumns)) VALUES " + places.joined(separator: ", ")
        _ = try target.connection.run(text, values.map { try $0.checked() })
    }

    private func readBack(_ table: Table) throws -> RowSum {
        var found = RowSum()
        let cursor = "\"back_\(table.name)\""
        try target.connection.script(
            "DECLARE \(cursor) NO SCROLL CURSOR FOR SELECT \(table.quotedColumns) FROM \(table.quotedName)")
        var before: Int
        repeat {
            before = found.rows
            try target.each(SQL(stringLiteral: "FETCH 100 FROM \(cursor)")) { row in
                found.add(try table.columns.indices.map { try row.value($0) })
                return true
            }
        } while found.rows > before
        try target.connection.script("CLOSE \(cursor)")
        return found
    }
}

/// What a set of rows is known by, in whatever order they come: their number, and the sum of the first half of their SHA-256.
private struct RowSum: Equatable {
    private(set) var rows = 0
    private var high: UInt64 = 0
    private var low: UInt64 = 0

    mutating func add(_ values: [Value]) {
        var hash = SHA256()
        for value in values { value.feed(&hash) }
        let (first, second) = hash.finalize().withUnsafeBytes {
            ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        rows += 1
        high &+= first
        low &+= second
    }
}

extension Value {
    /// About how many bytes it takes.
    fileprivate var weight: Int {
        switch self {
        case .null, .integer, .real: 8
        case .text(let text): text.utf8.count
        case .blob(let bytes): bytes.count
        }
    }

    /// Its kind, its length and its bytes: no two rows feed the same.
    fileprivate func feed(_ hash: inout SHA256) {
        func give(_ kind: UInt8, _ bytes: some Sequence<UInt8>, _ count: Int) {
            var head = [kind]
            withUnsafeBytes(of: Int64(count).littleEndian) { head += $0 }
            hash.update(data: head + bytes)
        }
        switch self {
        case .null: give(0, [], 0)
        case .integer(let value): withUnsafeBytes(of: value.littleEndian) { give(1, $0, 8) }
        case .real(let value): withUnsafeBytes(of: value.bitPattern.littleEndian) { give(2, $0, 8) }
        case .text(let text): give(3, text.utf8, text.utf8.count)
        case .blob(let bytes): give(4, bytes, bytes.count)
        }
    }
}
