import Maillage
import Markup

/// A sentence that a later feature has for those who write a candidacy.
struct CandidacyEcho: Sendable {
    var words: String
}

/// What later features have to say on the pages of a candidacy, which Calls does not know: `Site` fills it.
struct CandidacyEchoes: Sendable {
    /// By the key of a question; of the whole dossier under the empty key.
    var of: @Sendable (Visit, Candidacy) async throws -> [String: [CandidacyEcho]]
}

/// Those sentences.
struct CandidacyEchoList: View {
    var echoes: [CandidacyEcho]

    func render(into html: inout HTML) {
        for echo in echoes {
            html.p(Format.typography(echo.words), .class("flash flash-info"))
        }
    }
}
