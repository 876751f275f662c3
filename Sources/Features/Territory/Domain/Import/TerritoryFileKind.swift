import Exchange

/// The official files that the register is made of, in the order in which they depend on one another.
///
/// A file is known by its columns or properties, never by its name.
public enum TerritoryFileKind: String, Sendable, CaseIterable, Comparable {
    /// INSEE, official geographic code (COG).
    case regions
    case departements
    case arrondissements
    case communes
    /// Etalab: the collectivities that the COG leaves out.
    case overseas
    /// INSEE: what became of communes since 1943.
    case movements
    /// INSEE: legal populations; Mayotte comes apart, without codes.
    case populations
    case mayottePopulations = "mayotte-populations"
    /// DGCL: groupings of communes and their members.
    case epcis
    /// La Poste: the « hexasmal » list of postal codes.
    case postalCodes = "postal-codes"
    /// A list of points by commune.
    case centres
    /// Contours of communes, départements or régions.
    case outlines
    /// Priority districts: by name of commune, then with the districts' names, then with their contours.
    case districtFigures = "qpv-figures"
    case districtNames = "qpv-names"
    case districtOutlines = "qpv-outlines"
    /// ANCT: zonings of 2019, by name of commune; and one zoning dissolved by class.
    case zoningNames = "zoning-names"
    case zoningClasses = "zoning-classes"
    /// `code_commune;zonage;debut;fin`.
    case zoningList = "zoning-list"
    /// A description of columns.
    case columnNotes = "column-notes"

    public static func < (left: TerritoryFileKind, right: TerritoryFileKind) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// Recognised, and of no use to the register.
    var isUnused: Bool { self == .arrondissements || self == .columnNotes }

    /// Whether other files are read by means of what this one says.
    var changesTheRegister: Bool {
        switch self {
        case .regions, .departements, .communes, .overseas, .movements, .epcis, .postalCodes, .centres: true
        default: false
        }
    }

    /// What must be read again when a new file of this kind was taken.
    var outdates: [TerritoryFileKind] {
        switch self {
        case .communes: Self.allCases.filter { $0 > .communes }
        case .movements: Self.allCases.filter { $0 > .movements }
        case .epcis: [.zoningNames]
        case .centres, .postalCodes: [.zoningClasses]
        default: []
        }
    }

    /// The kind of a CSV file by its columns.
    static func of(_ header: CSVHeader) -> TerritoryFileKind? {
        let names = Set(header.names.map { $0.hasPrefix("#") ? String($0.dropFirst()) : $0 })
        return columns.first { names.isSuperset(of: $0.columns) }?.kind
    }

    /// The kind of a GeoJSON file by the properties of its first feature.
    static func of(_ feature: GeoJSONFeature) -> TerritoryFileKind? {
        let names = Set(feature.properties.names)
        if names.isSuperset(of: ["code_qp", "nom_qp", "code_commune"]) { return .districtOutlines }
        if names.isSuperset(of: ["codgeo", "libgeo"]) { return .zoningClasses }
        return names.isSuperset(of: ["code", "nom"]) ? .outlines : nil
    }

    /// The most demanding first: some files have all the columns of others.
    private static let columns: [(kind: TerritoryFileKind, columns: Set<String>)] = [
        (.movements, ["MOD", "DATE_EFF", "TYPECOM_AV", "COM_AV", "LIBELLE_AV", "TYPECOM_AP", "COM_AP", "LIBELLE_AP"]),
        (.communes, ["TYPECOM", "COM", "REG", "DEP", "LIBELLE", "COMPARENT"]),
        (.arrondissements, ["ARR", "DEP", "REG", "CHEFLIEU", "LIBELLE"]),
        (.departements, ["DEP", "REG", "CHEFLIEU", "LIBELLE"]),
        (.regions, ["REG", "CHEFLIEU", "LIBELLE"]),
        (.overseas, ["code_commune", "nom_commune", "code_collectivite", "nom_collectivite"]),
        (.populations, ["DEP", "CODCOM", "COM", "Commune", "PMUN"]),
        (.mayottePopulations, ["DEP", "CODCOM", "PMUN"]),
        (.epcis, ["siren", "raison_sociale", "nature_juridique", "insee"]),
        (.postalCodes, ["Code_commune_INSEE", "Code_postal"]),
        (.centres, ["code_INSEE", "latitude", "longitud"]),
        (.centres, ["code_INSEE", "latitude", "longitude"]),
        (.districtFigures, ["CODGEO", "POP_MUN", "POP_COM_QP", "LIB_COM"]),
        (.districtNames, ["code_qp", "nom_qp", "nom_commune"]),
        (.zoningNames, ["id", "lib", "perimetre", "nbcom", "layer"]),
        (.zoningList, ["code_commune", "zonage", "debut", "fin"]),
        (.columnNotes, ["colonne", "description", "type_valeur"]),
    ]
}
