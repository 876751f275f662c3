import Geography
import Maillage
import Markup

/// One territory: its places, its people near one, its gaps, its parts, its zonings.
struct TerritoryView: View {
    let sheet: TerritorySheet
    let fields: PlaceQueryFields
    let findings: PlaceFindings
    let communes: [Commune]
    let coverage: Coverage
    let parts: [TerritoryPages.Part]
    let zonings: [TerritoryReads.ZoningShare]
    let neighbours: [TerritoryPages.Neighbour]
    let map: DrawnMap?

    func render(into html: inout HTML) {
        html.h1(sheet.name)
        html.p(nature, .class("lead"))
        html.add(StatTiles(figures))
        if let map {
            html.div(.class("territory-map")) { $0.add(map) }
            html.p(legend, .class("map-legend"))
        }
        renderPlaces(into: &html)
        renderGaps(into: &html)
        renderParts(into: &html)
        renderZonings(into: &html)
        renderNeighbours(into: &html)
    }

    private var nature: String {
        switch sheet.code {
        case .commune:
            "Commune" + (sheet.postalCodes.isEmpty ? "" : " · " + sheet.postalCodes.prefix(4).joined(separator: ", "))
        case .epci: "Intercommunalité de \(Format.count(communes.count, "commune", "communes"))"
        case .departement(let code): "Département \(code), \(Format.count(communes.count, "commune", "communes"))"
        case .region: "Région, \(Format.count(communes.count, "commune", "communes"))"
        }
    }

    private var legend: String {
        parts.isEmpty
            ? "Un point\u{202F}: un lieu. Un disque chiffré\u{202F}: plusieurs."
            : "Plus une zone est foncée, plus elle a de lieux\u{202F}; les nombres sont dans le tableau des territoires, plus bas. "
                + "Un point\u{202F}: un lieu. Un disque chiffré\u{202F}: plusieurs."
    }

    private var figures: [StatTile] {
        var tiles = [StatTile(Format.number(findings.total), Format.noun(findings.total, "lieu", "lieux"))]
        guard let population = sheet.population, population > 0 else { return tiles }
        tiles.append(StatTile(Format.number(population), "habitants"))
        let near = communes.filter { coverage.isCovered($0) && coverage.metres(from: $0.code) != nil }
            .reduce(0) { $0 + ($1.population ?? 0) }
        tiles.append(
            StatTile(
                Format.percent(near, of: population), "des habitants à moins de 20\u{A0}km d’un lieu ouvert",
                note: "À vol d’oiseau, depuis le centre de chaque commune."))
        return tiles
    }

    private func renderPlaces(into html: inout HTML) {
        html.h2("Les lieux")
        if findings.total == 0 {
            html.p("Aucun lieu du réseau n’est encore recensé ici.")
            html.p { $0.a("Déclarer un lieu", .href(Paths.newPlace), .class("button")) }
            return
        }
        html.ul(.class("map-list")) { html in
            for found in findings.found {
                html.li { html in
                    html.a(found.card.name, .href(Link(path: "lieux", found.card.slug)))
                    html.add(MapCard.Detail(found.card))
                }
            }
        }
        let families = findings.facets[.family] ?? []
        if !families.isEmpty {
            html.add(
                DataTable(
                    "Lieux par famille, un lieu pouvant en avoir plusieurs", rows: families, id: "familles",
                    columns: [
                        .init("Famille") { family, html in
                            html.a(
                                ReferenceList.families.label(family.code),
                                .href(fields.toggling(.family, family.code).link(to: Link(path: "lieux"))))
                        },
                        .init("Lieux", isNumber: true) { Format.number($0.count) },
                    ]))
        }
        let query = fields.pairs.map { ($0.0, Optional($0.1)) }
        html.p { html in
            html.a("Tous ces lieux en liste", .href(fields.link(to: Link(path: "lieux"))))
            html.text(" · ")
            html.a("sur la carte", .href(fields.link(to: Link(path: "carte"))))
            html.text(" · à emporter\u{202F}: ")
            html.a("tableau (CSV)", .href(Link(path: "api", "v1", "places.csv").adding(query: query)))
            html.text(", ")
            html.a("GeoJSON", .href(Link(path: "api", "v1", "places.geojson").adding(query: query)))
        }
    }

    private static let mostGaps = 60

    private func renderGaps(into html: inout HTML) {
        let gaps = coverage.gaps(among: communes)
        let least = Format.number(Coverage.leastPopulation)
        if communes.isEmpty || communes.allSatisfy({ $0.population == nil }) { return }
        html.h2("Zones blanches")
        guard !gaps.isEmpty else {
            html.p(
                communes.count == 1
                    ? "Cette commune a un lieu ouvert à moins de 20\u{A0}km, ou compte au plus \(least) habitants."
                    : "Toutes les communes de plus de \(least) habitants ont un lieu ouvert à moins de 20\u{A0}km.")
            return
        }
        let people = gaps.reduce(0) { $0 + ($1.population ?? 0) }
        html.p(
            "\(Format.count(gaps.count, "commune", "communes")) de plus de \(least) habitants, où vivent "
                + "\(Format.number(people)) personnes, \(Format.noun(gaps.count, "est", "sont")) à plus de 20\u{A0}km d’un lieu ouvert."
        )
        html.add(
            DataTable(
                gaps.count > Self.mostGaps
                    ? "Les \(Self.mostGaps) plus peuplées" : "Communes sans lieu ouvert à proximité",
                rows: Array(gaps.prefix(Self.mostGaps)), id: "zones-blanches",
                columns: [
                    .init("Commune") { $1.a($0.name, .href(Paths.territory(.commune($0.code)))) },
                    .init("Habitants", isNumber: true) { $0.population.map(Format.number) },
                    .init("Lieu ouvert le plus proche", isNumber: true) { commune in
                        coverage.metres(from: commune.code).map { $0.isFinite ? Format.distance(metres: $0) : "aucun" }
                    },
                ]))
    }

    private static let mostParts = 1_500

    private func renderParts(into html: inout HTML) {
        guard !parts.isEmpty else { return }
        html.h2("Territoires")
        html.add(
            DataTable(
                "Lieux et habitants de chaque territoire", rows: Array(parts.prefix(Self.mostParts)), id: "parties",
                columns: [
                    .init("Territoire") { $1.a($0.name, .href(Paths.territory($0.code))) },
                    .init("Habitants", isNumber: true) { $0.population.map(Format.number) ?? "—" },
                    .init("Lieux", isNumber: true) { Format.number($0.places) },
                ]))
    }

    private func renderZonings(into html: inout HTML) {
        guard !zonings.isEmpty else { return }
        html.h2("Zonages en vigueur")
        html.add(
            DataTable(
                "Zonages, avec l’édition des listes officielles", rows: zonings, id: "zonages",
                columns: [
                    .init("Zonage") { $0.kind },
                    .init("Édition") { $0.edition },
                    .init("Zones", isNumber: true) { Format.number($0.zones) },
                    .init("Communes concernées", isNumber: true) { Format.number($0.communes) },
                ]))
    }

    private func renderNeighbours(into html: inout HTML) {
        guard !neighbours.isEmpty else { return }
        html.h2("Autour")
        html.add(
            Chips(neighbours.prefix(30).map { Chip($0.name, link: Link(path: "territoires", $0.code.description)) }))
    }
}

/// The country: regions and départements with their places.
struct TerritoryIndexView: View {
    let gazetteer: Gazetteer
    let coverage: Coverage
    let total: Int
    let regions: [String: Int]
    let departements: [String: Int]
    let map: DrawnMap?

    func render(into html: inout HTML) {
        html.h1("Territoires")
        html.p("Où sont les lieux du réseau, et où ils manquent.", .class("lead"))
        if gazetteer.isEmpty {
            html.add(
                EmptyState(
                    "Le registre des communes n’est pas encore importé",
                    "L’administration technique l’importe avec la commande maillage import territory."))
            return
        }
        html.div(.role("search")) { html in
            html.form(.method("get"), .action(Link(path: "territoires")), .class("search")) { html in
                html.add(
                    TextField(
                        "commune", "Une commune, par son nom ou son code postal", isRequired: false, kind: .search,
                        suggestions: "commune"))
                html.submit("Aller")
            }
        }
        let communes = gazetteer.communes.filter { $0.partOf == nil }
        let gaps = coverage.gaps(among: communes)
        html.add(
            StatTiles([
                StatTile(Format.number(total), Format.noun(total, "lieu", "lieux")),
                StatTile(Format.number(communes.count), "communes", note: "Édition \(gazetteer.edition)"),
                StatTile(
                    Format.number(gaps.count), "communes en zone blanche",
                    note:
                        "Plus de \(Format.number(Coverage.leastPopulation)) habitants, à plus de 20\u{A0}km d’un lieu ouvert."
                ),
            ]))
        if let map { html.div(.class("territory-map")) { $0.add(map) } }
        for region in gazetteer.regions.sorted(by: { $0.name < $1.name }) {
            let own = gazetteer.departements.filter { $0.region == region.code }.sorted { $0.code < $1.code }
            html.h2 { $0.a(region.name, .href(Paths.territory(.region(region.code)))) }
            html.add(
                DataTable(
                    Format.count(regions[region.code] ?? 0, "lieu", "lieux"), rows: own, id: "region-" + region.code,
                    columns: [
                        .init("Département") {
                            $1.a("\($0.name) (\($0.code))", .href(Paths.territory(.departement($0.code))))
                        },
                        .init("Lieux", isNumber: true) { Format.number(departements[$0.code] ?? 0) },
                    ]))
        }
    }
}
