/// A JSON value (RFC 8259) as it was written: members keep their order, numbers their digits.
public enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(JSONNumber)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// The text of a string; nil for any other value.
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }
    /// The value of a number that a `Double` can hold finitely.
    public var double: Double? { if case .number(let number) = self { number.double } else { nil } }
    /// The value of a whole number that an `Int` holds exactly.
    public var int: Int? { if case .number(let number) = self { number.int } else { nil } }
    public var array: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
    public var object: JSONObject? { if case .object(let members) = self { members } else { nil } }
    public var isNull: Bool { self == .null }

    /// The first member of this name when the value is an object.
    public subscript(name: String) -> JSONValue? { object?[name] }

    /// The kind of value, for messages: `object`, `array`, `string`, `number`, `boolean` or `null`.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

/// A number kept as its JSON text, so that `0.10` and a 30-digit identifier survive a round trip.
public struct JSONNumber: Sendable, Equatable {
    /// The digits as written: a valid JSON number.
    public let text: String

    init(validated text: String) { self.text = text }

    public init(_ value: Int) { text = String(value) }

    /// Nil for infinities and NaN, which JSON cannot say.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = JSONWriter.shortest(value)
    }

    /// The nearest `Double`; nil when it would be infinite.
    public var double: Double? {
        guard let value = JSONNumberText.double(text), value.isFinite else { return nil }
        return value
    }

    /// The exact `Int`; `12.0` and `1e3` are whole, `12.5` is not.
    public var int: Int? {
        if let value = Int(text) { return value }
        guard let value = double, value.magnitude <= 9_007_199_254_740_992 else { return nil }
        return Int(exactly: value)
    }
}

/// The members of a JSON object, in file order, without duplicates.
public struct JSONObject: Sendable, Equatable {
    /// One name with its value.
    public struct Member: Sendable, Equatable {
        public let name: String
        public let value: JSONValue

        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    public private(set) var members: [Member]

    public init(_ members: [Member] = []) { self.members = members }

    public subscript(name: String) -> JSONValue? {
        // As bytes in the end: Swift's equality alone would take two Unicode spellings of a name for one.
        for member in members where member.name == name && member.name.utf8.elementsEqual(name.utf8) {
            return member.value
        }
        return nil
    }

    public var names: [String] { members.map(\.name) }
    public var isEmpty: Bool { members.isEmpty }

    /// Adds a member at the end.
    public mutating func append(_ name: String, _ value: JSONValue) { members.append(Member(name, value)) }
}
