import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/resultats`: who was retained, for everybody, once published.
enum ResultPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.find(visit)
        let call = reading.call.id
        guard reading.call.state != .draft else { throw Missing() }
        let asked = max(visit.query.int("page") ?? 1, 1)
        let view = try await visit.read { reader in
            let summaries = try PublishedResult.summaries(of: call, reader)
            let count = summaries.reduce(0) { $0 + $1.count }
            let pageCount = max((count + pageLength - 1) / pageLength, 1)
            let page = min(asked, pageCount)
            return ResultsView(
                reading: reading, summaries: summaries,
                results: try PublishedResult.results(
                    of: call, limit: pageLength, offset: (page - 1) * pageLength, reader), page: page,
                pageCount: pageCount)
        }
        return visit.page(reading.head("Résultats", isIndexed: true), view)
    }

    static let pageLength = 200

    static func publish(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let wave = try SelectionPages.wave(visit, reading)
        do {
            try await visit.perform(PublishResults(call: reading.call.id, wave: wave))
            return .done("Les résultats sont publiés.", to: Paths.results(reading.slug))
        } catch let problems as Problems {
            return visit.page(reading.head("Résultats"), status: .unprocessableContent) { html in
                html.h1("Résultats")
                html.add(ErrorSummary(problems))
                html.p { $0.a("Revenir aux décisions", .href(Paths.decisions(reading.slug, wave))) }
            }
        }
    }
}

struct ResultsView: View {
    var reading: CallReading
    var summaries: [PublishedResult.Summary]
    /// Those of this page.
    var results: [PublishedResult]
    var page = 1
    var pageCount = 1

    func render(into html: inout HTML) {
        html.h1("Résultats")
        html.p(.class("lead")) { $0.a(reading.call.title, .href(Paths.call(reading.slug))) }
        guard !summaries.isEmpty else {
            html.add(
                EmptyState(
                    "Pas encore de résultats",
                    "Ils paraissent ici quand chaque personne qui a candidaté a reçu sa réponse."))
            return
        }
        for wave in reading.settings.waves {
            guard let summary = summaries.first(where: { $0.wave == wave.id }) else { continue }
            render(summary, of: wave, into: &html)
        }
        html.add(
            Pagination(page: page, pageCount: pageCount) {
                Link(path: "appels", reading.slug, "resultats", query: [("page", "\($0)")])
            })
        html.p(
            "Paraissent les structures et les montants que la loi fait publier\u{202F}; le nom du projet, si la personne qui le "
                + "porte l’accepte. Rien ne dit qui n’est pas retenu.", .class("muted"))
    }

    private func render(_ summary: PublishedResult.Summary, of wave: CallWave, into html: inout HTML) {
        let own = results.filter { $0.wave == wave.id }
        html.section { html in
            if !wave.label.isEmpty { html.h2(wave.label) }
            html.p("Publiés le \(Format.day(summary.publishedAt)).", .class("muted"))
            let words =
                Format.count(summary.count, "projet retenu", "projets retenus") + ", " + Cents.words(summary.amount)
            guard !own.isEmpty || summary.count == 0 else {
                html.p(words + "\u{202F}: sur une autre page.")
                return
            }
            html.add(
                DataTable(
                    words, rows: own, id: "resultats-\(wave.id.text)",
                    columns: [
                        .init("Structure") { $0.structure }, .init("Projet") { $0.title ?? "" },
                        .init("Montant accordé", isNumber: true) { Cents.words($0.amount) },
                        .init("Décision du") { DecisionDates.words($0.decidedOn) },
                    ]))
        }
    }
}
