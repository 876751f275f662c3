import Markup

/// `/plan-du-site`: every public part of the site on one page, the second way to go round it beside the menu (RGAA 12.1).
enum PlanPage {
    /// One part of the site: what it is about, and the pages that lead to the others.
    struct Part: Sendable {
        var title: String
        var pages: [(label: String, path: String)]
    }

    static let parts: [Part] = [
        Part(
            title: "Les lieux",
            pages: [
                ("Chercher un lieu", "/lieux"), ("La carte", "/carte"), ("Déclarer un lieu", "/lieux/nouveau"),
                ("Les territoires", "/territoires"), ("Les cercles du réseau", "/cercles"),
            ]),
        Part(
            title: "Les appels",
            pages: [
                ("Les appels à candidatures", "/appels"), ("Être prévenu des nouveaux appels", "/appels/alertes"),
                ("Vérifier un récépissé de dépôt", "/recepisses/verifier"),
                ("Les clés qui signent les récépissés", "/recepisses/cles"),
                ("Les têtes du journal des dépôts, jour par jour", "/recepisses/tetes"),
            ]),
        Part(title: "L’argent", pages: [("Les financements", "/financements"), ("Les flux financiers", "/flux")]),
        Part(title: "Les données", pages: [("Les données ouvertes", "/donnees")]),
        Part(title: "Vous", pages: [("Se connecter", "/connexion"), ("Mon compte", "/mon-compte")]),
        Part(
            title: "Le service",
            pages: [
                ("Contact", "/contact"), ("Accessibilité", Paths.accessibility), ("Mentions légales", Paths.legal),
                ("Données personnelles", Paths.privacy), ("État du service", Paths.serviceState),
                ("Code source", Paths.source),
            ]),
    ]

    static func show(_ visit: Visit) async throws -> Answer {
        visit.page(
            PageHead(
                "Plan du site", description: "Toutes les parties du site, sur une page.",
                breadcrumbs: Breadcrumbs(current: "Plan du site"))
        ) { html in
            html.h1("Plan du site")
            for part in parts {
                html.section { html in
                    html.h2(part.title)
                    html.ul { html in
                        for page in part.pages { html.li { $0.a(page.label, .href(Link(checking: page.path))) } }
                    }
                }
            }
        }
    }
}
