import Maillage

extension Paths {
    public static let candidacies = "/candidatures"

    public static func candidacy(_ id: Candidacy.ID) -> String { path("candidatures", id.text) }

    public static func candidacy(
        _ id: Candidacy.ID, _ page: CandidacyPage, query: [(String, String?)] = []
    ) -> String {
        path("candidatures", id.text, page.rawValue, query: query)
    }

    /// One section of the questions.
    static func candidacySection(_ id: Candidacy.ID, _ key: String, query: [(String, String?)] = []) -> String {
        path("candidatures", id.text, "dossier", key, query: query)
    }

    /// The documents it is asked for, and where one of a question is sent.
    static func candidacyFiles(_ id: Candidacy.ID) -> String { path("candidatures", id.text, "pieces") }

    static func candidacyFiles(_ id: Candidacy.ID, _ question: String) -> String {
        path("candidatures", id.text, "pieces", question)
    }

    static func candidacyFile(_ id: Candidacy.ID, _ file: CandidacyFile.ID) -> String {
        path("candidatures", id.text, "fichiers", file.text)
    }

    static func candidacyFileName(_ id: Candidacy.ID, _ file: CandidacyFile.ID) -> String {
        path("candidatures", id.text, "fichiers", file.text, "nom")
    }

    static func candidacyFileRemoval(_ id: Candidacy.ID, _ file: CandidacyFile.ID) -> String {
        path("candidatures", id.text, "fichiers", file.text, "retrait")
    }

    /// Where documents are sent piece by piece.
    static func candidacyUploads(_ id: Candidacy.ID) -> String { path("candidatures", id.text, "envois") }

    /// Where a document arrives piece by piece: below its candidacy, or below what asked for it after the deposit.
    static func candidacyUpload(_ upload: CandidacyUpload) -> String {
        let candidacy = upload.candidacy.text
        guard let request = upload.request else { return path("candidatures", candidacy, "envois", upload.id.text) }
        return path(
            "candidatures", candidacy, "complements", Identifier<CandidacyUpload>(request).text, "envois",
            upload.id.text)
    }

    static func candidacyUploadCancel(_ upload: CandidacyUpload) -> String { candidacyUpload(upload) + "/abandon" }

    static func callCandidacyFile(_ slug: String, _ id: Candidacy.ID, _ file: CandidacyFile.ID) -> String {
        path("appels", slug, "candidatures", id.text, "fichiers", file.text)
    }

    /// What another candidacy has to offer to this one.
    static func candidacyReuse(_ id: Candidacy.ID, from earlier: Candidacy.ID) -> String {
        path("candidatures", id.text, CandidacyPage.reuse.rawValue, query: [("de", earlier.text)])
    }

    static func candidacyCommitment(_ id: Candidacy.ID) -> String { path("candidatures", id.text, "engagement") }

    static func candidacyDeparture(_ id: Candidacy.ID, _ member: CandidacyMember.ID) -> String {
        path("candidatures", id.text, "equipe", member.text, "depart")
    }

    static func candidacyInvitation(_ secret: Secret) -> String { path("candidatures", "invitations", secret.text) }

    static func applyTo(_ call: Call) -> String { path("appels", call.slug, "candidater") }

    static func callCandidacies(_ slug: String) -> String { path("appels", slug, "candidatures") }
    static func callCandidacyFile(_ slug: String) -> String { "/appels/\(encode(slug))/candidatures.csv" }

    static func callCandidacy(_ slug: String, _ id: Candidacy.ID) -> String {
        path("appels", slug, "candidatures", id.text)
    }

    static func lateDecision(_ slug: String, _ id: Candidacy.ID) -> String {
        path("appels", slug, "candidatures", id.text, "decision")
    }
}

/// The pages below a candidacy's own, by the last segment of their address.
public enum CandidacyPage: String, Sendable {
    case check = "verification"
    case deposit = "depot"
    case receipt = "recepisse"
    case receiptPrint = "recepisse.pdf"
    case receiptFile = "recepisse.json"
    case receiptArchive = "recepisse.zip"
    case deposited = "depose.json"
    case depositedPrint = "depose.pdf"
    /// What was deposited, to read and print.
    case reading = "depose"
    case withdraw = "retrait"
    case keep = "garder"
    case history = "historique"
    case reuse = "reprise"
    case stage = "etape"
    case parts = "repartition"
    case team = "equipe"
    case consent = "accord"
    case form = "version"
}
