import Geography
import Maillage
import Markup

/// Whom a proposed selection would help, territory by territory: the figures of the table and of the map beside it.
struct SelectionCoverage: Sendable {
    /// A département where a dossier is examined.
    struct Row: Sendable, Equatable {
        var code: String
        var name: String
        var examined = 0
        var retained = 0
        /// In cents.
        var amount = 0
    }

    /// Those that are retained in one commune.
    struct Site: Sendable, Equatable {
        var commune: Commune
        var retained = 0
        var amount = 0
    }

    /// By code.
    var rows: [Row] = []
    /// By code of commune.
    var sites: [Site] = []
    /// Retained dossiers of which neither the dossier nor the scores name a territory.
    var unplaced = 0

    init(_ lines: [DecisionBoard.Line], _ grants: [SelectionResult.Grant], _ gazetteer: Gazetteer) {
        let granted = Dictionary(grants.map { ($0.number, $0.amount) }) { first, _ in first }
        var byCode: [String: Row] = [:]
        var byCommune: [String: Site] = [:]
        for line in lines {
            let amount = granted[line.deposit.number]
            let commune = Self.commune(of: line, gazetteer)
            guard let code = commune?.departement ?? Self.departement(of: line, gazetteer) else {
                if amount != nil { unplaced += 1 }
                continue
            }
            let name = gazetteer.departements.first { $0.code == code }?.name ?? code
            var row = byCode[code] ?? Row(code: code, name: name)
            row.examined += 1
            if let amount {
                row.retained += 1
                row.amount += amount
                if let commune {
                    var site = byCommune[commune.code] ?? Site(commune: commune)
                    site.retained += 1
                    site.amount += amount
                    byCommune[commune.code] = site
                }
            }
            byCode[code] = row
        }
        rows = byCode.values.sorted { $0.code < $1.code }
        sites = byCommune.values.sorted { $0.commune.code < $1.commune.code }
    }

    /// The commune the dossier says, else the one that the territory of its scores is the code of.
    private static func commune(of line: DecisionBoard.Line, _ gazetteer: Gazetteer) -> Commune? {
        for code in [line.commune, line.entry?.territory ?? ""] where code.utf8.count == 5 {
            if let commune = gazetteer.commune(code) ?? gazetteer.current(code).first { return commune }
        }
        return nil
    }

    private static func departement(of line: DecisionBoard.Line, _ gazetteer: Gazetteer) -> String? {
        gazetteer.departements.first { $0.code == line.entry?.territory }?.code
    }

    /// The départements shaded by those retained, a circle at each commune; nil without an outline or a point to draw.
    ///
    /// - Parameter ground: the outlines of départements. What lies overseas stands in the table alone.
    func map(_ ground: [Atlas.Outline]) -> DrawnMap? {
        let codes = Set(rows.map(\.code))
        let own = ground.filter { $0.kind == .departement && codes.contains($0.code) }
        let points = sites.compactMap(\.commune.centre)
        let boxes = own.map(\.box) + [BoundingBox(containing: points)].compactMap(\.self)
        let near = boxes.filter { $0.intersects(MapView.mainland.box) }
        guard let box = (near.isEmpty ? boxes : near).reduce(nil as BoundingBox?, { $0?.union($1) ?? $1 }) else {
            return nil
        }
        let view = MapView(box.expanded(byMetres: 20_000))
        var map = DrawnMap(
            title: "Carte des dossiers retenus", frame: MapFrame(fitting: view.box, longestSide: DrawnMap.longestSide))
        let most = rows.map(\.retained).max() ?? 0
        let byCode = Dictionary(rows.map { ($0.code, $0) }) { first, _ in first }
        map.areas = ground.filter { $0.box.intersects(view.box) }.map { outline in
            guard outline.kind == .departement, let row = byCode[outline.code] else {
                return DrawnMap.Area(ground: outline)
            }
            return DrawnMap.Area(
                contour: outline.contour, title: "\(row.name)\u{202F}: \(Self.words(row.retained, of: row.examined))",
                level: TerritoryDrawing.level(row.retained, most))
        }
        map.marks = sites.compactMap { site in
            guard let point = site.commune.centre, view.box.contains(point) else { return nil }
            return DrawnMap.Mark(
                point: point, count: site.retained,
                title: "\(site.commune.name)\u{202F}: \(Self.words(site.retained)), \(Cents.words(site.amount))")
        }.sorted { $0.count > $1.count }
        return map
    }

    static func words(_ retained: Int, of examined: Int? = nil) -> String {
        let words = Format.count(retained, "dossier retenu", "dossiers retenus")
        return examined.map { words + " sur \($0)" } ?? words
    }
}

/// The map of a selection, and the same in a table.
struct SelectionCoverageView: View {
    var coverage: SelectionCoverage
    var map: DrawnMap?

    func render(into html: inout HTML) {
        html.h3("Les territoires que la proposition aide")
        if let map {
            html.div(.class("territory-map")) { $0.add(map) }
            html.p(
                "Plus un département est foncé, plus il compte de dossiers retenus. Chaque point est une commune\u{202F}; les "
                    + "chiffres sont dans le tableau.", .class("map-legend"))
        }
        if !coverage.rows.isEmpty {
            html.add(
                DataTable(
                    "Dossiers retenus par département", rows: coverage.rows, id: "couverture",
                    columns: [
                        .init("Département") { "\($0.name) (\($0.code))" },
                        .init("Retenus", isNumber: true) { Format.number($0.retained) },
                        .init("Examinés", isNumber: true) { Format.number($0.examined) },
                        .init("Accordé", isNumber: true) { $0.amount == 0 ? "—" : Cents.words($0.amount) },
                    ]))
        }
        if coverage.unplaced > 0 {
            html.p(
                SelectionCoverage.words(coverage.unplaced)
                    + " sans commune connue\u{202F}: ni la carte ni le tableau ne les placent.", .class("muted"))
        }
    }
}
