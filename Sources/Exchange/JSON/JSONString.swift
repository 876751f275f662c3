extension JSONParser {
    /// Reads a string whose opening quote is at `index`.
    mutating func string() throws(Stop) -> String {
        index += 1
        let start = index
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "\"") {
                let text = try text(UnsafeBufferPointer(rebasing: bytes[start..<index]), at: start)
                index += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try escapedString(from: start) }
            guard byte >= 0x20 else { throw stop(byte == 0 ? .nullCharacter : .controlCharacter) }
            index += 1
        }
        throw stop(.unexpectedEnd)
    }

    /// The slow road, once an escape was met: the bytes are gathered unescaped.
    private mutating func escapedString(from start: Int) throws(Stop) -> String {
        var gathered = Array(bytes[start..<index])
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""):
                guard index - start <= limits.stringBytes else { throw stop(.tooLong(limit: limits.stringBytes)) }
                index += 1
                guard let text = String(validating: gathered, as: UTF8.self) else {
                    throw Stop(kind: .invalidUTF8, offset: start)
                }
                return text
            case UInt8(ascii: "\\"): try escape(into: &gathered)
            case 0: throw stop(.nullCharacter)
            case 1..<0x20: throw stop(.controlCharacter)
            default:
                gathered.append(byte)
                index += 1
            }
        }
        throw stop(.unexpectedEnd)
    }

    private func text(_ span: UnsafeBufferPointer<UInt8>, at start: Int) throws(Stop) -> String {
        guard span.count <= limits.stringBytes else {
            throw Stop(kind: .tooLong(limit: limits.stringBytes), offset: start)
        }
        guard let text = String(validating: span, as: UTF8.self) else {
            throw Stop(kind: .invalidUTF8, offset: start)
        }
        return text
    }

    private mutating func escape(into gathered: inout [UInt8]) throws(Stop) {
        guard index + 1 < bytes.count else {
            index = bytes.count
            throw stop(.unexpectedEnd)
        }
        switch bytes[index + 1] {
        case UInt8(ascii: "\""): gathered.append(0x22)
        case UInt8(ascii: "\\"): gathered.append(0x5C)
        case UInt8(ascii: "/"): gathered.append(0x2F)
        case UInt8(ascii: "b"): gathered.append(0x08)
        case UInt8(ascii: "f"): gathered.append(0x0C)
        case UInt8(ascii: "n"): gathered.append(0x0A)
        case UInt8(ascii: "r"): gathered.append(0x0D)
        case UInt8(ascii: "t"): gathered.append(0x09)
        case UInt8(ascii: "u"): return try unicodeEscape(into: &gathered)
        default: throw stop(.invalidEscape)
        }
        index += 2
    }

    /// `\uXXXX`, or the two of a surrogate pair; a half alone is refused.
    private mutating func unicodeEscape(into gathered: inout [UInt8]) throws(Stop) {
        guard let first = hexadecimal(at: index + 2) else { throw stop(.invalidEscape) }
        guard first != 0 else { throw stop(.nullCharacter) }
        var code = first
        var length = 6
        if (0xD800...0xDBFF).contains(first) {
            guard index + 7 < bytes.count, bytes[index + 6] == 0x5C, bytes[index + 7] == UInt8(ascii: "u"),
                let second = hexadecimal(at: index + 8), (0xDC00...0xDFFF).contains(second)
            else { throw stop(.invalidEscape) }
            code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
            length = 12
        }
        guard let scalar = UnicodeScalar(code) else { throw stop(.invalidEscape) }
        gathered.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
        index += length
    }

    private func hexadecimal(at start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for offset in start..<start + 4 {
            switch bytes[offset] {
            case 0x30...0x39: value = value << 4 | UInt32(bytes[offset] - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(bytes[offset] - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | UInt32(bytes[offset] - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }
}
