import Markup
import Testing

@Suite("Elements and attributes")
struct ElementTests {
    @Test("Elements nest, and their texts are escaped")
    func nesting() {
        let page = HTML.string { html in
            html.article(.class("card"), .id("l-1")) { html in
                html.h2 { $0.a("Chez « Zoé » & co", .href("/lieux/chez-zoe")) }
                html.p("1 < 2", .class("note"))
            }
        }
        #expect(
            page == "<article class=\"card\" id=\"l-1\"><h2><a href=\"/lieux/chez-zoe\">Chez « Zoé » &amp; co</a></h2>"
                + "<p class=\"note\">1 &lt; 2</p></article>")
    }

    @Test("Void elements have no end tag")
    func voids() {
        let page = HTML.string { html in
            html.br()
            html.hr()
            html.wbr()
            html.img(.src("/a.png"), .alt(""))
            html.input(.type("text"), .name("q"), .required())
            html.meta(.charset("utf-8"))
            html.link(.rel("stylesheet"), .href("/a.css"))
        }
        #expect(
            page == "<br><hr><wbr><img src=\"/a.png\" alt=\"\"><input type=\"text\" name=\"q\" required>"
                + "<meta charset=\"utf-8\"><link rel=\"stylesheet\" href=\"/a.css\">")
    }

    @Test("Attributes that are nil or false are left out")
    func optional() {
        let none: String? = nil
        let page = HTML.string { html in
            html.a("x", .href(none), .title(none), .id(none))
            html.input(.checked(false), .disabled(true), .maxlength(nil), .value("0"), .aria("invalid", none))
            html.div(.hidden(false), .data("map"), .data("n", 3), .aria("expanded", false), .class("a", nil, "", "b")) {
                _ in
            }
        }
        #expect(
            page == "<a>x</a><input disabled value=\"0\">"
                + "<div data-map data-n=\"3\" aria-expanded=\"false\" class=\"a b\"></div>")
    }

    @Test("Attributes that run code are never written, whatever their spelling")
    func refusedAttributes() {
        let page = HTML.string { html in
            html.div(
                .attribute("onclick", "alert(1)"), .attribute("OnLoad", "x"), .attribute("style", "color:red"),
                .attribute("srcdoc", "<p>"), .attribute("poster", "javascript:alert(1)"), .attribute("itemprop", "name")
            ) { _ in }
        }
        #expect(page == "<div itemprop=\"name\"></div>")
    }

    @Test("Script and style never receive content")
    func rawTextElements() {
        let page = HTML.string { html in
            html.element("script") { $0.text("alert(1)") }
            html.element("STYLE") { $0.text("*{}") }
            html.script(module: "/assets/map.js")
            html.script(module: "data:text/javascript,alert(1)")
        }
        #expect(page == "<script></script><STYLE></STYLE><script type=\"module\" src=\"/assets/map.js\"></script>")
    }

    @Test("A text area keeps a first line end that parsers would drop")
    func textarea() {
        #expect(HTML.string { $0.textarea("\n</textarea>") } == "<textarea>\n\n&lt;/textarea&gt;</textarea>")
        #expect(HTML.string { $0.textarea("a", .rows(3)) } == "<textarea rows=\"3\">a</textarea>")
    }

    @Test("Fragments and views are written once and reused")
    func fragments() {
        struct Greeting: View {
            var name: String
            func render(into html: inout HTML) { html.p("Bonjour \(name)") }
        }
        let fragment = HTML.fragment { $0.add(Greeting(name: "<Zoé>")) }
        #expect(!fragment.isEmpty)
        let absent: Greeting? = nil
        #expect(
            HTML.string {
                $0.include(fragment)
                $0.include(nil)
                $0.add(absent)
            } == "<p>Bonjour &lt;Zoé&gt;</p>")
        #expect(Greeting(name: "A").rendered() == Array("<p>Bonjour A</p>".utf8))
    }

    @Test("A document begins with its doctype and language")
    func document() {
        #expect(
            HTML.string { $0.document { $0.body { _ in } } }
                == "<!DOCTYPE html>\n<html lang=\"fr\"><body></body></html>\n")
    }
}
