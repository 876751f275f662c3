/// Writes JSON as bytes, in the order of the calls; commas and colons come by themselves.
///
/// The caller balances `begin` and `end` and gives a name before each member.
public struct JSONWriter: Sendable {
    /// What has been written and not yet taken.
    public private(set) var bytes: [UInt8] = []
    private let escapesMarkup: Bool
    private var needsComma = false

    /// - Parameter escapesMarkup: writes `<`, `>`, `&`, U+2028 and U+2029 as `\u` escapes, so that the text can stand
    ///   inside a `<script>` element.
    public init(escapesMarkup: Bool = false) { self.escapesMarkup = escapesMarkup }

    /// The bytes of one value.
    public static func bytes(of value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.bytes.reserveCapacity(1_024)
        writer.value(value)
        return writer.bytes
    }

    public mutating func beginObject() { begin(UInt8(ascii: "{")) }
    public mutating func endObject() { end(UInt8(ascii: "}")) }
    public mutating func beginArray() { begin(UInt8(ascii: "[")) }
    public mutating func endArray() { end(UInt8(ascii: "]")) }

    /// The name of the next member.
    public mutating func name(_ name: String) {
        comma()
        quoted(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    public mutating func string(_ text: String) {
        comma()
        quoted(text)
    }

    public mutating func int(_ value: Int) { word(String(value)) }

    /// The shortest digits that read back as this value; `null` for infinities and NaN, which JSON cannot say.
    public mutating func double(_ value: Double) { word(value.isFinite ? Self.shortest(value) : "null") }

    public mutating func bool(_ value: Bool) { word(value ? "true" : "false") }
    public mutating func null() { word("null") }

    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .bool(let flag): bool(flag)
        case .number(let number): word(number.text)
        case .string(let text): string(text)
        case .array(let items):
            beginArray()
            for item in items { self.value(item) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object.members {
                name(member.name)
                self.value(member.value)
            }
            endObject()
        }
    }

    /// One member, `null` for nil.
    public mutating func member(_ name: String, _ text: String?) {
        self.name(name)
        if let text { string(text) } else { null() }
    }

    public mutating func member(_ name: String, _ value: Int?) {
        self.name(name)
        if let value { int(value) } else { null() }
    }

    public mutating func member(_ name: String, _ value: Double?) {
        self.name(name)
        if let value { double(value) } else { null() }
    }

    public mutating func member(_ name: String, _ value: Bool?) {
        self.name(name)
        if let value { bool(value) } else { null() }
    }

    /// A line feed between values, for people who read the file.
    public mutating func lineBreak() { bytes.append(0x0A) }

    /// Hands over what was written since the last call, so that a long text goes out by pieces.
    public mutating func take() -> [UInt8] {
        defer { bytes.removeAll(keepingCapacity: true) }
        return bytes
    }

    static func shortest(_ value: Double) -> String {
        let text = value.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func begin(_ byte: UInt8) {
        comma()
        bytes.append(byte)
        needsComma = false
    }

    private mutating func end(_ byte: UInt8) {
        bytes.append(byte)
        needsComma = true
    }

    private mutating func word(_ text: String) {
        comma()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func quoted(_ text: String) {
        bytes.append(0x22)
        var text = text
        text.withUTF8 { utf8 in
            var kept = 0
            for index in utf8.indices {
                guard let escape = escape(at: index, in: utf8) else { continue }
                bytes.append(contentsOf: utf8[kept..<index])
                bytes.append(contentsOf: escape.text.utf8)
                kept = index + escape.length
            }
            bytes.append(contentsOf: utf8[kept...])
        }
        bytes.append(0x22)
    }

    @inline(__always)
    private func escape(at index: Int, in utf8: UnsafeBufferPointer<UInt8>) -> (text: String, length: Int)? {
        let byte = utf8[index]
        if byte >= 0x20, byte != 0x22, byte != 0x5C, !escapesMarkup { return nil }
        switch byte {
        case 0x22: return ("\\\"", 1)
        case 0x5C: return ("\\\\", 1)
        case 0x08: return ("\\b", 1)
        case 0x09: return ("\\t", 1)
        case 0x0A: return ("\\n", 1)
        case 0x0C: return ("\\f", 1)
        case 0x0D: return ("\\r", 1)
        case 0..<0x20: return (byte < 0x10 ? "\\u000" + String(byte, radix: 16) : "\\u00" + String(byte, radix: 16), 1)
        case UInt8(ascii: "<"): return ("\\u003c", 1)
        case UInt8(ascii: ">"): return ("\\u003e", 1)
        case UInt8(ascii: "&"): return ("\\u0026", 1)
        case 0xE2 where index + 2 < utf8.count && utf8[index + 1] == 0x80 && utf8[index + 2] | 1 == 0xA9:
            return (utf8[index + 2] == 0xA8 ? "\\u2028" : "\\u2029", 3)
        default: return nil
        }
    }
}
