import Markup
import Testing

@Suite("Links")
struct LinkTests {
    @Test(
        "Addresses that would run code or leave unseen are refused",
        arguments: [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\u{1}javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)", "java\r\nscript:alert(1)", "javascript\t:alert(1)", "\u{0}javascript:alert(1)",
            "java\u{0}script:alert(1)", "data:text/html,<script>alert(1)</script>", "DATA:text/html;base64,AAAA",
            "vbscript:msgbox(1)", "file:///etc/passwd", "blob:https://x/y", "filesystem:http://x", "view-source:x",
            "about:blank",
            "livescript:x", "mocha:x", "feed:javascript:alert(1)", "jar:x", "intent://x", "unknown:x", ":alert(1)",
            "//evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\t/evil.example",
            "javascript&colon;:x",
            "javascript\u{7F}:alert(1)",
        ])
    func refused(address: String) {
        #expect(Link(checking: address) == nil)
        #expect(HTML.string { $0.a("x", .href(address)) } == "<a>x</a>")
        #expect(HTML.string { $0.form(.action(address)) { _ in } } == "<form></form>")
        #expect(HTML.string { $0.img(.src(address)) } == "<img>")
    }

    @Test(
        "Honest addresses pass",
        arguments: [
            "https://exemple.fr/a?b=c&d=e#f", "http://exemple.fr", "HTTPS://EXEMPLE.FR", "mailto:a@b.fr",
            "tel:+33320000000",
            "geo:50.6,3.1", "webcal://x/y.ics", "/lieux", "/", "#contenu", "?page=2", "lieux/a", "../a",
            "/lieux?u=javascript:x",
            "/a:b", "?a:b", "#a:b", "",
        ])
    func allowed(address: String) {
        #expect(Link(checking: address)?.address == address)
    }

    @Test("Query signs are escaped in the page")
    func escapedQuery() {
        #expect(HTML.string { $0.a("x", .href("/l?a=1&b=\"2\"")) } == "<a href=\"/l?a=1&amp;b=&quot;2&quot;\">x</a>")
    }

    @Test("Paths and queries are percent-encoded")
    func building() {
        #expect(Link(path: "lieux", "l’été/50%").address == "/lieux/l%E2%80%99%C3%A9t%C3%A9%2F50%25")
        #expect(
            Link(path: "lieux", query: [("q", "a b&c"), ("page", nil), ("x", "")]).address == "/lieux?q=a%20b%26c&x=")
        #expect(Link(path: "lieux", query: [("q", "a")]).adding(query: [("page", "2")]).address == "/lieux?q=a&page=2")
        #expect(Link(checking: "/a#b")?.adding(query: [("c", "d")]).address == "/a?c=d#b")
        #expect(Link().address == "/")
    }

    @Test("Web sites typed by people become links, or nothing")
    func websites() {
        let cases: [(String, String?)] = [
            ("www.exemple.fr", "https://www.exemple.fr"), (" https://exemple.fr ", "https://exemple.fr"),
            ("exemple.fr:8080/a", "https://exemple.fr:8080/a"), ("javascript:alert(1)", nil),
            ("java.script:alert(1)", "https://java.script:alert(1)"),
            ("ftp://exemple.fr", nil), ("mailto:a@b.fr", nil), ("pas de site", nil), ("//exemple.fr", nil), ("", nil),
            ("néant", nil),
            ("exemple.fr<script>", "https://exemple.fr<script>"),
        ]
        for (typed, expected) in cases {
            #expect(Link.website(typed)?.address == expected, "\(typed)")
        }
    }

    @Test("Mail and telephone addresses are shaped or refused")
    func contact() {
        #expect(Link.mail("contact@exemple.fr")?.address == "mailto:contact@exemple.fr")
        #expect(Link.mail("a@b.fr?bcc=c@d.fr") == nil)
        #expect(Link.mail("a@b.fr?subject=x")?.address == "mailto:a@b.fr%3Fsubject%3Dx")
        #expect(Link.mail("a\n@b.fr") == nil)
        #expect(Link.mail("nobody") == nil)
        #expect(Link.phone("+33 (0)3 20 00 00 00")?.address == "tel:+330320000000")
        #expect(Link.phone("03.20.00.00.00")?.address == "tel:0320000000")
        #expect(Link.phone("n/a") == nil)
    }

    @Test("A picture in several widths names each with its own, and no address ends one early")
    func widths() throws {
        let odd = try #require(Link(checking: "https://exemple.fr/a, b"))
        let sources = [(Link(path: "photos", "a b,c"), 320), (odd, 640), (Link(path: "p"), 1_280)]
        #expect(
            HTML.string { $0.img(.srcset(sources)) } == "<img srcset=\"/photos/a%20b%2Cc 320w, /p 1280w\">")
        #expect(HTML.string { $0.img(.srcset([(odd, 640)])) } == "<img>")
    }
}
