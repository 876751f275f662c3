import Exchange

/// INSEE's official geographic code, and what it leaves out overseas.
extension TerritoryHarvest {
    mutating func takeRegion(_ row: CSVRow) {
        let code = row["REG"] ?? ""
        let name = row["LIBELLE"] ?? ""
        guard code.utf8.count == 2, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return report.reject(row.line, "REG", code, "not the code of a région")
        }
        guard !name.isEmpty else { return report.reject(row.line, "LIBELLE", name, "no name") }
        batch.regions.append(TerritoryBatch.Region(code: code, name: name))
        report.take()
    }

    mutating func takeDepartement(_ row: CSVRow) {
        let code = row["DEP"] ?? ""
        let region = row["REG"] ?? ""
        let name = row["LIBELLE"] ?? ""
        guard Self.isDepartement(code) else {
            return report.reject(row.line, "DEP", code, "not the code of a département")
        }
        guard gazetteer.region(region) != nil else { return report.reject(row.line, "REG", region, "no such région") }
        guard !name.isEmpty else { return report.reject(row.line, "LIBELLE", name, "no name") }
        batch.departements.append(TerritoryBatch.Departement(code: code, name: name, region: region))
        report.take()
    }

    /// `code_commune,nom_commune,code_collectivite,nom_collectivite,code_postal,population`; a collectivity stands where a
    /// département does, without région.
    mutating func takeOverseas(_ row: CSVRow) {
        let code = row["code_commune"] ?? ""
        let name = row["nom_commune"] ?? ""
        let collectivity = row["code_collectivite"] ?? ""
        guard CommuneCode.packed(code) != nil else {
            return report.reject(row.line, "code_commune", code, "not the code of a commune")
        }
        guard Self.isDepartement(collectivity), !name.isEmpty else {
            return report.reject(row.line, "code_collectivite", collectivity, "not the code of a collectivity")
        }
        guard gazetteer.commune(code)?.region == nil else { return report.skip("already in the COG") }
        if !batch.departements.contains(where: { $0.code == collectivity }) {
            batch.departements.append(
                TerritoryBatch.Departement(
                    code: collectivity, name: row["nom_collectivite"] ?? collectivity, region: nil))
        }
        batch.communes.append(
            Commune(
                code: code, name: name, departement: collectivity, population: Self.count(row["population"] ?? "")))
        if let postalCode = row["code_postal"], CommuneCode.postal(postalCode) != nil {
            batch.postalCodes.append(TerritoryBatch.PostalCode(postalCode, code))
        }
        report.take()
    }

    /// A whole number, thousands perhaps spaced; nil for anything else.
    static func count(_ text: String) -> Int? {
        let digits = text.utf8.filter { $0 != 0x20 }
        guard !digits.isEmpty, digits.count <= 10 else { return nil }
        return Int(String(decoding: digits, as: UTF8.self)).flatMap { $0 >= 0 ? $0 : nil }
    }

    private static func isDepartement(_ code: String) -> Bool {
        (2...3).contains(code.utf8.count)
            && code.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x41 || $0 == 0x42 }
    }
}

/// The list of communes: present ones, municipal districts, and associated or delegated ones that another answers for.
struct CommuneList {
    private var seen: Set<String> = []
    private var rest: [CSVRow] = []
    private var names: [String: String] = [:]

    mutating func take(_ row: CSVRow, _ harvest: inout TerritoryHarvest) {
        let type = row["TYPECOM"] ?? ""
        guard type == "COM" else {
            rest.append(row)
            return
        }
        add(row, partOf: nil, &harvest)
    }

    /// What points to communes comes once all of them are known.
    mutating func finish(_ harvest: inout TerritoryHarvest) {
        for row in rest {
            let code = row["COM"] ?? ""
            let parent = row["COMPARENT"] ?? ""
            guard let parentName = names[parent] else {
                harvest.report.reject(row.line, "COMPARENT", parent, "no such commune in this file")
                continue
            }
            switch row["TYPECOM"] ?? "" {
            case "ARM": add(row, partOf: parent, &harvest)
            case "COMD", "COMA":
                let name = row["LIBELLE"] ?? ""
                guard CommuneCode.packed(code) != nil, !name.isEmpty else {
                    harvest.report.reject(row.line, "COM", code, "not the code of a commune")
                    continue
                }
                if code == parent, Commune.key(name) == Commune.key(parentName) {
                    harvest.report.skip("seat of a merged commune, under the same code and name")
                } else {
                    harvest.batch.formers.append(
                        TerritoryBatch.Former(code: code, name: name, successor: parent, until: nil))
                    harvest.report.take()
                }
            case let type: harvest.report.reject(row.line, "TYPECOM", type, "none of COM, COMD, COMA, ARM")
            }
        }
        let missing = harvest.gazetteer.communes.filter { $0.region != nil && !seen.contains($0.code) }
        if !missing.isEmpty {
            harvest.report.notes.append(
                "\(missing.count) communes known before are not in this file (\(missing.prefix(3).map(\.code).joined(separator: ", "))…): "
                    + "they stay until a file of movements says what became of them")
        }
    }

    private mutating func add(_ row: CSVRow, partOf: String?, _ harvest: inout TerritoryHarvest) {
        let code = row["COM"] ?? ""
        let departement = row["DEP"] ?? ""
        let name = row["LIBELLE"] ?? ""
        guard CommuneCode.packed(code) != nil else {
            return harvest.report.reject(row.line, "COM", code, "not the code of a commune")
        }
        guard !name.isEmpty else { return harvest.report.reject(row.line, "LIBELLE", name, "no name") }
        guard let known = harvest.gazetteer.departement(departement) else {
            return harvest.report.reject(row.line, "DEP", departement, "no such département")
        }
        guard seen.insert(code).inserted else {
            return harvest.report.reject(row.line, "COM", code, "the code comes twice")
        }
        names[code] = name
        harvest.batch.communes.append(
            Commune(code: code, name: name, departement: departement, region: known.region, partOf: partOf))
        harvest.report.take()
    }
}
