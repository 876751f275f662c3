import Maillage

extension Paths {
    public static let calls = "/appels"
    static let newCall = "/appels/nouveau"
    static let callAlerts = "/appels/alertes"

    public static func call(_ slug: String) -> String { path("appels", slug) }

    /// A page of a call: its règlement, its blank dossier, its editor…
    public static func call(_ slug: String, _ page: CallPage) -> String { path("appels", slug, page.rawValue) }

    /// One section of a call in its editor.
    static func call(_ slug: String, _ section: CallSection.Name) -> String {
        path("appels", slug, "modifier", section.rawValue)
    }

    static func callQuestion(_ slug: String, _ id: CallQuestion.ID) -> String {
        path("appels", slug, "questions", id.text)
    }

    static func callExtension(_ slug: String, _ id: CallExtension.ID, _ action: String) -> String {
        path("appels", slug, "prolongation", id.text, action)
    }

    static func callInvitation(_ secret: Secret) -> String { path("appels", "invitations", secret.text) }

    static func callInvitation(_ slug: String, _ id: CallInvitation.ID) -> String {
        path("appels", slug, "equipe", "invitations", id.text)
    }

    static func callAlert(_ secret: String) -> String { path("appels", "alertes", secret) }
    static func callAlertEnd(_ key: String) -> String { path("appels", "alertes", "fin", key) }
}

/// The pages below a call's own, by the last segment of their address.
public enum CallPage: String, Sendable {
    case rules = "reglement"
    case blank = "dossier-type"
    case eligibility = "eligibilite"
    case edit = "modifier"
    case publish = "publier"
    case extend = "prolongation"
    case questions
    case cancel = "annulation"
    case team = "equipe"
    case amendments = "avenants"
    case results = "resultats"
}
