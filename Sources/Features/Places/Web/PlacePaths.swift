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
}
