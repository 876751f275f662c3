import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/retrait`
enum CandidacyWithdrawPages {
    static func show(_ visit: Visit) async throws -> Answer {
        page(visit, try await led(visit))
    }

    static func withdraw(_ visit: Visit) async throws -> Answer {
        let reading = try await led(visit)
        do {
            _ = try await visit.perform(
                WithdrawCandidacy(candidacy: reading.id, reason: visit.form["motif"] ?? "", head: visit.head))
            return .done("Votre candidature est retirée. Vos récépissés restent ici.", to: Paths.candidacy(reading.id))
        } catch let problems as Problems {
            return page(visit, reading, problems)
        }
    }

    private static func led(_ visit: Visit) async throws -> CandidacyReading {
        let reading = try await CandidacyReading.find(visit)
        guard reading.dossier.leads else {
            throw Denied("Seule la personne qui porte la candidature peut la retirer.")
        }
        return reading
    }

    private static func page(
        _ visit: Visit, _ reading: CandidacyReading, _ problems: Problems = Problems()
    ) -> Answer {
        let tokens = FormTokens(visit)
        let head = reading.head("Retirer ma candidature", crumb: "Retrait", hasErrors: !problems.isEmpty)
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent) { html in
            html.h1("Retirer ma candidature")
            html.p(reading.candidacy.name, .class("lead"))
            html.add(ErrorSummary(problems))
            guard reading.candidacy.state.after(.withdraw) != nil else {
                html.p("Il n’y a pas de dépôt à retirer.")
                html.p { $0.a("Revenir à la candidature", .href(Paths.candidacy(reading.id))) }
                return
            }
            html.p(
                "L’organisateur ne l’examinera plus. Vos récépissés et vos réponses restent sur votre page, et jusqu’à la limite "
                    + "vous pouvez déposer à nouveau.")
            html.writingForm(to: Paths.candidacy(reading.id, .withdraw), tokens) { html in
                html.add(
                    TextArea(
                        "motif", "Pourquoi\u{202F}?", value: visit.form["motif"], error: problems.message("motif"),
                        isRequired: false, rows: 3))
                html.actions { html in
                    html.submit("Retirer", style: .danger)
                    html.a("Garder ma candidature", .href(Paths.candidacy(reading.id)))
                }
            }
        }
    }
}
