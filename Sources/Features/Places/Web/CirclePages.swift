import Geography
import Maillage
import Markup

/// `/cercles`: circles by kind, each with its places, its map and its feed.
enum CirclePages {
    static func list(_ visit: Visit) async throws -> Answer {
        let circles = try await visit.read { try CircleStore.all($0) }
        var query = PlaceQuery()
        query.limit = 1
        let counts = visit.reception.directory.find(query, for: visit.principal).facets[.circle] ?? []
        let view = CircleListView(
            circles: circles,
            counts: Dictionary(counts.map { ($0.code, $0.count) }, uniquingKeysWith: { first, _ in first }),
            creates: visit.principal.isCoordinator)
        var head = PageHead(
            "Cercles", description: "Les cercles du réseau, par territoire et par thème.",
            breadcrumbs: Breadcrumbs(current: "Cercles"))
        head.canonical = Link(checking: visit.reception.settings.baseURL + Paths.circles)
        return visit.page(head, view)
    }

    static func show(_ visit: Visit) async throws -> Answer {
        let slug = try visit.parameter("slug")
        guard let circle = try await visit.read({ try CircleStore.circle(slug: slug, $0) }) else { throw Missing() }
        var query = PlaceQuery()
        query.facets[.circle] = [circle.id.text]
        query.limit = 300
        let findings = visit.reception.directory.find(query, for: visit.principal)
        var view = CircleView(circle: circle, findings: findings)
        if let box = BoundingBox(containing: view.points) {
            view.outlines = try await visit.read {
                try OutlineStore.departements(in: box.expanded(byMetres: 40_000), $0)
            }
        }
        var head = PageHead(
            circle.name, section: "Cercles", description: circle.summary.isEmpty ? nil : circle.summary,
            breadcrumbs: Breadcrumbs([("Cercles", Link(path: "cercles"))], current: circle.name))
        head.canonical = Link(checking: visit.reception.settings.baseURL + Paths.circle(circle.slug))
        head.feeds = [PageHead.Feed(title: "Cercle \(circle.name)", link: Link(path: "cercles", circle.slug + ".atom"))]
        return visit.page(head, view)
    }
}
