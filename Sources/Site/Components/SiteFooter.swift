import Markup

/// The end of every page: what the law asks to be one click away, and a word for deaf and hard-of-hearing people.
struct SiteFooter: View {
    var network: String
    var conformity: Layout.Conformity
    var contact: Link

    func render(into html: inout HTML) {
        html.footer(.class("site-footer"), .id("pied")) { html in
            html.div(.class("site-footer-inner")) { html in
                html.ul { html in
                    html.li { $0.a("Plan du site", .href("/plan-du-site")) }
                    html.li { $0.a("Accessibilité\u{202F}: \(conformity.rawValue)", .href("/accessibilite")) }
                    html.li { $0.a("Mentions légales", .href("/mentions-legales")) }
                    html.li { $0.a("Données personnelles", .href("/donnees-personnelles")) }
                    html.li { $0.a("Contact", .href(contact)) }
                    html.li { $0.a("Sourd ou malentendant\u{202F}?", .href("/accessibilite#sourds")) }
                    html.li { $0.a("État du service", .href("/etat")) }
                    html.li { $0.a("Données ouvertes", .href("/donnees")) }
                    html.li { $0.a("Code source", .href(Paths.source)) }
                }
                html.p("\(network), avec Maillage, logiciel libre.", .class("muted"))
            }
        }
    }
}

/// A word across the page that lasts as long as its reason.
struct Banner: View {
    var text: String
    var isClosed: Bool
    /// Names the region a banner makes when it stands outside of the main content; nil inside.
    var region: String?

    init(_ text: String, isClosed: Bool = false, region: String? = nil) {
        self.text = text
        self.isClosed = isClosed
        self.region = region
    }

    enum Known { case demonstration }

    init(_ known: Known) {
        switch known {
        case .demonstration:
            self.init(
                "Réseau de démonstration\u{202F}: les lieux, les personnes et les sommes sont inventés, et tout peut être effacé.",
                region: "Démonstration")
        }
    }

    func render(into html: inout HTML) {
        html.div(
            .class("banner", isClosed ? "banner-closed" : nil), .role(region == nil ? "note" : "region"),
            .aria("label", region)
        ) { $0.p(text) }
    }
}
