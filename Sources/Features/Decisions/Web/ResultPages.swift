import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/resultats`: who was retained, for everybody, once published.
enum ResultPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.find(visit)
        let call = reading.call.id
        let (results, publications) = try await visit.scan {
            (try PublishedResult.results(of: call, $0), try DecisionLetterStore.publications(of: call, $0))
        }
        guard reading.call.state != .draft else { throw Missing() }
        let view = ResultsView(reading: reading, results: results, publications: publications)
        return visit.page(reading.head("Résultats", isIndexed: true), view)
    }

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
    var results: [PublishedResult]
    var publications: [CallWave.ID: Instant]

    func render(into html: inout HTML) {
        html.h1("Résultats")
        html.p(.class("lead")) { $0.a(reading.call.title, .href(Paths.call(reading.slug))) }
        guard !publications.isEmpty else {
            html.add(
                EmptyState(
                    "Pas encore de résultats",
                    "Ils paraissent ici quand chaque personne qui a candidaté a reçu sa réponse."))
            return
        }
        for wave in reading.settings.waves {
            guard let at = publications[wave.id] else { continue }
            let own = results.filter { $0.wave == wave.id }
            html.section { html in
                if !wave.label.isEmpty { html.h2(wave.label) }
                html.p("Publiés le \(Format.day(at)).", .class("muted"))
                html.add(
                    DataTable(
                        Format.count(own.count, "projet retenu", "projets retenus") + ", "
                            + Cents.words(own.reduce(0) { $0 + $1.amount }), rows: own,
                        id: "resultats-\(wave.id.text)",
                        columns: [
                            .init("Structure") { $0.structure }, .init("Projet") { $0.title ?? "" },
                            .init("Montant accordé", isNumber: true) { Cents.words($0.amount) },
                            .init("Décision du") { DecisionDates.words($0.decidedOn) },
                        ]))
            }
        }
        html.p(
            "Paraissent les structures et les montants que la loi fait publier\u{202F}; le nom du projet, si la personne qui le "
                + "porte l’accepte. Rien ne dit qui n’est pas retenu.", .class("muted"))
    }
}
