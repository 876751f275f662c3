import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/prolongation`: a later limit, proposed by one person and confirmed by another.
enum CallExtensionPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit) { _ in }
    }

    static func propose(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        guard
            let wave = visit.form.text("vague").flatMap({ CallWave.ID(text: $0) }).flatMap({ reading.call.wave($0) })
        else { throw Missing() }
        let typed = visit.form.text("limite") ?? ""
        let today = CivilZone.paris.local(visit.now.microseconds).date
        do {
            let found = try DeadlineReading.readings(of: typed, asOf: today, zone: wave.civilZone)
            let chosen = visit.form.text("lecture")
            guard
                let one = found.first(where: { $0.deadline.machineWords == chosen })
                    ?? (found.count == 1 ? found[0] : nil)
            else {
                return try await page(visit) { view in
                    view.readings = found
                    view.problems.add(
                        "lecture",
                        "Cette phrase se lit de plusieurs façons\u{202F}: choisissez celle que vous voulez dire.")
                }
            }
            _ = try await visit.perform(
                ExtendDeadline(
                    call: reading.call.id, wave: wave.id, closesAt: one.deadline.limit, words: typed,
                    reason: visit.form["motif"] ?? "", isIncident: visit.form.has("incident"), head: visit.head))
            return .done(
                "La prolongation est proposée (\(one.deadline.words)). Elle vaudra quand une autre personne l’aura confirmée.",
                to: Paths.call(reading.slug, .extend))
        } catch let refusal as DeadlineRefusal {
            return try await page(visit) { $0.problems.add("limite", refusal.reason) }
        } catch let problems as Problems {
            return try await page(visit) { $0.problems = problems }
        }
    }

    static func confirm(_ visit: Visit) async throws -> Answer {
        try await settle(visit, "La limite est repoussée pour tout le monde\u{202F}; l’avenant est publié.") { id in
            _ = try await visit.perform(ConfirmExtension(proposal: id, head: visit.head))
        }
    }

    static func withdraw(_ visit: Visit) async throws -> Answer {
        try await settle(visit, "La proposition est retirée.") { id in
            try await visit.perform(WithdrawExtension(proposal: id))
        }
    }

    private static func settle(
        _ visit: Visit, _ words: String, _ act: (CallExtension.ID) async throws -> Void
    ) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        do {
            try await act(try visit.identifier("extension", of: CallExtension.ID.self))
            return .done(words, to: Paths.call(reading.slug))
        } catch let problems as Problems {
            return try await page(visit) { $0.problems = problems }
        }
    }

    private static func page(_ visit: Visit, _ change: (inout CallExtensionView) -> Void) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let id = reading.call.id
        var view = CallExtensionView(reading: reading, form: visit.form, tokens: FormTokens(visit))
        view.waiting = try await visit.read { try CallExtensionStore.waiting(on: id, $0) }
        view.reader = visit.principal.account
        change(&view)
        var head = reading.head("Repousser la limite")
        head.hasErrors = !view.problems.isEmpty
        return visit.page(head, status: view.problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

struct CallExtensionView: View {
    var reading: CallReading
    var waiting: [CallExtension] = []
    var readings: [DeadlineReading] = []
    var form: Fields
    var problems = Problems()
    /// Who reads: they may not confirm what they proposed.
    var reader: Principal.ID?
    var tokens: FormTokens

    private var slug: String { reading.slug }

    func render(into html: inout HTML) {
        html.h1("Repousser la limite")
        html.p(reading.call.title, .class("lead"))
        html.add(ErrorSummary(problems))
        guard reading.call.state == .published else {
            html.p("Seul un appel publié se prolonge.")
            return
        }
        for proposal in waiting { render(proposal, into: &html) }
        if waiting.isEmpty { renderForm(into: &html) }
    }

    private func render(_ proposal: CallExtension, into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Une prolongation attend")
            let zone = reading.call.wave(proposal.wave)?.civilZone ?? .paris
            let deadline = Deadline(limit: proposal.closesAt, zone: zone, typed: proposal.words)
            html.p { html in
                html.text("Nouvelle limite\u{202F}: ")
                html.strong(deadline?.words ?? proposal.words)
            }
            html.p("Motif\u{202F}: \(Format.typography(proposal.reason))")
            if proposal.isIncident { html.p("Pour un incident technique.") }
            if proposal.proposedBy == reader {
                html.p(
                    "Vous l’avez proposée\u{202F}: une autre personne de l’équipe ou de la coordination doit la confirmer."
                )
            } else {
                html.writingButton(
                    "Confirmer pour tout le monde", to: Paths.callExtension(slug, proposal.id, "accord"), tokens,
                    style: .primary)
            }
            html.writingButton(
                "Retirer la proposition", to: Paths.callExtension(slug, proposal.id, "retrait"), tokens, style: .quiet)
        }
    }

    private func renderForm(into html: inout HTML) {
        html.p(
            "Une limite ne se change que pour plus tard, pour tout le monde, et par deux personnes\u{202F}: vous proposez, une autre "
                + "confirme. L’avenant est alors publié et envoyé.")
        html.writingForm(to: Paths.call(slug, .extend), tokens) { html in
            let waves = reading.settings.waves
            html.add(
                Choice(
                    "vague", "Quelle limite",
                    options: waves.map { wave in
                        Option(
                            wave.id.text, wave.label.isEmpty ? "Dépôt des dossiers" : wave.label,
                            help: wave.deadlineWords)
                    }, value: form["vague"] ?? (reading.wave ?? waves.first)?.id.text))
            html.add(
                TextField(
                    "limite", "Nouvelle date et heure limites", value: form["limite"],
                    help: "Comme vous l’écririez\u{202F}: au plus tard le 30 à 12 h.", error: problems.message("limite")
                ))
            if readings.count > 1 {
                html.add(
                    Choice(
                        "lecture", "Vous voulez dire",
                        options: readings.map { reading in
                            Option(
                                reading.deadline.machineWords, reading.sentence,
                                help: ([reading.explanation] + reading.remarks).joined(separator: " "))
                        }, value: form["lecture"], error: problems.message("lecture")))
            }
            html.add(
                TextArea(
                    "motif", "Pourquoi", value: form["motif"], help: "Publié avec l’avenant.",
                    error: problems.message("motif"), rows: 3, recommendedLength: 2_000))
            html.add(
                CheckBox(
                    "incident", "La plateforme a eu un incident technique", isChecked: form.has("incident"),
                    help: "La seule raison de repousser une limite déjà passée.", error: problems.message("incident")))
            html.actions { html in
                html.submit("Proposer cette limite")
                html.a("Annuler", .href(Paths.call(slug)))
            }
        }
    }
}
