import Maillage
import Markup

/// The calls of the network, those one can still answer first.
struct CallListView: View {
    var calls: [Call]
    var now: Instant
    var question: CallQuestionnaire
    var drafts: [Call] = []
    var mayCreate = false

    func render(into html: inout HTML) {
        html.div(.class("row row-between")) { html in
            html.h1("Appels")
            if mayCreate {
                html.a(.href(Paths.newCall), .class("button button-primary")) { html in
                    html.add(Icon.plus)
                    html.text("Ouvrir un appel")
                }
            }
        }
        html.p(
            "Appels à projets, à manifestation d’intérêt et labels\u{202F}: qui peut y répondre, combien, jusqu’à quand.",
            .class("lead"))
        renderFilters(into: &html)
        if !drafts.isEmpty { renderDrafts(into: &html) }
        if question.isLost {
            html.p(
                "Nous ne connaissons pas de commune, de département ni de région de ce nom\u{202F}: la liste n’est pas filtrée par territoire.",
                .class("flash flash-warning"), .role("status"))
        } else if let sheet = question.sheet {
            html.p("Appels ouverts aux projets de\u{202F}: \(sheet.name).", .class("muted"), .role("status"))
        }
        render(.open, "Ouverts", into: &html)
        render(.coming, "À venir", into: &html)
        render(.closed, "Clos", into: &html)
        html.section { html in
            html.h2("Être prévenu")
            html.p { html in
                html.a("Recevoir une alerte par courriel", .href(Paths.callAlerts), .class("button"))
            }
            html.p { html in
                html.text("Ou suivez ")
                html.a("le fil des appels (Atom)", .href("/appels.atom"))
                html.text(" et ")
                html.a("leurs dates dans votre agenda (iCalendar)", .href("/appels.ics"))
                html.text(".")
            }
        }
        html.section { html in
            html.h2("Après un dépôt")
            html.p { html in
                html.text("Chaque dépôt donne un récépissé signé, que tout le monde peut contrôler\u{202F}: ")
                html.a("vérifier un récépissé", .href(Paths.receiptCheck))
                html.text(".")
            }
        }
    }

    private func renderFilters(into html: inout HTML) {
        html.form(.method("get"), .action(Paths.calls), .class("search"), .role("search")) { html in
            html.add(
                TextField(
                    "territoire", "Commune ou département", value: question.place, isRequired: false,
                    suggestions: "commune"))
            html.add(
                Select(
                    "nature", "Nature", options: CallNature.allCases.map { Option($0.rawValue, $0.label) },
                    value: question.nature?.rawValue, prompt: "Toutes", isRequired: false))
            html.div(.class("field")) { html in
                html.submit("Filtrer", style: .plain)
                if question.isFiltered { html.a("Tout voir", .href(Paths.calls)) }
            }
        }
    }

    private func renderDrafts(into html: inout HTML) {
        html.section { html in
            html.h2("Vos brouillons")
            html.ul(.class("plain")) { html in
                for call in drafts {
                    html.li { html in
                        html.a(call.title, .href(Paths.call(call.slug, .edit)))
                        html.text(", modifié \(Format.ago(call.updatedAt, now))")
                    }
                }
            }
        }
    }

    private func render(_ phase: Call.Phase, _ title: String, into html: inout HTML) {
        let some = sorted(phase)
        guard !some.isEmpty || phase == .open else { return }
        html.section(.id(phase.rawValue)) { html in
            html.h2(some.isEmpty ? title : "\(title)\(Format.noBreak)(\(some.count))")
            if some.isEmpty {
                html.add(
                    EmptyState(
                        question.isFiltered
                            ? "Aucun appel ouvert ne répond à ces critères" : "Aucun appel ouvert aujourd’hui",
                        "Demandez une alerte\u{202F}: vous recevrez un courriel dès qu’un appel s’ouvre.",
                        actions: (question.isFiltered ? [("Voir tous les appels", Link(path: "appels"))] : [])
                            + [("Être prévenu", Link(path: "appels", "alertes"))]))
            } else {
                html.ul(.class("cards calls")) { html in
                    for call in some { html.add(CallCard(call: call, now: now)) }
                }
            }
        }
    }

    /// Open: the first to close first. Coming: the first to open. Closed and cancelled: the latest first.
    private func sorted(_ phase: Call.Phase) -> [Call] {
        func limit(_ call: Call) -> Instant { call.currentWave(at: now)?.closesAt ?? call.createdAt }
        let some = calls.filter { $0.phase(at: now) == phase || (phase == .closed && $0.state == .cancelled) }
        return phase == .closed
            ? some.sorted { limit($0) > limit($1) }.prefix(30).map { $0 } : some.sorted { limit($0) < limit($1) }
    }
}

/// A call in a list.
struct CallCard: View {
    var call: Call
    var now: Instant
    var level = 3

    func render(into html: inout HTML) {
        html.li(.class("card card-link")) { html in
            html.p(.class("row")) { html in
                html.add(PhaseBadge(phase: call.phase(at: now)))
                html.span(call.nature.label, .class("muted"))
            }
            if level == 2 {
                html.h2 { $0.a(call.title, .href(Paths.call(call.slug))) }
            } else {
                html.h3 { $0.a(call.title, .href(Paths.call(call.slug))) }
            }
            if !call.settings.identity.organiser.isEmpty {
                html.p(call.settings.identity.organiser, .class("muted"))
            }
            if !call.settings.identity.summary.isEmpty {
                html.p(Format.excerpt(Format.typography(call.settings.identity.summary), limit: 220))
            }
            if let money = CallMoney.words(call.settings.envelope) {
                html.p { html in
                    html.add(Icon.money)
                    html.text(" " + money)
                }
            }
            html.div(.class("deadline")) { $0.add(DeadlineLine(call: call, now: now)) }
        }
    }
}

/// The form that asks for mail about new calls.
struct CallAlertForm: View {
    var departements: [(code: String, name: String)]
    var form: Fields
    var problems: Problems
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.writingForm(to: Paths.callAlerts, tokens) { html in
            html.add(
                TextField(
                    "courriel", "Votre courriel", value: form["courriel"],
                    help:
                        "Un message vous demandera de confirmer. Chaque alerte porte un lien pour ne plus en recevoir.",
                    error: problems.message("courriel"), kind: .email, autocomplete: "email"))
            html.div(.class("inline")) { html in
                html.add(
                    Select(
                        "nature", "Nature", options: CallNature.allCases.map { Option($0.rawValue, $0.label) },
                        value: form.text("nature"), prompt: "Toutes", isRequired: false))
                html.add(
                    Select(
                        "departement", "Département",
                        options: departements.map { Option($0.code, "\($0.name) (\($0.code))") },
                        value: form.text("departement"), prompt: "Tous", error: problems.message("departement"),
                        isRequired: false))
            }
            html.actions { $0.submit("Me prévenir") }
        }
    }
}
