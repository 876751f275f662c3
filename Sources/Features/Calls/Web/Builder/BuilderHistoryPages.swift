import Forms
import HTTPTypes
import Maillage
import Markup

/// `…/historique`: every step of the working copy, and the way back to each.
enum BuilderHistoryPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, try await BuilderReading.find(visit), Problems())
    }

    static func restore(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        do {
            let outcome = try await BuilderEdit.perform(visit, reading, .restore(visit.form.int("etape_voulue") ?? 0))
            return BuilderEdit.done(outcome, to: reading.paths.overview)
        } catch let problems as Problems {
            return try await page(visit, reading, problems)
        } catch is Conflict {
            let fresh = try await BuilderReading.find(visit)
            return try await page(visit, fresh, try await BuilderEdit.conflict(visit, fresh), .conflict)
        }
    }

    private static func page(
        _ visit: Visit, _ reading: BuilderReading, _ problems: Problems, _ status: HTTPResponse.Status? = nil
    ) async throws -> Answer {
        let id = reading.draft.id
        let (steps, names) = try await visit.read { reader in
            let steps = try FormDraftStore.steps(of: id, limit: FormDraftStore.shownSteps, reader)
            return (steps, try AccountStore.names(Array(Set(steps.compactMap(\.by))), reader))
        }
        var known = reading
        known.names = names
        let view = BuilderHistoryView(
            reading: known, steps: steps, problems: problems, tokens: FormTokens(visit))
        let head = reading.head("Historique des gestes", problems: problems)
        return visit.page(head, status: status ?? BuilderText.status(problems), view)
    }
}

/// The steps, the newest first.
struct BuilderHistoryView: View {
    var reading: BuilderReading
    var steps: [FormDraftStep]
    var problems = Problems()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.h1("Historique des gestes")
        html.p(Format.typography(reading.form.title), .class("lead"))
        html.add(ErrorSummary(problems, reassurance: ""))
        html.p("Revenir à une étape n’efface rien\u{202F}: c’est un geste de plus, que vous pouvez annuler.")
        html.ol(.class("timeline")) { html in
            for step in steps {
                html.li { html in
                    html.p(Format.typography(step.words))
                    html.p(
                        "Étape \(step.version), \(reading.name(step)), \(Format.moment(step.at))", .class("when"))
                    if step.version != reading.draft.version, step.form != reading.form {
                        html.writingButton(
                            "Revenir à l’étape \(step.version)", to: reading.paths.history, tokens,
                            fields: [
                                ("version", String(reading.draft.version)), ("etape_voulue", String(step.version)),
                            ])
                    }
                }
            }
        }
        html.p { $0.a("Revenir au formulaire", .href(reading.paths.overview), .class("button")) }
    }
}
