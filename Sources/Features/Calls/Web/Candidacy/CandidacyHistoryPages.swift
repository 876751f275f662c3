import Forms
import Maillage
import Markup

/// `/candidatures/{id}/historique`: who wrote what, and what it said before.
enum CandidacyHistoryPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        let id = reading.id
        let (saves, names) = try await visit.read { reader in
            let saves = try CandidacySaveStore.saves(of: id, limit: 200, reader)
            return (saves, try AccountStore.names(Array(Set(saves.compactMap(\.account))), reader))
        }
        return visit.page(
            reading.head("Qui a écrit quoi", crumb: "Historique"),
            CandidacyHistoryView(reading: reading, saves: saves, names: names))
    }
}

struct CandidacyHistoryView: View {
    var reading: CandidacyReading
    var saves: [CandidacySave]
    var names: [Account.ID: String]

    func render(into html: inout HTML) {
        let form = reading.dossier.review.state.compiled.form
        html.h1("Qui a écrit quoi")
        html.p(reading.candidacy.name, .class("lead"))
        guard !saves.isEmpty else {
            html.add(EmptyState("Rien n’a encore été écrit"))
            return
        }
        html.ol(.class("timeline")) { html in
            for save in saves {
                html.li { html in
                    html.time(Format.moment(save.at), .datetime(Format.machine(save.at)))
                    html.p {
                        $0.strong(
                            "\(save.account.flatMap { names[$0] } ?? "Le programme"), "
                                + (form.sections.first { $0.key == save.section }?.title ?? "le dossier"))
                    }
                    for key in save.keys {
                        guard let question = form.question(key) else { continue }
                        html.details { html in
                            html.summary(Format.typography(question.label))
                            html.p("Avant\u{202F}:", .class("muted"))
                            html.paragraphs(AnswerText.text(of: question, save.former[key]) ?? "(sans réponse)")
                        }
                    }
                }
            }
        }
    }
}
