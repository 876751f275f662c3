import Geography
import Markup

/// A map drawn on the server as one SVG: grounds, territories that may be links, and marks that may be links.
///
/// Everything it shows must also be said in words beside it; for assistive tools, it is one picture with links in it.
struct DrawnMap: View {
    /// A territory: `level` chooses its shade, 0 (least) to 4; nil is plain ground.
    struct Area {
        var contour: Contour
        var title: String?
        var level: Int?
        var link: Link?
        var isOutlined = false
    }

    /// A place (count 1) or several in one circle.
    struct Mark {
        var point: Point
        var count: Int
        var title: String
        var link: Link?
    }

    var title: String
    var frame: MapFrame
    var areas: [Area] = []
    var marks: [Mark] = []
    /// `#rrggbb` in place of the site's own colour.
    var colour: String?
    var ink: String?

    func render(into html: inout HTML) {
        html.raw("<svg class=\"drawn-map\" viewBox=\"")
        html.text(frame.viewBox)
        // Without a role it is a document of drawings: its links are reached, which those of an image are not.
        html.raw("\" aria-label=\"")
        html.text(title)
        html.raw("\">")
        for area in areas { render(area, into: &html) }
        for mark in marks { render(mark, into: &html) }
        html.raw("</svg>")
    }

    private func render(_ area: Area, into html: inout HTML) {
        open(area.link, title: area.title, into: &html)
        html.raw("<path fill-rule=\"evenodd\" class=\"area")
        if let level = area.level {
            html.raw(" level-")
            html.text(min(max(level, 0), 4))
        }
        if area.isOutlined { html.raw(" outlined") }
        html.raw("\" d=\"")
        html.text(ContourDrawing.path(area.contour.multiPolygon, in: frame))
        html.raw("\">")
        renderTitle(area.title, into: &html)
        html.raw("</path>")
        close(area.link, into: &html)
    }

    private func render(_ mark: Mark, into html: inout HTML) {
        let (x, y) = frame.place(mark.point)
        open(mark.link, title: mark.title, into: &html)
        html.raw(mark.count > 1 ? "<circle class=\"mark\" cx=\"" : "<circle class=\"mark single\" cx=\"")
        html.text(x)
        html.raw("\" cy=\"")
        html.text(y)
        html.raw("\" r=\"")
        html.text(Self.radius(mark.count))
        html.raw("\"")
        if let colour {
            html.raw(" fill=\"")
            html.text(colour)
            html.raw("\"")
        }
        html.raw(">")
        renderTitle(mark.title, into: &html)
        html.raw("</circle>")
        if mark.count > 1 {
            html.raw("<text class=\"mark-count\" aria-hidden=\"true\" x=\"")
            html.text(x)
            html.raw("\" y=\"")
            html.text(y)
            html.raw("\"")
            if let ink {
                html.raw(" fill=\"")
                html.text(ink)
                html.raw("\"")
            }
            html.raw(">")
            html.text(Self.short(mark.count))
            html.raw("</text>")
        }
        close(mark.link, into: &html)
    }

    private func renderTitle(_ title: String?, into html: inout HTML) {
        guard let title else { return }
        html.raw("<title>")
        html.text(title)
        html.raw("</title>")
    }

    private func open(_ link: Link?, title: String?, into html: inout HTML) {
        guard let link else { return }
        html.raw("<a href=\"")
        html.text(link.address)
        if let title {
            html.raw("\" aria-label=\"")
            html.text(title)
        }
        html.raw("\">")
    }

    private func close(_ link: Link?, into html: inout HTML) {
        if link != nil { html.raw("</a>") }
    }

    /// In units of the frame, whose longer side is `longestSide`.
    static func radius(_ count: Int) -> Int {
        guard count > 1 else { return 8 }
        var radius = 15
        var rest = count
        while rest >= 4, radius < 27 {
            radius += 2
            rest /= 3
        }
        return radius
    }

    static let longestSide = 720

    /// `950`, `1,2 k`, `34 k`: what fits in a circle.
    static func short(_ count: Int) -> String {
        switch count {
        case ..<1_000: String(count)
        case ..<10_000: Format.decimal(Double(count / 100) / 10) + "\u{202F}k"
        default: "\(count / 1_000)\u{202F}k"
        }
    }
}

extension DrawnMap.Area {
    init(ground outline: Atlas.Outline) {
        self.init(contour: outline.contour)
    }
}
