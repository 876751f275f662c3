/// A JSON value written by hand: for JSON-LD blocks and data read by scripts.
///
/// Members keep the order in which they were given, so that pages and their ETags do not flicker.
public indirect enum StructuredData: Sendable {
    case text(String)
    case number(Int)
    case decimal(Double)
    case flag(Bool)
    case list([StructuredData])
    case object([(String, StructuredData?)])

    /// Text, or nothing when there is none: `("url", .optional(site))`.
    public static func optional(_ text: String?) -> StructuredData? {
        text.map { .text($0) }
    }
}

extension StructuredData: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    public init(stringLiteral value: String) { self = .text(value) }
    public init(arrayLiteral elements: StructuredData...) { self = .list(elements) }
    /// Members whose value is nil are left out.
    public init(dictionaryLiteral elements: (String, StructuredData?)...) { self = .object(elements) }
}

extension HTML {
    /// Writes `<script type="application/ld+json">`: data for search engines, never run.
    ///
    /// `<`, `>` and `&` are written as `\u003C`…, so that no text can close the element or open a comment in it.
    public mutating func structuredData(_ data: StructuredData) {
        write("<script type=\"application/ld+json\">")
        write(json: data)
        write("</script>")
    }

    mutating func write(json data: StructuredData) {
        switch data {
        case .text(let text): write(jsonText: text)
        case .number(let number): write(number: number)
        case .decimal(let decimal): write(jsonDecimal: decimal)
        case .flag(let flag): write(flag ? "true" : "false")
        case .list(let items):
            write(byte: UInt8(ascii: "["))
            for (index, item) in items.enumerated() {
                if index > 0 { write(byte: UInt8(ascii: ",")) }
                write(json: item)
            }
            write(byte: UInt8(ascii: "]"))
        case .object(let members):
            write(byte: UInt8(ascii: "{"))
            var isFirst = true
            for (name, value) in members {
                guard let value else { continue }
                if !isFirst { write(byte: UInt8(ascii: ",")) }
                isFirst = false
                write(jsonText: name)
                write(byte: UInt8(ascii: ":"))
                write(json: value)
            }
            write(byte: UInt8(ascii: "}"))
        }
    }

    /// Seven digits after the point would be lost by the SVG form: coordinates need them.
    private mutating func write(jsonDecimal decimal: Double) {
        guard decimal.isFinite else { return write("null") }
        var text = String(decimal)
        text.withUTF8 { write(contentsOf: $0) }
    }

    private mutating func write(jsonText text: String) {
        let hexadecimal = Array("0123456789ABCDEF".utf8)
        write(byte: UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": write("\\\"")
            case "\\": write("\\\\")
            case "\n": write("\\n")
            case "\r": write("\\r")
            case "\t": write("\\t")
            case "<", ">", "&", "'", "\u{2028}", "\u{2029}", "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}":
                write("\\u")
                for shift: UInt32 in [12, 8, 4, 0] {
                    write(byte: hexadecimal[Int((scalar.value >> shift) & 15)])
                }
            default:
                for byte in UTF8.encode(scalar) ?? .init() { write(byte: byte) }
            }
        }
        write(byte: UInt8(ascii: "\""))
    }
}
