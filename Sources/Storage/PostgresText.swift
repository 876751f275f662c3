import CLibPQ

/// One column of a libpq result in text format, read by the type the server declares for it.
struct PostgresText {
    let raw: UnsafeRawBufferPointer
    let type: PostgresType?

    /// nil when the column is NULL (or does not exist, which libpq reports the same way).
    init?(_ result: OpaquePointer, _ row: Int32, _ column: Int32) {
        guard PQgetisnull(result, row, column) == 0, let start = PQgetvalue(result, row, column) else { return nil }
        raw = UnsafeRawBufferPointer(start: start, count: Int(max(0, PQgetlength(result, row, column))))
        type = PostgresType(rawValue: PQftype(result, column))
    }

    /// A boolean reads as 0 or 1: `SELECT a = b` is an integer in SQLite. A NUMERIC (`sum` of BIGINT) reads if it is whole.
    var integer: Int64? {
        switch type {
        case .bool: raw.first == UInt8(ascii: "t") ? 1 : 0
        case .int2, .int4, .int8, .numeric: Int64(String(decoding: raw, as: UTF8.self))
        default: nil
        }
    }

    var double: Double? {
        switch type {
        case .int2, .int4, .int8, .numeric, .float4, .float8: Double(String(decoding: raw, as: UTF8.self))
        default: nil
        }
    }

    var isText: Bool {
        switch type {
        case .bool, .bytea, .int2, .int4, .int8, .float4, .float8, .numeric: false
        case .text, nil: true
        }
    }

    /// The server's `\x` form, two hexadecimal digits a byte.
    var bytes: [UInt8]? {
        guard type == .bytea, raw.count >= 2, raw.count % 2 == 0, raw[0] == UInt8(ascii: "\\") else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(raw.count / 2 - 1)
        var index = 2
        while index + 1 < raw.count {
            guard let high = Self.digit(raw[index]), let low = Self.digit(raw[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
            index += 2
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

/// The object identifiers of the types Maillage uses; they are fixed in the server's catalogue (`pg_type.dat`).
enum PostgresType: Oid {
    case bool = 16
    case bytea = 17
    case int8 = 20
    case int2 = 21
    case int4 = 23
    case text = 25
    case float4 = 700
    case float8 = 701
    case numeric = 1700
}
