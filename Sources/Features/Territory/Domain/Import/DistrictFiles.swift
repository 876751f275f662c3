import Exchange
import Geography

/// Priority districts of city policy (QPV), generation 2015: in force from 1 January 2015 to the end of 2023, of 2024
/// overseas (decree 2014-1750; decree 2023-1314 brings the next generation).
extension TerritoryHarvest {
    /// `CODGEO;…;LIB_COM`: codes, without the districts' names; or `code_qp,nom_qp,nom_commune`.
    mutating func takeDistrict(_ row: CSVRow, code codeColumn: String, name: String?, communes communesColumn: String) {
        let code = row[codeColumn] ?? ""
        guard let departement = Self.departement(ofDistrict: code) else {
            return report.reject(row.line, codeColumn, code, "not the code of a priority district of 2015")
        }
        let given = row[communesColumn] ?? ""
        var codes: [String] = []
        for part in given.split(separator: ",") {
            var found = gazetteer.communes(named: String(part), departement: departement, since: 2014)
            // A district may reach into the next département: its name must then be the only one of the country.
            if found.isEmpty { found = gazetteer.communes(named: String(part), since: 2014) }
            guard found.count == 1, let commune = found.first else {
                let reason = found.isEmpty ? "no commune of this name" : "several communes of this name"
                return report.reject(row.line, communesColumn, String(part), reason)
            }
            codes.append(commune.code)
        }
        let label = name.flatMap { row[$0] } ?? ""
        joinDistrict(code, departement, label.isEmpty ? code : label, codes, by: .name)
        report.take()
    }

    /// A contour with the code of its commune.
    mutating func takeDistrict(_ feature: GeoJSONFeature) {
        let code = feature.properties["code_qp"]?.string ?? ""
        let name = feature.properties["nom_qp"]?.string ?? code
        let communeCode = feature.properties["code_commune"]?.string ?? ""
        guard let departement = Self.departement(ofDistrict: code) else {
            return report.reject(feature.line, "code_qp", code, "not the code of a priority district of 2015")
        }
        guard let commune = gazetteer.resolve(name: "", code: communeCode).commune else {
            return report.reject(feature.line, "code_commune", communeCode, "no such commune")
        }
        guard let shape = feature.geometry.flatMap({ MultiPolygon($0) }), let box = shape.bounds else {
            return report.reject(feature.line, "geometry", "", "not a polygon")
        }
        joinDistrict(code, departement, name, [commune.code], by: .code)
        batch.outlines.append(
            TerritoryBatch.Outline(
                kind: .zoning, code: code, name: name, box: box, fine: Contour(shape).bytes,
                coarse: Contour(Simplification.simplify([shape], toleranceMetres: 40)[0]).bytes, edition: "2015"))
        report.take()
    }

    private mutating func joinDistrict(
        _ code: String, _ departement: String, _ name: String, _ communes: [String], by method: TerritoryBatch.Method
    ) {
        join(
            communes, by: method, to: ZoningKey(kind: "QPV", code: code, edition: "2015"),
            ZoningDraft(
                name: name, startsOn: "2015-01-01", endsOn: departement.utf8.count == 3 ? "2024-12-31" : "2023-12-31",
                note: "Le quartier n’est qu’une partie de ses communes\u{202F}: l’appartenance se vérifie à l’adresse.")
        )
    }

    /// `QP` then a département of three characters, then a number of three digits: `QP080001`, `QP02A001`, `QP971001`.
    private static func departement(ofDistrict code: String) -> String? {
        guard code.utf8.count == 8, code.hasPrefix("QP"), code.utf8.suffix(3).allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        let padded = code.dropFirst(2).prefix(3)
        return String(padded.hasPrefix("0") ? padded.dropFirst() : padded)
    }
}

extension MultiPolygon {
    /// The polygons of a geometry; nothing when it has none that encloses something.
    init?(_ geometry: GeoJSONGeometry) {
        let rings: [[[GeoJSONPosition]]]
        switch geometry {
        case .polygon(let polygon): rings = [polygon]
        case .multiPolygon(let polygons): rings = polygons
        default: return nil
        }
        let polygons = rings.compactMap { polygon in
            Polygon(rings: polygon.map { $0.compactMap { Point(latitude: $0.latitude, longitude: $0.longitude) } })
        }
        if polygons.isEmpty { return nil }
        self.init(polygons)
    }
}
