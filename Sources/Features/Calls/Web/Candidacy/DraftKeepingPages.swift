import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/garder`: when a draft that was never deposited will be erased, and how to keep it longer (PRIV-3).
enum DraftKeepingPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, try await led(visit))
    }

    static func keep(_ visit: Visit) async throws -> Answer {
        let reading = try await led(visit)
        do {
            let end = try await visit.perform(KeepDraft(reading.id))
            return .done("Votre brouillon est gardé jusqu’au \(Format.day(end)).", to: Paths.candidacy(reading.id))
        } catch let problems as Problems {
            return try await page(visit, reading, problems)
        }
    }

    private static func led(_ visit: Visit) async throws -> CandidacyReading {
        let reading = try await CandidacyReading.find(visit)
        guard reading.dossier.leads else { throw Denied("Cela revient à la personne qui porte la candidature.") }
        return reading
    }

    private static func page(
        _ visit: Visit, _ reading: CandidacyReading, _ problems: Problems = Problems()
    ) async throws -> Answer {
        let (candidacy, now, tokens) = (reading.candidacy, visit.now, FormTokens(visit))
        let end = try await visit.read { try DraftTerm.end(of: candidacy, at: now, $0) }
        let head = reading.head("Garder ce brouillon", crumb: "Garder", hasErrors: !problems.isEmpty)
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent) { html in
            html.h1("Garder ce brouillon")
            html.p(candidacy.name, .class("lead"))
            html.add(ErrorSummary(problems))
            if let end {
                html.p(
                    "Cette candidature n’a jamais été déposée et l’appel est terminé. Sans rien faire, elle sera effacée avec ses "
                        + "documents le \(Format.day(end)) au plus tôt, après un courriel de prévenance.")
                html.writingForm(to: Paths.candidacy(reading.id, .keep), tokens) { html in
                    html.actions { html in
                        html.submit("Garder trois mois de plus")
                        html.a("Revenir à la candidature", .href(Paths.candidacy(reading.id)))
                    }
                }
            } else {
                html.p("Rien ne sera effacé\u{202F}: l’appel est encore ouvert, ou la candidature a été déposée.")
                html.p { $0.a("Revenir à la candidature", .href(Paths.candidacy(reading.id))) }
            }
        }
    }
}
