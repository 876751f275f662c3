import Exchange
import Geography

/// A place as files and machines read it: what everybody may see, and nothing else.
///
/// The fields that a place keeps from the public are gone, and so is the name of its contact: who answers the
/// phone of a place did not ask to be in files.
public struct PublicPlace: Sendable {
    public let id: Place.ID
    public let slug: String
    /// The address of the page, absolute.
    public let page: String
    public let sheet: Sheet
    /// The main address; nil when there is none.
    public let site: Site?
    /// The codes of the circles, the main one first.
    public let circles: [String]
    /// Where the values come from: names of import sources, and `PublicPlace.network` for people of the network.
    public let sources: [String]
    public let isOpenData: Bool
    public let createdAt: Instant
    public let updatedAt: Instant
    public let verifiedAt: Instant?
    /// The photos shown, the cover first; given by those who read them.
    public var photos: [PlacePhoto] = []

    /// What `sources` calls the people of the network.
    public static let network = "network"

    /// `page` makes the address of a slug.
    public init(_ place: Place, circles: [String] = [], page: (_ slug: String) -> String) {
        id = place.id
        slug = place.slug
        self.page = page(place.slug)
        var part = place.sheet.publicPart
        part[.contactName] = nil
        sheet = part
        site = part.sites.first
        self.circles = circles
        let imported = Set(place.origins.sources.filter { !$0.isPerson }.map(\.source)).sorted()
        let isByHand = place.origins.isEmpty || place.origins.sources.contains(where: \.isPerson)
        sources = imported + (isByHand ? [Self.network] : [])
        isOpenData = place.isOpenData
        createdAt = place.createdAt
        updatedAt = place.updatedAt
        verifiedAt = place.verifiedAt
    }
}

extension Place {
    /// Whether the sheet is part of the files that anybody may use again (Licence Ouverte 2.0): its team said so, or it said
    /// nothing and the sheet came from open data.
    public var isOpenData: Bool {
        sheet[.openData]?.flag ?? origins.sources.contains { !$0.isPerson }
    }
}
