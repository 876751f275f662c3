import Markup

/// One figure in large, with what it counts.
struct StatTile: View {
    var value: String
    var label: String
    /// Date, base or source of the figure.
    var note: String?

    init(_ value: String, _ label: String, note: String? = nil) {
        self.value = value
        self.label = label
        self.note = note
    }

    func render(into html: inout HTML) {
        html.div(.class("stat")) { html in
            html.dt(label)
            html.dd(value, .class("stat-value"))
            if let note { html.dd(note, .class("stat-note")) }
        }
    }
}

/// Several figures side by side.
struct StatTiles: View {
    var tiles: [StatTile]

    init(_ tiles: [StatTile]) {
        self.tiles = tiles
    }

    func render(into html: inout HTML) {
        guard !tiles.isEmpty else { return }
        html.dl(.class("stats")) { html in
            for tile in tiles { html.add(tile) }
        }
    }
}

/// A share drawn as a bar, with its figure in words: `meter` for a measure, `progress` for a task under way.
struct Meter: View {
    enum Kind { case measure, task }

    var label: String
    var value: Int
    var maximum: Int
    /// What to read instead of « 3 sur 10 ».
    var text: String?
    var kind: Kind

    init(_ label: String, value: Int, of maximum: Int, text: String? = nil, kind: Kind = .measure) {
        self.label = label
        self.value = value
        self.maximum = maximum
        self.text = text
        self.kind = kind
    }

    func render(into html: inout HTML) {
        let limit = max(maximum, 1)
        let shown = min(max(value, 0), limit)
        let words = text ?? "\(Format.number(value)) sur \(Format.number(maximum))"
        html.div(.class("meter")) { html in
            html.div(.class("meter-line")) { html in
                html.span(label)
                html.strong(words)
            }
            if kind == .measure {
                html.meter(.min(0), .max(limit), .value(shown), .aria("label", label)) { $0.text(words) }
            } else {
                html.progress(.max(limit), .value(shown), .aria("label", label)) { $0.text(words) }
            }
        }
    }
}

/// The first thing seen on the home page: a title, a sentence, and what follows, over a drawn net.
struct Hero: View {
    var title: String
    var lead: String
    var content: (inout HTML) -> Void

    init(_ title: String, lead: String, content: @escaping (inout HTML) -> Void = { _ in }) {
        self.title = title
        self.lead = lead
        self.content = content
    }

    func render(into html: inout HTML) {
        html.section(.class("hero")) { html in
            html.add(Mesh())
            html.h1(title)
            html.p(lead, .class("lead"))
            html.div { content(&$0) }
        }
    }
}

/// A net of knots and threads, as places and their ties: a decoration.
private struct Mesh: View {
    func render(into html: inout HTML) {
        html.raw(
            "<svg class=\"hero-mesh\" viewBox=\"0 0 600 400\" preserveAspectRatio=\"xMaxYMid slice\" aria-hidden=\"true\""
        )
        html.raw(" focusable=\"false\"><path fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\" d=\"")
        html.raw("M250 40L345 85M250 40L205 150M250 40L120 60M345 85L455 35M345 85L205 150M345 85L380 180")
        html.raw("M455 35L548 105M455 35L380 180M455 35L475 215M548 105L475 215M548 105L575 225M205 150L285 235")
        html.raw("M205 150L150 250M205 150L120 60M285 235L380 180M285 235L345 325M285 235L225 335M285 235L150 250")
        html.raw("M380 180L475 215M380 180L345 325M380 180L445 320M475 215L575 225M475 215L445 320")
        html.raw("M475 215L555 345M575 225L555 345M345 325L225 335M345 325L445 320")
        html.raw("M225 335L150 250M445 320L555 345M150 250L120 60M455 35L480 0M548 105L600 70M575 225L600 260")
        html.raw(
            "M555 345L600 390M445 320L450 400M250 40L240 0M345 325L330 400M548 105L560 0\"/><g fill=\"currentColor\">")
        html.raw("<circle cx=\"250\" cy=\"40\" r=\"6\"/><circle cx=\"345\" cy=\"85\" r=\"8\"/>")
        html.raw("<circle cx=\"455\" cy=\"35\" r=\"6\"/><circle cx=\"548\" cy=\"105\" r=\"8\"/>")
        html.raw("<circle cx=\"205\" cy=\"150\" r=\"7\"/><circle cx=\"285\" cy=\"235\" r=\"7\"/>")
        html.raw("<circle cx=\"475\" cy=\"215\" r=\"9\"/><circle cx=\"575\" cy=\"225\" r=\"6\"/>")
        html.raw("<circle cx=\"345\" cy=\"325\" r=\"8\"/><circle cx=\"225\" cy=\"335\" r=\"5\"/>")
        html.raw("<circle cx=\"445\" cy=\"320\" r=\"6\"/><circle cx=\"555\" cy=\"345\" r=\"8\"/>")
        html.raw("<circle cx=\"150\" cy=\"250\" r=\"5\"/><circle cx=\"120\" cy=\"60\" r=\"5\"/>")
        html.raw("</g><circle class=\"knot\" cx=\"380\" cy=\"180\" r=\"14\"/></svg>")
    }
}
