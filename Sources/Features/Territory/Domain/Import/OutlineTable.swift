import Exchange
import Geography

/// Contours: `code` and `nom` of communes, départements or régions, told apart by their codes and names.
struct OutlineTable {
    private struct Drawn {
        let kind: TerritoryBatch.Outline.Kind
        let code: String
        let name: String
        let shape: MultiPolygon
    }

    private var drawn: [Drawn] = []
    private var seen: Set<String> = []
    private var corners = 0
    private let edition: String

    init(edition: String) {
        self.edition = edition
    }

    mutating func take(_ feature: GeoJSONFeature, _ harvest: inout TerritoryHarvest) throws {
        let code = feature.properties["code"]?.string ?? ""
        let name = feature.properties["nom"]?.string ?? ""
        guard let shape = feature.geometry.flatMap({ MultiPolygon($0) }) else {
            return harvest.report.reject(feature.line, "geometry", code, "not a polygon")
        }
        guard let kind = kind(of: code, name, harvest.gazetteer) else {
            if CommuneCode.packed(code) != nil, let now = harvest.gazetteer.current(code).first {
                harvest.report.repair(
                    feature.line, "code", code, "\(name) is now part of \(now.code) \(now.name): contour left out")
                return harvest.report.skip("contour of a commune since merged")
            }
            return harvest.report.reject(feature.line, "code", code, "no such commune, département or région")
        }
        guard seen.insert("\(kind.rawValue) \(code)").inserted else {
            return harvest.report.reject(feature.line, "code", code, "the code comes twice")
        }
        corners += shape.polygons.reduce(0) { $0 + $1.rings.reduce(0) { $0 + $1.points.count } }
        guard corners <= 20_000_000 else { throw harvest.refuse("more than 20 million corners", line: feature.line) }
        drawn.append(Drawn(kind: kind, code: code, name: name, shape: shape))
        harvest.report.take()
    }

    /// Simplifies the contours of a kind together, so that neighbours still share their borders.
    func finish(_ harvest: inout TerritoryHarvest) {
        for kind in TerritoryBatch.Outline.Kind.allCases {
            let same = drawn.filter { $0.kind == kind }
            if same.isEmpty { continue }
            let shapes = same.map(\.shape)
            let fine = Simplification.simplify(shapes, toleranceMetres: Self.tolerance(kind).fine)
            let coarse = Simplification.simplify(shapes, toleranceMetres: Self.tolerance(kind).coarse)
            for (rank, item) in same.enumerated() {
                guard let box = item.shape.bounds else { continue }
                harvest.batch.outlines.append(
                    TerritoryBatch.Outline(
                        kind: kind, code: item.code, name: item.name, box: box, fine: Contour(fine[rank]).bytes,
                        coarse: Contour(coarse[rank]).bytes, edition: edition))
            }
        }
    }

    private func kind(of code: String, _ name: String, _ gazetteer: Gazetteer) -> TerritoryBatch.Outline.Kind? {
        if gazetteer.commune(code) != nil { return .commune }
        // Régions and départements share codes; their names differ.
        if let region = gazetteer.region(code), Commune.key(region) == Commune.key(name) { return .region }
        if let departement = gazetteer.departement(code), Commune.key(departement.name) == Commune.key(name) {
            return .departement
        }
        return nil
    }

    /// Metres: what a screen shows of one territory, and of the country.
    private static func tolerance(_ kind: TerritoryBatch.Outline.Kind) -> (fine: Double, coarse: Double) {
        switch kind {
        case .commune: (20, 250)
        case .epci: (40, 400)
        case .departement: (60, 800)
        case .region: (100, 1_500)
        case .zoning: (10, 40)
        }
    }
}
