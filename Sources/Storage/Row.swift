import CLibPQ
import CSQLite

/// A row while it is being read, by position. Valid only inside the closure it is given to.
///
/// Readers that state a type (`int`, `text`, …) throw `StorageError.unexpectedValue` on NULL; the `optional…` forms answer nil.
/// Both throw it when the column holds another type: `text` does not turn a number into digits, `int` does not round.
public struct Row {
    enum Source {
        case sqlite(OpaquePointer)
        case postgres(OpaquePointer, Int32)
    }

    let source: Source

    public func isNull(_ column: Int) -> Bool {
        let index = Int32(truncatingIfNeeded: column)
        switch source {
        case .sqlite(let statement): return sqlite3_column_type(statement, index) == SQLITE_NULL
        case .postgres(let result, let row): return PQgetisnull(result, row, index) == 1
        }
    }

    public func int(_ column: Int) throws -> Int64 {
        guard let value = try optionalInt(column) else { throw refused(column, "integer") }
        return value
    }

    public func optionalInt(_ column: Int) throws -> Int64? {
        let index = Int32(truncatingIfNeeded: column)
        switch source {
        case .sqlite(let statement):
            switch sqlite3_column_type(statement, index) {
            case SQLITE_INTEGER: return sqlite3_column_int64(statement, index)
            case SQLITE_NULL: return nil
            default: throw refused(column, "integer")
            }
        case .postgres(let result, let row):
            guard let text = PostgresText(result, row, index) else { return nil }
            guard let value = text.integer else { throw refused(column, "integer") }
            return value
        }
    }

    public func double(_ column: Int) throws -> Double {
        guard let value = try optionalDouble(column) else { throw refused(column, "double") }
        return value
    }

    /// An integer is answered as a double.
    public func optionalDouble(_ column: Int) throws -> Double? {
        let index = Int32(truncatingIfNeeded: column)
        switch source {
        case .sqlite(let statement):
            switch sqlite3_column_type(statement, index) {
            case SQLITE_FLOAT, SQLITE_INTEGER: return sqlite3_column_double(statement, index)
            case SQLITE_NULL: return nil
            default: throw refused(column, "double")
            }
        case .postgres(let result, let row):
            guard let text = PostgresText(result, row, index) else { return nil }
            guard let value = text.double else { throw refused(column, "double") }
            return value
        }
    }

    public func bool(_ column: Int) throws -> Bool {
        try int(column) != 0
    }

    public func text(_ column: Int) throws -> String {
        guard let value = try optionalText(column) else { throw refused(column, "text") }
        return value
    }

    public func optionalText(_ column: Int) throws -> String? {
        guard let bytes = try textBytes(column) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The column's UTF-8 without a copy, valid inside `body` only.
    public func withText<T>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> T) throws -> T {
        guard let bytes = try textBytes(column) else { throw refused(column, "text") }
        return try body(bytes)
    }

    public func bytes(_ column: Int) throws -> [UInt8] {
        guard let value = try optionalBytes(column) else { throw refused(column, "bytes") }
        return value
    }

    public func optionalBytes(_ column: Int) throws -> [UInt8]? {
        let index = Int32(truncatingIfNeeded: column)
        switch source {
        case .sqlite(let statement):
            switch sqlite3_column_type(statement, index) {
            case SQLITE_BLOB:
                // SQLite answers a null pointer for an empty blob.
                guard let start = sqlite3_column_blob(statement, index) else { return [] }
                let count = Int(sqlite3_column_bytes(statement, index))
                return [UInt8](UnsafeRawBufferPointer(start: start, count: count))
            case SQLITE_NULL: return nil
            default: throw refused(column, "bytes")
            }
        case .postgres(let result, let row):
            guard let text = PostgresText(result, row, index) else { return nil }
            guard let value = text.bytes else { throw refused(column, "bytes") }
            return value
        }
    }

    /// What the column holds, of whatever kind.
    func value(_ column: Int) throws -> Value {
        let index = Int32(truncatingIfNeeded: column)
        switch source {
        case .sqlite(let statement):
            switch sqlite3_column_type(statement, index) {
            case SQLITE_NULL: return .null
            case SQLITE_INTEGER: return .integer(try int(column))
            case SQLITE_FLOAT: return .real(try double(column))
            case SQLITE_TEXT: return .text(try text(column))
            default: return .blob(try bytes(column))
            }
        case .postgres(let result, let row):
            guard let text = PostgresText(result, row, index) else { return .null }
            switch text.type {
            case .int8: return .integer(try int(column))
            case .float8: return .real(try double(column))
            case .bytea: return .blob(try bytes(column))
            case .text: return .text(try self.text(column))
            default: throw refused(column, "a value of the schema")
            }
        }
    }

    private func textBytes(_ column: Int) throws -> UnsafeRawBufferPointer? {
        let index = Int32(truncatingIfNeeded: column)
        switch source {
        case .sqlite(let statement):
            switch sqlite3_column_type(statement, index) {
            case SQLITE_TEXT:
                guard let start = sqlite3_column_text(statement, index) else { throw refused(column, "text") }
                return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, index)))
            case SQLITE_NULL: return nil
            default: throw refused(column, "text")
            }
        case .postgres(let result, let row):
            guard let text = PostgresText(result, row, index) else { return nil }
            guard text.isText else { throw refused(column, "text") }
            return text.raw
        }
    }

    private func refused(_ column: Int, _ wanted: String) -> StorageError {
        .unexpectedValue(column: column, wanted: wanted)
    }
}
