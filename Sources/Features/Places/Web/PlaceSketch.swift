import Geography
import Markup

/// A small map drawn by the server, without tiles nor scripts: outlines for the country, a dot for each place.
struct PlaceSketch: View {
    /// What the map shows, for those who do not see it.
    var label: String
    var outlines: [MultiPolygon]
    var points: [Point]
    /// What the frame must hold; nil fits the points.
    var box: BoundingBox?
    /// Other places around, shown faintly.
    var others: [Point] = []
    /// Metres kept around the points.
    var margin = 12_000.0
    /// True when the whole frame must be seen, rather than fill the room it is given.
    var isWhole = false
    /// Of a dot, in thousandths of the map.
    var radius = 12

    func render(into html: inout HTML) {
        guard let frame else { return }
        html.element(
            "svg", .class("sketch-map"), .viewBox(frame.viewBox),
            .attribute("preserveAspectRatio", isWhole ? "xMidYMid meet" : "xMidYMid slice"),
            .role("img"), .aria("label", label)
        ) { html in
            html.element("g", .class("sketch-land")) { html in
                for outline in outlines { html.void("path", .d(ContourDrawing.path(outline, in: frame))) }
            }
            html.element("g", .class("sketch-others")) { dots(others, in: frame, into: &$0) }
            html.element("g", .class("sketch-places")) { dots(points, in: frame, into: &$0) }
        }
    }

    private func dots(_ points: [Point], in frame: MapFrame, into html: inout HTML) {
        for point in points where frame.contains(point) {
            let (x, y) = frame.place(point)
            html.void(
                "circle", .number("cx", x), .number("cy", y), .number("r", points.count > 150 ? radius / 2 : radius))
        }
    }

    private var frame: MapFrame? {
        let held = box ?? BoundingBox(containing: points)?.expanded(byMetres: margin)
        return held.map { MapFrame(fitting: $0, longestSide: 1_000, margin: 20) }
    }
}
