import HTTPTypes
import Maillage
import Markup

/// `/appels/nouveau` and `/appels/{slug}/modifier`: a call written section by section. Once it is published the same pages make
/// amendments.
enum CallEditPages {
    static func new(_ visit: Visit) async throws -> Answer {
        guard CallRights.mayCreate(visit.principal) else {
            throw Denied("Ouvrir un appel revient à la coordination et aux financeurs.")
        }
        return newPage(visit, Problems())
    }

    static func create(_ visit: Visit) async throws -> Answer {
        do {
            let call = try await visit.perform(
                CreateCall(
                    title: visit.form["titre"] ?? "",
                    nature: visit.form.text("nature").flatMap(CallNature.init) ?? .interest,
                    organiser: visit.form["organisateur"] ?? ""))
            return .done(
                "Le brouillon est ouvert\u{202F}: vous et votre équipe seuls le voyez.",
                to: Paths.call(call.slug, .edit))
        } catch let problems as Problems {
            return newPage(visit, problems)
        }
    }

    private static func newPage(_ visit: Visit, _ problems: Problems) -> Answer {
        var head = PageHead(
            "Ouvrir un appel", section: "Appels",
            breadcrumbs: Breadcrumbs([("Appels", Link(path: "appels"))], current: "Ouvrir un appel"))
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        return visit.page(
            head, status: problems.isEmpty ? .ok : .unprocessableContent,
            NewCallView(form: visit.form, problems: problems, tokens: FormTokens(visit)))
    }

    /// The sections, each with what it lacks.
    static func hub(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        return visit.page(reading.head("Modifier"), CallHubView(reading: reading))
    }

    static func section(_ visit: Visit) async throws -> Answer {
        let (reading, name) = try await found(visit)
        let fields = CallSectionFields.of(name, reading.settings)
        return page(CallSectionView(reading: reading, name: name, form: fields), visit)
    }

    static func save(_ visit: Visit) async throws -> Answer {
        let (reading, name) = try await found(visit)
        var view = CallSectionView(reading: reading, name: name, form: visit.form)
        if let grown = visit.form.text(CallRowsView.add) {
            view.grown = grown
            return page(view, visit)
        }
        var reader = CallSectionForm(visit.form, reading.call, visit)
        let section = reader.section(name)
        view.problems = reader.problems
        view.readings = reader.readings
        guard let section, reader.problems.isEmpty else { return page(view, visit) }
        let version = visit.form.int("version") ?? 0
        do {
            if reading.call.state == .draft {
                _ = try await visit.perform(EditCall(call: reading.call.id, version: version, section: section))
                return .done("Enregistré.", to: next(name, reading))
            }
            if visit.form.text("action") == "apercu" {
                view.changes = try CallDifference.changes(from: reading.settings, with: section)
                return page(view, visit)
            }
            _ = try await visit.perform(
                AmendCall(
                    call: reading.call.id, version: version, section: section, reason: visit.form["motif"] ?? "",
                    head: visit.head))
            return .done(
                "L’avenant est publié\u{202F}; celles et ceux qui préparent un dossier sont prévenus.",
                to: Paths.call(reading.slug))
        } catch let problems as Problems {
            view.problems = problems
            return page(view, visit)
        } catch let conflict as Conflict {
            view.conflict = conflict.current
            return page(view, visit)
        }
    }

    /// Back to the sections, or to the next one when asked.
    private static func next(_ name: CallSection.Name, _ reading: CallReading) -> String {
        Paths.call(reading.slug, .edit) + "#" + name.rawValue
    }

    private static func found(_ visit: Visit) async throws -> (CallReading, CallSection.Name) {
        let reading = try await CallReading.kept(visit)
        guard let name = CallSection.Name(rawValue: try visit.parameter("section")), name != .forms else {
            throw Missing()
        }
        if reading.call.state == .cancelled { throw Denied("Cet appel est annulé\u{202F}: il ne se modifie plus.") }
        return (reading, name)
    }

    private static func page(_ view: CallSectionView, _ visit: Visit) -> Answer {
        var view = view
        view.tokens = FormTokens(visit)
        var head = view.reading.head(view.name.label)
        head.breadcrumbs?.parents.append(("Modifier", Link(path: "appels", view.reading.slug, "modifier")))
        head.hasErrors = !view.problems.isEmpty
        head.scripts = ["counter.js", "suggest.js"]
        let status: HTTPResponse.Status =
            view.conflict != nil ? .conflict : view.problems.isEmpty ? .ok : .unprocessableContent
        return visit.page(head, status: status, view)
    }
}

/// The first form: enough to begin.
struct NewCallView: View {
    var form: Fields
    var problems: Problems
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1("Ouvrir un appel")
        html.p(
            "Un titre suffit pour commencer. Le brouillon n’est vu que de votre équipe et de la coordination jusqu’à sa publication.",
            .class("lead"))
        html.add(ErrorSummary(problems))
        html.writingForm(to: Paths.newCall, tokens) { html in
            html.add(
                TextField(
                    "titre", "Titre de l’appel", value: form["titre"], error: problems.message("titre"),
                    maximumLength: 200))
            html.add(
                Choice(
                    "nature", "Nature",
                    options: [
                        Option(
                            CallNature.interest.rawValue, CallNature.interest.label,
                            help:
                                "On recueille des intentions et des avant-projets, pour les repérer et les accompagner."
                        ),
                        Option(
                            CallNature.projects.rawValue, CallNature.projects.label,
                            help: "On choisit des projets précis, avec un budget, pour les financer."),
                        Option(
                            CallNature.label.rawValue, CallNature.label.label,
                            help: "On reconnaît des lieux pour un temps."),
                    ], value: form["nature"] ?? CallNature.interest.rawValue))
            html.add(
                TextField(
                    "organisateur", "Qui l’organise", value: form["organisateur"],
                    help: "La collectivité, l’État, le réseau, la fondation…", error: problems.message("organisateur"),
                    isRequired: false))
            html.actions { html in
                html.submit("Ouvrir le brouillon")
                html.a("Annuler", .href(Paths.calls))
            }
        }
    }
}

/// The sections of a call, what each still lacks, and the way to publication.
struct CallHubView: View {
    var reading: CallReading

    private var shortfalls: [CallCompleteness.Shortfall] {
        CallCompleteness.shortfalls(of: reading.settings, forms: reading.forms, at: reading.now)
    }

    func render(into html: inout HTML) {
        let slug = reading.slug
        html.h1(reading.call.state == .draft ? "Écrire l’appel" : "Modifier par un avenant")
        html.p(reading.call.title, .class("lead"))
        if reading.call.state == .published {
            html.p(
                "L’appel est publié\u{202F}: chaque changement est un avenant, daté et motivé, que tout le monde peut lire. La date "
                    + "limite ne se change que par une prolongation.")
        }
        let lacking = reading.call.state == .draft ? shortfalls : []
        html.ul(.class("plain sections")) { html in
            for name in CallSection.Name.allCases {
                html.li(.id(name.rawValue), .class("section-line")) { html in
                    html.p(.class("row row-between")) { html in
                        html.a(name.label, .href(Paths.call(slug, name)))
                        let some = lacking.filter { $0.section == name }
                        if some.isEmpty {
                            if CallSummary.text(name, reading) == nil { html.span("Rien encore", .class("muted")) }
                        } else {
                            html.add(Badge("À compléter", .warn))
                        }
                    }
                    if let text = CallSummary.text(name, reading) {
                        html.p(Format.excerpt(text, limit: 180), .class("muted"))
                    }
                    for shortfall in lacking where shortfall.section == name { html.p(shortfall.message) }
                }
            }
        }
        html.p(.class("actions")) { html in
            if reading.call.state == .draft {
                html.a("Relire et publier", .href(Paths.call(slug, .publish)), .class("button button-primary"))
            }
            html.a("Voir la page", .href(Paths.call(slug)), .class("button"))
            html.a("Voir le règlement", .href(Paths.call(slug, .rules)), .class("button"))
        }
    }
}

/// What a section says, in a line.
enum CallSummary {
    static func text(_ name: CallSection.Name, _ reading: CallReading) -> String? {
        let settings = reading.settings
        let text: String =
            switch name {
            case .identity:
                [settings.identity.organiser, settings.identity.email].filter { !$0.isEmpty }.joined(separator: ", ")
            case .presentation: settings.presentation.context + " " + settings.presentation.objectives
            case .territory: settings.territory.areas.map(\.name).joined(separator: ", ")
            case .calendar: settings.waves.map(\.deadlineWords).joined(separator: "\u{202F}; ")
            case .envelope: CallMoney.words(settings.envelope) ?? ""
            case .conditions: settings.conditions.map { $0.predicate.kind.label }.joined(separator: ", ")
            case .attachments: settings.attachments.map(\.label).joined(separator: ", ")
            case .criteria: settings.criteria.map(\.label).joined(separator: ", ")
            case .committee: settings.committee.map(\.body).joined(separator: ", ")
            case .deposit: settings.deposit.isOnline ? "En ligne" : "Hors ligne"
            case .forms: reading.forms.map { "\($0.title), version \($0.version)" }.joined(separator: ", ")
            }
        return text.allSatisfy(\.isWhitespace) ? nil : text
    }
}
