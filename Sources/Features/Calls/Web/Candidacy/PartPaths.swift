import Maillage

extension Paths {
    /// What the partners answer.
    static func candidacyParts(_ id: Candidacy.ID) -> String { path("candidatures", id.text, "parts") }

    static func candidacyPart(_ id: Candidacy.ID, _ partner: CandidacyPartner.ID) -> String {
        path("candidatures", id.text, "parts", partner.text)
    }

    static func partCommitment(_ id: Candidacy.ID, _ partner: CandidacyPartner.ID) -> String {
        path("candidatures", id.text, "parts", partner.text, "engagement")
    }

    static func partSection(
        _ id: Candidacy.ID, _ partner: CandidacyPartner.ID, _ key: String, query: [(String, String?)] = []
    ) -> String {
        path("candidatures", id.text, "parts", partner.text, "dossier", key, query: query)
    }

    /// A page below a partner's part: the same as below the candidacy, for that part.
    static func part(
        _ id: Candidacy.ID, _ partner: CandidacyPartner.ID, _ page: CandidacyPage, query: [(String, String?)] = []
    ) -> String {
        path("candidatures", id.text, "parts", partner.text, page.rawValue, query: query)
    }

    /// The documents a partner's part is asked for, and where one of a question is sent.
    static func partFiles(_ id: Candidacy.ID, _ partner: CandidacyPartner.ID) -> String {
        path("candidatures", id.text, "parts", partner.text, "pieces")
    }

    static func partFiles(_ id: Candidacy.ID, _ partner: CandidacyPartner.ID, _ question: String) -> String {
        path("candidatures", id.text, "parts", partner.text, "pieces", question)
    }

    static func partFromSafe(_ id: Candidacy.ID, _ partner: CandidacyPartner.ID, _ question: String) -> String {
        path("candidatures", id.text, "parts", partner.text, "pieces", question, "coffre")
    }

    /// The page of the documents of the lead, or of a partner.
    static func candidacyFiles(_ id: Candidacy.ID, of partner: CandidacyPartner.ID?) -> String {
        partner.map { partFiles(id, $0) } ?? candidacyFiles(id)
    }

    /// The lead: offered, taken back, answered.
    static func candidacyLead(_ id: Candidacy.ID) -> String { path("candidatures", id.text, "porteur") }
    static func candidacyLeadBack(_ id: Candidacy.ID) -> String { path("candidatures", id.text, "porteur", "reprise") }
    static func candidacyLeadAnswer(_ id: Candidacy.ID) -> String {
        path("candidatures", id.text, "porteur", "reponse")
    }

    static func callOpening(_ slug: String) -> String { path("appels", slug, "ouverture") }
}
