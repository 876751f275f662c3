/// A photo of a place, in several widths, with what must be said of it.
public struct PlacePhoto: Sendable, Equatable {
    public typealias ID = Identifier<PlacePhoto>

    public let id: ID
    public let place: Place.ID
    /// Photos are shown by rank; the first is the cover.
    public var rank: Int
    public var words: Words
    /// The same picture from the narrowest to the widest. Never empty.
    public let sizes: [Size]
    public let addedAt: Instant
    public let addedBy: Principal.ID?
    public var removedAt: Instant?

    /// What people read of a photo.
    public struct Words: Sendable, Equatable {
        /// What the photo shows, for those who do not see it.
        public var alternative: String
        /// Who took it.
        public var credit: String
        public var licence: PhotoLicence

        public init(alternative: String, credit: String, licence: PhotoLicence) {
            self.alternative = alternative
            self.credit = credit
            self.licence = licence
        }
    }

    /// One file of the vault.
    public struct Size: Sendable, Equatable {
        /// In pixels.
        public let width: Int
        public let height: Int
        public let file: FileDigest
        /// Its length.
        public let bytes: Int

        public init(width: Int, height: Int, file: FileDigest, bytes: Int) {
            self.width = width
            self.height = height
            self.file = file
            self.bytes = bytes
        }
    }

    /// A place shows so many at most (PHO-5).
    public static let most = 12
    /// How long a removed photo can be put back; its files are then erased (PHO-7).
    public static let remembered = Instant.Span.days(30)
    /// Photos one account may add (PHO-5).
    static let allowance = Throttle.Limit(60, per: .hours(1))

    public var largest: Size? { sizes.last }
}

/// What others may do with a photo. The raw value is a code that files and the machine interface keep.
public enum PhotoLicence: String, Sendable, CaseIterable {
    case attribution = "cc-by-4.0"
    case shareAlike = "cc-by-sa-4.0"
    case publicDomain = "cc0-1.0"
    case open = "lo-2.0"
    case reserved = "reserves"

    public var label: String {
        switch self {
        case .attribution: "CC BY 4.0"
        case .shareAlike: "CC BY-SA 4.0"
        case .publicDomain: "CC0 1.0"
        case .open: "Licence Ouverte 2.0"
        case .reserved: "Droits réservés, publication autorisée"
        }
    }

    /// What it allows, in a few words.
    public var meaning: String {
        switch self {
        case .attribution: "Chacun peut la reprendre en citant son auteur."
        case .shareAlike: "Comme la précédente, et ce qui en est tiré reste sous la même licence."
        case .publicDomain: "Chacun en fait ce qu’il veut, sans citer personne."
        case .open: "La licence des données publiques françaises\u{202F}: reprise libre en citant la source."
        case .reserved: "Elle est montrée ici avec l’accord de son auteur\u{202F}; personne d’autre ne la reprend."
        }
    }

    /// The page of its text, if it has one.
    public var address: String? {
        switch self {
        case .attribution: "https://creativecommons.org/licenses/by/4.0/deed.fr"
        case .shareAlike: "https://creativecommons.org/licenses/by-sa/4.0/deed.fr"
        case .publicDomain: "https://creativecommons.org/publicdomain/zero/1.0/deed.fr"
        case .open: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
        case .reserved: nil
        }
    }
}
