import Maillage

extension SiteMap {
    /// The URLs of the safes of structures.
    static let safes: [Route] = [
        .get("/lieux/{slug}/coffre", .signedIn, SafePages.show),
        .post("/lieux/{slug}/coffre", .signedIn, body: .upload(limit: SafePages.bodyLimit), SafePages.add),
        .get("/lieux/{slug}/coffre/{document}", .signedIn, SafePages.download),
        .post("/lieux/{slug}/coffre/{document}", .signedIn, SafePages.edit),
        .post("/lieux/{slug}/coffre/{document}/retrait", .signedIn, SafePages.remove),
    ]
}

extension Paths {
    static func safe(_ slug: String) -> String { path("lieux", slug, "coffre") }

    static func safeDocument(_ slug: String, _ id: SafeDocument.ID) -> String {
        path("lieux", slug, "coffre", id.text)
    }

    static func safeRemoval(_ slug: String, _ id: SafeDocument.ID) -> String {
        path("lieux", slug, "coffre", id.text, "retrait")
    }

    /// Where a document of a safe is attached to a question.
    static func candidacyFromSafe(_ id: Candidacy.ID, _ question: String) -> String {
        path("candidatures", id.text, "pieces", question, "coffre")
    }
}
