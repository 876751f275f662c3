import Maillage
import Markup

/// `/appels/{slug}`: all that one needs to decide whether to answer, and how.
enum CallPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.find(visit)
        let call = reading.call
        var head = PageHead(
            call.title, section: "Appels", description: Format.excerpt(call.settings.identity.summary, limit: 200),
            breadcrumbs: Breadcrumbs([("Appels", Link(path: "appels"))], current: Format.excerpt(call.title, limit: 48))
        )
        head.canonical = Link(checking: visit.reception.settings.baseURL + Paths.call(call.slug))
        head.isIndexed = call.state != .draft
        var view = CallView(reading: reading)
        if reading.mayEdit { view.pointers = try await visit.reception.rooms.onCall(visit, call) }
        return visit.page(head, view)
    }
}
