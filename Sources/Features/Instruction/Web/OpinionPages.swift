import HTTPTypes
import Maillage
import Markup

/// `/avis`: what somebody outside the team is asked, and the dossier it opens to them meanwhile.
enum OpinionPages {
    static func list(_ visit: Visit) async throws -> Answer {
        let (principal, now) = (visit.principal, visit.now)
        let waiting = try await visit.read { try OpinionDossier.waiting(principal, at: now, $0) }
        var head = PageHead("Avis demandés", section: "Avis", breadcrumbs: Breadcrumbs(current: "Avis demandés"))
        head.isIndexed = false
        return visit.page(head, OpinionListView(waiting: waiting.map { ($0.opinion, $0.dossier) }))
    }

    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func answer(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Opinion.ID.self)
        let form = visit.form
        do {
            _ = try await visit.perform(
                GiveOpinion(
                    opinion: id, position: form.text("position").flatMap(Opinion.Position.init),
                    answer: form["avis"] ?? "", head: visit.head))
            return .done("Merci, votre avis est enregistré. Le dossier ne vous est plus ouvert.", to: Paths.opinions)
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func file(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Opinion.ID.self)
        let file = try visit.identifier("file", of: CandidacyFile.ID.self)
        let (principal, now, shelf) = (visit.principal, visit.now, visit.reception.forms)
        let isScanned = visit.reception.settings.clamdSocket != nil
        let found = try await visit.read { reader in
            let found = try OpinionDossier.file(principal, id, file, at: now, shelf: shelf, reader)
            if isScanned { try FileStates(of: [found.digest], reader).requireClean(found.digest) }
            return found
        }
        return try await DocumentDownload.staff(found, visit)
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let id = try visit.identifier("id", of: Opinion.ID.self)
        let (principal, now, shelf) = (visit.principal, visit.now, visit.reception.forms)
        let dossier = try await visit.read { try OpinionDossier.open(principal, id, at: now, shelf: shelf, $0) }
        var head = PageHead(
            "Avis sur \(dossier.candidacy.name)", section: "Avis",
            breadcrumbs: Breadcrumbs(
                [("Avis demandés", Link(path: "avis"))], current: Format.excerpt(dossier.candidacy.name, limit: 48)))
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        let view = OpinionView(dossier: dossier, problems: problems, form: visit.form, tokens: FormTokens(visit))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// What waits for somebody's opinion.
struct OpinionListView: View {
    var waiting: [(opinion: Opinion, dossier: Instruction)]

    func render(into html: inout HTML) {
        html.h1("Avis demandés")
        guard !waiting.isEmpty else {
            html.add(
                EmptyState(
                    "Aucun avis ne vous est demandé",
                    "Quand un organisateur vous consulte sur un dossier, il s’ouvre ici jusqu’à votre réponse."))
            return
        }
        html.ul(.class("plain stack")) { html in
            for (opinion, dossier) in waiting {
                html.li(.class("card")) { html in
                    html.p { $0.a(.href(Paths.opinion(opinion.id))) { $0.strong(dossier.name) } }
                    html.p("À donner \(DossierDeadline.words(opinion.closesAt)).")
                }
            }
        }
    }
}

/// One dossier, for whom an opinion on it is asked of.
struct OpinionView: View {
    var dossier: OpinionDossier
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        let opinion = dossier.opinion
        html.h1(dossier.candidacy.name)
        html.p(dossier.call.title, .class("lead"))
        html.add(ErrorSummary(problems))
        html.section(.class("card deadline-card")) { html in
            html.h2("Ce qui vous est demandé")
            html.paragraphs(opinion.question)
            html.p("À donner \(DossierDeadline.words(opinion.closesAt)).")
            html.p(
                "Ce dossier ne s’ouvre qu’à vous, jusqu’à votre réponse ou jusqu’à cette date. Il est confidentiel.",
                .class("muted"))
        }
        html.section { html in
            html.h2("Votre avis")
            html.writingForm(to: Paths.opinion(opinion.id), tokens) { html in
                html.add(
                    Choice(
                        "position", "Votre position",
                        options: Opinion.Position.allCases.map { Option($0.rawValue, $0.label) },
                        value: form["position"],
                        error: problems.message("position")))
                html.add(TextArea("avis", "Votre avis", value: form["avis"], error: problems.message("avis"), rows: 8))
                html.actions { $0.submit("Rendre mon avis") }
            }
        }
        html.section { html in
            html.h2("Le dossier")
            if let state = dossier.state {
                html.add(
                    CandidacyAnswers(
                        state: state, sections: state.compiled.form.sections,
                        links: .elsewhere { Paths.opinionFile(opinion.id, $0) }, titleLevel: 3))
                html.add(DepositedParts(parts: dossier.parts))
            } else {
                html.p("Cette candidature est venue sur papier ou par courriel\u{202F}: demandez-la à l’organisateur.")
            }
        }
    }
}
