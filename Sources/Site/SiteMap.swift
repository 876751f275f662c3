/// Every URL of Maillage, one line each, in ladder order. The router, the OpenAPI file, `maillage routes` and the house tests
/// read this table and no other.
public enum SiteMap {
    public static let all: [Route] =
        house + atOnce(accounts) + territory + circles + places + placesForMachines
        + atOnce(
            calls + builder + candidacies + parts + safes + receipts + archivedCalls + instruction + jury + decisions)
        + instructionAround + funding

    /// Routes that answer from the database alone, while the register is still being read.
    private static func atOnce(_ routes: [Route]) -> [Route] { routes.map { $0.withoutRegister() } }

    /// The pages of the house itself.
    static let house: [Route] =
        [.get("/", .everyone, HomePage.show).shared()] + atOnce(pagesOfTheHouse)

    private static let pagesOfTheHouse: [Route] = [
        .get("/assets/{name}", .everyone, AssetPages.serve),
        .get("/contact", .everyone, ContactPage.show).shared(seconds: 600),
        .get("/plan-du-site", .everyone, PlanPage.show).shared(seconds: 600),
        .get("/accessibilite", .everyone, LegalPages.accessibility).shared(seconds: 600),
        .get("/mentions-legales", .everyone, LegalPages.notice).shared(seconds: 600),
        .get("/donnees-personnelles", .everyone, PrivacyPage.show).shared(seconds: 600),
        .get("/registre-des-traitements", .signedIn, ProcessingRegisterPages.show),
        .get("/registre-des-traitements.csv", .signedIn, ProcessingRegisterPages.file),
        .get("/code-source", .everyone, SourcePage.show).shared(seconds: 600),
        .get("/etat", .everyone, StatePages.page),
        .get("/healthz", .everyone, StatePages.health),
        .get("/etat.json", .everyone, StatePages.file),
        .get("/metrics", .everyone, MetricsPage.show),
        .get("/appels/{slug}/actes", .signedIn, CallAuditPages.show),
        .get("/appels/{slug}/actes.csv", .signedIn, CallAuditPages.file),
        .get("/appels/{slug}/preuve-de-service", .everyone, ServiceProofPages.show),
        .get("/appels/{slug}/preuve-de-service.json", .everyone, ServiceProofPages.file),
        .get("/openapi.json", .everyone, MachinePages.openAPI).shared(seconds: 600),
        .get("/robots.txt", .everyone, MachinePages.robots).shared(seconds: 600),
        .get("/.well-known/security.txt", .everyone, MachinePages.security).shared(seconds: 600),
        .get("/sitemap.xml", .everyone, MachinePages.siteMap).shared(seconds: 600),
    ]
}
