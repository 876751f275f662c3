import CLibPQ

/// PostgreSQL's SQLSTATE in the words both engines share (https://www.postgresql.org/docs/15/errcodes-appendix.html).
enum PostgresFailure {
    static func error(_ result: OpaquePointer) -> StorageError {
        let state = field(result, "C") ?? ""
        let message = field(result, "M") ?? "no message"
        switch state {
        case "23505": return .unique(columns(result) ?? field(result, "n") ?? message)
        case "23503": return .foreignKey(field(result, "n") ?? message)
        case "23514": return .check(field(result, "n") ?? message)
        case "P0001": return .check(message)  // RAISE EXCEPTION in a trigger
        case "23502":
            return .notNull([field(result, "t"), field(result, "c")].compactMap(\.self).joined(separator: "."))
        case "40001", "40P01", "55P03": return .serialization
        case "57014": return .timeout
        case "53100": return .diskFull
        case "25006": return .readOnly
        case "57P01", "57P02", "57P03", "53300", "25P03": return .unavailable(message)
        default: break
        }
        // Another node changed the schema under a prepared statement: a fresh connection has none.
        if stalePlan(state, message) { return .serialization }
        return .other(code: state, message: message)
    }

    /// What a notice warns of; nil when it only informs.
    static func warning(_ notice: OpaquePointer) -> String? {
        field(notice, "V") == "WARNING" ? field(notice, "M") ?? "no message" : nil
    }

    static func isStalePlan(_ result: OpaquePointer) -> Bool {
        stalePlan(field(result, "C") ?? "", field(result, "M") ?? "")
    }

    private static func stalePlan(_ state: String, _ message: String) -> Bool {
        state == "26000" || (state == "0A000" && message.hasPrefix("cached plan"))
    }

    /// `table.column, table.other`, SQLite's words, out of the detail `Key (column, other)=(…) already exists.`
    private static func columns(_ result: OpaquePointer) -> String? {
        guard let table = field(result, "t"), let detail = field(result, "D") else { return nil }
        let bytes = Array(detail.utf8)
        guard let open = bytes.firstIndex(of: UInt8(ascii: "(")) else { return nil }
        let end = UInt8(ascii: ")")
        guard
            let close = bytes.indices.first(where: {
                $0 > open && bytes[$0] == end && $0 + 1 < bytes.count && bytes[$0 + 1] == UInt8(ascii: "=")
            })
        else { return nil }
        return bytes[(open + 1)..<close].split(separator: UInt8(ascii: ","))
            .map { "\(table)." + String(decoding: $0.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self) }
            .joined(separator: ", ")
    }

    /// A field of the report, by the letter libpq gives it (`PG_DIAG_…` in postgres_ext.h).
    private static func field(_ result: OpaquePointer, _ letter: Unicode.Scalar) -> String? {
        PQresultErrorField(result, Int32(letter.value)).map { String(cString: $0) }
    }
}
