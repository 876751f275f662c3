/// One way only to write a JSON value, so that what is hashed or signed has one form: RFC 8785 (JCS) for values without
/// fractions.
///
/// Members are sorted by the UTF-16 code units of their names, nothing stands between the tokens, strings carry only the
/// escapes that JSON requires, and numbers are whole, at most 2⁵³ − 1 in size. Fractions are refused rather than rounded:
/// the shortest writing of a `Double` is where implementations of RFC 8785 differ, and what Maillage signs counts cents,
/// bytes and microseconds.
public enum CanonicalJSON {
    /// Why a value has no canonical form.
    public enum Problem: Error, Sendable, Equatable {
        /// A number with a fraction or an exponent, `-0`, or beyond 2⁵³ − 1.
        case number(String)
        /// A member comes twice.
        case duplicate(String)
    }

    /// The largest whole number that every reader of JSON keeps exactly.
    public static let largest = 9_007_199_254_740_991

    /// The canonical bytes of a value. Throws `Problem`.
    public static func bytes(of value: JSONValue) throws(Problem) -> [UInt8] {
        JSONWriter.bytes(of: try sorted(value))
    }

    /// Whether these bytes are the canonical form of a value, which is answered; nil when they are JSON written in another
    /// way, or no JSON at all.
    public static func read(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) -> JSONValue? {
        guard let value = try? JSONValue.parse(bytes, limits: limits) else { return nil }
        guard let written = try? Self.bytes(of: value), written == bytes else { return nil }
        return value
    }

    /// By UTF-16 code units: the order of UTF-8, save beyond U+D7FF, where surrogates come before U+E000.
    private static func precedes(_ left: String, _ right: String) -> Bool {
        if left.utf8.allSatisfy({ $0 < 0xEE }) && right.utf8.allSatisfy({ $0 < 0xEE }) {
            return left.utf8.lexicographicallyPrecedes(right.utf8)
        }
        return left.utf16.lexicographicallyPrecedes(right.utf16)
    }

    private static func sorted(_ value: JSONValue) throws(Problem) -> JSONValue {
        switch value {
        case .null, .bool, .string: return value
        case .number(let number):
            guard let whole = Int(number.text), whole.magnitude <= UInt(largest), String(whole) == number.text else {
                throw .number(number.text)
            }
            return value
        case .array(let items):
            var out: [JSONValue] = []
            out.reserveCapacity(items.count)
            for item in items { out.append(try sorted(item)) }
            return .array(out)
        case .object(let object):
            var members: [JSONObject.Member] = []
            members.reserveCapacity(object.members.count)
            for member in object.members {
                members.append(JSONObject.Member(member.name, try sorted(member.value)))
            }
            members.sort { precedes($0.name, $1.name) }
            for (left, right) in zip(members, members.dropFirst())
            where left.name.utf8.elementsEqual(right.name.utf8) {
                throw .duplicate(left.name)
            }
            return .object(JSONObject(members))
        }
    }
}
