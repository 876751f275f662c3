import Geography
import Maillage
import Markup

/// `/`: what this network is, and a door for each kind of person.
enum HomePage {
    static func show(_ visit: Visit) async throws -> Answer {
        let directory = visit.reception.directory
        var latest = PlaceQuery()
        latest.sort = .updated
        latest.limit = 6
        let findings = directory.find(latest, for: .visitor, withFacets: true)
        var everywhere = PlaceQuery()
        everywhere.limit = 400
        let spread = directory.find(everywhere, for: .visitor, withFacets: false)
        let circles = try await visit.read { try CircleStore.all($0) }
        var view = HomeView(
            network: visit.reception.settings.networkName, findings: findings, circles: circles,
            points: spread.found.compactMap(\.card.point), isSignedIn: visit.principal.isSignedIn)
        if let box = BoundingBox(containing: view.points) {
            view.outlines = try await visit.read {
                try OutlineStore.departements(in: box.expanded(byMetres: 40_000), $0)
            }
        }
        let now = visit.now
        view.now = now
        view.openCalls = try await visit.read { try CallListing.published(limit: 100, $0) }
            .filter { $0.phase(at: now) == .open }
            .sorted { ($0.openWave(at: now)?.closesAt ?? now) < ($1.openWave(at: now)?.closesAt ?? now) }
        view.awaitsFirstAccount = try await FirstAccountPages.isAwaited(visit)
        view.emergencies = try await EmergencyNotice.read(visit)
        view.duties = try await HomeDuty.read(visit)
        view.demonstration = visit.reception.demonstration
        view.stories = visit.reception.demonstrationStories
        var head = PageHead(
            visit.reception.settings.networkName,
            description:
                "Trouver un tiers-lieu, ouvrir le sien, animer un réseau\u{202F}: lieux, cercles, carte et données ouvertes."
        )
        head.canonical = Link(checking: visit.reception.settings.baseURL + "/")
        head.scripts = ["suggest.js"]
        head.hasSearch = true
        head.feeds = [PageHead.Feed(title: "Lieux nouveaux et modifiés", link: Link(path: "lieux.atom"))]
        return visit.page(head, view)
    }
}
