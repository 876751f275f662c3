import Markup
import Testing

@testable import Charts

@Suite struct DrawingTests {
    private let layout = SankeyLayout(
        Flow(
            nodes: [.init(id: "r", label: "Région <Hauts>"), .init(id: "f", label: "Fabrique & cie", hue: 3)],
            links: [.init(from: "r", to: "f", value: 45_000), .init(from: "f", to: "r", value: 500)]))

    private func drawn() -> String {
        HTML.string {
            $0.add(
                SankeyDrawing(
                    layout, id: "flux", title: "Qui donne à qui", summary: "Une ligne par convention.",
                    note: { "\(Int($0.leaving))" }, words: { "lien \($0.link) <b>" }))
        }
    }

    @Test func aPictureHasANameAndADescription() {
        let svg = drawn()
        #expect(svg.contains("role=\"img\" aria-labelledby=\"flux-titre\" aria-describedby=\"flux-resume\""))
        #expect(svg.contains("<title id=\"flux-titre\">Qui donne à qui</title>"))
        #expect(svg.contains("<desc id=\"flux-resume\">Une ligne par convention.</desc>"))
    }

    @Test func whatPeopleTypedIsEscaped() {
        let svg = drawn()
        #expect(svg.contains("Région &lt;Hauts&gt;") && svg.contains("Fabrique &amp; cie"))
        #expect(svg.contains("<title>lien 0 &lt;b&gt;</title>") && !svg.contains("<b>"))
    }

    @Test func thePictureIsTheSameEachTime() {
        #expect(drawn() == drawn())
        #expect(drawn().contains("class=\"hue-3 sankey-back\""))
    }

    @Test func coordinatesArePlain() {
        #expect(Coordinates.text(0) == "0")
        #expect(Coordinates.text(12.5) == "12.5")
        #expect(Coordinates.text(-0.05) == "-0.05")
        #expect(Coordinates.text(3.14159) == "3.14")
        #expect(Coordinates.text(.nan) == "0" && Coordinates.text(.infinity) == "0")
    }

    @Test func barsAreWordsFirst() {
        let html = HTML.string {
            $0.add(
                BarList([
                    .init("Région <1>", value: 50, text: "50 €"), .init("État", value: 100, text: "100 €", hue: -3),
                    .init("Perte", value: -4, text: "-4 €"),
                ]))
        }
        #expect(html.contains("Région &lt;1&gt;") && html.contains("50 €"))
        #expect(html.contains("width=\"50\"") && html.contains("width=\"100\"") && html.contains("width=\"0\""))
        #expect(html.contains("class=\"hue-3\""))
        #expect(HTML.string { $0.add(BarList([])) }.isEmpty)
    }
}
