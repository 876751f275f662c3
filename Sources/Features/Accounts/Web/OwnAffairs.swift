import Markup

/// One thing a person has under way in a later feature, as a line of « Mon compte ».
public struct OwnAffair: Sendable {
    public var name: String
    public var path: String
    /// Where it stands, in a word.
    var state: Badge
    /// What it belongs to.
    public var about: String
    /// What comes next, and until when.
    public var next: String
}

/// What a person has under way, which later features know and Accounts does not: `Site` fills it.
struct OwnAffairs: Sendable {
    /// What asks for something first, the nearest limit at the top.
    var candidacies: @Sendable (Visit) async throws -> [OwnAffair]
}

/// The first affairs of a person, and the way to the others.
struct OwnAffairList: View {
    var affairs: [OwnAffair]
    static let shown = 4

    func render(into html: inout HTML) {
        html.section { html in
            html.h2("Mes candidatures")
            guard !affairs.isEmpty else {
                html.p { html in
                    html.text("Aucune pour l’instant. ")
                    html.a("Voir les appels ouverts", .href("/appels"))
                    html.text(".")
                }
                return
            }
            html.ul(.class("plain affairs")) { html in
                for affair in affairs.prefix(Self.shown) {
                    html.li { html in
                        html.p(.class("row")) { html in
                            html.a(.href(affair.path)) { $0.strong(affair.name) }
                            html.add(affair.state)
                        }
                        html.p(affair.about, .class("muted"))
                        html.p(affair.next)
                    }
                }
            }
            html.p {
                $0.a(
                    affairs.count > Self.shown
                        ? "Toutes mes candidatures (\(Format.number(affairs.count)))"
                        : "Brouillons, dépôts et récépissés", .href("/candidatures"))
            }
        }
    }
}
