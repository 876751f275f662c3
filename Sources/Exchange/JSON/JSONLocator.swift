/// One step into a JSON value.
public enum JSONStep: Sendable, Equatable {
    case member(String)
    case item(Int)
}

/// Finds where a value stands in valid JSON bytes, so that a refusal can name its line without every value carrying one.
public enum JSONLocator {
    /// The line and the byte in it, both from 1, of the value at the end of the path; of the deepest value found when
    /// the path leads nowhere.
    ///
    /// - Parameters:
    ///   - bytes: JSON that has been parsed without error; anything else gives some place, never a trap.
    ///   - line: the line of the first byte in its file, and `column` its place in that line.
    public static func place(
        of path: [JSONStep], in bytes: [UInt8], line: Int = 1, column: Int = 1
    ) -> (line: Int, column: Int) {
        var walk = Walk(bytes: bytes)
        walk.skipBlanks()
        for step in path where !walk.enter(step) { break }
        var place = (line: line, column: column)
        for byte in bytes.prefix(walk.found) {
            place = byte == 0x0A ? (place.line + 1, 1) : (place.line, place.column + 1)
        }
        return place
    }

    /// A cursor over bytes; `found` is the start of the last value entered.
    private struct Walk {
        let bytes: [UInt8]
        var index = 0
        var found = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

        mutating func skipBlanks() {
            while let byte, byte <= 0x20 { index += 1 }
            found = max(found, index)
        }

        mutating func enter(_ step: JSONStep) -> Bool {
            index = found
            let opening = byte
            index += 1
            switch step {
            case .item(let wanted):
                guard opening == UInt8(ascii: "[") else { return false }
                for position in 0..<max(wanted, 0) + 1 {
                    passBlanks()
                    if byte == UInt8(ascii: "]") { return false }
                    if position == wanted { return arrive() }
                    passValue()
                    guard passComma() else { return false }
                }
            case .member(let wanted):
                guard opening == UInt8(ascii: "{") else { return false }
                while byte != nil {
                    passBlanks()
                    let start = index
                    guard byte == 0x22 else { return false }
                    passValue()
                    // A name that does not parse is not the one sought.
                    let name = try? JSONValue.parse(Array(bytes[start..<index])).string
                    passBlanks()
                    index += 1
                    passBlanks()
                    if name == wanted { return arrive() }
                    passValue()
                    guard passComma() else { return false }
                }
            }
            return false
        }

        private mutating func arrive() -> Bool {
            guard index < bytes.count else { return false }
            found = index
            return true
        }

        private mutating func passBlanks() {
            while let byte, byte <= 0x20 { index += 1 }
        }

        private mutating func passComma() -> Bool {
            passBlanks()
            guard byte == UInt8(ascii: ",") else { return false }
            index += 1
            return true
        }

        /// Goes after a value, by its quotes and brackets.
        private mutating func passValue() {
            var depth = 0
            while let byte {
                switch byte {
                case 0x22:
                    index += 1
                    while let inner = self.byte, inner != 0x22 { index += inner == 0x5C ? 2 : 1 }
                case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
                case UInt8(ascii: "]"), UInt8(ascii: "}"):
                    if depth == 0 { return }
                    depth -= 1
                case UInt8(ascii: ",") where depth == 0: return
                default:
                    index += 1
                    continue
                }
                index = min(index + 1, bytes.count)
                if depth == 0 { return }
            }
            index = min(index, bytes.count)
        }
    }
}
