import Maillage

extension Paths {
    static let instruction = "/instruction"
    static let instructionSearches = "/instruction/recherches"
    static let opinions = "/avis"

    /// The board as a query asks for it, without what it says by default.
    static func instruction(_ query: InstructionQuery, page: Int? = nil) -> String {
        path("instruction", query: InstructionFields.pairs(query, page: page ?? 1))
    }

    static func instructionSearchRemoval(_ id: InstructionSearch.ID) -> String {
        path("instruction", "recherches", id.text, "retrait")
    }

    /// The instruction of a call: who shares the dossiers, what is checked.
    static func callInstruction(_ slug: String) -> String { path("appels", slug, "instruction") }
    static func callSharing(_ slug: String) -> String { path("appels", slug, "instruction", "repartition") }
    static func callChecklist(_ slug: String) -> String { path("appels", slug, "instruction", "controles") }

    static func dossier(_ id: Candidacy.ID) -> String { path("candidatures", id.text, "instruction") }

    static func dossier(_ id: Candidacy.ID, _ page: DossierPage) -> String {
        path("candidatures", id.text, "instruction", page.rawValue)
    }

    static func dossierFile(_ id: Candidacy.ID, _ file: CandidacyFile.ID) -> String {
        path("candidatures", id.text, "instruction", "fichiers", file.text)
    }

    static func dossierNoteRemoval(_ id: Candidacy.ID, _ note: InstructionNote.ID) -> String {
        path("candidatures", id.text, "instruction", "annotations", note.text, "retrait")
    }

    static func dossierRequestRemoval(_ id: Candidacy.ID, _ request: PiecesRequest.ID) -> String {
        path("candidatures", id.text, "instruction", "complements", request.text, "retrait")
    }

    static func dossierOpinionRemoval(_ id: Candidacy.ID, _ opinion: Opinion.ID) -> String {
        path("candidatures", id.text, "instruction", "avis", opinion.text, "retrait")
    }

    /// What the people of a candidacy follow after its limit.
    static func followUp(_ id: Candidacy.ID) -> String { path("candidatures", id.text, "suivi") }
    static func followUpRead(_ id: Candidacy.ID) -> String { path("candidatures", id.text, "suivi", "lus") }

    static func pieces(_ request: PiecesRequest) -> String {
        path("candidatures", request.candidacy.text, "complements", request.id.text)
    }

    static func piecesSending(_ request: PiecesRequest) -> String {
        path("candidatures", request.candidacy.text, "complements", request.id.text, "envoi")
    }

    static func piecesFiles(_ request: PiecesRequest, _ question: String) -> String {
        path("candidatures", request.candidacy.text, "complements", request.id.text, "pieces", question)
    }

    static func piecesUploads(_ request: PiecesRequest) -> String {
        path("candidatures", request.candidacy.text, "complements", request.id.text, "envois")
    }

    static func piecesFileRemoval(_ request: PiecesRequest, _ question: String) -> String {
        path("candidatures", request.candidacy.text, "complements", request.id.text, "pieces", question, "retrait")
    }

    static func opinion(_ id: Opinion.ID) -> String { path("avis", id.text) }

    static func opinionFile(_ id: Opinion.ID, _ file: CandidacyFile.ID) -> String {
        path("avis", id.text, "fichiers", file.text)
    }
}

/// The pages below a dossier's instruction, by the last segment of their address.
enum DossierPage: String, Sendable {
    case assignment = "prise"
    case due = "echeance"
    case check = "controle"
    case outcome = "issue"
    case reopening = "reouverture"
    case pieces = "complements"
    case messages
    case notes = "annotations"
    case opinions = "avis"
    case around = "alentours"
}

extension Paths {
    static func dossierMessagesRead(_ id: Candidacy.ID) -> String {
        path("candidatures", id.text, "instruction", "messages", "lus")
    }
}
