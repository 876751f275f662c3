import Geography
import Markup

/// A small map drawn by the server, without tiles nor scripts: outlines for the country, a dot for each place.
struct DrawnMap: View {
    /// What the map shows, for those who do not see it.
    var label: String
    var outlines: [MultiPolygon]
    var points: [Point]
    /// What the frame must hold; nil fits the points.
    var box: BoundingBox?
    /// Metres kept around the points.
    var margin = 12_000.0

    func render(into html: inout HTML) {
        guard let frame else { return }
        html.element(
            "svg", .class("drawn-map"), .viewBox(frame.viewBox), .attribute("preserveAspectRatio", "xMidYMid slice"),
            .role("img"), .aria("label", label)
        ) { html in
            html.element("g", .class("drawn-land")) { html in
                for outline in outlines { html.void("path", .d(ContourDrawing.path(outline, in: frame))) }
            }
            html.element("g", .class("drawn-places")) { html in
                for point in points where frame.contains(point) {
                    let (x, y) = frame.place(point)
                    html.void("circle", .number("cx", x), .number("cy", y), .number("r", points.count > 150 ? 7 : 12))
                }
            }
        }
    }

    private var frame: MapFrame? {
        let held = box ?? BoundingBox(containing: points)?.expanded(byMetres: margin)
        return held.map { MapFrame(fitting: $0, longestSide: 1_000, margin: 20) }
    }
}
