import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/publier` and `/annulation`: the two decisions that everybody sees.
enum CallPublishPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        return page(reading, visit, Problems())
    }

    static func publish(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        do {
            _ = try await visit.perform(
                PublishCall(
                    call: reading.call.id, version: visit.form.int("version") ?? 0, head: visit.head))
            return .done("L’appel est publié et son règlement est figé.", to: Paths.call(reading.slug))
        } catch let problems as Problems {
            return page(reading, visit, problems)
        }
    }

    private static func page(_ reading: CallReading, _ visit: Visit, _ problems: Problems) -> Answer {
        var head = reading.head("Publier")
        head.hasErrors = !problems.isEmpty
        return visit.page(
            head, status: problems.isEmpty ? .ok : .unprocessableContent,
            CallPublishView(reading: reading, tokens: FormTokens(visit)))
    }

    static func showCancellation(_ visit: Visit) async throws -> Answer {
        cancellation(try await CallReading.kept(visit), visit, Problems())
    }

    static func cancel(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        do {
            try await visit.perform(
                CancelCall(call: reading.call.id, reason: visit.form["motif"] ?? "", head: visit.head))
            return .done("L’appel est annulé\u{202F}; sa page reste, avec le motif.", to: Paths.call(reading.slug))
        } catch let problems as Problems {
            return cancellation(reading, visit, problems)
        }
    }

    private static func cancellation(_ reading: CallReading, _ visit: Visit, _ problems: Problems) -> Answer {
        var head = reading.head("Annuler l’appel")
        head.hasErrors = !problems.isEmpty
        let tokens = FormTokens(visit)
        let form = visit.form
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent) { html in
            html.h1("Annuler l’appel")
            html.p(reading.call.title, .class("lead"))
            html.add(ErrorSummary(problems))
            guard reading.call.state == .published else {
                html.p("Seul un appel publié s’annule.")
                return
            }
            html.p(
                "Sa page restera, avec le motif. Les dossiers écrits ou déposés sont conservés et leurs auteurs prévenus. Une annulation "
                    + "ne se reprend pas.")
            html.writingForm(to: Paths.call(reading.slug, .cancel), tokens) { html in
                html.add(
                    TextArea(
                        "motif", "Pourquoi", value: form["motif"], help: "Ce texte est public.",
                        error: problems.message("motif"), rows: 4, recommendedLength: 2_000))
                html.actions { html in
                    html.submit("Annuler l’appel", style: .danger)
                    html.a("Ne rien changer", .href(Paths.call(reading.slug)))
                }
            }
        }
    }
}

/// What is missing, with a link to each spot; then the button.
struct CallPublishView: View {
    var reading: CallReading
    var tokens: FormTokens

    func render(into html: inout HTML) {
        let slug = reading.slug
        let missing = CallCompleteness.shortfalls(of: reading.settings, forms: reading.forms, at: reading.now)
        html.h1("Publier l’appel")
        html.p(reading.call.title, .class("lead"))
        guard reading.call.state == .draft else {
            html.p("Cet appel est déjà publié.")
            html.p { $0.a("Voir sa page", .href(Paths.call(slug)), .class("button")) }
            return
        }
        if !missing.isEmpty {
            html.section(.class("flash flash-warning")) { html in
                html.h2(Format.count(missing.count, "point manque encore", "points manquent encore"))
                html.ul { html in
                    for shortfall in missing {
                        html.li { html in
                            html.text(shortfall.message + " ")
                            html.a(
                                shortfall.section.label, .href(Paths.call(slug, shortfall.section)))
                        }
                    }
                }
            }
        }
        html.section { html in
            html.h2("Relire avant de publier")
            html.add(DeadlineLine(call: reading.call, now: reading.now))
            html.ul { html in
                html.li { $0.a("La page de l’appel", .href(Paths.call(slug))) }
                html.li { $0.a("Le règlement, tel qu’il sera figé", .href(Paths.call(slug, .rules))) }
                html.li { $0.a("Le dossier type", .href(Paths.call(slug, .blank))) }
                html.li {
                    $0.a("La page «\u{A0}Suis-je concerné\u{202F}?\u{A0}»", .href(Paths.call(slug, .eligibility)))
                }
            }
            html.p(
                "Une fois l’appel publié, tout changement sera un avenant daté, motivé et public\u{202F}; la limite ne pourra qu’être "
                    + "repoussée, par deux personnes.")
        }
        if missing.isEmpty {
            html.writingButton(
                "Publier l’appel", to: Paths.call(slug, .publish), tokens, style: .primary,
                fields: [("version", String(reading.call.version))])
        } else {
            html.p { $0.a("Revenir aux sections", .href(Paths.call(slug, .edit)), .class("button button-primary")) }
        }
    }
}
