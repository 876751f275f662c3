/// Reads unsigned and signed LEB128 numbers from bytes that may be hostile: every read may answer nothing.
struct ByteReader {
    private let bytes: [UInt8]
    private(set) var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var remaining: Int { bytes.count - position }

    mutating func byte() -> UInt8? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    /// At most five bytes, 35 bits.
    mutating func number() -> Int? {
        var value = 0
        for shift in stride(from: 0, through: 28, by: 7) {
            guard let byte = byte() else { return nil }
            value |= Int(byte & 0x7f) << shift
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }

    /// A zigzag number: 0, -1, 1, -2…
    mutating func signed() -> Int? {
        number().map { $0 >> 1 ^ -($0 & 1) }
    }
}

extension [UInt8] {
    /// Appends an unsigned LEB128 number; negative ones are written as zero.
    mutating func append(varint value: Int) {
        var rest = Swift.max(0, value)
        while rest > 0x7f {
            append(UInt8(rest & 0x7f) | 0x80)
            rest >>= 7
        }
        append(UInt8(rest))
    }

    mutating func append(zigzag value: Int) {
        append(varint: value << 1 ^ value >> (Int.bitWidth - 1))
    }
}
