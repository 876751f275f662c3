import Markup

/// The way back up, from the home page to the parent of this page, then this page.
struct Breadcrumbs: View, Sendable {
    var parents: [(label: String, link: Link)]
    var current: String

    init(_ parents: [(label: String, link: Link)] = [], current: String) {
        self.parents = parents
        self.current = current
    }

    func render(into html: inout HTML) {
        html.nav(.class("breadcrumbs"), .aria("label", "Fil d’Ariane")) { html in
            html.ol { html in
                html.li { $0.a("Accueil", .href("/")) }
                for parent in parents { html.li { $0.a(parent.label, .href(parent.link)) } }
                html.li { $0.span(current, .aria("current", "page")) }
            }
        }
    }
}

/// Numbered pages: first, last, and the neighbours of the current one.
struct Pagination: View {
    /// The current page, from 1.
    var page: Int
    var pageCount: Int
    /// The address of a page.
    var link: (Int) -> Link

    func render(into html: inout HTML) {
        guard pageCount > 1 else { return }
        html.nav(.class("pagination"), .aria("label", "Pages de résultats")) { html in
            html.ul { html in
                if page > 1 { html.li { $0.a("Précédente", .href(link(page - 1)), .rel("prev")) } }
                var previous = 0
                for number in Self.shown(page: page, of: pageCount) {
                    if number > previous + 1 { html.li { $0.span("…", .class("gap")) } }
                    previous = number
                    html.li { html in
                        if number == page {
                            html.span("\(number)", .aria("current", "page"))
                        } else {
                            html.a("\(number)", .href(link(number)), .aria("label", "Page \(number)"))
                        }
                    }
                }
                if page < pageCount { html.li { $0.a("Suivante", .href(link(page + 1)), .rel("next")) } }
            }
        }
    }

    /// The page numbers to show, in order: never more than seven.
    static func shown(page: Int, of count: Int) -> [Int] {
        guard count > 0 else { return [] }
        let current = min(max(page, 1), count)
        let near = max(current - 1, 1)...min(current + 1, count)
        return Set([1, count] + near).sorted()
    }
}

/// The pages of one thing, side by side under its title.
struct SubNavigation: View {
    var label: String
    var entries: [(label: String, link: Link)]
    /// The path being read.
    var path: String

    func render(into html: inout HTML) {
        html.nav(.class("subnav"), .aria("label", label)) { html in
            html.ul { html in
                for entry in entries {
                    let isCurrent = entry.link.address == path
                    html.li { $0.a(entry.label, .href(entry.link), .aria("current", isCurrent ? "page" : nil)) }
                }
            }
        }
    }
}
