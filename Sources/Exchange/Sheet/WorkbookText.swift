/// Texts as the XML of workbooks holds them: escaped, without what XML 1.0 cannot hold, cut where a cell ends.
enum WorkbookText {
    static func attribute(_ text: String) -> String {
        var bytes: [UInt8] = []
        append(text, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// - Parameter escapesHexadecimal: `_x0041_` means a character in XLSX; what was typed so must stay what was typed.
    static func append(_ text: String, escapesHexadecimal: Bool = false, to bytes: inout [UInt8]) {
        var text = cut(text)
        text.withUTF8 { source in
            var index = 0
            while index < source.count {
                let byte = source[index]
                switch byte {
                case UInt8(ascii: "&"): bytes += Array("&amp;".utf8)
                case UInt8(ascii: "<"): bytes += Array("&lt;".utf8)
                case UInt8(ascii: ">"): bytes += Array("&gt;".utf8)
                case UInt8(ascii: "\""): bytes += Array("&quot;".utf8)
                case 0x09, 0x0A: bytes.append(byte)
                case 0x00..<0x20: break
                case UInt8(ascii: "_") where escapesHexadecimal && isHexadecimal(source, index):
                    bytes += Array("_x005F_".utf8)
                case 0xEF where isForbidden(source, index): index += 2
                default: bytes.append(byte)
                }
                index += 1
            }
        }
    }

    /// Lines as paragraphs, and each run of spaces as it was typed: XML readers would make one of it.
    static func appendParagraphs(_ text: String, to bytes: inout [UInt8]) {
        var plain: [UInt8] = []
        append(text, to: &plain)
        var spaces = 0
        var isStart = true
        func close(_ bytes: inout [UInt8]) {
            guard spaces > 0 else { return }
            // One in the middle of a line is a space; the first ones of a line and those after the first are written as such.
            let kept = isStart ? spaces : spaces - 1
            if !isStart { bytes.append(0x20) }
            if kept > 0 { bytes += Array("<text:s text:c=\"\(kept)\"/>".utf8) }
            spaces = 0
        }
        for byte in plain {
            switch byte {
            case 0x20: spaces += 1
            case 0x0A:
                close(&bytes)
                bytes += Array("</text:p><text:p>".utf8)
                isStart = true
            case 0x09:
                close(&bytes)
                bytes += Array("<text:tab/>".utf8)
                isStart = false
            default:
                close(&bytes)
                bytes.append(byte)
                isStart = false
            }
        }
        close(&bytes)
    }

    /// Programs count in UTF-16.
    private static func cut(_ text: String) -> String {
        guard text.utf8.count > WorkbookCell.longestText, text.utf16.count > WorkbookCell.longestText else {
            return text
        }
        var count = 0
        var kept = ""
        for character in text {
            count += character.utf16.count
            guard count < WorkbookCell.longestText else { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// `_x`, four hexadecimal digits, `_`.
    private static func isHexadecimal(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        guard index + 6 < source.count, source[index + 1] == UInt8(ascii: "x"), source[index + 6] == UInt8(ascii: "_")
        else {
            return false
        }
        return (index + 2...index + 5).allSatisfy { place in
            let byte = source[place]
            return 0x30...0x39 ~= byte || 0x41...0x46 ~= byte || 0x61...0x66 ~= byte
        }
    }

    /// U+FFFE and U+FFFF are EF BF BE and EF BF BF.
    private static func isForbidden(_ source: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        index + 2 < source.count && source[index + 1] == 0xBF && source[index + 2] >= 0xBE
    }
}
