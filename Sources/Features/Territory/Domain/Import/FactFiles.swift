import Exchange
import Geography

/// INSEE's legal populations. A row of a commune since merged is added to the one that took it over.
struct PopulationTable {
    private var sums: [String: Int] = [:]

    mutating func take(_ row: CSVRow, _ harvest: inout TerritoryHarvest) {
        let given = row["COM"] ?? ""
        // Mayotte's file leaves the code empty: `DEP` 976 and `CODCOM` 601 share their third digit in 97601.
        let rebuilt = given.isEmpty ? String((row["DEP"] ?? "").prefix(2)) + (row["CODCOM"] ?? "") : given
        guard let population = TerritoryHarvest.count(row["PMUN"] ?? "") else {
            return harvest.report.reject(row.line, "PMUN", row["PMUN"] ?? "", "not a whole number")
        }
        guard let commune = harvest.commune(rebuilt, row, given.isEmpty ? "CODCOM" : "COM") else { return }
        if given.isEmpty { harvest.report.repair(row.line, "COM", "", "code rebuilt: \(rebuilt)") }
        sums[commune.code, default: 0] += population
        harvest.report.take()
    }

    /// Paris, Lyon and Marseille are only counted by district.
    mutating func finish(_ harvest: inout TerritoryHarvest) {
        var cities: [String: Int] = [:]
        for (code, population) in sums {
            if let city = harvest.gazetteer.commune(code)?.partOf { cities[city, default: 0] += population }
        }
        sums.merge(cities) { stated, _ in stated }
        for (code, population) in sums.sorted(by: { $0.key < $1.key }) {
            harvest.batch.facts.append(TerritoryBatch.Fact(code, population: population))
        }
    }
}

/// DGCL: one row for each member of each grouping.
struct EpciTable {
    private var seen: Set<String> = []

    mutating func take(_ row: CSVRow, _ harvest: inout TerritoryHarvest) {
        let siren = row["siren"] ?? ""
        let name = row["raison_sociale"] ?? ""
        guard siren.utf8.count == 9, siren.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return harvest.report.reject(row.line, "siren", siren, "not a SIREN number")
        }
        guard !name.isEmpty else { return harvest.report.reject(row.line, "raison_sociale", name, "no name") }
        guard let commune = harvest.commune(row["insee"] ?? "", row, "insee", name: row["nom_membre"] ?? "") else {
            return
        }
        if seen.insert(siren).inserted {
            harvest.batch.epcis.append(
                TerritoryBatch.Epci(siren: siren, name: name, nature: row["nature_juridique"] ?? ""))
        }
        harvest.batch.facts.append(TerritoryBatch.Fact(commune.code, epci: siren))
        harvest.report.take()
    }
}

/// La Poste: postal codes, and a point for most communes.
struct PostalTable {
    private var pairs: Set<String> = []
    private var placed: Set<String> = []

    mutating func take(_ row: CSVRow, _ harvest: inout TerritoryHarvest) {
        let code = row["Code_commune_INSEE"] ?? row["#Code_commune_INSEE"] ?? ""
        let name = row["Nom_commune"] ?? row["Nom_de_la_commune"] ?? ""
        let given = row["Code_postal"] ?? ""
        let postalCode = CommuneCode.restored(given) ?? given
        guard CommuneCode.postal(postalCode) != nil else {
            return harvest.report.reject(row.line, "Code_postal", given, "not a postal code")
        }
        guard let commune = harvest.commune(code, row, "Code_commune_INSEE", name: name) else { return }
        if postalCode != given {
            harvest.report.repair(row.line, "Code_postal", given, "leading zero put back: \(postalCode)")
        }
        let text = row["coordonnees_gps"] ?? row["_geopoint"] ?? ""
        if !text.isEmpty, commune.code == code, !placed.contains(code) {
            let parts = text.split(separator: ",").map { $0.filter { $0 != " " } }
            if parts.count == 2, let latitude = Double(parts[0]), let longitude = Double(parts[1]),
                let centre = Point(latitude: latitude, longitude: longitude)
            {
                placed.insert(code)
                harvest.batch.facts.append(TerritoryBatch.Fact(code, centre: centre))
            } else {
                harvest.report.repair(row.line, "coordonnees_gps", text, "not a point: left out")
            }
        }
        guard pairs.insert(postalCode + commune.code).inserted else {
            return harvest.report.skip("the same commune and postal code again, for another locality")
        }
        harvest.batch.postalCodes.append(TerritoryBatch.PostalCode(postalCode, commune.code))
        harvest.report.take()
    }
}

/// A point for each commune: `code_INSEE,latitude,longitud` (so spelt) or `longitude`.
struct CentreTable {
    private var placed: Set<String> = []

    mutating func take(_ row: CSVRow, _ harvest: inout TerritoryHarvest) {
        let given = row["code_INSEE"] ?? ""
        let (latitude, longitude) = (row["latitude"] ?? "", row["longitud"] ?? row["longitude"] ?? "")
        if latitude.isEmpty && longitude.isEmpty { return harvest.report.skip("no point") }
        guard let north = Double(latitude), let east = Double(longitude),
            let centre = Point(latitude: north, longitude: east)
        else { return harvest.report.reject(row.line, "latitude", "\(latitude),\(longitude)", "not a point") }
        let code = CommuneCode.restored(given) ?? given
        guard harvest.gazetteer.commune(code) != nil else {
            if harvest.gazetteer.current(code).isEmpty {
                return harvest.report.reject(row.line, "code_INSEE", given, "no such commune")
            }
            return harvest.report.skip("commune since merged: its point is not its successor's")
        }
        guard placed.insert(code).inserted else { return harvest.report.skip("a commune already placed by this file") }
        if code != given { harvest.report.repair(row.line, "code_INSEE", given, "leading zero put back: \(code)") }
        harvest.batch.facts.append(TerritoryBatch.Fact(code, centre: centre))
        harvest.report.take()
    }
}
