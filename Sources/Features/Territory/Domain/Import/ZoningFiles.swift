import Exchange
import Geography

/// Zonings other than districts.
///
/// What the zonings of 2019 are called and how long they last, as far as it is known; others begin with the edition.
struct ZoningOf2019 {
    let name: String
    let startsOn: String
    let endsOn: String?

    static func of(_ kind: String) -> ZoningOf2019 {
        known[kind] ?? ZoningOf2019(name: kind, startsOn: "2019-01-01", endsOn: nil)
    }

    private static let known: [String: ZoningOf2019] = [
        // Order of 16 March 2017, in force on 1 July; replaced by FRR on 1 July 2024 (law 2023-1322, article 73).
        "ZRR": ZoningOf2019(name: "Zone de revitalisation rurale", startsOn: "2017-07-01", endsOn: "2024-06-30"),
        // Decree 2014-758, then the map of 2022-2027.
        "AFR": ZoningOf2019(name: "Zone d’aide à finalité régionale", startsOn: "2014-07-01", endsOn: "2021-12-31"),
        "ACV": ZoningOf2019(name: "Action cœur de ville", startsOn: "2018-03-27", endsOn: nil),
        "ZFU": ZoningOf2019(name: "Zone franche urbaine", startsOn: "2015-01-01", endsOn: nil),
        "ZRD": ZoningOf2019(name: "Zone de restructuration de la défense", startsOn: "2019-01-01", endsOn: nil),
        "AMICB": ZoningOf2019(
            name: "Appel à manifestation d’intérêt Centres-bourgs", startsOn: "2014-11-21", endsOn: nil),
        "CV": ZoningOf2019(name: "Contrat de ville", startsOn: "2015-01-01", endsOn: "2023-12-31"),
        "CR": ZoningOf2019(name: "Contrat de ruralité", startsOn: "2019-01-01", endsOn: nil),
        "CTE": ZoningOf2019(name: "Contrat de transition écologique", startsOn: "2019-01-01", endsOn: nil),
        "CDT": ZoningOf2019(name: "Contrat de développement territorial", startsOn: "2019-01-01", endsOn: nil),
    ]

    /// The class of a commune in its zoning, short and stable.
    static func classCode(_ label: String) -> String {
        let key = Commune.key(label)
        if key.contains("montagne") { return "M" }
        if key.hasPrefix("sortante") { return "S" }
        if key.hasPrefix("partiellement") { return "P" }
        return key.contains("baisse") ? "B" : "1"
    }
}

/// ANCT's list of zonings of 2019: communes are only named, without code nor département.
///
/// A name is joined when one commune alone bears it, or bore it in 2019. A grouping is joined when its name, or its SIREN, and
/// the number of its communes are those of today. Nothing else is guessed.
struct ZoningNameTable {
    private var epcis: [String: [String]]?
    private var members: [String: [String]] = [:]

    mutating func take(_ row: CSVRow, _ harvest: inout TerritoryHarvest) {
        let label = row["lib"] ?? ""
        let kind = (row["layer"] ?? "").split(separator: " ").first.map { $0.uppercased() } ?? ""
        guard !kind.isEmpty, kind.utf8.count <= 12 else {
            return harvest.report.reject(row.line, "layer", row["layer"] ?? "", "no zoning is named")
        }
        let perimeter = row["perimetre"] ?? ""
        switch (Commune.key(perimeter), row["nbcom"] ?? "") {
        case ("commune", "1"):
            let found = harvest.gazetteer.communes(named: label, since: 2018)
            guard found.count == 1, let commune = found.first else {
                return harvest.report.reject(
                    row.line, "lib", label,
                    found.isEmpty
                        ? "no commune of this name" : "\(found.count) communes of this name, and no code to tell")
            }
            if Commune.key(commune.name) != Commune.key(label) {
                harvest.report.repair(row.line, "lib", label, "now \(commune.code) \(commune.name)")
            }
            let info = row["info1"] ?? ""
            let zoning = ZoningOf2019.of(kind)
            join(
                [commune.code], kind, info.isEmpty ? kind : ZoningOf2019.classCode(info),
                info.isEmpty ? zoning.name : info, "Communes jointes par leur nom, quand une seule le porte.", &harvest)
            harvest.report.take()
        case ("epci", let count):
            guard let communes = communes(of: row, label, harvest) else {
                return harvest.report.reject(row.line, "lib", label, "no grouping of this name or SIREN today")
            }
            guard String(communes.count) == count else {
                return harvest.report.reject(
                    row.line, "nbcom", count,
                    "the grouping has \(communes.count) communes today: its perimeter has changed")
            }
            join(communes, kind, row["id"] ?? label, label, "Communes du groupement d’aujourd’hui.", &harvest)
            harvest.report.take()
        default:
            harvest.report.skip("its communes are not listed (perimeter: \(perimeter.lowercased()))")
        }
    }

    private func join(
        _ communes: [String], _ kind: String, _ code: String, _ name: String, _ note: String,
        _ harvest: inout TerritoryHarvest
    ) {
        let zoning = ZoningOf2019.of(kind)
        harvest.join(
            communes, by: .name, to: TerritoryHarvest.ZoningKey(kind: kind, code: code, edition: "2019"),
            TerritoryHarvest.ZoningDraft(name: name, startsOn: zoning.startsOn, endsOn: zoning.endsOn, note: note))
    }

    private mutating func communes(of row: CSVRow, _ label: String, _ harvest: TerritoryHarvest) -> [String]? {
        if epcis == nil {
            for commune in harvest.gazetteer.communes {
                if let siren = commune.epci, commune.partOf == nil { members[siren, default: []].append(commune.code) }
            }
            epcis = Dictionary(grouping: harvest.gazetteer.epcis.map(\.siren)) { siren in
                Commune.key(harvest.gazetteer.epci(siren)?.name ?? "")
            }
        }
        let stated = (row["info1"] ?? "").utf8.filter { (0x30...0x39).contains($0) }.suffix(9)
        if let communes = members[String(decoding: Array(stated), as: UTF8.self)] { return communes }
        guard let sirens = epcis?[Commune.key(label)], sirens.count == 1 else { return nil }
        return members[sirens[0]]
    }
}

extension TerritoryHarvest {
    /// One class of a zoning, dissolved: the communes whose centre lies inside.
    mutating func takeZoningClass(_ feature: GeoJSONFeature, kind: String) {
        let code = feature.properties["codgeo"]?.string ?? ""
        let label = feature.properties["libgeo"]?.string ?? ""
        guard !code.isEmpty, code.utf8.count <= 12, !label.isEmpty else {
            return report.reject(feature.line, "codgeo", code, "no class is named")
        }
        guard let shape = feature.geometry.flatMap({ MultiPolygon($0) }) else {
            return report.reject(feature.line, "geometry", "", "not a polygon")
        }
        let inside = gazetteer.communes.filter { commune in commune.centre.map(shape.contains) ?? false }
        let zoning = ZoningOf2019.of(kind)
        join(
            inside.map(\.code), by: .centre, to: ZoningKey(kind: kind, code: code, edition: "2019"),
            ZoningDraft(
                name: label, startsOn: zoning.startsOn, endsOn: zoning.endsOn,
                note: "Communes dont le centre est dans le zonage dessiné\u{202F}: à vérifier aux limites."))
        report.notes.append("\(kind) \(code): \(inside.count) communes have their centre inside")
        report.take()
    }

    /// `code_commune;zonage;debut;fin`, and `edition` and `nom` when they are there: FRR, QPV of 2024 by commune, or any other.
    mutating func takeZoning(_ row: CSVRow) {
        let kind = (row["zonage"] ?? "").uppercased()
        let (start, end) = (row["debut"] ?? "", row["fin"] ?? "")
        guard !kind.isEmpty, kind.utf8.count <= 40 else {
            return report.reject(row.line, "zonage", kind, "no zoning is named")
        }
        guard CivilDate(iso: start) != nil else {
            return report.reject(row.line, "debut", start, "not a date (2024-07-01)")
        }
        guard end.isEmpty || CivilDate(iso: end) != nil && end >= start else {
            return report.reject(row.line, "fin", end, "not a date after the beginning")
        }
        guard let commune = commune(row["code_commune"] ?? "", row, "code_commune") else { return }
        let edition = row["edition"].flatMap { $0.isEmpty ? nil : $0 } ?? String(start.prefix(4))
        let name = row["nom"].flatMap { $0.isEmpty ? nil : $0 } ?? ZoningOf2019.of(kind).name
        // Communes of one zoning may enter and leave it on their own days.
        let code = start + (end.isEmpty ? "" : "/" + end)
        join(
            [commune.code], by: .code, to: ZoningKey(kind: kind, code: code, edition: edition),
            ZoningDraft(name: name, startsOn: start, endsOn: end.isEmpty ? nil : end))
        report.take()
    }
}
