import HTTPTypes
import Maillage
import Markup

/// `/lieux/{slug}/corriger` and `/propositions/{secret}`: anybody may say what is wrong, without an account.
enum CorrectionPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await PlaceReading.find(visit)
        let form = SheetForm.fields(of: reading.sheet, fields(reading))
        let closes = visit.query.text("motif") == "fermeture"
        return page(CorrectionView(reading: reading, fields: fields(reading), form: form, closes: closes), visit)
    }

    static func send(_ visit: Visit) async throws -> Answer {
        let reading = try await PlaceReading.find(visit)
        let fields = fields(reading)
        let closes = visit.form.text("motif") == "fermeture"
        var view = CorrectionView(reading: reading, fields: fields, form: visit.form, closes: closes)
        if let group = visit.form.text(SheetFormView.addRow).flatMap(SheetField.init) {
            view.grown = group
            return page(view, visit)
        }
        var problems = Problems()
        let values =
            closes
            ? [:] : SheetForm.changes(in: visit.form, allowed: fields, from: reading.sheet, problems: &problems)
        if !problems.isEmpty {
            view.problems = problems
            return page(view, visit)
        }
        let email = visit.form.text("courriel_auteur") ?? ""
        do {
            _ = try await visit.perform(
                ProposeCorrection(
                    place: reading.place.id, kind: closes ? .closing : .correction, values: values,
                    comment: visit.form["commentaire"] ?? "", email: email, from: visit.origin, head: visit.head))
            return .done(
                "Merci\u{202F}! Un message part à \(email)\u{202F}: confirmez par son lien pour que votre proposition soit lue.",
                to: Paths.place(reading.slug))
        } catch let problems as Problems {
            view.problems = problems
            return page(view, visit)
        }
    }

    private static func fields(_ reading: PlaceReading) -> [SheetField] {
        ProposeCorrection.fields.filter { !reading.place.sheet.privateFields.contains($0) }
    }

    private static func page(_ view: CorrectionView, _ visit: Visit) -> Answer {
        var view = view
        view.tokens = FormTokens(visit)
        let title = view.closes ? "Signaler une fermeture" : "Proposer une correction"
        var head = PageHead(
            "\(title)\u{202F}: \(view.reading.name)", section: "Lieux", breadcrumbs: view.reading.crumbs(title))
        head.isIndexed = false
        head.hasErrors = !view.problems.isEmpty
        head.scripts = ["counter.js", "suggest.js"]
        return visit.page(head, status: view.problems.isEmpty ? .ok : .unprocessableContent, view)
    }

    static func showConfirmation(_ visit: Visit) async throws -> Answer {
        let secret = try visit.secret()
        let name = try await visit.read { reader -> String? in
            guard let proposal = try ProposalStore.waiting(secret, reader) else { return nil }
            return try PlaceStore.place(.visitor, proposal.place, reader)?.sheet.name ?? ""
        }
        guard let name else {
            return visit.page("Proposition", status: .gone) { html in
                html.h1("Ce lien a déjà servi")
                html.p("Votre proposition est confirmée, ou ce lien n’est plus valable. Il n’y a rien d’autre à faire.")
                html.p { $0.a("Voir les lieux", .href(Paths.places), .class("button")) }
            }
        }
        let tokens = FormTokens(visit)
        var head = PageHead("Confirmer ma proposition")
        head.isIndexed = false
        return visit.page(head) { html in
            html.h1("Confirmer ma proposition")
            html.p(
                name.isEmpty
                    ? "Votre proposition sera lue une fois confirmée."
                    : "Votre proposition pour «\u{A0}\(name)\u{A0}» sera lue par l’équipe du lieu ou la coordination une fois confirmée."
            )
            html.writingButton("Confirmer ma proposition", to: Paths.proposal(secret), tokens, style: .primary)
        }
    }

    static func confirm(_ visit: Visit) async throws -> Answer {
        let place = try await visit.perform(ConfirmProposal(secret: visit.secret()))
        let slug = try await visit.read { try PlaceStore.place(.visitor, place, $0)?.slug }
        return .done(
            "Merci\u{202F}! Votre proposition est confirmée\u{202F}: vous recevrez la réponse par courriel.",
            to: slug.map { Paths.place($0) } ?? Paths.places)
    }
}

struct CorrectionView: View {
    var reading: PlaceReading
    var fields: [SheetField]
    var form: Fields
    var closes = false
    var problems = Problems()
    var grown: SheetField?
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.h1(closes ? "Signaler que ce lieu a fermé" : "Proposer une correction")
        html.p(reading.name, .class("lead"))
        html.add(ErrorSummary(problems))
        html.postForm(
            to: Link(path: "lieux", reading.slug, "corriger"), token: tokens.token(Paths.place(reading.slug, .correct))
        ) { html in
            html.button("Envoyer", .type("submit"), .class("visually-hidden"), .tabindex(-1), .aria("hidden", true))
            if closes {
                html.add(HiddenField("motif", "fermeture"))
            } else {
                html.p("Changez ce qui est faux, laissez le reste, ou écrivez seulement un mot en bas de page.")
                html.add(SheetFormView(fields: fields, form: form, problems: problems, grown: grown))
            }
            html.group("Pour finir") { html in
                html.add(
                    TextArea(
                        "commentaire", closes ? "Ce que vous savez" : "Un mot pour l’équipe",
                        value: form["commentaire"],
                        help: closes ? "Depuis quand, et comment vous le savez." : nil, isRequired: false, rows: 3,
                        recommendedLength: 500))
                html.add(
                    TextField(
                        "courriel_auteur", "Votre courriel", value: form["courriel_auteur"],
                        help: "Pour confirmer que c’est bien vous et vous répondre. Il n’est jamais publié.",
                        error: problems.message("courriel_auteur"), kind: .email, autocomplete: "email"))
            }
            html.actions { html in
                html.submit("Envoyer")
                html.a("Annuler", .href(Paths.place(reading.slug)))
            }
        }
    }
}
