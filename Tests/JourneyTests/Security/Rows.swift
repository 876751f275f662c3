import Storage

/// Tables read as they are, for tests that compare what was there before and after.
enum Rows {
    /// A number made of every row of a table: equal for equal contents, whatever the order.
    static func digest(of table: String, _ reader: Reader) throws -> Int {
        try rows(of: table, reader).reduce(into: 0) { $0 &+= fingerprint($1) }
    }

    /// Between two columns of a row.
    static let separator: Character = "\u{1F}"

    /// Every row as one text, `name=value` by `name=value`, sorted.
    static func rows(of table: String, _ reader: Reader) throws -> [String] {
        let names = try columns(of: table, reader)
        let parts = names.map { name in
            reader.dialect == .sqlite ? "'\(name)=' || quote(\(name))" : "'\(name)=' || COALESCE(\(name)::text, 'NULL')"
        }
        let separator = reader.dialect == .sqlite ? " || char(31) || " : " || chr(31) || "
        let text = "SELECT " + parts.joined(separator: separator) + " FROM " + table
        return try reader.all(SQL(stringLiteral: text)) { try $0.text(0) }.sorted()
    }

    static func columns(of table: String, _ reader: Reader) throws -> [String] {
        let text =
            reader.dialect == .sqlite
            ? "SELECT name FROM pragma_table_info('\(table)') ORDER BY cid"
            : "SELECT column_name::text FROM information_schema.columns WHERE table_name = '\(table)' "
                + "AND table_schema = current_schema() ORDER BY ordinal_position"
        return try reader.all(SQL(stringLiteral: text)) { try $0.text(0) }
    }

    static func tables(_ reader: Reader) throws -> [String] {
        let text =
            reader.dialect == .sqlite
            ? "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            : "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY table_name"
        return try reader.all(SQL(stringLiteral: text)) { try $0.text(0) }
    }

    /// FNV-1a.
    private static func fingerprint(_ row: String) -> Int {
        Int(bitPattern: row.utf8.reduce(UInt(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt($1)) &* 0x100_0000_01B3 })
    }
}
