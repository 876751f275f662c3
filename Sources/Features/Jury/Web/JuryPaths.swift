import Maillage

/// The pages of a jury, by the last segment of their address.
enum JuryPage: String, Sendable {
    case settings = "reglages"
    case members = "membres"
    case opening = "ouverture"
    case conflicts = "conflits"
    case declaration
    case readings = "lectures"
    case ranking = "classement"
    case rankingFile = "classement.csv"
    case session = "seance"
    case minutes = "proces-verbal"
    case minutesPrint = "proces-verbal.pdf"
}

extension Paths {
    public static func jury(_ slug: String) -> String { path("appels", slug, "jury") }
    static func jury(_ slug: String, _ page: JuryPage) -> String { path("appels", slug, "jury", page.rawValue) }

    /// The session for a projector: it follows what the chair does.
    static func juryProjection(_ slug: String) -> String {
        path("appels", slug, "jury", JuryPage.session.rawValue, query: [("vue", JurySessionView.projection)])
    }

    static func juryMemberRemoval(_ slug: String, _ id: JuryMember.ID) -> String {
        path("appels", slug, "jury", "membres", id.text, "retrait")
    }

    static func juryConflict(_ slug: String, _ id: JuryConflict.ID) -> String {
        path("appels", slug, "jury", "conflits", id.text)
    }

    static func juryReadings(_ slug: String, _ id: Candidacy.ID) -> String {
        path("appels", slug, "jury", "lectures", id.text)
    }

    static func juryDossier(_ slug: String, _ id: Candidacy.ID) -> String {
        path("appels", slug, "jury", "dossiers", id.text)
    }

    static func juryReopening(_ slug: String, _ id: Candidacy.ID) -> String {
        path("appels", slug, "jury", "dossiers", id.text, "reouverture")
    }

    static func juryFile(_ slug: String, _ id: Candidacy.ID, _ file: CandidacyFile.ID) -> String {
        path("appels", slug, "jury", "dossiers", id.text, "fichiers", file.text)
    }

    static func juryMove(_ slug: String, _ id: JuryMove.ID) -> String {
        path("appels", slug, "jury", "classement", id.text, "retrait")
    }

    /// In the session: `nil` to pass to the dossier, else `avis` or `passage`.
    static func juryTurn(_ slug: String, _ id: Candidacy.ID, _ action: String? = nil) -> String {
        guard let action else { return path("appels", slug, "jury", "seance", "dossiers", id.text) }
        return path("appels", slug, "jury", "seance", "dossiers", id.text, action)
    }

    static func juryInvitation(_ secret: Secret) -> String { path("jury", "invitations", secret.text) }
}
