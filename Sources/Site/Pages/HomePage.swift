import Markup

/// The front door: what this network is, and where one goes from here. The sections shown are those that have a page.
enum HomePage {
    static func show(_ visit: Visit) async throws -> Answer {
        let settings = visit.reception.settings
        var head = PageHead(
            "Accueil", description: "\(settings.networkName)\u{202F}: les lieux, les cercles et l’actualité du réseau.")
        head.canonical = Link(checking: settings.baseURL + "/")
        return visit.page(head) { html in
            html.h1(settings.networkName)
            let open = sections.filter { section in
                SiteMap.all.contains { $0.method == .get && $0.pattern == section.path && $0.floor == .everyone }
            }
            guard !open.isEmpty else {
                html.p("Le réseau ouvre bientôt ses pages. Revenez nous voir.")
                return
            }
            html.ul(.class("cards")) { html in
                for section in open {
                    html.li(.class("card")) { html in
                        html.h2 { $0.a(section.title, .href(section.path)) }
                        html.p(section.text)
                    }
                }
            }
        }
    }

    private static let sections: [(path: String, title: String, text: String)] = [
        (
            "/lieux", "Trouver un lieu",
            "Travailler, réparer, fabriquer, se retrouver\u{202F}: tous les lieux du réseau, près de chez vous."
        ),
        ("/carte", "Voir la carte", "Les lieux sur une carte, à côté de leur liste."),
        ("/territoires", "Par territoire", "Les lieux de votre commune, de votre département, de votre région."),
        ("/cercles", "Les cercles", "Les groupes qui font vivre le réseau, par territoire ou par thème."),
        ("/donnees", "Données ouvertes", "Tout ce que le réseau publie, à télécharger et à réutiliser."),
    ]
}
