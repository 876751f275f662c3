import Exchange
import Geography
import Maillage
import Markup
import Synchronization

extension Paths {
    static let territories = "/territoires"

    static func territory(_ code: TerritoryCode) -> String { path("territoires", code.description) }
}

/// `/territoires` and `/territoires/{code}`: what places a territory has, and where it has none.
enum TerritoryPages {
    static func index(_ visit: Visit) async throws -> Answer {
        let gazetteer = visit.reception.gazetteer.present
        if let typed = visit.query.text("commune_code") ?? visit.query.text("commune"), typed.utf8.count <= 200,
            let commune = gazetteer.commune(typed) ?? gazetteer.search(typed, limit: 1).first?.commune
        {
            return .redirect(to: Paths.territory(.commune(commune.code)))
        }
        let coverage = visit.reception.coverage.present(visit.reception)
        let findings = visit.reception.directory.find(PlaceQuery(), for: .visitor)
        let counts = counts(findings, .departement)
        let outlines = try await ContourFiles.ground(visit.reception.atlas)
        var head = PageHead(
            "Territoires", description: "Les lieux du réseau par région et par département, et les communes sans lieu.")
        head.scripts = ["suggest.js"]
        return visit.page(
            head,
            TerritoryIndexView(
                gazetteer: gazetteer, coverage: coverage, total: findings.total,
                regions: Self.counts(findings, .region), departements: counts,
                map: TerritoryDrawing.country(outlines, counts: counts)))
    }

    static func show(_ visit: Visit) async throws -> Answer {
        guard let code = TerritoryCode(try visit.parameter("code")) else { throw Missing() }
        let gazetteer = visit.reception.gazetteer.present
        guard let sheet = gazetteer.sheet(code) else {
            // A commune that was merged into another answers by the one that took it over.
            guard case .commune(let former) = code else { throw Missing() }
            let current = gazetteer.current(former)
            guard current.count == 1, let commune = current.first else { throw Missing() }
            return .moved(to: Paths.territory(.commune(commune.code)))
        }
        guard try visit.parameter("code") == code.description else { return .moved(to: Paths.territory(code)) }
        let fields = Self.question(code)
        let coverage = visit.reception.coverage.present(visit.reception)
        let communes = gazetteer.communes.filter { Self.holds(code, $0) }
        let day = CivilZone.paris.local(visit.now.microseconds).date
        let zonings = try await visit.scan { try TerritoryReads.zonings(in: code, on: day, $0) }
        let findings = visit.reception.directory.find(fields.query, for: .visitor)
        let parts = Self.parts(sheet, coverage, findings, visit)
        let view = TerritoryView(
            sheet: sheet, fields: fields, findings: findings, communes: communes, coverage: coverage,
            parts: parts, zonings: zonings, neighbours: Self.neighbours(code, communes, gazetteer),
            map: try await TerritoryDrawing.of(sheet, parts, communes, fields, visit))
        var head = PageHead(
            sheet.name, section: "Territoires",
            description: "Les lieux du réseau à \(sheet.name), et les communes qui n’en ont pas à proximité.",
            breadcrumbs: Breadcrumbs(
                [("Territoires", Link(path: "territoires"))]
                    + sheet.parents.reversed().map { ($0.name, Link(path: "territoires", $0.code.description)) },
                current: sheet.name))
        head.canonical = Link(checking: visit.reception.settings.baseURL + Paths.territory(code))
        return visit.page(head, view)
    }

    /// The question whose answer is the places of a territory.
    static func question(_ code: TerritoryCode) -> PlaceQueryFields {
        var fields = PlaceQueryFields(pageSize: 20)
        switch code {
        case .commune(let code): fields.query.commune = code
        case .epci(let siren): fields.query.epci = siren
        case .departement(let code): fields.query.facets[.departement] = [code]
        case .region(let code): fields.query.facets[.region] = [code]
        }
        return fields
    }

    private static func holds(_ code: TerritoryCode, _ commune: Commune) -> Bool {
        // Districts count once, in their city.
        switch code {
        case .commune(let code): commune.code == code
        case .epci(let siren): commune.epci == siren && commune.partOf == nil
        case .departement(let code): commune.departement == code && commune.partOf == nil
        case .region(let code): commune.region == code && commune.partOf == nil
        }
    }

    static func counts(_ findings: PlaceFindings, _ facet: PlaceFacet) -> [String: Int] {
        Dictionary((findings.facets[facet] ?? []).map { ($0.code, $0.count) }, uniquingKeysWith: { first, _ in first })
    }

    /// A part of a territory with its places.
    struct Part: Sendable {
        let code: TerritoryCode
        let name: String
        let population: Int?
        let places: Int
        /// To the nearest place where one may come in, for communes.
        let metres: Double?
    }

    private static func parts(
        _ sheet: TerritorySheet, _ coverage: Coverage, _ findings: PlaceFindings, _ visit: Visit
    ) -> [Part] {
        let departements: [String: Int]
        if case .region = sheet.code { departements = counts(findings, .departement) } else { departements = [:] }
        return sheet.children.map { child in
            switch child.code {
            case .commune(let code):
                Part(
                    code: child.code, name: child.name, population: child.population, places: coverage.places(in: code),
                    metres: coverage.metres(from: code))
            default:
                Part(
                    code: child.code, name: child.name, population: child.population,
                    places: departements[child.code.code] ?? 0, metres: nil)
            }
        }
    }

    struct Neighbour: Sendable {
        let code: TerritoryCode
        let name: String
    }

    /// Territories of the same kind that touch this one, by the communes nearest to its own.
    private static func neighbours(_ code: TerritoryCode, _ communes: [Commune], _ gazetteer: Gazetteer) -> [Neighbour]
    {
        var found: [TerritoryCode: String] = [:]
        for commune in communes {
            guard let centre = commune.centre else { continue }
            for near in gazetteer.communes(near: centre, limit: 7)
            where !holds(code, near.commune) && near.metres < 60_000 {
                switch code {
                case .commune where near.commune.partOf == nil: found[.commune(near.commune.code)] = near.commune.name
                case .epci:
                    if let epci = near.commune.epci.flatMap(gazetteer.epci) { found[.epci(epci.siren)] = epci.name }
                case .departement:
                    if let departement = near.commune.departement.flatMap({ gazetteer.departement($0) }) {
                        found[.departement(departement.code)] = departement.name
                    }
                case .region:
                    if let region = near.commune.region, let name = gazetteer.region(region) {
                        found[.region(region)] = name
                    }
                default: break
                }
            }
        }
        return found.map { Neighbour(code: $0.key, name: $0.value) }
            .sorted { ($0.name, $0.code.description) < ($1.name, $1.code.description) }
    }
}

/// The coverage of the moment: made when first asked for after a change of the directory or of the register.
public final class LiveCoverage: Sendable {
    private struct Kept {
        var coverage: Coverage?
        weak var gazetteer: Gazetteer?
    }

    private let kept = Mutex(Kept())

    init() {}

    /// Some hundred milliseconds for the whole country, once per change; those who ask meanwhile wait for the same answer.
    func present(_ reception: Reception) -> Coverage {
        let gazetteer = reception.gazetteer.present
        let generation = reception.directory.generation
        return kept.withLock { kept in
            if let coverage = kept.coverage, coverage.generation == generation, kept.gazetteer === gazetteer {
                return coverage
            }
            let coverage = Coverage(of: gazetteer.communes, in: reception.directory)
            kept = Kept(coverage: coverage, gazetteer: gazetteer)
            return coverage
        }
    }
}
