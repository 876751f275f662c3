/// Gathers the bytes of one JSON value and knows when it ends, by quotes and brackets alone; the strict parser then
/// says whether they make sense.
struct JSONCapture: Sendable {
    var bytes: [UInt8] = []
    var line = 1
    var column = 1
    private var depth = 0
    private var inString = false
    private var escaped = false
    private var isScalar = false
    private var opened = false

    /// Starts a value at the given place.
    mutating func begin(line: Int, column: Int) {
        bytes.removeAll(keepingCapacity: bytes.count <= 1 << 20)
        (self.line, self.column) = (line, column)
        (depth, inString, escaped, isScalar, opened) = (0, false, false, false, false)
    }

    /// Takes bytes from `start` on, to the end of the value or of the chunk.
    ///
    /// - Parameters:
    ///   - offset: the place in the file of the chunk's first byte.
    ///   - line: the current line, moved forward at each line feed, as is `lineStart`, the offset of its first byte.
    /// - Returns: the index after what was taken, and whether the value is whole.
    mutating func take(
        _ input: UnsafeBufferPointer<UInt8>, from start: Int, offset: Int, line: inout Int, lineStart: inout Int
    ) -> (next: Int, isWhole: Bool) {
        var index = start
        var isWhole = false
        scan: while index < input.count {
            let byte = input[index]
            if inString {
                if escaped {
                    escaped = false
                } else if byte == 0x5C {
                    escaped = true
                } else if byte == 0x22 {
                    inString = false
                    isWhole = depth == 0
                } else if byte == 0x0A {
                    line += 1
                    lineStart = offset + index + 1
                }
                index += 1
                if isWhole { break scan }
                continue
            }
            switch byte {
            case 0x22 where !isScalar:
                inString = true
            case UInt8(ascii: "{") where !isScalar, UInt8(ascii: "[") where !isScalar:
                depth += 1
            case UInt8(ascii: "}") where depth > 0, UInt8(ascii: "]") where depth > 0:
                depth -= 1
                isWhole = depth == 0
            case 0x2C, UInt8(ascii: "}"), UInt8(ascii: "]"), 0x20, 0x09, 0x0A, 0x0D:
                if depth == 0 {
                    isWhole = true
                    break scan
                }
                if byte == 0x0A {
                    line += 1
                    lineStart = offset + index + 1
                }
            default:
                if !opened { isScalar = true }
            }
            opened = true
            index += 1
            if isWhole { break scan }
        }
        bytes.append(contentsOf: input[start..<index])
        return (index, isWhole)
    }
}
