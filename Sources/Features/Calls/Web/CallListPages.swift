import Maillage
import Markup

/// `/appels`: what is open, what comes, what was.
enum CallListPages {
    static func show(_ visit: Visit) async throws -> Answer {
        // A form sends its empty fields too: the address to share is the one without them.
        if visit.query.all.contains(where: { $0.value.isEmpty }) {
            let pairs = visit.query.all.filter { !$0.value.isEmpty }.map { ($0.name, Optional($0.value)) }
            return .redirect(to: Paths.path("appels", query: pairs))
        }
        let question = CallQuestionnaire(visit)
        let filter = question.filter
        let principal = visit.principal
        let (calls, mine) = try await visit.read { reader in
            (
                try CallListing.published(filter, reader),
                CallRights.mayCreate(principal) || principal.isSignedIn
                    ? try CallListing.kept(by: principal, limit: 50, reader).filter { $0.state == .draft } : []
            )
        }
        var view = CallListView(calls: calls, now: visit.now, question: question)
        view.drafts = mine
        view.mayCreate = CallRights.mayCreate(principal)
        var head = PageHead(
            "Appels", section: "Appels",
            description:
                "Les appels à projets et à manifestation d’intérêt du réseau\u{202F}: ouverts, à venir et clos.",
            breadcrumbs: Breadcrumbs(current: "Appels"))
        head.canonical = Link(checking: visit.reception.settings.baseURL + Paths.calls)
        head.isIndexed = visit.query.isEmpty
        head.scripts = ["suggest.js"]
        head.feeds = [PageHead.Feed(title: "Appels du réseau", link: Link(path: "appels.atom"))]
        return visit.page(head, view)
    }
}

/// What a list of calls is asked for.
struct CallQuestionnaire: Sendable {
    var nature: CallNature?
    /// As it was typed.
    var place = ""
    var sheet: TerritorySheet?
    var areas: [CallTerritory.Area] = []

    init() {}

    init(_ visit: Visit) {
        self.init(visit.query, visit.reception.gazetteer.present)
    }

    init(_ query: Fields, _ gazetteer: Gazetteer) {
        nature = query.text("nature").flatMap(CallNature.init)
        place = query.text("territoire") ?? ""
        guard !place.isEmpty, let code = Self.code(place, gazetteer), let found = gazetteer.sheet(code) else { return }
        sheet = found
        areas = [Self.area(code, found.name)] + found.parents.map { Self.area($0.code, $0.name) }
    }

    var filter: CallListing.Filter { CallListing.Filter(nature: nature, areas: areas) }
    var isFiltered: Bool { nature != nil || !place.isEmpty }
    /// Words that name no territory we know.
    var isLost: Bool { !place.isEmpty && sheet == nil }

    /// A commune by its name, postal code or code; a département or a région by its code or name.
    private static func code(_ text: String, _ gazetteer: Gazetteer) -> TerritoryCode? {
        if let code = TerritoryCode(text), gazetteer.sheet(code) != nil { return code }
        let key = Words.key(text)
        if let found = gazetteer.departements.first(where: { Words.key($0.name) == key }) {
            return .departement(found.code)
        }
        if let found = gazetteer.regions.first(where: { Words.key($0.name) == key }) { return .region(found.code) }
        let isPostal = text.utf8.count == 5 && text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
        let commune = gazetteer.resolve(name: isPostal ? "" : text, postalCode: isPostal ? text : "", code: "").commune
        return (commune ?? (isPostal ? gazetteer.communes(postalCode: text).first : nil)).map { .commune($0.code) }
    }

    private static func area(_ code: TerritoryCode, _ name: String) -> CallTerritory.Area {
        switch code {
        case .commune(let text): .init(.commune, text, name)
        case .departement(let text): .init(.departement, text, name)
        case .region(let text): .init(.region, text, name)
        case .epci(let text): .init(.epci, text, name)
        }
    }
}
