import Markup

/// A Sankey diagram as accessible SVG: named and described, each ribbon with its own words. The page that shows it owes its
/// readers the same figures in a table.
public struct SankeyDrawing: View {
    public var layout: SankeyLayout
    /// Unique in the page: names the title and the description.
    public var id: String
    public var title: String
    /// What the picture says, in a sentence or two.
    public var summary: String
    /// Under the name of each box, when there is something to say: its amount.
    public var note: (SankeyLayout.Box) -> String?
    /// The words of a ribbon: « Région → Fabriques : 45 000 € ».
    public var words: (SankeyLayout.Ribbon) -> String

    public init(
        _ layout: SankeyLayout, id: String, title: String, summary: String,
        note: @escaping (SankeyLayout.Box) -> String? = { _ in nil },
        words: @escaping (SankeyLayout.Ribbon) -> String
    ) {
        self.layout = layout
        self.id = id
        self.title = title
        self.summary = summary
        self.note = note
        self.words = words
    }

    public func render(into html: inout HTML) {
        let name = id + "-titre"
        let description = id + "-resume"
        let box = "0 0 \(Coordinates.text(layout.width)) \(Coordinates.text(layout.height))"
        html.element(
            "svg", .class("sankey"), .role("img"), .aria("labelledby", name), .aria("describedby", description),
            .viewBox(box), .attribute("preserveAspectRatio", "xMinYMin meet"), .attribute("focusable", "false")
        ) { html in
            html.element("title", .id(name)) { $0.text(title) }
            html.element("desc", .id(description)) { $0.text(summary) }
            html.element("g", .class("sankey-links"), .fill("none")) { html in
                for ribbon in layout.ribbons { draw(ribbon, into: &html) }
            }
            html.element("g", .class("sankey-boxes")) { html in
                for box in layout.boxes { draw(box, into: &html) }
            }
        }
    }

    private func draw(_ ribbon: SankeyLayout.Ribbon, into html: inout HTML) {
        html.element(
            "path", .class(hue(layout.boxes[ribbon.source], ribbon.goesBack ? "sankey-back" : nil)),
            .d(Self.path(ribbon)), .number("stroke-width", max(ribbon.thickness, 0.5))
        ) { html in
            html.element("title") { $0.text(words(ribbon)) }
        }
    }

    private func draw(_ box: SankeyLayout.Box, into html: inout HTML) {
        let isLast = box.column == layout.columns - 1 && layout.columns > 1
        html.element(
            "rect", .class(hue(box, nil)), .number("x", box.x), .number("y", box.y), .width(box.width),
            .height(max(box.height, 0.5)))
        html.element(
            "text", .number("x", isLast ? box.x - 6 : box.x + box.width + 6), .number("y", box.y + box.height / 2),
            .attribute("dy", "0.35em"), .attribute("text-anchor", isLast ? "end" : "start")
        ) { html in
            html.text(box.node.label)
            if let note = note(box) {
                html.element("tspan", .class("sankey-note")) { $0.text("\u{2002}" + note) }
            }
        }
    }

    private func hue(_ box: SankeyLayout.Box, _ other: String?) -> String {
        let hue = "hue-\(box.node.hue.magnitude % 8)"
        return other.map { hue + " " + $0 } ?? hue
    }

    /// Forward, one curve; backward, out to the right, down to its lane, left, and up again.
    static func path(_ ribbon: SankeyLayout.Ribbon) -> String {
        var path = Coordinates()
        path.move(ribbon.startX, ribbon.startY)
        guard let lane = ribbon.lane else {
            let middle = (ribbon.startX + ribbon.endX) / 2
            path.curve(middle, ribbon.startY, middle, ribbon.endY, ribbon.endX, ribbon.endY)
            return path.text
        }
        let bend = SankeyLanes.bend + ribbon.thickness
        path.curve(
            ribbon.startX + bend, ribbon.startY, ribbon.startX + bend, lane, ribbon.startX, lane)
        path.line(ribbon.endX, lane)
        path.curve(ribbon.endX - bend, lane, ribbon.endX - bend, ribbon.endY, ribbon.endX, ribbon.endY)
        return path.text
    }
}
