/// The fields of a place's sheet. To add one: a case here, its row in `definitions`; the form, the history, the import mapping,
/// the exports and the API follow.
///
/// Codes follow the France Tiers-Lieux form and the national « mednum » schema where they have the notion.
public enum SheetField: String, CaseIterable, Sendable, Hashable {
    case name = "nom"
    case summary = "description_courte"
    case description
    case maturity = "maturite"
    case families = "familles"
    case otherFamily = "famille_autre"
    case services
    case audiences = "publics"
    case sectors = "secteurs"
    case mobility = "itinerance"
    case sites = "implantations"
    case stops = "tournee"
    case hours = "horaires"
    case hoursNote = "horaires_note"
    case closures = "fermetures"
    case accessModes = "modalites_acces"
    case fees = "frais_a_charge"
    case bookingURL = "prise_rdv"
    case accessibility = "accessibilite"
    case accessibilityFacts = "accessibilite_faits"
    case accessibilityURL = "fiche_acces_libre"
    case connection = "connectivite"
    case structure = "structure"
    case legalForm = "mode_gestion"
    case otherLegalForm = "mode_gestion_autre"
    case siret
    case rna
    case formalitiesDate = "date_creation"
    case openedOn = "date_ouverture"
    case closedOn = "date_fermeture"
    case closingReason = "motif_fermeture"
    case builtArea = "surface_batie"
    case outdoorArea = "surface_exterieure"
    case tenure = "statut_occupation"
    case tenureEnds = "fin_occupation"
    case email = "courriel"
    case phone = "telephone"
    case contactName = "contact"
    case website = "site_web"
    case links = "liens"
    case video
    case labels
    case figures = "chiffres"
    case companion = "compagnon"
    case openData = "ouverture_donnees"
    case openEdition = "edition_ouverte"
    case privateFields = "champs_prives"
}

extension SheetField {
    /// The rank of the case. An enumeration of raw values compares and hashes by those texts unless told otherwise, and every
    /// sheet is looked into by field.
    var position: UInt8 { unsafeBitCast(self, to: UInt8.self) }

    /// A bit of its own: there are fewer than 64 fields, which a test checks.
    var bit: UInt64 { 1 << UInt64(position) }

    public static func == (left: SheetField, right: SheetField) -> Bool { left.position == right.position }

    public func hash(into hasher: inout Hasher) { hasher.combine(position) }

    private static let byName = Dictionary(
        allCases.map { ($0.rawValue, $0) }, uniquingKeysWith: { first, _ in first })

    /// The field of a stored name, nil when there is none: `init(rawValue:)` without trying each case in turn.
    static func named(_ name: String) -> SheetField? { byName[name] }
}

extension SheetField {
    public enum Kind: Sendable, Equatable {
        /// One line; `limit` in characters.
        case line(limit: Int)
        case longText(limit: Int)
        case choice(ReferenceList)
        case choices(ReferenceList)
        case number(unit: String, limit: Int)
        case flag
        /// `2021`, `2021-05` or `2021-05-17`.
        case partialDate
        case openingHours
        case email
        case phone
        case webAddress
        case siret
        case rna
        case rows([Column], limit: Int)
        /// Codes of other fields (`privateFields`).
        case fields
    }

    /// A column of a repeated group.
    public struct Column: Sendable, Equatable {
        public enum Kind: Sendable, Equatable {
            case line(limit: Int)
            case webAddress, date
            case choice(ReferenceList)
            case number, commune, latitude, longitude, openingHours
        }
        public let name: String
        public let label: String
        public let kind: Kind
        public let isRequired: Bool

        init(_ name: String, _ label: String, _ kind: Kind, required: Bool = false) {
            self.name = name
            self.label = label
            self.kind = kind
            isRequired = required
        }
    }

    /// The parts of the sheet, as the form and the page show them.
    public enum Section: String, CaseIterable, Sendable {
        case identity = "Le lieu"
        case whereabouts = "Où"
        case opening = "Quand et comment"
        case offer = "Ce qu’on y fait"
        case accessibility = "Accessibilité"
        case operating = "La structure"
        case contact = "Contact"
        case recognition = "Labels et chiffres"
        case sharing = "Partage de la fiche"
    }

    public struct Definition: Sendable {
        public let field: SheetField
        public let section: Section
        public let label: String
        public let kind: Kind
        public let help: String
        /// May be hidden from the public by the place, field by field.
        public let mayBePrivate: Bool
    }

    public var definition: Definition {
        Self.definitionsByField[self]
            ?? Definition(
                field: self, section: .identity, label: rawValue, kind: .line(limit: 200), help: "", mayBePrivate: false
            )
    }

    public var label: String { definition.label }

    private static let definitionsByField = Dictionary(
        uniqueKeysWithValues: definitions.map { ($0.field, $0) })
}
