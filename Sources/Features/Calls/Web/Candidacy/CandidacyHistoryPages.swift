import Forms
import Maillage
import Markup

/// `/candidatures/{id}/historique`, and that of a partner's part: who wrote what, what it said before, and the way back to it.
enum CandidacyHistoryPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, try await DossierSide.find(visit), Problems())
    }

    static func restore(_ visit: Visit) async throws -> Answer {
        let side = try await DossierSide.find(visit)
        let key = visit.form["question"] ?? ""
        do {
            let restored = try await visit.perform(
                RestoreAnswer(
                    candidacy: side.id, part: side.part?.partner.id, question: key,
                    version: visit.form.int("version") ?? 0, shelf: visit.reception.forms))
            return .done(
                "Le texte précédent est rétabli. Celui d’avant reste ici."
                    + (restored.endsCommitment
                        ? " Votre part a changé\u{202F}: engagez à nouveau votre structure." : ""),
                to: side.history(question: key))
        } catch let problems as Problems {
            return try await page(visit, side, problems)
        } catch is Conflict {
            return try await page(
                visit, try await DossierSide.find(visit),
                Problems("", "Le dossier vient de changer\u{202F}: relisez, puis recommencez."))
        }
    }

    private static func page(_ visit: Visit, _ side: DossierSide, _ problems: Problems) async throws -> Answer {
        let (id, part) = (side.id, side.part?.partner.id)
        let partners = part == nil ? side.whole.dossier.review.partners.map(\.id) : []
        let (saves, parts) = try await visit.read { reader in
            (
                try DraftSaves.all(of: id, part: part, limit: 400, reader),
                try PartSaveStore.saves(of: partners, limit: 200, reader)
            )
        }
        var view = CandidacyHistoryView(
            side: side, saves: saves, company: try await CandidacyCompany.read(visit, side), parts: parts)
        view.question = visit.query.text("question") ?? visit.form.text("question")
        view.problems = problems
        view.tokens = FormTokens(visit)
        return visit.page(
            side.head("Qui a écrit quoi", crumb: "Historique", hasErrors: !problems.isEmpty),
            status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

struct CandidacyHistoryView: View {
    var side: DossierSide
    /// The newest first.
    var saves: [any DraftSave]
    var company: CandidacyCompany
    /// On the lead's side: who changed which partner's part.
    var parts: [PartSave] = []
    /// The only question shown; all of them when nil.
    var question: String?
    var problems = Problems()
    var tokens = FormTokens.sample

    private var form: Form { side.state.compiled.form }

    func render(into html: inout HTML) {
        html.h1("Qui a écrit quoi")
        html.p(side.name, .class("lead"))
        html.add(ErrorSummary(problems))
        let shown = question.flatMap { form.question($0) }
        if let shown {
            html.p { html in
                html.text("Textes de «\u{A0}\(Format.typography(shown.label))\u{A0}». ")
                html.a(side.part == nil ? "Voir tout le dossier" : "Voir toute la part", .href(side.history()))
            }
            html.h2("Aujourd’hui")
            html.paragraphs(AnswerText.text(of: shown, side.answers[shown.key]) ?? "(sans réponse)")
        }
        let listed = saves.filter { save in shown.map { save.keys.contains($0.key) } ?? true }
        if listed.isEmpty, parts.isEmpty {
            html.add(EmptyState("Rien n’a encore été écrit"))
        } else {
            if shown == nil { renderParts(into: &html) }
            html.ol(.class("timeline")) { html in
                for save in listed { html.li { renderSave(save, shown, into: &$0) } }
            }
        }
        html.p { $0.a(side.pathWords, .href(side.path)) }
    }

    private func renderSave(_ save: any DraftSave, _ shown: Question?, into html: inout HTML) {
        html.time(Format.moment(save.at), .datetime(Format.machine(save.at)))
        let whole = side.part == nil ? "le dossier" : "sa part"
        html.p {
            $0.strong(
                "\(Format.capitalized(company.name(of: save.account))), "
                    + (form.sections.first { $0.key == save.section }?.title ?? whole))
        }
        for key in save.keys {
            guard let question = form.question(key), shown == nil || shown?.key == key else { continue }
            html.details(.open(shown != nil)) { html in
                html.summary(Format.typography(question.label))
                html.p("Avant\u{202F}:", .class("muted"))
                html.paragraphs(AnswerText.text(of: question, save.former[key]) ?? "(sans réponse)")
                if mayRestore(key, save) {
                    html.writingButton(
                        "Rétablir ce texte", to: side.history(), tokens, style: .small,
                        fields: [("question", key), ("version", String(save.version))])
                }
            }
        }
    }

    private func mayRestore(_ key: String, _ save: any DraftSave) -> Bool {
        guard let section = form.sections.first(where: { $0.questions.contains { $0.key == key } })?.key else {
            return false
        }
        if case .attachment = form.question(key)?.kind { return false }
        return side.mayWrite(section) && side.answers[key] != save.former[key]
    }

    /// Who changed which partner's part.
    private func renderParts(into html: inout HTML) {
        guard !parts.isEmpty else { return }
        let review = side.whole.dossier.review
        html.section { html in
            html.h2("Les parts des partenaires")
            html.ol(.class("timeline")) { html in
                for save in parts {
                    guard let part = review.part(of: save.partner) else { continue }
                    let form = part.state.compiled.form
                    html.li { html in
                        html.time(Format.moment(save.at), .datetime(Format.machine(save.at)))
                        html.p { html in
                            html.strong("\(Format.capitalized(company.name(of: save.account))), ")
                            html.a(part.partner.name, .href(Paths.part(side.id, save.partner, .history)))
                            html.strong(", " + (form.sections.first { $0.key == save.section }?.title ?? "sa part"))
                        }
                        html.p(Format.list(save.keys.compactMap { form.question($0)?.label }), .class("muted"))
                    }
                }
            }
        }
        html.h2("Le dossier")
    }
}
