import Maillage

/// An invented place of the demo, as short to write as it can be.
struct DemoPlace {
    let name: String
    let commune: String
    let summary: String
    let families: [String]
    let services: [String]
    var maturity = Maturity.open
    var hours = ""
    var address = ""
    var circles: [String] = []
    var visibility = Place.Visibility.everyone
    /// Whatever else the sheet says.
    var more: [SheetField: SheetValue] = [:]

    init(
        _ name: String, _ commune: String, _ summary: String, _ families: [String], _ services: [String],
        _ hours: String = "", at address: String = "", in circles: [String] = [], maturity: Maturity = .open,
        seenBy visibility: Place.Visibility = .everyone, more: [SheetField: SheetValue] = [:]
    ) {
        self.name = name
        self.commune = commune
        self.summary = summary
        self.families = families
        self.services = services
        self.hours = hours
        self.address = address
        self.circles = circles
        self.maturity = maturity
        self.visibility = visibility
        self.more = more
    }

    func values() -> [SheetField: SheetValue] {
        var values: [SheetField: SheetValue] = [
            .name: .text(name),
            .summary: .text(summary),
            .families: .codes(families),
            .services: .codes(services),
            .maturity: .text(maturity.rawValue),
        ]
        if !hours.isEmpty { values[.hours] = .text(hours) }
        if !commune.isEmpty, let postalCode = Self.postalCodes[commune] {
            var row = ["commune_nom": commune, "code_postal": postalCode]
            if !address.isEmpty { row["adresse"] = address }
            values[.sites] = .rows([row])
        }
        values.merge(more) { _, given in given }
        return values
    }

    static func site(_ commune: String, _ address: String, _ label: String = "") -> [String: String] {
        var row = ["commune_nom": commune, "code_postal": postalCodes[commune] ?? "", "adresse": address]
        if !label.isEmpty { row["libelle"] = label }
        return row
    }

    private static let postalCodes: [String: String] = Dictionary(
        DemoTerritory.communes.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: ";", omittingEmptySubsequences: false)
            guard cells.count > 2, let first = cells[2].split(separator: " ").first else { return nil }
            return (String(cells[1]), String(first))
        }, uniquingKeysWith: { first, _ in first })
}
