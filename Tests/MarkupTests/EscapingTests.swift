import Markup
import Testing

@Suite("Escaping")
struct EscapingTests {
    @Test(
        "Dangerous characters never reach the page as they are",
        arguments: [
            ("<", "&lt;"), (">", "&gt;"), ("&", "&amp;"), ("\"", "&quot;"), ("'", "&#39;"), ("a<b>c", "a&lt;b&gt;c"),
            ("&lt;", "&amp;lt;"), ("\u{0}", ""), ("a\u{0}b", "ab"), ("\u{1B}[31m", "[31m"), ("\u{7F}", ""),
            ("\u{85}", ""),
            ("x\u{9B}y", "xy"), ("\u{FEFF}a", "\u{FEFF}a"), ("tab\tline\n", "tab\tline\n"),
        ])
    func text(input: String, output: String) {
        #expect(HTML.string { $0.text(input) } == output)
        #expect(HTML.string { $0.p(.title(input)) { _ in } } == "<p title=\"\(output)\"></p>")
    }

    @Test("French text, spaces and emoji pass byte for byte")
    func french() {
        let text = "L’atelier « Chez Zoé »\u{202F}: 12\u{A0}€, œuvre à l’Île — 👩‍🏭 ÿ\u{A0}"
        #expect(HTML.string { $0.text(text) } == text)
        #expect(HTML.string { $0.text(text) }.utf8.elementsEqual(text.utf8))
    }

    @Test("Every single character below U+0100 is copied, escaped or left out, never confused with its neighbours")
    func everyLowCharacter() {
        for value in UInt32(0)...0xFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let output = HTML.string { $0.text("é\(Character(scalar))é") }
            let isControl = (value < 0x20 && ![9, 10, 13].contains(value)) || (0x7F...0x9F).contains(value)
            let expected =
                switch scalar {
                case "<": "é&lt;é"
                case ">": "é&gt;é"
                case "&": "é&amp;é"
                case "\"": "é&quot;é"
                case "'": "é&#39;é"
                default: isControl ? "éé" : "é\(Character(scalar))é"
                }
            #expect(output.unicodeScalars.elementsEqual(expected.unicodeScalars), "U+\(String(value, radix: 16))")
        }
    }

    @Test("Numbers are written in plain digits")
    func numbers() {
        #expect(HTML.string { $0.text(0) } == "0")
        #expect(HTML.string { $0.text(-12_345) } == "-12345")
        #expect(HTML.string { $0.text(Int.min) } == "\(Int.min)")
        #expect(HTML.string { $0.text(Int.max) } == "\(Int.max)")
        let decimals: [(Double, String)] = [
            (0, "0"), (1.5, "1.5"), (-0.25, "-0.25"), (2.0004, "2"), (-0.0001, "0"), (3.14159, "3.142"), (0.05, "0.05"),
            (.nan, "0"), (.infinity, "0"), (1e300, "0"), (999.9996, "1000"),
        ]
        for (number, text) in decimals {
            #expect(HTML.string { $0.void("circle", .number("cx", number)) } == "<circle cx=\"\(text)\"/>")
        }
    }

    @Test("Paragraphs follow empty lines, whatever the line ends")
    func paragraphs() {
        #expect(
            HTML.string { $0.paragraphs("un\r\ndeux\r\n\r\n \r\n<trois>\n") } == "<p>un<br>deux</p><p>&lt;trois&gt;</p>"
        )
        #expect(HTML.string { $0.paragraphs(" \n\n") } == "")
        #expect(HTML.string { $0.paragraphs(nil) } == "")
    }
}
