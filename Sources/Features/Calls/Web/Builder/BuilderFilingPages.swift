import Forms
import HTTPTypes
import Maillage
import Markup

/// `…/publier`: what the working copy changes, in words, and the button that makes it the form of the call.
enum BuilderFilingPages {
    static func show(_ visit: Visit) async throws -> Answer {
        page(visit, try await BuilderReading.find(visit), Problems())
    }

    static func file(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        do {
            let form = try await visit.perform(
                FileFormDraft(
                    call: reading.call.call.id, maturity: reading.maturity, version: BuilderEdit.version(visit),
                    reason: visit.form["motif"] ?? "", head: visit.head))
            let words =
                reading.call.call.state == .published
                ? "L’avenant est publié\u{202F}: le dossier passe à la version \(form.version). Celles et ceux qui répondent sont prévenus."
                : "Le dossier de l’appel est enregistré, version \(form.version)."
            return .done(words, to: Paths.call(reading.call.slug, CallSection.Name.forms))
        } catch let problems as Problems {
            return page(visit, reading, problems)
        } catch is Conflict {
            let fresh = try await BuilderReading.find(visit)
            return page(visit, fresh, try await BuilderEdit.conflict(visit, fresh), .conflict)
        }
    }

    private static func page(
        _ visit: Visit, _ reading: BuilderReading, _ problems: Problems, _ status: HTTPResponse.Status? = nil
    ) -> Answer {
        let present =
            reading.call.forms.first { $0.maturity == reading.maturity }
            ?? reading.call.forms.first { $0.maturity.isEmpty }
        // A form that cannot be read any more is replaced whole.
        let former = present.flatMap { try? $0.questions() }
        let view = BuilderFilingView(
            reading: reading, former: former, isOwn: present?.maturity == reading.maturity,
            reason: visit.form["motif"], problems: problems, tokens: FormTokens(visit))
        let head = reading.head(view.title, problems: problems)
        return visit.page(head, status: status ?? BuilderText.status(problems), view)
    }
}

/// The difference, the consequences, and the confirmation.
struct BuilderFilingView: View {
    var reading: BuilderReading
    /// What candidates answer now; nil when nothing was filed.
    var former: Form?
    /// The form they answer is this stage's own.
    var isOwn = true
    var reason: String?
    var problems = Problems()
    var tokens = FormTokens.sample

    private var isAmendment: Bool { reading.call.call.state == .published }
    var title: String { isAmendment ? "Publier les changements du dossier" : "Enregistrer comme dossier de l’appel" }

    private var changes: [FormChange] { former.map { FormDifference.between($0, reading.form) } ?? [] }
    private var isSame: Bool {
        guard isOwn, let former else { return false }
        return changes.isEmpty && former.title == reading.form.title && former.intro == reading.form.intro
    }

    func render(into html: inout HTML) {
        html.h1(title)
        html.p(reading.call.call.title, .class("lead"))
        html.add(ErrorSummary(problems))
        let issues = FormCheck.issues(of: reading.form).filter { $0.severity == .blocking }
        if !issues.isEmpty {
            html.section(.class("card card-warn")) { html in
                html.h2("À corriger d’abord")
                html.ul { html in
                    for issue in issues.prefix(50) {
                        html.li { html in
                            html.a(
                                BuilderWords.place(issue.place, reading.form),
                                .href(reading.paths.spot(issue.place, in: reading.form)))
                            html.text("\u{202F}: \(issue.message)")
                        }
                    }
                }
            }
        }
        renderChanges(into: &html)
        if isAmendment { renderConsequences(into: &html) }
        guard issues.isEmpty, !isSame else {
            html.p { $0.a("Revenir au formulaire", .href(reading.paths.overview), .class("button")) }
            return
        }
        html.writingForm(to: reading.paths.filing, tokens) { html in
            html.add(HiddenField("version", String(reading.draft.version)))
            if isAmendment {
                html.add(
                    TextArea(
                        "motif", "Pourquoi ce changement\u{202F}?", value: reason,
                        help: "Le motif est public, avec l’avenant, et figure dans le message envoyé.",
                        error: problems.message("motif"), rows: 3))
            }
            html.actions { html in
                html.submit(isAmendment ? "Publier l’avenant" : "Enregistrer le dossier")
                html.a("Revenir au formulaire", .href(reading.paths.overview))
            }
        }
    }

    private func renderChanges(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Ce qui change")
            if former == nil || !isOwn {
                html.p(
                    "C’est un nouveau dossier\u{202F}: "
                        + Format.count(reading.form.questions.count, "question", "questions") + " en "
                        + Format.count(reading.form.sections.count, "section.", "sections."))
            }
            if isSame {
                html.p("Rien ne change par rapport au dossier en usage.")
            } else if isOwn, former != nil, changes.isEmpty {
                html.p("Le titre ou l’introduction.")
            }
            if !changes.isEmpty {
                html.ul { html in for change in changes.prefix(200) { html.li(Format.typography(change.message)) } }
            }
        }
    }

    private func renderConsequences(into html: inout HTML) {
        html.section(.class("prose")) { html in
            html.h2("Ce qui se passe ensuite")
            html.ul { html in
                html.li("Un avenant daté paraît sur la page de l’appel, avec votre motif.")
                html.li(
                    "Chaque personne qui a un brouillon reçoit un message\u{202F}: ce qui est gardé, ce qui est repris, ce qui reste à remplir."
                )
                html.li("Les candidatures déjà déposées gardent la version à laquelle elles ont répondu.")
            }
        }
    }
}
