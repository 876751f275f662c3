/// Text inside XML documents that this module writes.
enum XMLText {
    /// Appends text with `& < > " '` escaped and the characters XML 1.0 forbids (most controls) left out; fit for
    /// element content and for attributes in either quotes.
    static func append(_ text: some StringProtocol, to bytes: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes += Array("&amp;".utf8)
            case "<": bytes += Array("&lt;".utf8)
            case ">": bytes += Array("&gt;".utf8)
            case "\"": bytes += Array("&quot;".utf8)
            case "'": bytes += Array("&#39;".utf8)
            case "\t", "\n": bytes.append(UInt8(scalar.value))
            // A carriage return would be read as a new line: write what will be read.
            case "\r": bytes += Array("&#13;".utf8)
            case _ where scalar.value < 0x20 || (scalar.value & 0xFFFE) == 0xFFFE: break
            default: bytes += Array(String(scalar).utf8)
            }
        }
    }

    /// `<name attribute="value">text</name>` on its own line; nothing when the text is nil.
    static func element(
        _ name: String, _ text: String?, _ attributes: [(String, String)] = [], into bytes: inout [UInt8]
    ) {
        guard let text else { return }
        open(name, attributes, into: &bytes)
        bytes.append(UInt8(ascii: ">"))
        append(text, to: &bytes)
        bytes += Array("</\(name)>\n".utf8)
    }

    /// `<name attribute="value"/>` on its own line.
    static func empty(_ name: String, _ attributes: [(String, String)], into bytes: inout [UInt8]) {
        open(name, attributes, into: &bytes)
        bytes += Array("/>\n".utf8)
    }

    private static func open(_ name: String, _ attributes: [(String, String)], into bytes: inout [UInt8]) {
        bytes += Array("<\(name)".utf8)
        for (key, value) in attributes {
            bytes += Array(" \(key)=\"".utf8)
            append(value, to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
    }
}
