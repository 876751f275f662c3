import Exchange
import Geography

/// What the directory keeps of a place: enough to find it, count it, draw it and list it, for whoever may see it.
public struct DirectoryEntry: Sendable {
    public let id: Place.ID
    public let slug: String
    public let name: String
    public let summary: String
    public let state: Place.State
    public let visibility: Place.Visibility
    public let maturity: Maturity
    public let updatedAt: Instant
    public let isOpenData: Bool
    public let sites: [Whereabouts]
    public let circles: [Int64]
    /// The values of each facet, as codes.
    public let facets: [Facet: [String]]
    let times: OpenTimes.Times
    /// The words searched, folded, each with what it weighs; a word may come several times.
    let words: [TextIndex.Word]

    /// A site with the territory it lies in.
    public struct Whereabouts: Sendable, Equatable {
        public let communeName: String
        public let postalCode: String
        public let commune: String?
        public let epci: String?
        public let departement: String?
        public let region: String?
        public let point: Point?
    }

    /// Draws the entry from the public part of the sheet: what is kept from the public is never searched or counted.
    init(_ place: Place, circles: [Int64], sites: [Whereabouts]) {
        let sheet = place.sheet.publicPart
        id = place.id
        slug = place.slug
        name = sheet.name
        summary = sheet.text(.summary)
        state = place.state
        visibility = place.visibility
        maturity = sheet.maturity
        updatedAt = place.updatedAt
        isOpenData = place.isOpenData
        self.sites = sites
        self.circles = circles
        times = OpenTimes.Times(sheet.openingHours, receives: sheet.maturity.receives)

        var facets: [Facet: [String]] = [:]
        for facet in Facet.ofSheet {
            guard let field = facet.field else { continue }
            let codes = sheet.codes(field) + (sheet[field]?.text.map { [$0] } ?? [])
            if !codes.isEmpty { facets[facet] = codes }
        }
        facets[.maturity] = [sheet.maturity.rawValue]
        facets[.circle] = circles.map { Identifier<Circle>($0).text }
        facets[.departement] = Self.distinct(sites.compactMap(\.departement))
        facets[.region] = Self.distinct(sites.compactMap(\.region))
        self.facets = facets

        words = Self.words(of: sheet, sites)
    }

    private static func distinct(_ codes: [String]) -> [String] {
        var seen = Set<String>()
        return codes.filter { seen.insert($0).inserted }
    }

    private static func words(of sheet: Sheet, _ sites: [Whereabouts]) -> [TextIndex.Word] {
        var words: [TextIndex.Word] = []
        func add(_ text: String, _ weight: TextIndex.Weight) { TextIndex.Word.add(text, weight, to: &words) }
        add(sheet.name, .name)
        for field in [SheetField.families, .services, .audiences, .sectors] {
            for code in sheet.codes(field) { words += ListWords.of(field, code) }
        }
        for site in sites {
            add(site.communeName, .tag)
            add(site.postalCode, .tag)
        }
        for row in sheet.rows(.labels) { add(row["label"] ?? "", .tag) }
        for stop in sheet.rows(.stops) { add(stop["commune_nom"] ?? "", .text) }
        add(sheet.text(.summary), .text)
        add(sheet.text(.description), .text)
        add(sheet.text(.structure), .text)
        for site in sheet.sites { add(site.address, .text) }
        return words
    }
}

/// The words by which a value of a reference list is found: its label and some of its synonyms, folded once.
private enum ListWords {
    private static let lists: [SheetField: [String: [TextIndex.Word]]] = {
        var lists: [SheetField: [String: [TextIndex.Word]]] = [:]
        for (field, list) in [
            (SheetField.families, ReferenceList.families), (.services, .services), (.audiences, .audiences),
            (.sectors, .sectors),
        ] {
            for entry in list.entries {
                var words: [TextIndex.Word] = []
                TextIndex.Word.add(entry.label, .tag, to: &words)
                for synonym in entry.synonyms.prefix(6) { TextIndex.Word.add(synonym, .text, to: &words) }
                lists[field, default: [:]][entry.code] = words
            }
        }
        return lists
    }()

    static func of(_ field: SheetField, _ code: String) -> [TextIndex.Word] { lists[field]?[code] ?? [] }
}

/// What the directory may be narrowed by, with the name it has in addresses.
public enum Facet: String, CaseIterable, Sendable {
    case family = "famille"
    case service
    case audience = "public"
    case maturity = "etape"
    case mobility = "itinerance"
    case accessibility = "accessibilite"
    case fees = "prix"
    case access = "acces"
    case circle = "cercle"
    case departement
    case region

    static let ofSheet: [Facet] = [.family, .service, .audience, .mobility, .accessibility, .fees, .access]

    var field: SheetField? {
        switch self {
        case .family: .families
        case .service: .services
        case .audience: .audiences
        case .maturity: .maturity
        case .mobility: .mobility
        case .accessibility: .accessibility
        case .fees: .fees
        case .access: .accessModes
        case .circle, .departement, .region: nil
        }
    }

    /// The list its codes belong to; nil for territories and circles.
    public var list: ReferenceList? {
        switch self {
        case .family: .families
        case .service: .services
        case .audience: .audiences
        case .maturity: .maturities
        case .mobility: .mobilities
        case .accessibility: .accessibility
        case .fees: .fees
        case .access: .accessModes
        case .circle, .departement, .region: nil
        }
    }
}
