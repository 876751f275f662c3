import Maillage
import Markup

/// The facets of places in words: their titles, and the label of each value.
struct PlaceFacetNames: Sendable {
    var circles: [String: String] = [:]
    var departements: [String: String] = [:]
    var regions: [String: String] = [:]

    /// The order in which people narrow.
    static let order: [PlaceFacet] = [
        .family, .service, .departement, .circle, .audience, .accessibility, .fees, .access, .maturity, .mobility,
        .region,
    ]

    static func title(_ facet: PlaceFacet) -> String {
        switch facet {
        case .family: "Famille"
        case .service: "Service"
        case .audience: "Public"
        case .maturity: "Étape"
        case .mobility: "Fixe ou itinérant"
        case .accessibility: "Accès en fauteuil roulant"
        case .fees: "Prix"
        case .access: "Accueil"
        case .circle: "Cercle"
        case .departement: "Département"
        case .region: "Région"
        }
    }

    func label(_ facet: PlaceFacet, _ code: String) -> String {
        if let list = facet.list { return list.label(code) }
        switch facet {
        case .circle: return circles[code] ?? code
        case .departement: return departements[code].map { "\($0) (\(code))" } ?? code
        default: return regions[code] ?? code
        }
    }

    static func read(_ visit: Visit) async throws -> PlaceFacetNames {
        let gazetteer = visit.reception.gazetteer.present
        let circles = try await visit.read { try CircleStore.all($0) }
        return PlaceFacetNames(
            circles: Dictionary(circles.map { ($0.id.text, $0.name) }, uniquingKeysWith: { first, _ in first }),
            departements: Dictionary(
                gazetteer.departements.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first }),
            regions: Dictionary(gazetteer.regions.map { ($0.code, $0.name) }, uniquingKeysWith: { first, _ in first }))
    }
}

/// Search, neighbourhood and order: one line above a list, belonging to the form of filters below.
struct PlaceSearchBox: View {
    var fields: PlaceQueryFields
    /// The form these fields belong to; nil when they stand in their own.
    var form: String?
    var isShort = false

    func render(into html: inout HTML) {
        html.div(.class("search"), .id("recherche")) { html in
            field("q", "Que cherchez-vous\u{202F}?", fields.query.text, type: "search", into: &html)
            field("adresse", "Près de (commune ou adresse)", fields.address, suggestions: "commune", into: &html)
            if !isShort {
                select("rayon", "Dans un rayon de", into: &html) { html in
                    let chosen = fields.query.radius.map { $0 / 1_000 }
                    html.option("sans limite", .value(""))
                    for kilometres in Self.radii(with: chosen) {
                        html.option(
                            Format.decimal(kilometres) + "\u{A0}km", .value(WrittenNumber.write(kilometres, places: 3)),
                            .selected(chosen == kilometres))
                    }
                }
                select("tri", "Ranger par", into: &html) { html in
                    // Without a choice, the order follows the question: a neighbourhood asks for distances, words for relevance.
                    html.option("Au mieux", .value(""))
                    for sort in PlaceQuery.Sort.allCases {
                        html.option(sort.label, .value(sort.rawValue), .selected(fields.query.sort == sort))
                    }
                }
            }
            html.button("Rechercher", .type("submit"), .class("button button-primary"), .form(form))
        }
    }

    private static func radii(with chosen: Double?) -> [Double] {
        Set([2, 5, 10, 20, 50] + (chosen.map { [$0] } ?? [])).sorted()
    }

    private func field(
        _ name: String, _ label: String, _ value: String, type: String = "text", suggestions: String? = nil,
        into html: inout HTML
    ) {
        html.div(.class("field")) { html in
            html.label(label, .for("recherche-" + name))
            html.input(
                .class("input"), .type(type), .id("recherche-" + name), .name(name), .value(value), .form(form),
                .maxlength(200), .autocomplete("off"), .data("suggest", suggestions))
        }
    }

    private func select(_ name: String, _ label: String, into html: inout HTML, options: (inout HTML) -> Void) {
        html.div(.class("field field-narrow")) { html in
            html.label(label, .for("recherche-" + name))
            html.select(.class("input"), .id("recherche-" + name), .name(name), .form(form), content: options)
        }
    }
}

/// The filters in force, each with the link that takes it away.
struct ActiveFilters: View {
    var fields: PlaceQueryFields
    var names: PlaceFacetNames

    func render(into html: inout HTML) {
        let filters = Self.list(fields, names)
        guard !filters.isEmpty else { return }
        html.ul(.class("tags"), .aria("label", "Filtres actifs")) { html in
            for filter in filters {
                html.li { html in
                    html.a(.href(filter.without.link(to: Link(path: "lieux"))), .class("tag")) { html in
                        html.span("Retirer\u{202F}: ", .class("visually-hidden"))
                        html.text(filter.label)
                        html.span("×", .aria("hidden", true))
                    }
                }
            }
            html.li { $0.a("Tout effacer", .href(Paths.places), .class("tag")) }
        }
    }

    /// Each filter in words, with the question that is left without it.
    static func list(_ fields: PlaceQueryFields, _ names: PlaceFacetNames) -> [(
        label: String, without: PlaceQueryFields
    )] {
        var list: [(label: String, without: PlaceQueryFields)] = []
        func add(_ label: String, _ change: (inout PlaceQueryFields) -> Void) {
            list.append((label, fields.changed(change)))
        }
        let query = fields.query
        if !query.text.isEmpty { add("«\u{A0}\(query.text)\u{A0}»") { $0.query.text = "" } }
        if query.near != nil || !fields.address.isEmpty {
            let radius = query.radius.map { " (\(Format.distance(metres: $0)))" } ?? ""
            add("Près de \(fields.address.isEmpty ? "ce point" : fields.address)\(radius)") {
                $0.query.near = nil
                $0.query.radius = nil
                $0.address = ""
            }
        }
        if query.isOpenNow { add("Ouvert en ce moment") { $0.query.isOpenNow = false } }
        if query.isOpenAtWeekend { add("Ouvert le week-end") { $0.query.isOpenAtWeekend = false } }
        for facet in PlaceFacetNames.order {
            for code in (query.facets[facet] ?? []).sorted() {
                list.append(
                    (
                        "\(PlaceFacetNames.title(facet))\u{202F}: \(names.label(facet, code))",
                        fields.toggling(facet, code)
                    ))
            }
        }
        if let commune = query.commune { add("Commune \(commune)") { $0.query.commune = nil } }
        if let epci = query.epci { add("Intercommunalité \(epci)") { $0.query.epci = nil } }
        if query.openAt != nil { add("Ouvert à une heure choisie") { $0.query.openAt = nil } }
        if query.updatedSince != nil { add("Modifiés récemment") { $0.query.updatedSince = nil } }
        if query.box != nil { add("Cadre de la carte") { $0.query.box = nil } }
        return list
    }
}
