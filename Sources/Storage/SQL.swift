/// A statement or a fragment of one, with its bound values.
///
/// Literal text is trusted; every interpolated value becomes a bind, so user text never becomes SQL:
///
///     "SELECT name FROM place WHERE slug = \(slug) AND \(visible)"   // `slug` is bound, `visible` is a fragment
///
/// One text serves both engines. Where they differ, the difference is one interpolation: `\(list:)`, `\(either:or:)`.
public struct SQL: Sendable, ExpressibleByStringInterpolation {
    enum Part: Sendable {
        case text(String)
        case bind(Value)
        case either(sqlite: String, postgres: String)
    }

    var parts: [Part]

    public init(stringLiteral text: String) {
        parts = [.text(text)]
    }

    public init(stringInterpolation: StringInterpolation) {
        parts = stringInterpolation.parts
    }

    /// An empty fragment, to build on.
    public init() {
        parts = []
    }

    public var isEmpty: Bool { parts.isEmpty }

    public static func + (left: SQL, right: SQL) -> SQL {
        var sum = left
        sum.parts += right.parts
        return sum
    }

    public static func += (left: inout SQL, right: SQL) {
        left.parts += right.parts
    }

    /// The fragments with `separator` between them.
    public static func join(_ fragments: [SQL], _ separator: String) -> SQL {
        var joined = SQL()
        for (index, fragment) in fragments.enumerated() {
            if index > 0 { joined.parts.append(.text(separator)) }
            joined.parts += fragment.parts
        }
        return joined
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var parts: [Part] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        public mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { parts.append(.text(literal)) }
        }

        public mutating func appendInterpolation(_ value: some Bindable) {
            parts.append(.bind(value.value))
        }

        public mutating func appendInterpolation(_ value: (some Bindable)?) {
            parts.append(.bind(value?.value ?? .null))
        }

        public mutating func appendInterpolation(_ fragment: SQL) {
            parts += fragment.parts
        }

        /// `id IN \(list: ids)`: one bind whatever the count, one plan, no limit.
        public mutating func appendInterpolation(list integers: [Int64]) {
            parts.append(
                .either(
                    sqlite: "(SELECT value FROM json_each(",
                    postgres: "(SELECT element::bigint FROM jsonb_array_elements_text(("))
            parts.append(.bind(.text("[" + integers.map(String.init).joined(separator: ",") + "]")))
            parts.append(.either(sqlite: "))", postgres: ")::jsonb) AS element)"))
        }

        /// `code IN \(list: codes)`: one bind whatever the count. Strings are JSON-escaped here.
        public mutating func appendInterpolation(list strings: [String]) {
            parts.append(
                .either(
                    sqlite: "(SELECT value FROM json_each(",
                    postgres: "(SELECT element FROM jsonb_array_elements_text(("))
            parts.append(.bind(.text("[" + strings.map(SQL.jsonString).joined(separator: ",") + "]")))
            parts.append(.either(sqlite: "))", postgres: ")::jsonb) AS element)"))
        }

        /// Text that differs between the engines. Literals only.
        public mutating func appendInterpolation(sqlite: StaticString, postgres: StaticString) {
            parts.append(.either(sqlite: "\(sqlite)", postgres: "\(postgres)"))
        }

        /// A table or column name known to the program (never text from a user).
        public mutating func appendInterpolation(name: StaticString) {
            parts.append(.text("\(name)"))
        }
    }

    static func jsonString(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        if isPlain { return "\"" + text + "\"" }
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": json += "\\\""
            case "\\": json += "\\\\"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }

    /// The text for an engine, with `?` or `$1…` in place of the values, and the values in order.
    func rendered(for dialect: Dialect) -> (text: String, values: [Value]) {
        var text = ""
        var values: [Value] = []
        values.reserveCapacity(parts.count / 2 + 1)
        for part in parts {
            switch part {
            case .text(let literal):
                text += literal
            case .either(let sqlite, let postgres):
                text += dialect == .sqlite ? sqlite : postgres
            case .bind(let value):
                values.append(value)
                if dialect == .sqlite { text += "?" } else { text += "$\(values.count)" }
            }
        }
        return (text, values)
    }
}
