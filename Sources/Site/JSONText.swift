/// JSON written straight into bytes, in the order it is told: the same words give the same bytes, so validators hold.
struct JSONText: Sendable {
    private(set) var bytes: [UInt8] = []
    private var needsComma = false

    mutating func object(_ content: (inout JSONText) -> Void) {
        begin(UInt8(ascii: "{"))
        content(&self)
        end(UInt8(ascii: "}"))
    }

    mutating func object(_ name: String, _ content: (inout JSONText) -> Void) {
        key(name)
        object(content)
    }

    mutating func array<Item>(
        _ name: String, _ items: some Sequence<Item>, _ write: (inout JSONText, Item) -> Void
    ) {
        key(name)
        begin(UInt8(ascii: "["))
        for item in items { write(&self, item) }
        end(UInt8(ascii: "]"))
    }

    mutating func field(_ name: String, _ text: String) {
        key(name)
        value(text)
    }

    mutating func field(_ name: String, _ number: Int) {
        key(name)
        separate()
        bytes += Array(String(number).utf8)
    }

    mutating func field(_ name: String, _ flag: Bool) {
        key(name)
        separate()
        bytes += Array((flag ? "true" : "false").utf8)
    }

    /// A value that is JSON already.
    mutating func field(_ name: String, json: String) {
        key(name)
        separate()
        bytes += Array(json.utf8)
    }

    mutating func value(_ text: String) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes += [UInt8(ascii: "\\"), byte]
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            default:
                bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func key(_ name: String) {
        value(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}
