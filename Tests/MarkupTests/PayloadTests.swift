import Markup
import Testing

@Suite("Hostile payloads")
struct PayloadTests {
    /// Five hundred shapes and more: ways out of a context × things that run × spellings.
    static let payloads: [String] = {
        let exits = [
            "", "\"", "'", "\">", "'>", "</title>", "</textarea>", "</script>", "</style>", "-->", "]]>", "\u{0}",
            "\" ", "' ",
            "&quot;>", "&#34;>", "</p><p>", "<!--",
        ]
        let engines = [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
            "onfocus=alert(1) autofocus=",
            "javascript:alert(1)", "<iframe srcdoc='<script>alert(1)</script>'>",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<body onload=alert(1)>", "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">",
            "{{constructor.constructor('alert(1)')()}}",
            "<details open ontoggle=alert(1)>", "<base href=//evil.example>",
            "<meta http-equiv=refresh content=0;url=//evil.example>",
            "<style>@import '//evil.example'</style>",
        ]
        let spellings: [(String) -> String] = [{ $0 }, { $0.uppercased() }, { $0.replacing("<", with: "<\u{0}") }]
        return exits.flatMap { exit in engines.flatMap { engine in spellings.map { $0(exit + engine) } } }
    }()

    @Test("No payload opens a tag, leaves an attribute or closes a data block")
    func payloads() {
        #expect(Self.payloads.count >= 500)
        for payload in Self.payloads {
            let text = Array(HTML.string { $0.text(payload) }.utf8)
            #expect(
                !text.contains {
                    [UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"), 0].contains($0)
                })

            let attribute = HTML.string { $0.p(.title(payload)) { _ in } }
            #expect(attribute.utf8.count { $0 == UInt8(ascii: "\"") } == 2)
            #expect(attribute.utf8.count { $0 == UInt8(ascii: "<") } == 2)

            let link = HTML.string { $0.a("", .href(payload)) }
            #expect(!link.lowercased().hasPrefix("<a href=\"javascript"))
            #expect(link.utf8.count { $0 == UInt8(ascii: "<") } == 2)

            let data = HTML.string { $0.structuredData(["name": .text(payload)]) }
            #expect(data.utf8.count { $0 == UInt8(ascii: "<") } == 2)
            #expect(!data.contains("]]>") && !data.contains("<!--"))
        }
    }

    @Test("A data block is JSON whatever its texts hold")
    func structuredData() {
        let data: StructuredData = [
            "@type": "Place", "name": .text("A</script><!--\"\\\n\u{2028}\u{1}é"), "n": .number(-3),
            "lat": .decimal(50.6329749),
            "nan": .decimal(.nan), "ok": .flag(true), "none": .optional(nil), "list": ["a", .list([]), .object([])],
        ]
        #expect(
            HTML.string { $0.structuredData(data) }
                == #"<script type="application/ld+json">{"@type":"Place","name":"A\u003C/script\u003E\u003C!--\"\\\n\u2028\u0001é","#
                + #""n":-3,"lat":50.6329749,"nan":null,"ok":true,"list":["a",[],{}]}</script>"#)
    }
}
