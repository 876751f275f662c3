import Maillage
import Markup

/// The pages of a jury, by the last segment of their address.
enum JuryPage: String, Sendable {
    case settings = "reglages"
    case members = "membres"
    /// Those of the wave before, invited again.
    case former = "reconduction"
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

/// Whose jury an address is about: a call, and one of its waves when it has several.
struct JuryAddress: Sendable {
    let slug: String
    let wave: CallWave.ID?

    init(_ call: Call, _ wave: CallWave.ID?) {
        slug = call.slug
        self.wave = call.settings.waves.count > 1 ? wave : nil
    }
}

extension Paths {
    /// A page of a jury by the segments of its address after `/jury`.
    private static func jury(_ at: JuryAddress, _ segments: [String], query: [(String, String?)] = []) -> String {
        Link(path: ["appels", at.slug, "jury"] + segments, query: [("vague", at.wave?.text)] + query).address
    }

    static func jury(_ at: JuryAddress) -> String { jury(at, []) }
    static func jury(_ at: JuryAddress, _ page: JuryPage) -> String { jury(at, [page.rawValue]) }

    /// The session for a projector: it follows what the chair does, unless it is held.
    static func juryProjection(_ at: JuryAddress, isHeld: Bool = false) -> String {
        jury(
            at, [JuryPage.session.rawValue],
            query: [("vue", JurySessionView.projection), ("suivi", isHeld ? JurySessionView.held : nil)])
    }

    static func juryAttendance(_ at: JuryAddress) -> String {
        jury(at, [JuryPage.session.rawValue, "presences"])
    }

    static func juryMemberRemoval(_ at: JuryAddress, _ id: JuryMember.ID) -> String {
        jury(at, ["membres", id.text, "retrait"])
    }

    static func juryConflict(_ at: JuryAddress, _ id: JuryConflict.ID) -> String {
        jury(at, ["conflits", id.text])
    }

    static func juryReadings(_ at: JuryAddress, _ id: Candidacy.ID) -> String {
        jury(at, ["lectures", id.text])
    }

    static func juryDossier(_ at: JuryAddress, _ id: Candidacy.ID) -> String {
        jury(at, ["dossiers", id.text])
    }

    static func juryReopening(_ at: JuryAddress, _ id: Candidacy.ID) -> String {
        jury(at, ["dossiers", id.text, "reouverture"])
    }

    static func juryFile(_ at: JuryAddress, _ id: Candidacy.ID, _ file: CandidacyFile.ID) -> String {
        jury(at, ["dossiers", id.text, "fichiers", file.text])
    }

    static func juryMove(_ at: JuryAddress, _ id: JuryMove.ID) -> String {
        jury(at, ["classement", id.text, "retrait"])
    }

    /// In the session: `nil` to pass to the dossier, else `avis` or `passage`.
    static func juryTurn(_ at: JuryAddress, _ id: Candidacy.ID, _ action: String? = nil) -> String {
        guard let action else { return jury(at, ["seance", "dossiers", id.text]) }
        return jury(at, ["seance", "dossiers", id.text, action])
    }

    static func juryInvitation(_ secret: Secret) -> String { path("jury", "invitations", secret.text) }
}
