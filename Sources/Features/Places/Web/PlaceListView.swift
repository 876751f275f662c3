import Geography
import Maillage
import Markup

/// The directory: search above, facets beside, list and map in step.
struct PlaceListView: View {
    var fields: PlaceQueryFields
    var findings: PlaceFindings
    var names: PlaceFacetNames
    /// What an address was understood as, or that it was not.
    var whereabouts: PlaceNeighbourhood?
    /// Filters to take away when nothing is found, with what is then found.
    var looser: [(label: String, link: Link, count: Int)] = []
    var outlines: [MultiPolygon] = []
    /// The interactive map's script; nil without it.
    var map: MapScript?
    static let form = "filtres"

    func render(into html: inout HTML) {
        html.h1("Lieux")
        html.div(.role("search")) { html in html.add(PlaceSearchBox(fields: fields, form: Self.form)) }
        html.div(.class("with-facets")) { html in
            html.add(panel)
            html.div(.class("map-split")) { html in
                html.add(PlaceResults(list: self))
                html.div(.class("map-panel no-print")) { renderMap(into: &$0) }
            }
        }
    }

    private var panel: FacetPanel {
        var panel = FacetPanel(
            action: Link(path: "lieux"), facets: [opening] + facets,
            hidden: carried, reset: fields.isFiltered ? fields.withoutFilters.link(to: Link(path: "lieux")) : nil)
        panel.id = Self.form
        return panel
    }

    /// What the search box and the boxes of facets do not carry themselves.
    private var carried: [(String, String)] {
        let shown: Set = ["q", "adresse", "rayon", "tri", "ouvert", "week-end"]
        return fields.besidesFacets.filter { !shown.contains($0.0) }
    }

    private var opening: Facet {
        Facet(
            "ouvert", "Ouverture",
            values: [
                Facet.Value("1", "Ouvert en ce moment", count: findings.openNow, name: "ouvert"),
                Facet.Value("1", "Ouvert le week-end", count: findings.openAtWeekend, name: "week-end"),
            ],
            chosen: [], isOpen: true
        ).choosing { value in value.name == "ouvert" ? fields.query.isOpenNow : fields.query.isOpenAtWeekend }
    }

    private var facets: [Facet] {
        PlaceFacetNames.order.compactMap { facet in
            guard let counts = findings.facets[facet], !counts.isEmpty else { return nil }
            // A facet that says the same of all the places narrows nothing.
            if counts.count == 1, counts[0].count == findings.total, !counts[0].isChosen { return nil }
            return Facet(
                facet.rawValue, PlaceFacetNames.title(facet),
                values: counts.map { Facet.Value($0.code, names.label(facet, $0.code), count: $0.count) },
                chosen: fields.query.facets[facet] ?? [], isOpen: facet == .family)
        }
    }

    fileprivate func renderResults(into html: inout HTML) {
        html.div(.class("results-head")) { html in
            html.p(.role("status")) { $0.strong(headline) }
            if findings.total > 0 { exports(into: &html) }
        }
        renderNotes(into: &html)
        html.add(ActiveFilters(fields: fields, names: names))
        if findings.total == 0 {
            html.add(nothing)
        } else {
            html.add(PlaceRows(found: findings.found))
            html.add(
                Pagination(page: fields.page, pageCount: pageCount) {
                    fields.on(page: $0).link(to: Link(path: "lieux"))
                })
        }
    }

    private var pageCount: Int { (findings.total + fields.query.limit - 1) / max(fields.query.limit, 1) }

    private var headline: String {
        let count = Format.count(findings.total, "lieu", "lieux")
        return fields.page > 1 ? "\(count), page \(fields.page) sur \(pageCount)" : count
    }

    private func renderNotes(into html: inout HTML) {
        for problem in fields.problems.list { html.p(problem.message, .class("muted")) }
        for correction in findings.corrections {
            html.p(
                "Aucun lieu n’emploie le mot «\u{A0}\(correction.typed)\u{A0}»\u{202F}: voici ceux dont un mot s’en approche.",
                .class("muted"))
        }
        if let whereabouts { html.p(whereabouts.sentence, .class("muted")) }
    }

    private func exports(into html: inout HTML) {
        html.p(.class("no-print")) { html in
            html.a("Voir sur la carte", .href(fields.on(page: 1).link(to: Link(path: "carte"))))
            html.text(". Emporter cette liste\u{202F}: ")
            let query = located.pairs.filter { $0.0 != "page" && $0.0 != "tri" }.map { ($0.0, Optional($0.1)) }
            html.a("tableau (CSV)", .href(Link(path: "api", "v1", "places.csv").adding(query: query)))
            html.text(", ")
            html.a("carte (GeoJSON)", .href(Link(path: "api", "v1", "places.geojson").adding(query: query)))
        }
    }

    /// The same question with the point found instead of the words typed: files and tiles know no address.
    private var located: PlaceQueryFields {
        var located = fields
        located.address = ""
        return located
    }

    private var nothing: EmptyState {
        if looser.isEmpty {
            return EmptyState(
                "Aucun lieu ne répond à cette recherche",
                "Essayez un mot plus court, ou voyez tous les lieux du réseau.",
                actions: [
                    ("Voir tous les lieux", Link(path: "lieux")), ("Déclarer un lieu", Link(path: "lieux", "nouveau")),
                ])
        }
        return EmptyState(
            "Aucun lieu ne répond à tous ces critères", "Retirez l’un d’eux\u{202F}:",
            actions: looser.map {
                ("Sans «\u{A0}\($0.label)\u{A0}»\u{202F}: \(Format.count($0.count, "lieu", "lieux"))", $0.link)
            }
                + [("Voir tous les lieux", Link(path: "lieux"))])
    }

    private func renderMap(into html: inout HTML) {
        let drawn = PlaceSketch(
            label: "Carte des lieux de cette page", outlines: outlines, points: findings.found.compactMap(\.card.point),
            box: fields.query.box)
        html.add(
            PlacesMapFrame(
                script: map, box: fields.query.box ?? findings.box, results: "resultats",
                query: fields.address.isEmpty ? nil : located.queryString, drawn: drawn))
    }
}

/// What follows the filters and the map: the rows, how many, and how to carry them away.
struct PlaceResults: View {
    var list: PlaceListView

    func render(into html: inout HTML) {
        html.section(.id("resultats"), .class("results"), .aria("label", "Résultats")) { list.renderResults(into: &$0) }
    }
}

/// The addresses the interactive map needs.
struct MapScript: Sendable {
    var leaflet: String
    /// What is paid to who drew the tiles; nil without tiles.
    var credit: String?

    init?(_ visit: Visit) {
        guard visit.reception.assets.hasLeaflet, let leaflet = visit.reception.assets.leafletScript else { return nil }
        self.leaflet = leaflet
        credit = visit.reception.settings.tilesURL == nil ? nil : visit.reception.settings.tilesAttribution
    }
}

/// The frame of a map: interactive with its script, drawn by the server without.
struct PlacesMapFrame: View {
    var script: MapScript?
    var box: BoundingBox?
    /// The region that follows the map.
    var results: String?
    /// The filters, when they are not those of the page's address.
    var query: String?
    var drawn: PlaceSketch

    func render(into html: inout HTML) {
        guard let script else {
            html.div(.class("map")) { $0.add(drawn) }
            return
        }
        html.div(
            .class("map"), .data("map"), .data("leaflet", script.leaflet),
            .data("bounds", box.map { PlaceQueryFields.text($0) }),
            .data("tiles", script.credit == nil ? nil : "/carte/fond/{z}/{x}/{y}.png"),
            .data("tiles-credit", script.credit),
            .data("contours", script.credit == nil ? "/carte/contours.json" : nil),
            .data("points", "/api/v1/map/{z}/{x}/{y}"), .data("results", results), .data("query", query),
            .role("region"), .aria("label", "Carte")
        ) { $0.add(drawn) }
    }
}
