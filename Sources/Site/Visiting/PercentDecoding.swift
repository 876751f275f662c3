import Foundation

/// Reads percent-encoded text (RFC 3986, § 2.1) without guessing: what is not exact is refused.
enum PercentDecoding {
    /// The text, in Unicode's composed form so that an « é » typed on any keyboard compares equal in Swift and in SQL.
    static func text(_ bytes: some Collection<UInt8>, plusIsSpace: Bool) throws(Malformed) -> String {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var isASCII = true
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            var decoded = byte
            if byte == UInt8(ascii: "%") {
                guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit) else {
                    throw Malformed()
                }
                decoded = high << 4 | low
            } else if plusIsSpace, byte == UInt8(ascii: "+") {
                decoded = UInt8(ascii: " ")
            }
            guard decoded != 0 else { throw Malformed() }
            if decoded >= 0x80 { isASCII = false }
            plain.append(decoded)
        }
        guard let text = String(validating: plain, as: UTF8.self) else { throw Malformed() }
        return isASCII ? text : text.precomposedStringWithCanonicalMapping
    }

    /// The same text in Unicode's composed form.
    static func composed(_ text: String) -> String {
        text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
