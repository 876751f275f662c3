import HTTPTypes
import Maillage
import Markup

/// A visit to a jury: the call, what the visitor is in its jury, and what the pages share.
struct JuryVisit: Sendable {
    let reading: CallReading
    let board: JuryBoard

    var access: JuryAccess { board.access }
    var slug: String { reading.slug }
    var call: Call { reading.call }
    var jury: Jury? { board.jury }
    /// Those who lead it: they keep the call, or chair.
    var leads: Bool { access.keeps || access.chairs }

    /// `Missing` when the call is not to be known of; the same `Denied` for a jury of others as for none.
    static func find(_ visit: Visit) async throws -> JuryVisit {
        let reading = try await CallReading.find(visit)
        let (principal, call, now) = (visit.principal, reading.call, visit.now)
        let board = try await visit.read { reader in
            try JuryBoard.of(try JuryAccess.of(principal, call, reader), at: now, reader)
        }
        return JuryVisit(reading: reading, board: board)
    }

    /// The head of one of the jury's pages; its own page when `title` is nil.
    func head(_ title: String?, hasErrors: Bool = false) -> PageHead {
        let full = title ?? "Jury"
        var trail: [(label: String, link: Link)] = [
            ("Appels", Link(path: "appels")), (Format.excerpt(call.title, limit: 48), Link(path: "appels", slug)),
        ]
        if title != nil { trail.append(("Jury", Link(path: "appels", slug, "jury"))) }
        var head = PageHead(
            "\(full)\u{202F}: \(call.title)", section: "Appels", breadcrumbs: Breadcrumbs(trail, current: full))
        head.isIndexed = false
        head.hasErrors = hasErrors
        return head
    }

    func page(_ visit: Visit, _ title: String?, _ problems: Problems = Problems(), _ view: some View) -> Answer {
        visit.page(
            head(title, hasErrors: !problems.isEmpty), status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// The pages of a jury, for who may open them.
struct JuryNavigation: View {
    var at: JuryVisit
    var current: JuryPage?

    func render(into html: inout HTML) {
        var pages: [(JuryPage?, String)] = [(nil, "Jury")]
        if at.access.keeps { pages.append((.settings, "Réglages")) }
        if let jury = at.jury {
            if at.access.keeps, jury.state == .reading { pages.append((.readings, "Lectures")) }
            pages.append((.conflicts, "Conflits"))
            if jury.state != .preparing { pages.append((.session, "Séance")) }
            if jury.isRevealed {
                pages.append((.ranking, "Classement"))
                pages.append((.minutes, "Procès-verbal"))
            }
        }
        html.nav(.class("row team-bar no-print"), .aria("label", "Pages du jury")) { html in
            for (page, label) in pages {
                html.a(
                    label, .href(page.map { Paths.jury(at.slug, $0) } ?? Paths.jury(at.slug)),
                    .class("button button-small"), .aria("current", page == current ? "page" : nil))
            }
        }
    }
}
