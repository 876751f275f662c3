import Maillage

extension Paths {
    public static let places = "/lieux"
    public static let newPlace = "/lieux/nouveau"
    public static let map = "/carte"
    static let moderation = "/moderation"
    static let disappearances = "/coordination/disparus"
    static let disappearancesUndo = "/coordination/disparus/annulation"

    static func disappearances(_ source: String?) -> String {
        path("coordination", "disparus", query: [("source", source)])
    }

    public static func place(_ slug: String) -> String { path("lieux", slug) }

    /// A page of a place: `modifier`, `historique`, `corriger`, `equipe`, `reglages`…
    static func place(_ slug: String, _ page: PlacePage) -> String { path("lieux", slug, page.rawValue) }

    static func undo(_ slug: String, _ change: PlaceChange.ID) -> String {
        path("lieux", slug, "historique", change.text, "annulation")
    }

    static func proposal(_ id: PlaceProposal.ID) -> String { path("moderation", id.text) }

    static func proposal(_ secret: Secret) -> String { path("propositions", secret.text) }

    /// The page of a photo for those who keep it, or what is done to it.
    static func photo(_ slug: String, _ id: PlacePhoto.ID, _ deed: PhotoDeed? = nil) -> String {
        guard let deed else { return path("lieux", slug, "photos", id.text) }
        return path("lieux", slug, "photos", id.text, deed.rawValue)
    }

    /// The file of a photo, by its width in pixels.
    static func photoFile(_ id: PlacePhoto.ID, _ width: Int) -> String { path("photos", id.text, "\(width).webp") }

    static func teamInvitation(_ slug: String, _ id: Invitation.ID) -> String {
        path("lieux", slug, "equipe", "invitations", id.text, "retrait")
    }
}

/// The pages below a place's own, by the last segment of their address.
enum PlacePage: String {
    case edit = "modifier"
    case history = "historique"
    case correct = "corriger"
    case team = "equipe"
    case settings = "reglages"
    case verify = "verification"
    case visibility = "visibilite"
    case state = "etat"
    case address = "adresse"
    case circles = "cercles"
    case merge = "fusion"
    case photos = "photos"
}

/// What is done to a photo, by the last segment of the address.
enum PhotoDeed: String {
    case order = "rang"
    case removal = "retrait"
}
