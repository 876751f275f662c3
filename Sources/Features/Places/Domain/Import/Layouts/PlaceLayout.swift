/// How one kind of file says what it knows of places: a table from its columns to the sheet's fields.
///
/// A layout is recognised by the columns the file has, never by the file's name.
public struct PlaceLayout: Sendable {
    /// One column of the source and what it becomes.
    public struct Column: Sendable {
        /// The names the column goes by, the first one present counts.
        let names: [String]
        let target: Target

        init(_ names: String..., to target: Target) {
            self.names = names
            self.target = target
        }

        init(names: [String], to target: Target) {
            self.names = names
            self.target = target
        }
    }

    /// What a cell becomes. Every target reads its own defects and says what it repaired.
    public indirect enum Target: Sendable {
        /// The identifier of the row at its source.
        case key
        /// A text of the sheet, cut at the field's limit.
        case text(SheetField)
        /// A text that follows another of the same field, on its own line, after a word that names it.
        case more(SheetField, String)
        /// Several values of the field's reference list, by the words of `ImportWords`.
        case codes(SheetField)
        /// One value of the field's reference list.
        case choice(SheetField)
        /// `Oui` adds a code to a field.
        case flag(SheetField, code: String)
        case email, phone, siret, rna
        case web(SheetField)
        /// An address of the place elsewhere; a bare name is an account on the host.
        case link(String, host: String?)
        /// Number and street; a line with the postal code and the city is cut off it.
        case address
        case complement, communeName, communeCode, postalCode, departement
        case latitude, longitude
        /// `lat,lon` in one cell.
        case latitudeLongitude
        /// The label a geocoder answered: how precise the point is.
        case geocoded
        /// Hours in OpenStreetMap's syntax.
        case hours
        /// Hours of one weekday, Monday is 0.
        case weekday(Int)
        /// Hours as people write them, HTML or not.
        case proseHours
        case labels
        /// The day the source last looked at the row.
        case updated
        /// About a person: never imported, said once in the report.
        case personal
    }

    public let name: String
    public let format: PlaceImportFormat
    /// What it is, in words.
    public let title: String
    /// The columns that tell it from others: all of one of the lists.
    let signatures: [[String]]
    public let columns: [Column]
    /// Values that every row of such a file has.
    let constants: [SheetField: SheetValue]

    init(
        _ name: String, _ format: PlaceImportFormat, _ title: String, signatures: [[String]],
        constants: [SheetField: SheetValue] = [:], columns: [Column]
    ) {
        self.name = name
        self.format = format
        self.title = title
        self.signatures = signatures
        self.constants = constants
        self.columns = columns
    }

    /// The name of the file's column for each column of the layout; nil where the file has none.
    func binding(to names: Set<String>) -> [String?] {
        columns.map { column in column.names.first(where: names.contains) }
    }

    func recognises(_ names: Set<String>) -> Bool {
        signatures.contains { $0.allSatisfy(names.contains) }
    }

    /// Every known layout, the most particular first.
    public static let known: [PlaceLayout] = [
        .cget, .adviserHosts, .franceServices, .bourgogneFrancheComte, .gironde, .mulhouse, .gogocarto,
        .franceTiersLieux,
        .mednum, .plain,
    ]

    /// The first known layout, of the wanted family if any, that the names of a file's columns tell.
    static func recognised(_ names: Set<String>, _ format: PlaceImportFormat?, isGeoJSON: Bool) -> PlaceLayout? {
        known.first { layout in
            guard layout.recognises(names) else { return false }
            switch format {
            case nil: return true
            case .csv: return !isGeoJSON
            case .geojson: return isGeoJSON
            case let wanted?: return layout.format == wanted
            }
        }
    }
}
