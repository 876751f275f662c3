import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/instruction/avis`: the opinions asked on a dossier.
enum DossierOpinionPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func ask(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let form = visit.form
        do {
            _ = try await visit.perform(
                AskOpinion(
                    candidacy: id, kind: form.text("qualite").flatMap(Opinion.Kind.init),
                    email: form.text("courriel") ?? "", question: form["question"] ?? "",
                    day: form.text("delai").flatMap { CivilDate(iso: $0) }, head: visit.head))
            return .done("L’avis est demandé.", to: Paths.dossier(id, .opinions))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func withdraw(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let opinion = try visit.identifier("opinion", of: Opinion.ID.self)
        do {
            try await visit.perform(
                WithdrawOpinion(opinion: opinion, reason: visit.form["raison"] ?? "", head: visit.head))
            return .done(
                "L’avis n’est plus attendu\u{202F}: le dossier ne lui est plus ouvert.",
                to: Paths.dossier(id, .opinions))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await DossierReading.find(visit)
        return reading.answer(
            visit, "Avis", problems,
            DossierOpinionsView(reading: reading, problems: problems, form: visit.form, tokens: FormTokens(visit)))
    }
}

/// The opinions of a dossier, and the form that asks for another.
struct DossierOpinionsView: View {
    var reading: DossierReading
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.add(DossierTop(reading: reading, title: "Avis", path: Paths.dossier(reading.id, .opinions)))
        html.add(ErrorSummary(problems))
        for opinion in reading.dossier.opinions.reversed() { renderOpinion(opinion, into: &html) }
        if reading.instruction.state.isOpen {
            renderForm(into: &html)
        } else if reading.dossier.opinions.isEmpty {
            html.p("Aucun avis n’a été demandé.", .class("muted"))
        }
    }

    private func renderOpinion(_ opinion: Opinion, into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2(
                opinion.kind.label + "\u{202F}: "
                    + (opinion.account.flatMap { reading.dossier.names[$0] }
                        ?? (opinion.email.isEmpty ? "compte fermé" : opinion.email)))
            html.p(.class("row")) { html in
                html.add(Badge(opinion.state.label, opinion.state == .given ? .good : .warn))
                if let position = opinion.position { html.strong(position.label) }
            }
            html.p(
                "Demandé le \(Format.day(opinion.askedAt)) par \(reading.name(opinion.askedBy)), à donner "
                    + "\(DossierDeadline.words(opinion.closesAt)).", .class("muted"))
            if let reminded = opinion.remindedAt { html.p("Rappelé le \(Format.day(reminded)).", .class("muted")) }
            html.h3("La question")
            html.paragraphs(opinion.question)
            if let answered = opinion.answeredAt {
                html.h3("L’avis, du \(Format.day(answered))")
                html.paragraphs(opinion.answer)
            }
            if !opinion.reason.isEmpty { html.p("Retiré\u{202F}: \(opinion.reason)") }
            if opinion.state == .asked {
                html.writingButton(
                    "Ne plus attendre cet avis", to: Paths.dossierOpinionRemoval(reading.id, opinion.id), tokens,
                    style: .danger)
            }
        }
    }

    private func renderForm(into html: inout HTML) {
        html.section { html in
            html.h2("Demander un avis")
            html.p(
                "La personne lit ce dossier et ses pièces, et lui seul, jusqu’à sa réponse ou jusqu’à la date donnée. Elle ne voit ni "
                    + "les annotations, ni les messages, ni les autres avis.")
            html.writingForm(to: Paths.dossier(reading.id, .opinions), tokens) { html in
                html.add(
                    Choice(
                        "qualite", "À quel titre",
                        options: Opinion.Kind.allCases.map { Option($0.rawValue, $0.label) }, value: form["qualite"],
                        error: problems.message("qualite")))
                html.add(
                    TextField(
                        "courriel", "Courriel", value: form["courriel"],
                        help: "La personne se connecte avec cette adresse pour répondre.",
                        error: problems.message("courriel"), kind: .email))
                html.add(
                    TextArea(
                        "question", "La question", value: form["question"], error: problems.message("question"), rows: 4
                    ))
                html.add(
                    DateField(
                        "delai", "Dernier jour pour répondre", value: form["delai"], error: problems.message("delai")))
                html.actions { $0.submit("Demander l’avis") }
            }
        }
    }
}
