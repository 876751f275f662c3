import Exchange

/// A mapping file: says what the columns of a file mean, for a list that no layout knows.
///
///     {"fields": {"nom": "Intitulé", "commune": "Ville", "code_postal": "CP", "services": ["Activités", "Ateliers"]}}
///
/// The names on the left are those of the national schema and of the sheet (`docs/rules/import.md` lists them).
public struct PlaceMapping: Sendable {
    private let columns: [PlaceLayout.Column]

    /// Reads a mapping file.
    ///
    /// - Throws: `PlaceImportRefusal` with the line of what cannot be understood.
    public init(json bytes: [UInt8]) throws {
        let value: JSONValue
        do {
            value = try JSONValue.parse(bytes)
        } catch let problem as JSONProblem {
            throw PlaceImportRefusal("the mapping file: \(problem.reason)", line: problem.line, column: problem.column)
        }
        guard let fields = value["fields"]?.object, !fields.isEmpty else {
            throw PlaceImportRefusal("the mapping file needs “fields”, an object of names of columns")
        }
        var columns: [PlaceLayout.Column] = []
        for member in fields.members {
            guard let target = Self.target(member.name) else {
                throw PlaceImportRefusal(
                    "the mapping file: “\(member.name)” is not a field (known: \(Self.known.joined(separator: ", ")))")
            }
            let names = member.value.string.map { [$0] } ?? member.value.array?.compactMap(\.string) ?? []
            guard !names.isEmpty else {
                throw PlaceImportRefusal("the mapping file: “\(member.name)” needs the name of a column, or several")
            }
            for name in names { columns.append(PlaceLayout.Column(names: [name], to: target)) }
        }
        guard columns.contains(where: { if case .text(.name) = $0.target { true } else { false } }) else {
            throw PlaceImportRefusal("the mapping file must say which column is “nom”")
        }
        self.columns = columns
    }

    func layout(for fileColumns: [String]) throws -> PlaceLayout {
        let known = Set(fileColumns)
        for column in columns where !known.contains(column.names[0]) {
            throw PlaceImportRefusal(
                "the mapping names a column “\(column.names[0])” that the file does not have", line: 1)
        }
        return PlaceLayout("mapping", .csv, "columns named by the mapping file", signatures: [], columns: columns)
    }

    private static func target(_ name: String) -> PlaceLayout.Target? {
        if let special = special[name] { return special }
        guard let field = SheetField(rawValue: name), field != .contactName, field != .privateFields else { return nil }
        switch field.definition.kind {
        case .line, .longText, .partialDate: return .text(field)
        case .choice: return .choice(field)
        case .choices: return .codes(field)
        case .openingHours: return .hours
        case .email: return .email
        case .phone: return .phone
        case .webAddress: return .web(field)
        case .siret: return .siret
        case .rna: return .rna
        case .rows, .number, .flag, .fields: return nil
        }
    }

    private static let special: [String: PlaceLayout.Target] = [
        "id": .key, "adresse": .address, "complement_adresse": .complement, "code_postal": .postalCode,
        "commune": .communeName, "code_insee": .communeCode, "departement": .departement, "latitude": .latitude,
        "longitude": .longitude, "lat_lon": .latitudeLongitude, "horaires_texte": .proseHours, "labels": .labels,
        "date_maj": .updated, "reseau_social": .link("", host: nil), "pivot": .siret,
    ]

    private static var known: [String] {
        (special.keys + SheetField.allCases.map(\.rawValue).filter { target($0) != nil }).sorted()
    }
}
