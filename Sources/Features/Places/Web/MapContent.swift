import Geography
import Maillage
import Markup

/// The map, the panel that narrows it, and the list of what it shows.
struct MapContent: View {
    let visit: Visit
    let fields: PlaceQueryFields
    /// The words typed in « près de », to show again.
    let address: String
    /// Why the map did not go there.
    let notice: String?
    let embed: MapEmbed
    let view: MapView
    let findings: PlaceFindings
    let drawing: DrawnMap
    let overseas: [Overseas]

    func render(into html: inout HTML) {
        html.section(.class("map-panel"), .aria("label", "Filtres et liste")) { html in
            html.h1("Carte des lieux", .class(embed.isOn ? "visually-hidden" : nil))
            if !fields.problems.isEmpty { html.add(ErrorSummary(fields.problems.list.map { ("", $0.message) })) }
            if !embed.isOn { renderWhereabouts(into: &html) }
            renderFilters(into: &html)
            renderResults(into: &html)
            renderLegend(into: &html)
        }
        renderMap(into: &html)
    }

    private func renderMap(into html: inout HTML) {
        let settings = visit.reception.settings
        let assets = visit.reception.assets
        let hasTiles = settings.tilesURL != nil
        html.div(
            .class("map"), .id("carte"), .role("region"), .aria("label", "Carte"), .data("map"),
            .data("leaflet", assets.hasLeaflet ? assets.leafletScript : nil),
            .data("points", "/api/v1/map/{z}/{x}/{y}"), .data("contours", hasTiles ? nil : "/carte/contours.json"),
            .data("tiles", hasTiles ? "/carte/fond/{z}/{x}/{y}.png" : nil),
            .data("tiles-credit", hasTiles ? settings.tilesAttribution : nil),
            .data("bounds", PlaceQueryFields.text(view.box)), .data("results", "resultats"),
            .data("colour", embed.colour), .data("ink", embed.ink)
        ) { html in
            html.add(drawing)
            renderMoves(into: &html)
        }
    }

    /// Moves by links, for those whom no script helps.
    private func renderMoves(into html: inout HTML) {
        let moves: [(String, String, MapView)] = [
            ("+", "Zoomer", view.zoomed(0.5)), ("−", "Dézoomer", view.zoomed(2)),
            ("↑", "Vers le nord", view.moved(east: 0, north: 0.5)),
            ("↓", "Vers le sud", view.moved(east: 0, north: -0.5)),
            ("←", "Vers l’ouest", view.moved(east: -0.5, north: 0)),
            ("→", "Vers l’est", view.moved(east: 0.5, north: 0)),
        ]
        html.nav(.class("map-moves"), .aria("label", "Déplacer la carte")) { html in
            html.ul { html in
                for (sign, label, target) in moves where target != view {
                    html.li { html in
                        html.a(.href(embed.link(fields.within(target.box))), .class("button"), .aria("label", label)) {
                            $0.text(sign)
                        }
                    }
                }
            }
        }
    }

    /// A form of its own: going elsewhere loads the map anew, while filters only refresh it.
    private func renderWhereabouts(into html: inout HTML) {
        html.form(.method("get"), .action(Link(path: "carte")), .role("search"), .class("search")) { html in
            html.add(
                TextField(
                    "adresse", "Près de (commune ou adresse)", value: address, error: notice, isRequired: false,
                    maximumLength: PlaceQueryReader.greatestText, suggestions: "commune"))
            for (name, value) in fields.pairs where !["bbox", "pres", "adresse", "page"].contains(name) {
                html.add(HiddenField(name, value))
            }
            html.submit("Aller", name: "aller", value: "1", style: .plain)
        }
    }

    private func renderFilters(into html: inout HTML) {
        html.details(.class("facet"), .open(fields.isFiltered && !embed.isOn)) { html in
            html.summary("Chercher et filtrer")
            html.form(
                .method("get"), .action(Link(path: "carte")), .class("facets"), .data("filters", "resultats"),
                .aria("label", "Filtres")
            ) { html in
                html.add(
                    TextField(
                        "q", "Mots", value: fields.query.text, isRequired: false, kind: .search,
                        maximumLength: PlaceQueryReader.greatestText))
                for (name, value) in embed.pairs { html.add(HiddenField(name, value)) }
                for (name, value) in carried { html.add(HiddenField(name, value)) }
                for facet in facets { html.add(facet) }
                html.div(.class("row")) { html in
                    html.submit("Filtrer")
                    if fields.isFiltered { html.a("Tout effacer", .href(embed.link(PlaceQueryFields()))) }
                }
            }
        }
    }

    /// What the form does not show and must not lose.
    private var carried: [(String, String)] {
        let shown: Set<String> = ["q", "ouvert", "week-end", "page"]
        let offered = Set(Self.offered.map { $0.0.rawValue })
        return fields.pairs.filter { !shown.contains($0.0) && !offered.contains($0.0) }
    }

    private static let offered: [(PlaceFacet, String)] = [
        (.family, "Familles"), (.service, "Services"), (.audience, "Publics"), (.accessibility, "Accessibilité"),
        (.maturity, "Étape de vie"),
    ]

    private var facets: [Facet] {
        var facets = [
            Facet(
                "ouvert", "Horaires", values: [.init("1", "Ouverts maintenant", count: findings.openNow)],
                chosen: fields.query.isOpenNow ? ["1"] : []),
            Facet(
                "week-end", "Week-end", values: [.init("1", "Ouverts le week-end", count: findings.openAtWeekend)],
                chosen: fields.query.isOpenAtWeekend ? ["1"] : []),
        ]
        for (facet, label) in Self.offered {
            let counts = Dictionary(
                (findings.facets[facet] ?? []).map { ($0.code, $0.count) }, uniquingKeysWith: { first, _ in first })
            let chosen = fields.query.facets[facet] ?? []
            let values = (facet.list?.entries ?? []).filter { counts[$0.code] != nil || chosen.contains($0.code) }
            facets.append(
                Facet(
                    facet.rawValue, label,
                    values: values.map { Facet.Value($0.code, $0.label, count: counts[$0.code] ?? 0) }, chosen: chosen))
        }
        return facets
    }

    private func renderResults(into html: inout HTML) {
        let target = embed.isOn ? "_top" : nil
        html.section(.id("resultats"), .class("results"), .aria("label", "Lieux visibles sur la carte")) { html in
            html.div(.class("results-head")) { html in
                html.h2(Format.count(findings.total, "lieu sur la carte", "lieux sur la carte"))
                if findings.total > 0 {
                    html.a(
                        "Voir en liste", .href(fields.within(view.box).link(to: Link(path: "lieux"))), .target(target))
                }
            }
            if findings.total == 0 {
                html.p("Aucun lieu dans ce cadre\u{202F}: dézoomez, déplacez la carte ou retirez un filtre.")
            }
            html.ul(.class("map-list")) { html in
                for found in findings.found {
                    html.li(.data("place", found.card.id.text)) { html in
                        html.a(found.card.name, .href(Link(path: "lieux", found.card.slug)), .target(target))
                        html.add(MapCard.Detail(found.card))
                    }
                }
            }
            if findings.total > findings.found.count {
                html.p(
                    "Et \(Format.count(findings.total - findings.found.count, "autre", "autres"))\u{202F}: zoomez, "
                        + "ou ouvrez la liste.")
            }
        }
    }

    private func renderLegend(into html: inout HTML) {
        html.div(.class("map-legend")) { html in
            if !overseas.isEmpty {
                html.p { html in
                    html.text("Aller à\u{202F}: ")
                    let stops = [("la métropole", MapView.mainland)] + overseas.map { ($0.name, $0.view) }
                    for (rank, stop) in stops.enumerated() {
                        if rank > 0 { html.text(" · ") }
                        html.a(stop.0, .href(embed.link(fields.within(stop.1.box))))
                    }
                }
            }
            html.p("Un point\u{202F}: un lieu. Un disque chiffré\u{202F}: plusieurs lieux, à ouvrir pour zoomer.")
            html.p(
                visit.reception.settings.tilesURL == nil
                    ? "Fond\u{202F}: contours administratifs du réseau." : visit.reception.settings.tilesAttribution)
            if embed.isOn {
                html.p {
                    $0.a(
                        "Ouvrir sur \(visit.reception.settings.networkName)",
                        .href(fields.link(to: Link(path: "carte"))), .target("_top"))
                }
            }
        }
    }
}

/// A place in the popup of its point.
struct MapCard: View {
    let card: PlaceCard

    init(_ card: PlaceCard) {
        self.card = card
    }

    func render(into html: inout HTML) {
        html.strong { $0.a(card.name, .href(Link(path: "lieux", card.slug))) }
        html.add(Detail(card))
        if !card.summary.isEmpty { html.p(Format.excerpt(card.summary, limit: 140)) }
    }

    /// Where it is and what it does, in a line.
    struct Detail: View {
        let card: PlaceCard

        init(_ card: PlaceCard) {
            self.card = card
        }

        func render(into html: inout HTML) {
            let place = [card.postalCode, card.communeName].filter { !$0.isEmpty }.joined(separator: " ")
            let what = card.families.prefix(2).map { ReferenceList.families.label($0) }
            let line = ([place] + what).filter { !$0.isEmpty }.joined(separator: " · ")
            html.p(line, .class("map-detail"))
        }
    }
}
