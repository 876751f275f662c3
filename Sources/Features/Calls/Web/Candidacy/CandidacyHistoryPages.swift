import Forms
import Maillage
import Markup

/// `/candidatures/{id}/historique`: who wrote what, what it said before, and the way back to it.
enum CandidacyHistoryPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, try await CandidacyReading.find(visit), Problems())
    }

    static func restore(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        let key = visit.form["question"] ?? ""
        do {
            _ = try await visit.perform(
                RestoreAnswer(
                    candidacy: reading.id, question: key, version: visit.form.int("version") ?? 0,
                    shelf: visit.reception.forms))
            return .done(
                "Le texte précédent est rétabli. Celui d’avant reste ici.",
                to: Paths.candidacyHistory(reading.id, question: key))
        } catch let problems as Problems {
            return try await page(visit, reading, problems)
        } catch is Conflict {
            return try await page(
                visit, try await CandidacyReading.find(visit),
                Problems("", "Le dossier vient de changer\u{202F}: relisez, puis recommencez."))
        }
    }

    private static func page(_ visit: Visit, _ reading: CandidacyReading, _ problems: Problems) async throws -> Answer {
        let id = reading.id
        let company = try await CandidacyCompany.read(visit, reading)
        let partners = reading.dossier.review.partners.map(\.id)
        let (saves, parts) = try await visit.read { reader in
            (
                try CandidacySaveStore.saves(of: id, limit: 400, reader),
                try PartSaveStore.saves(of: partners, limit: 200, reader)
            )
        }
        var view = CandidacyHistoryView(reading: reading, saves: saves, company: company, parts: parts)
        view.question = visit.query.text("question") ?? visit.form.text("question")
        view.problems = problems
        view.tokens = FormTokens(visit)
        return visit.page(
            reading.head("Qui a écrit quoi", crumb: "Historique", hasErrors: !problems.isEmpty),
            status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

struct CandidacyHistoryView: View {
    var reading: CandidacyReading
    var saves: [CandidacySave]
    var company: CandidacyCompany
    var parts: [PartSave] = []
    /// The only question shown; all of them when nil.
    var question: String?
    var problems = Problems()
    var tokens = FormTokens.sample

    private var form: Form { reading.dossier.review.state.compiled.form }

    func render(into html: inout HTML) {
        html.h1("Qui a écrit quoi")
        html.p(reading.candidacy.name, .class("lead"))
        html.add(ErrorSummary(problems))
        let shown = question.flatMap { form.question($0) }
        if let shown {
            html.p { html in
                html.text("Textes de «\u{A0}\(Format.typography(shown.label))\u{A0}». ")
                html.a("Voir tout le dossier", .href(Paths.candidacy(reading.id, .history)))
            }
            html.h2("Aujourd’hui")
            html.paragraphs(AnswerText.text(of: shown, reading.candidacy.answers[shown.key]) ?? "(sans réponse)")
        }
        let listed = saves.filter { save in shown.map { save.keys.contains($0.key) } ?? true }
        guard !listed.isEmpty || !parts.isEmpty else {
            html.add(EmptyState("Rien n’a encore été écrit"))
            return
        }
        if shown == nil { renderParts(into: &html) }
        html.ol(.class("timeline")) { html in
            for save in listed { html.li { renderSave(save, shown, into: &$0) } }
        }
    }

    private func renderSave(_ save: CandidacySave, _ shown: Question?, into html: inout HTML) {
        html.time(Format.moment(save.at), .datetime(Format.machine(save.at)))
        html.p {
            $0.strong(
                "\(Format.capitalized(company.name(of: save.account))), "
                    + (form.sections.first { $0.key == save.section }?.title ?? "le dossier"))
        }
        for key in save.keys {
            guard let question = form.question(key), shown == nil || shown?.key == key else { continue }
            html.details(.open(shown != nil)) { html in
                html.summary(Format.typography(question.label))
                html.p("Avant\u{202F}:", .class("muted"))
                html.paragraphs(AnswerText.text(of: question, save.former[key]) ?? "(sans réponse)")
                if mayRestore(key, save) {
                    html.writingButton(
                        "Rétablir ce texte", to: Paths.candidacy(reading.id, .history), tokens, style: .small,
                        fields: [("question", key), ("version", String(save.version))])
                }
            }
        }
    }

    private func mayRestore(_ key: String, _ save: CandidacySave) -> Bool {
        guard let section = form.sections.first(where: { $0.questions.contains { $0.key == key } })?.key else {
            return false
        }
        if case .attachment = form.question(key)?.kind { return false }
        return reading.dossier.mayWrite(section, at: reading.now)
            && reading.candidacy.answers[key] != save.former[key]
    }

    /// Who changed which partner's part.
    private func renderParts(into html: inout HTML) {
        guard !parts.isEmpty else { return }
        let review = reading.dossier.review
        html.section { html in
            html.h2("Les parts des partenaires")
            html.ol(.class("timeline")) { html in
                for save in parts {
                    guard let part = review.part(of: save.partner) else { continue }
                    let form = part.state.compiled.form
                    html.li { html in
                        html.time(Format.moment(save.at), .datetime(Format.machine(save.at)))
                        html.p {
                            $0.strong(
                                "\(Format.capitalized(company.name(of: save.account))), \(part.partner.name), "
                                    + (form.sections.first { $0.key == save.section }?.title ?? "sa part"))
                        }
                        html.p(Format.list(save.keys.compactMap { form.question($0)?.label }), .class("muted"))
                    }
                }
            }
        }
        html.h2("Le dossier")
    }
}
