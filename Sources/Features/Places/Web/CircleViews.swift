import Geography
import Maillage
import Markup

/// The circles, by kind.
struct CircleListView: View {
    var circles: [Circle]
    /// Places by the circle's identifier.
    var counts: [String: Int]
    var creates = false

    func render(into html: inout HTML) {
        html.h1("Cercles")
        html.p(
            "Un cercle réunit des lieux d’un même territoire ou autour d’un même sujet, pour se rencontrer, décider et s’entraider.",
            .class("lead"))
        if creates { html.p { $0.a("Ajouter un cercle", .href(Paths.newCircle), .class("button")) } }
        if circles.isEmpty {
            html.add(EmptyState("Aucun cercle pour l’instant", "La coordination du réseau les crée."))
        }
        for kind in Circle.Kind.allCases {
            let some = circles.filter { $0.kind == kind }
            if some.isEmpty { continue }
            html.section { html in
                html.h2(kind == .territorial ? "Par territoire" : "Par thème")
                html.ul(.class("cards")) { html in
                    for circle in some {
                        html.li(.class("card card-link")) { html in
                            html.h3 { $0.a(circle.name, .href(Paths.circle(circle.slug))) }
                            html.p(circle.summary)
                            html.p(Format.count(counts[circle.id.text] ?? 0, "lieu", "lieux"), .class("muted"))
                        }
                    }
                }
            }
        }
    }
}

/// One circle: its places, drawn and listed.
struct CircleView: View {
    var circle: Circle
    var findings: PlaceFindings
    var outlines: [MultiPolygon] = []

    var points: [Point] { findings.found.compactMap(\.card.point) }

    func render(into html: inout HTML) {
        html.h1(circle.name)
        html.p(.class("row")) { $0.add(Badge(circle.kind.label, .info)) }
        if !circle.summary.isEmpty { html.p(circle.summary, .class("lead")) }
        guard findings.total > 0 else {
            html.add(
                EmptyState(
                    "Pas encore de lieu dans ce cercle",
                    "Les lieux choisissent leurs cercles dans les réglages de leur fiche.",
                    actions: [
                        ("Voir tous les lieux", Link(path: "lieux")),
                        ("Voir les autres cercles", Link(path: "cercles")),
                    ]))
            return
        }
        html.div(.class("with-aside")) { html in
            html.section { html in
                html.h2(Format.count(findings.total, "lieu", "lieux"))
                html.add(PlaceRows(found: findings.found, level: 3))
                if findings.total > findings.found.count {
                    html.p {
                        $0.a(
                            "Voir les \(Format.number(findings.total)) lieux",
                            .href(Link(path: "lieux", query: [("cercle", circle.id.text)])))
                    }
                }
            }
            html.aside(.class("stack"), .aria("label", "Carte et suivi")) { html in
                if !points.isEmpty {
                    html.div(.class("map map-small")) { html in
                        html.add(
                            PlaceSketch(
                                label: "Carte des lieux du cercle \(circle.name)", outlines: outlines, points: points,
                                radius: 20))
                    }
                }
                html.ul(.class("plain")) { html in
                    html.li {
                        $0.a("Chercher dans ce cercle", .href(Link(path: "lieux", query: [("cercle", circle.id.text)])))
                    }
                    html.li {
                        $0.a("Voir sur la carte", .href(Link(path: "carte", query: [("cercle", circle.id.text)])))
                    }
                    html.li {
                        $0.a("Suivre les changements (Atom)", .href(Link(path: "cercles", circle.slug + ".atom")))
                    }
                }
            }
        }
    }
}
