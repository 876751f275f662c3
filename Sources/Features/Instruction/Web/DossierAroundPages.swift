import Exchange
import Geography
import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/instruction/alentours`: what is around the project, and what its structure asked before.
enum DossierAroundPages {
    /// About twenty minutes by car, counted as the crow flies: there is no road in the register.
    static let radius = 15_000.0

    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await DossierReading.find(visit)
        let (principal, dossier) = (visit.principal, reading.dossier)
        let (now, shelf) = (visit.now, visit.reception.forms)
        let (around, changes) = try await visit.read { reader in
            let around = try DossierSurroundings.of(dossier, principal, reader)
            return (
                around,
                try DossierChanges.of(dossier, among: around.others, principal, at: now, shelf: shelf, reader)
            )
        }
        var view = DossierAroundView(reading: reading, around: around, changes: changes)
        view.grants = try await visit.reception.rooms.besideDossier(visit, reading.id)
        if let point = around.point {
            var query = PlaceQuery()
            query.near = point
            query.radius = radius
            query.sort = .distance
            query.limit = 30
            view.neighbours = visit.reception.directory.find(query, for: principal, withFacets: false)
            if !around.services.isEmpty {
                query.facets[.service] = Set(around.services)
                view.alike = visit.reception.directory.find(query, for: principal, withFacets: false)
            }
            let box = BoundingBox(containing: [point])?.expanded(byMetres: radius * 1.2)
            if let box {
                view.outlines = try await visit.read { try OutlineStore.departements(in: box, $0) }
                view.box = box
            }
        }
        return reading.answer(visit, "Alentours", Problems(), view)
    }
}

/// The place of the project among those of the network, the zonings there, and earlier dossiers.
struct DossierAroundView: View {
    var reading: DossierReading
    var around: DossierSurroundings
    var changes: DossierChanges?
    var grants: [LaterRooms.Grant] = []
    var neighbours: PlaceFindings?
    /// Places that offer one of the services the project's place offers.
    var alike: PlaceFindings?
    var outlines: [MultiPolygon] = []
    var box: BoundingBox?

    func render(into html: inout HTML) {
        html.add(DossierTop(reading: reading, title: "Alentours", path: Paths.dossier(reading.id, .around)))
        renderPlace(into: &html)
        renderNeighbours(into: &html)
        renderZonings(into: &html)
        if let changes { html.add(DossierChangesView(changes: changes, call: reading.dossier.call, id: reading.id)) }
        renderOthers(into: &html)
        html.add(GrantsElsewhere(grants: grants))
    }

    private func renderPlace(into html: inout HTML) {
        html.section { html in
            html.h2("Le lieu")
            html.add(
                DefinitionList([
                    .init("Commune", around.commune.map { "\($0.name) (\($0.departement ?? $0.code))" }),
                    .init("Habitants", around.commune?.population.map { Format.number($0) }),
                ]))
            if let place = around.place {
                html.p { $0.a("Fiche du lieu\u{202F}: \(place.sheet.name)", .href(Link(path: "lieux", place.slug))) }
            }
            if around.commune == nil {
                html.p("Le dossier ne nomme aucune commune que le registre connaisse.", .class("muted"))
            }
        }
    }

    private func renderNeighbours(into html: inout HTML) {
        guard let neighbours, let point = around.point else { return }
        let found = neighbours.found.filter { $0.card.id != around.place?.id }
        html.section { html in
            html.h2("À environ vingt minutes")
            html.p(
                "Distances à vol d’oiseau depuis le centre de la commune, jusqu’à \(Format.distance(metres: DossierAroundPages.radius))\u{202F}: "
                    + "le registre ne connaît pas les routes.", .class("muted"))
            guard !found.isEmpty else {
                html.p("Aucun autre lieu du réseau dans ce rayon.")
                return
            }
            html.div(.class("map-preview")) { html in
                html.add(
                    PlaceSketch(
                        label: "\(Format.count(found.count, "lieu", "lieux")) autour du projet", outlines: outlines,
                        points: [point], box: box, others: found.compactMap(\.card.point), isWhole: true))
            }
            let same = Set((alike?.found ?? []).map(\.card.id))
            html.add(
                DataTable(
                    Format.count(found.count, "lieu du réseau", "lieux du réseau"), rows: found, id: "voisins",
                    columns: [
                        .init("Lieu") { one, html in html.a(one.card.name, .href(Link(path: "lieux", one.card.slug))) },
                        .init("Commune") { $0.card.communeName },
                        .init("Distance", isNumber: true) { $0.distance.map { Format.distance(metres: $0) } },
                        .init("Mêmes services") { one, html in
                            if same.contains(one.card.id) { html.add(Badge("oui", .info)) }
                        },
                    ]))
            if around.services.isEmpty {
                html.p(
                    "La candidature n’est pas rattachée à une fiche du réseau\u{202F}: ses services ne se comparent pas.",
                    .class("muted"))
            }
        }
    }

    private func renderZonings(into html: inout HTML) {
        guard around.commune != nil else { return }
        let day = Format.date(
            year: around.zonedOn.year, month: around.zonedOn.month, day: around.zonedOn.day)
        html.section { html in
            html.h2("Zonages au \(day)")
            if around.zonings.isEmpty {
                html.p("Aucun zonage connu sur cette commune ce jour-là.")
            } else {
                html.add(
                    DataTable(
                        "Zonages en vigueur à la limite de l’appel", rows: around.zonings, id: "zonages",
                        columns: [
                            .init("Zonage") { Format.capitalized(ZoningWords.name($0.kind)) }, .init("Nom") { $0.name },
                            .init("Édition") { $0.edition },
                        ]))
            }
        }
    }

    private func renderOthers(into html: inout HTML) {
        html.section { html in
            html.h2("Autres candidatures de la même structure")
            guard !around.others.isEmpty else {
                html.p("Aucune dans les appels que vous tenez.")
                return
            }
            let calls = Dictionary(around.calls.map { ($0.id, $0) }) { first, _ in first }
            html.add(
                DataTable(
                    Format.count(around.others.count, "candidature", "candidatures"), rows: around.others, id: "autres",
                    columns: [
                        .init("Dossier") { dossier, html in
                            html.a(dossier.name, .href(Paths.dossier(dossier.candidacy)))
                        },
                        .init("Appel") { calls[$0.call]?.title },
                        .init("Vague") { calls[$0.call]?.wave($0.wave)?.label },
                        .init("État") { dossier, html in html.add(InstructionBadge(dossier: dossier)) },
                    ]))
        }
    }
}
