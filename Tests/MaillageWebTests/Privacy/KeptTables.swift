import Storage

/// The tables of a database as they are, whatever their owners say.
enum KeptTables {
    struct Column: Sendable, Hashable {
        let name: String
        /// Holds words or bytes.
        let isText: Bool
    }

    /// Every table with its columns, but for the ledger of migrations.
    static func all(_ reader: Reader) throws -> [String: [Column]] {
        let text =
            reader.dialect == .sqlite
            ? """
            SELECT kept.name, columns.name, UPPER(columns.type)
            FROM sqlite_schema AS kept
            JOIN pragma_table_info(kept.name) AS columns
            WHERE kept.type = 'table' AND kept.name NOT LIKE 'sqlite_%'
            ORDER BY kept.name, columns.cid
            """
            : """
            SELECT table_name::text, column_name::text, UPPER(data_type::text)
            FROM information_schema.columns
            WHERE table_schema = current_schema()
            ORDER BY table_name, ordinal_position
            """
        var tables: [String: [Column]] = [:]
        try reader.each(SQL(stringLiteral: text)) { row in
            let type = try row.text(2)
            tables[try row.text(0), default: []].append(
                Column(name: try row.text(1), isText: ["TEXT", "BLOB", "BYTEA"].contains(type)))
            return true
        }
        tables["schema_migration"] = nil
        return tables
    }

    /// The columns of SQLite that name an account by a reference.
    static func accountReferences(_ reader: Reader) throws -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        try reader.each(
            """
            SELECT kept.name, links."from"
            FROM sqlite_schema AS kept
            JOIN pragma_foreign_key_list(kept.name) AS links
            WHERE kept.type = 'table' AND links."table" = 'account'
            ORDER BY 1, 2
            """
        ) { row in
            found[try row.text(0), default: []].insert(try row.text(1))
            return true
        }
        return found
    }

    /// The tables with a column of text or bytes that holds one of these words, with the columns.
    static func holding(_ words: [String], _ reader: Reader) throws -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        for (table, columns) in try all(reader).sorted(by: { $0.key < $1.key }) {
            for column in columns where column.isText {
                for word in words {
                    let sql =
                        reader.dialect == .sqlite
                        ? "SELECT COUNT(*) FROM \"\(table)\" WHERE INSTR(CAST(\"\(column.name)\" AS TEXT), '\(word)') > 0"
                        : "SELECT COUNT(*) FROM \"\(table)\" WHERE STRPOS(\"\(column.name)\"::text, '\(word)') > 0"
                    if try reader.count(SQL(stringLiteral: sql)) > 0 { found[table, default: []].insert(column.name) }
                }
            }
        }
        return found
    }
}
