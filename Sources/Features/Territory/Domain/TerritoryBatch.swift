import Geography

/// Rows of the territorial register, as an official file gives them. What is nil leaves what is known as it is.
public struct TerritoryBatch: Sendable {
    public struct Region: Sendable {
        public let code: String
        public let name: String

        public init(code: String, name: String) {
            self.code = code
            self.name = name
        }
    }

    public struct Departement: Sendable {
        public let code: String
        public let name: String
        public let region: String?

        public init(code: String, name: String, region: String?) {
            self.code = code
            self.name = name
            self.region = region
        }
    }

    /// A public body for cooperation between communes.
    public struct Epci: Sendable {
        public let siren: String
        public let name: String
        /// `CC`, `CA`, `CU`, `METRO`…
        public let nature: String

        public init(siren: String, name: String, nature: String) {
            self.siren = siren
            self.name = name
            self.nature = nature
        }
    }

    /// A commune that no longer exists, or an associated or delegated one, and the one that answers for it now.
    public struct Former: Sendable {
        public let code: String
        public let name: String
        public let successor: String
        /// The day from which the successor answers, as `2019-01-01`; nil when no file says.
        public let until: String?

        public init(code: String, name: String, successor: String, until: String?) {
            self.code = code
            self.name = name
            self.successor = successor
            self.until = until
        }
    }

    public struct PostalCode: Sendable {
        public let postalCode: String
        public let commune: String

        public init(_ postalCode: String, _ commune: String) {
            self.postalCode = postalCode
            self.commune = commune
        }
    }

    /// What a file adds to a commune that is known already.
    public struct Fact: Sendable {
        public let commune: String
        public var population: Int?
        public var centre: Point?
        public var epci: String?

        public init(_ commune: String, population: Int? = nil, centre: Point? = nil, epci: String? = nil) {
            self.commune = commune
            self.population = population
            self.centre = centre
            self.epci = epci
        }
    }

    /// A commune of an earlier edition, whose territory is now another's.
    public struct Retirement: Sendable {
        public let commune: String
        public let successor: String
        public let on: String
    }

    /// The file the rows come from, written with its last rows: what is not marked was not taken whole.
    public struct FileMark: Sendable {
        public let name: String
        public let kind: String
        public let digest: String
        public let rows: Int
        /// The kinds of files whose rows were read by means of this one: they are read again when given again.
        public let outdates: [String]
    }

    /// How a zone and its communes were joined.
    public enum Method: String, Sendable {
        case code
        case name = "nom"
        /// The commune's centre lies inside the zone: an approximation at the edges.
        case centre
    }

    public struct Zoning: Sendable {
        /// `QPV`, `ZRR`, `FRR`, `ACV`…
        public let kind: String
        public let code: String
        public let name: String
        public let startsOn: String
        public let endsOn: String?
        public let edition: String
        public let communes: [String]
        public let method: Method
        /// What a reader should know before relying on it, in French.
        public let note: String?

        public init(
            kind: String, code: String, name: String, startsOn: String, endsOn: String?, edition: String,
            communes: [String], method: Method = .code, note: String? = nil
        ) {
            self.method = method
            self.note = note
            self.kind = kind
            self.code = code
            self.name = name
            self.startsOn = startsOn
            self.endsOn = endsOn
            self.edition = edition
            self.communes = communes
        }
    }

    public struct Outline: Sendable {
        public enum Kind: String, Sendable, CaseIterable {
            case commune, epci, departement, region
            case zoning = "zonage"
        }
        public let kind: Kind
        public let code: String
        public let name: String
        public let box: BoundingBox
        /// `Contour` bytes, for large and for small scales.
        public let fine: [UInt8]
        public let coarse: [UInt8]
        public let edition: String

        public init(
            kind: Kind, code: String, name: String, box: BoundingBox, fine: [UInt8], coarse: [UInt8], edition: String
        ) {
            self.kind = kind
            self.code = code
            self.name = name
            self.box = box
            self.fine = fine
            self.coarse = coarse
            self.edition = edition
        }
    }

    public var regions: [Region] = []
    public var departements: [Departement] = []
    public var epcis: [Epci] = []
    public var communes: [Commune] = []
    public var formers: [Former] = []
    public var postalCodes: [PostalCode] = []
    public var zonings: [Zoning] = []
    public var outlines: [Outline] = []
    public var facts: [Fact] = []
    public var retirements: [Retirement] = []
    public var file: FileMark?
    /// The year of the communes' edition.
    public var edition = 0

    public init() {}
}
