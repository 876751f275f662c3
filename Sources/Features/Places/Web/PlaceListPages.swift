import Geography
import Maillage
import Markup

/// `/lieux`.
enum PlaceListPages {
    static func show(_ visit: Visit) async throws -> Answer {
        var fields = PlaceQueryFields(visit.query)
        // A form sends its empty fields too: the address to share is the one without them.
        if visit.query.all.contains(where: { $0.value.isEmpty }), fields.problems.isEmpty {
            return .redirect(to: fields.link(to: Link(path: "lieux")).address)
        }
        let directory = visit.reception.directory
        var whereabouts: PlaceNeighbourhood?
        if !fields.address.isEmpty {
            let found = await PlaceNeighbourhood.find(fields.address, visit.reception)
            fields.query.near = found.point
            if found.point == nil { fields.query.radius = nil }
            whereabouts = found
        }
        // The map that was moved asks for the rows alone: what is around them stays.
        let findings = directory.find(fields.query, for: visit.principal, withFacets: !visit.wantsPart)
        let names = try await PlaceFacetNames.read(visit)
        var view = PlaceListView(fields: fields, findings: findings, names: names, whereabouts: whereabouts)
        if findings.total == 0 { view.looser = looser(fields, names, visit) }
        if visit.wantsPart { return .html(PlaceResults(list: view).rendered()).with(.cacheControl, "no-store") }
        view.map = MapScript(visit)
        if let box = fields.query.box ?? findings.box {
            view.outlines = try await visit.read {
                try OutlineStore.departements(in: box.expanded(byMetres: 30_000), $0)
            }
        }
        return visit.page(head(fields, visit, hasMap: view.map != nil), view)
    }

    private static func head(_ fields: PlaceQueryFields, _ visit: Visit, hasMap: Bool) -> PageHead {
        var head = PageHead(
            fields.query.text.isEmpty ? "Lieux" : "Lieux\u{202F}: \(fields.query.text)", section: "Lieux",
            description: "Les tiers-lieux du réseau\u{202F}: coworking, fablabs, cafés associatifs, réemploi, jardins…")
        let address = fields.link(to: Link(path: "lieux")).address
        head.canonical = Link(checking: visit.reception.settings.baseURL + address)
        head.isIndexed = !fields.isFiltered && fields.query.box == nil
        head.hasSearch = true
        head.breadcrumbs = Breadcrumbs(current: "Lieux")
        head.scripts = ["filters.js", "suggest.js"] + (hasMap ? ["map.js"] : [])
        if hasMap { head.styleSheets = ["leaflet/leaflet.css"] }
        head.feeds = [PageHead.Feed(title: "Lieux nouveaux et modifiés", link: Link(path: "lieux.atom"))]
        return head
    }

    /// Which single filter to take away so that something is found, the most generous first.
    private static func looser(
        _ fields: PlaceQueryFields, _ names: PlaceFacetNames, _ visit: Visit
    ) -> [(label: String, link: Link, count: Int)] {
        ActiveFilters.list(fields, names).prefix(12).compactMap { filter in
            var query = filter.without.query
            query.limit = 1
            let count = visit.reception.directory.find(query, for: visit.principal, withFacets: false).total
            return count == 0 ? nil : (filter.label, filter.without.link(to: Link(path: "lieux")), count)
        }
        .sorted { $0.count > $1.count }
        .prefix(3).map { $0 }
    }
}
