import Markup

/// The links that only keyboards and screen readers meet, first on every page.
struct SkipLinks: View {
    var hasSearch: Bool

    func render(into html: inout HTML) {
        html.nav(.class("skip-links"), .aria("label", "Accès rapide")) { html in
            html.a("Aller au contenu", .href("#contenu"))
            if hasSearch { html.a("Aller à la recherche", .href("#recherche")) }
            html.a("Aller au menu", .href("#menu"))
            html.a("Aller au pied de page", .href("#pied"))
        }
    }
}

/// The brand, the menu and the reader's own menu; on a phone the two menus fold behind one word, without a script.
struct SiteHeader: View {
    var network: String
    var viewer: Viewer?
    var path: String

    func render(into html: inout HTML) {
        html.header(.class("site-header")) { html in
            html.div(.class("site-header-inner"), .id("menu"), .tabindex(-1)) { html in
                html.a(.href("/"), .class("brand"), .aria("current", path == "/" ? "page" : nil)) { html in
                    html.add(BrandMark())
                    html.span(network)
                }
                // Content of a closed `details` cannot be shown on wide screens: the menu is its neighbour, not its child.
                html.details(.class("menu-toggle")) { $0.summary("Menu") }
                html.div(.class("site-nav")) { html in
                    html.nav(.aria("label", "Menu principal")) { html in
                        html.ul { html in
                            for entry in Self.sections { html.add(MenuEntry(entry.0, entry.1, path: path)) }
                        }
                    }
                    html.nav(.aria("label", "Mon compte")) { html in
                        html.ul { renderAccount(into: &$0) }
                    }
                }
            }
        }
    }

    static let sections = [
        ("Lieux", "/lieux"), ("Carte", "/carte"), ("Territoires", "/territoires"), ("Cercles", "/cercles"),
        ("Appels", "/appels"), ("Données", "/donnees"),
    ]

    private func renderAccount(into html: inout HTML) {
        guard let viewer else {
            html.add(MenuEntry("Se connecter", "/connexion", path: path))
            return
        }
        if viewer.isCoordinator { html.add(MenuEntry("Coordination", "/coordination", path: path)) }
        if viewer.isOperator { html.add(MenuEntry("Exploitation", "/exploitation", path: path)) }
        html.add(MenuEntry(viewer.name, "/mon-compte", path: path, hint: "Mon compte\u{202F}: "))
        html.li { html in
            html.form(.method("post"), .action("/deconnexion")) { html in
                html.add(HiddenField(viewer.formToken))
                html.button("Se déconnecter", .type("submit"))
            }
        }
    }
}

/// One entry of the menu: `page` when it is this very page, `true` when the page is below it.
private struct MenuEntry: View {
    var label: String
    var target: String
    var path: String
    var hint: String?

    init(_ label: String, _ target: String, path: String, hint: String? = nil) {
        self.label = label
        self.target = target
        self.path = path
        self.hint = hint
    }

    func render(into html: inout HTML) {
        let current: String? = path == target ? "page" : path.hasPrefix(target + "/") ? "true" : nil
        html.li { html in
            html.a(.href(target), .aria("current", current)) { html in
                if let hint { html.span(hint, .class("visually-hidden")) }
                html.text(label)
            }
        }
    }
}
