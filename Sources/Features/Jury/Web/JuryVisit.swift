import HTTPTypes
import Maillage
import Markup

/// A visit to a jury: the call, what the visitor is in its jury, and what the pages share.
struct JuryVisit: Sendable {
    let reading: CallReading
    let board: JuryBoard
    /// The wave whose jury it is, or would be.
    let wave: CallWave?
    /// What a jury that is not there yet begins with: the rules of the one before it, else the criteria of the call.
    let proposal: JurySettings

    /// Those of the wave before who may be invited again; nil for who does not compose the jury.
    var former: FormerJurors?

    var access: JuryAccess { board.access }
    var slug: String { reading.slug }
    var address: JuryAddress { JuryAddress(call, wave?.id) }
    /// How the wave is called; nil for a call of a single wave, which needs no name.
    var waveName: String? { call.settings.waves.count > 1 ? wave.map { $0.name(in: call) } : nil }
    /// For the names of files.
    var stem: String { JuryVisit.stem(call, wave?.id) }
    var call: Call { reading.call }
    var jury: Jury? { board.jury }
    /// Those who lead it: they keep the call, or chair.
    var leads: Bool { access.keeps || access.chairs }

    /// `Missing` when the call is not to be known of; the same `Denied` for a jury of others as for none.
    static func find(_ visit: Visit) async throws -> JuryVisit {
        let reading = try await CallReading.find(visit)
        let (principal, call, now) = (visit.principal, reading.call, visit.now)
        let asked = visit.query.text("vague")
        let chosen = asked.flatMap { CallWave.ID(text: $0) }.flatMap { call.wave($0) }
        if asked != nil, chosen == nil { throw Missing() }
        return try await visit.read { reader in
            let wave = try chosen ?? JuryAccess.usualWave(principal, of: call, at: now, reader)
            let access = try JuryAccess.of(principal, call, wave: wave?.id, reader)
            let board = try JuryBoard.of(access, at: now, reader)
            return JuryVisit(
                reading: reading, board: board, wave: wave, proposal: try JurySettings.proposed(for: call, reader))
        }
    }

    /// `slug`, and the place of the wave when there are several.
    static func stem(_ call: Call, _ wave: CallWave.ID?) -> String {
        let waves = call.settings.waves
        guard waves.count > 1, let place = waves.firstIndex(where: { $0.id == wave }) else { return call.slug }
        return "\(call.slug)-vague-\(place + 1)"
    }

    /// The head of one of the jury's pages; its own page when `title` is nil.
    func head(_ title: String?, hasErrors: Bool = false) -> PageHead {
        let full = (title ?? "Jury") + (waveName.map { ", \($0)" } ?? "")
        var trail: [(label: String, link: Link)] = [
            ("Appels", Link(path: "appels")), (Format.excerpt(call.title, limit: 48), Link(path: "appels", slug)),
        ]
        if title != nil {
            trail.append(("Jury", Link(path: ["appels", slug, "jury"], query: [("vague", address.wave?.text)])))
        }
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
                    label, .href(page.map { Paths.jury(at.address, $0) } ?? Paths.jury(at.address)),
                    .class("button button-small"), .aria("current", page == current ? "page" : nil))
            }
        }
        html.add(JuryWaves(at: at))
    }
}

/// Which wave of a call of several this jury judges, and for who keeps the call the juries of the others.
struct JuryWaves: View {
    var at: JuryVisit

    func render(into html: inout HTML) {
        guard let name = at.waveName, let wave = at.wave else { return }
        if at.access.keeps {
            html.add(
                WaveChoice(reading: at.reading, wave: wave, path: { Paths.jury(JuryAddress(at.call, $0)) }))
        } else {
            html.p(name, .class("muted"))
        }
    }
}
