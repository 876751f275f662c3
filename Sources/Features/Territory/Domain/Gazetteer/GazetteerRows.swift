import Storage

/// What a gazetteer is built from.
struct GazetteerRows {
    var communes: [Commune] = []
    var regions: [TerritoryBatch.Region] = []
    var departements: [TerritoryBatch.Departement] = []
    var epcis: [TerritoryBatch.Epci] = []
    var formers: [TerritoryBatch.Former] = []
    var postalCodes: [TerritoryBatch.PostalCode] = []
    var contours: [(code: String, coarse: [UInt8])] = []
    var edition = 0

    init() {}

    init(_ reader: Reader) throws {
        // Sorted here: the two engines do not collate texts alike.
        communes = try CommuneStore.present(reader).sorted { $0.code < $1.code }
        regions = try reader.all("SELECT code, name FROM region ORDER BY code") {
            TerritoryBatch.Region(code: try $0.text(0), name: try $0.text(1))
        }
        departements = try reader.all("SELECT code, name, region FROM departement ORDER BY code") {
            TerritoryBatch.Departement(code: try $0.text(0), name: try $0.text(1), region: try $0.optionalText(2))
        }
        epcis = try reader.all("SELECT siren, name, nature FROM epci ORDER BY siren") {
            TerritoryBatch.Epci(siren: try $0.text(0), name: try $0.text(1), nature: try $0.text(2))
        }
        formers = try reader.all(
            "SELECT code, name, successor, until FROM commune_former ORDER BY code, successor, name"
        ) {
            TerritoryBatch.Former(
                code: try $0.text(0), name: try $0.text(1), successor: try $0.text(2), until: try $0.optionalText(3))
        }
        postalCodes = try reader.all(
            "SELECT postal_code, commune FROM commune_postal_code ORDER BY postal_code, commune"
        ) { TerritoryBatch.PostalCode(try $0.text(0), try $0.text(1)) }
        contours = try reader.all("SELECT code, coarse FROM contour WHERE kind = 'commune' ORDER BY code") {
            (code: try $0.text(0), coarse: try $0.bytes(1))
        }
        edition = try reader.count("SELECT COALESCE(MAX(edition), 0) FROM commune")
    }
}
