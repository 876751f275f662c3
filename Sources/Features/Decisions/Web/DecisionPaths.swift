import Maillage

extension Paths {
    /// The selection of a wave: scores, constraints, proposal.
    /// `takes`: whose scores are to stand in the field, to be looked at before they are kept.
    static func selection(_ slug: String, _ wave: CallWave.ID? = nil, takes: String? = nil) -> String {
        path("appels", slug, "selection", query: [("vague", wave?.text), ("reprendre", takes)])
    }

    static func selectionScores(_ slug: String) -> String { path("appels", slug, "selection", "notes") }
    static func selectionRules(_ slug: String) -> String { path("appels", slug, "selection", "contraintes") }

    static func decisions(_ slug: String, _ wave: CallWave.ID? = nil) -> String {
        path("appels", slug, "decisions", query: [("vague", wave?.text)])
    }

    static func decision(_ slug: String, _ id: Candidacy.ID) -> String { path("appels", slug, "decisions", id.text) }
    static func decisionLetter(_ slug: String, _ id: Candidacy.ID) -> String {
        path("appels", slug, "decisions", id.text, "courrier.pdf")
    }
    static func waitingList(_ slug: String, _ id: Candidacy.ID) -> String {
        path("appels", slug, "decisions", id.text, "liste")
    }
    static func receivedAppeal(_ slug: String, _ id: Candidacy.ID) -> String {
        path("appels", slug, "decisions", id.text, "recours")
    }
    static func answeredAppeal(_ slug: String, _ id: Candidacy.ID, _ appeal: Appeal.ID) -> String {
        path("appels", slug, "decisions", id.text, "recours", appeal.text)
    }

    static func decisionTexts(_ slug: String) -> String { path("appels", slug, "courriers") }
    static func notification(_ slug: String) -> String { path("appels", slug, "notification") }
    static func results(_ slug: String) -> String { path("appels", slug, "resultats") }

    static func ownDecision(_ id: Candidacy.ID) -> String { path("candidatures", id.text, "decision") }
    static func ownDecision(_ id: Candidacy.ID, _ page: String) -> String {
        path("candidatures", id.text, "decision", page)
    }
    static let ownDecisionPrint = "courrier.pdf"
}
