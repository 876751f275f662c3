import Markup

/// What one page says of itself: its title and what belongs in `<head>`.
struct PageHead: Sendable {
    /// The page's own title, unique in its section: usually the text of its `h1`.
    var title: String
    /// The section the page belongs to, in the plural as in the menu (« Lieux »).
    var section: String?
    /// One sentence for search engines and shared links.
    var description: String?
    /// The page's one true address, absolute.
    var canonical: Link?
    /// Files of `Sources/Public`, loaded as modules: `["map.js"]`.
    var scripts: [String] = []
    /// Files loaded before the site's own style sheet: `["leaflet.css"]`.
    var styleSheets: [String] = []
    /// For a page that nobody touches, as on a projector.
    var reload: Reload?
    var feeds: [Feed] = []
    /// Schema.org, for public pages.
    var structuredData: StructuredData?
    var breadcrumbs: Breadcrumbs?
    /// False for what search engines must not keep: private pages, results of searches.
    var isIndexed = true
    /// True when the form of the page is shown again with errors: the title says it first.
    var hasErrors = false
    /// True when the page holds `#recherche`: a skip link leads there.
    var hasSearch = false
    var shape = Shape.page

    /// A feed that the page announces.
    struct Feed: Sendable {
        var title: String
        var link: Link
    }

    /// `page`: header, text, footer. `map`: header and a map that fills the rest. `embed`: the map alone, in a frame.
    enum Shape: Sendable { case page, map, embed }

    init(_ title: String, section: String? = nil, description: String? = nil, breadcrumbs: Breadcrumbs? = nil) {
        self.title = title
        self.section = section
        self.description = description
        self.breadcrumbs = breadcrumbs
    }
}
