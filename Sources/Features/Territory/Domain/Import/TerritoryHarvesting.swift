import Exchange

/// Reads one whole file into the changes it asks for. Nothing is written here.
extension TerritoryHarvest {
    mutating func read(_ source: TerritorySource, outlineEdition: String) throws {
        guard let kind = report.kind else { return }
        switch kind {
        case .regions: try rows(source) { $1.takeRegion($0) }
        case .departements:
            if gazetteer.regions.isEmpty { throw refuse("needs the régions first (REG, CHEFLIEU, …, LIBELLE)") }
            try rows(source) { $1.takeDepartement($0) }
        case .communes:
            if gazetteer.departements.isEmpty { throw refuse("needs the départements first (DEP, REG, CHEFLIEU, …)") }
            var list = CommuneList()
            try rows(source) { list.take($0, &$1) }
            list.finish(&self)
        case .overseas: try rows(source) { $1.takeOverseas($0) }
        case .movements:
            try needCommunes()
            var table = MovementTable()
            try rows(source) { table.take($0, &$1) }
            table.finish(&self)
        case .populations, .mayottePopulations:
            try needCommunes()
            var table = PopulationTable()
            try rows(source) { table.take($0, &$1) }
            table.finish(&self)
        case .epcis:
            try needCommunes()
            var table = EpciTable()
            try rows(source) { table.take($0, &$1) }
        case .postalCodes:
            try needCommunes()
            var table = PostalTable()
            try rows(source) { table.take($0, &$1) }
        case .centres:
            try needCommunes()
            var table = CentreTable()
            try rows(source) { table.take($0, &$1) }
        case .zoningNames:
            try needCommunes()
            var table = ZoningNameTable()
            try rows(source) { table.take($0, &$1) }
        case .zoningList:
            try needCommunes()
            try rows(source) { $1.takeZoning($0) }
        case .districtFigures:
            try needCommunes()
            try rows(source) { $1.takeDistrict($0, code: "CODGEO", name: nil, communes: "LIB_COM") }
        case .districtNames:
            try needCommunes()
            try rows(source) { $1.takeDistrict($0, code: "code_qp", name: "nom_qp", communes: "nom_commune") }
        case .districtOutlines:
            try needCommunes()
            try features(source) { $1.takeDistrict($0) }
        case .zoningClasses: try readZoningClasses(source)
        case .outlines:
            if gazetteer.regions.isEmpty, gazetteer.isEmpty { try needCommunes() }
            var table = OutlineTable(edition: outlineEdition)
            try features(source) { try table.take($0, &$1) }
            table.finish(&self)
        case .arrondissements, .columnNotes: break
        }
    }

    private mutating func readZoningClasses(_ source: TerritorySource) throws {
        try needCommunes()
        guard gazetteer.communes.contains(where: { $0.centre != nil }) else {
            throw refuse(
                "needs the centres of communes first (La Poste's postal codes, or code_INSEE, latitude, longitude)")
        }
        // Only the first class says of which zoning the others are.
        var kind: String?
        try features(source) { feature, harvest in
            let label = feature.properties["libgeo"]?.string ?? ""
            if kind == nil { kind = label.split(separator: " ").last.map(String.init) }
            guard let kind, kind == kind.uppercased(), kind.utf8.count <= 12 else {
                throw harvest.refuse("the first class does not name its zoning (“Classée en ZRR”)", line: feature.line)
            }
            harvest.takeZoningClass(feature, kind: kind)
        }
    }

    private mutating func rows(
        _ source: TerritorySource, _ take: (CSVRow, inout TerritoryHarvest) throws -> Void
    ) throws {
        try TerritoryFileReader.rows(of: source) { row in
            guard report.rows < Self.maximumRows else {
                throw refuse("more than \(Self.maximumRows) rows", line: row.line)
            }
            switch row.shape {
            case .exact: try take(row, &self)
            case .short, .long:
                // Blank cells at the end are how spreadsheets save; anything else is a broken row.
                guard case .long = row.shape, row.cells.dropFirst(row.header.names.count).allSatisfy(\.isEmpty) else {
                    return report.reject(
                        row.line, "", "", "\(row.cells.count) cells where \(row.header.names.count) are expected")
                }
                try take(row, &self)
            }
        }
    }

    private mutating func features(
        _ source: TerritorySource, _ take: (GeoJSONFeature, inout TerritoryHarvest) throws -> Void
    ) throws {
        try TerritoryFileReader.features(of: source) { outcome in
            guard report.rows < Self.maximumRows else { throw refuse("more than \(Self.maximumRows) features") }
            switch outcome {
            case .success(let feature): try take(feature, &self)
            case .failure(let problem): report.reject(problem.line, problem.path, "", problem.reason)
            }
        }
    }

    /// Ten times the largest file: the rest is an attack or a mistake.
    private static let maximumRows = 500_000
}
