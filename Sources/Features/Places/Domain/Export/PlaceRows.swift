import Exchange

/// The repeated groups of a sheet under the names machines know them by.
enum PlaceRows {
    static let names: [SheetField: [String: String]] = [
        .sites: [
            "libelle": "label", "adresse": "address", "complement": "address_complement", "code_postal": "postal_code",
            "commune": "commune_code", "commune_nom": "commune_name", "latitude": "latitude", "longitude": "longitude",
            "precision": "precision",
        ],
        .stops: [
            "commune_nom": "commune_name", "commune": "commune_code", "endroit": "spot", "horaires": "opening_hours",
        ],
        .closures: ["du": "from", "au": "to", "horaires": "opening_hours", "motif": "reason"],
        .links: ["nom": "name", "adresse": "url"],
        .labels: ["label": "label", "du": "from", "au": "to", "preuve": "proof_url"],
        .figures: ["nom": "name", "valeur": "value", "unite": "unit", "annee": "year", "source": "source"],
    ]

    /// The members that are numbers wherever they stand.
    static let numbers: Set<String> = ["latitude", "longitude", "value", "year"]

    static func value(_ field: SheetField, of sheet: Sheet) -> PlaceColumn.Value {
        let rows = sheet.rows(field)
        guard !rows.isEmpty, let names = names[field] else { return .none }
        return .rows(
            rows.map { row in
                var named: [String: String] = [:]
                for (key, text) in row { if let name = names[key] { named[name] = text } }
                return named
            })
    }

    static func write(_ row: [String: String], _ json: inout JSONWriter) {
        json.beginObject()
        for (name, text) in row.sorted(by: { $0.key < $1.key }) {
            json.name(name)
            if numbers.contains(name), let number = Double(text), number.isFinite {
                json.double(number)
            } else {
                json.string(text)
            }
        }
        json.endObject()
    }
}
