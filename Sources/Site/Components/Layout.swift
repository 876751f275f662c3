import Markup

/// What every page of a network shares: its name, its header, its footer, the reader's menu.
///
/// ```swift
/// layout.page(PageHead("Le Grand Atelier", section: "Lieux")) { html in
///     html.h1("Le Grand Atelier")
/// }
/// ```
struct Layout: Sendable {
    /// The network's name, the last word of every title.
    var network: String
    var assets: AssetLinks
    /// Nil for a visitor.
    var viewer: Viewer?
    /// The path being read: marks the entry of the menu it belongs to.
    var path: String
    /// A word left by the page before this one.
    var flash: FlashMessage?
    /// That the reader's session is about to end, where it may end before the day is over.
    var notice: SessionNotice?
    /// A demonstration says so on every page.
    var isDemonstration = false
    /// What the accessibility declaration concludes (RGAA, article 47 of the law of 11 February 2005).
    var conformity = AccessibilityAudit.conformity
    /// Where to write to the network.
    var contact: Link = Link(path: "contact")

    init(network: String, assets: AssetLinks, viewer: Viewer? = nil, path: String = "/", flash: FlashMessage? = nil) {
        self.network = network
        self.assets = assets
        self.viewer = viewer
        self.path = path
        self.flash = flash
    }

    /// The legal mention that every page carries in its footer.
    enum Conformity: String, Sendable {
        case none = "non conforme"
        case partial = "partiellement conforme"
        case total = "totalement conforme"
    }

    /// The whole page, as bytes to send.
    func page(_ head: PageHead, content: (inout HTML) -> Void) -> [UInt8] {
        var html = HTML(capacity: 48 * 1024)
        html.document { html in
            html.head { renderHead(head, into: &$0) }
            html.body(.class(head.shape == .embed ? "embed" : nil)) { html in
                if head.shape != .embed {
                    html.add(SkipLinks(hasSearch: head.hasSearch))
                    if isDemonstration { html.add(Banner(.demonstration)) }
                    html.add(SiteHeader(network: network, viewer: viewer, path: path))
                }
                html.main(.id("contenu"), .tabindex(-1), .class(head.shape == .page ? nil : "map-full")) { html in
                    html.add(head.breadcrumbs)
                    html.add(head.reload)
                    html.add(flash)
                    content(&html)
                }
                if head.shape != .embed {
                    html.add(SiteFooter(network: network, conformity: conformity, contact: contact))
                    html.add(notice)
                }
            }
        }
        return html.bytes
    }

    /// The title of the window: « Page – Section – Réseau », preceded by what went wrong, if anything did.
    func title(of head: PageHead) -> String {
        var parts = [head.title]
        if let section = head.section, section != head.title { parts.append(section) }
        if network != head.title { parts.append(network) }
        return (head.hasErrors ? "Erreur\u{202F}: " : "") + parts.joined(separator: " – ")
    }

    private func renderHead(_ head: PageHead, into html: inout HTML) {
        html.meta(.charset("utf-8"))
        html.meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
        html.title(title(of: head))
        if let description = head.description {
            html.meta(.name("description"), .content(description))
            html.meta(.property("og:description"), .content(description))
        }
        html.meta(.property("og:title"), .content(head.title))
        html.meta(.property("og:site_name"), .content(network))
        if !head.isIndexed { html.meta(.name("robots"), .content("noindex")) }
        if let canonical = head.canonical {
            html.link(.rel("canonical"), .href(canonical))
            html.meta(.property("og:url"), .content(canonical.address))
        }
        html.meta(.name("theme-color"), .content("#0d5c5c"))
        html.link(.rel("icon"), .type("image/svg+xml"), .href(assets.address("favicon.svg")))
        for sheet in head.styleSheets { html.link(.rel("stylesheet"), .href(assets.address(sheet))) }
        html.link(.rel("stylesheet"), .href(assets.address("maillage.css")))
        for feed in head.feeds {
            html.link(.rel("alternate"), .type("application/atom+xml"), .title(feed.title), .href(feed.link))
        }
        for script in head.scripts { html.script(module: assets.address(script)) }
        if notice != nil, head.shape != .embed { html.script(module: assets.address("session.js")) }
        head.reload?.renderHead(into: &html)
        if let data = head.structuredData { html.structuredData(data) }
    }
}
