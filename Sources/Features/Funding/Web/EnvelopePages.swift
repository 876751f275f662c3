import HTTPTypes
import Maillage
import Markup

/// `/financements/enveloppes`: what each credit holds, owes, paid, and what is left.
enum EnvelopePages {
    static func list(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    static func open(_ visit: Visit) async throws -> Answer {
        let form = visit.form
        do {
            var problems = Problems()
            let funder = form.text("financeur").flatMap { Funder.ID(text: $0) }
            if funder == nil { problems.add("financeur", "Choisissez le financeur.") }
            let year = form.int("annee")
            if year == nil { problems.add("annee", "Donnez l’année, par exemple 2026.") }
            let amount = form.text("montant").flatMap { WrittenAmount.cents($0) }
            if amount == nil { problems.add("montant", "Donnez un montant, par exemple 250\u{202F}000.") }
            try problems.throwIfAny()
            guard let funder, let year, let amount else { throw problems }
            let opened = try await visit.perform(
                OpenEnvelope(
                    funder: funder, call: form.text("appel").flatMap { Call.ID(text: $0) },
                    label: form["intitule"] ?? "",
                    year: year, amount: amount))
            return .done("L’enveloppe «\u{A0}\(opened.label)\u{A0}» est ouverte.", to: Paths.envelopes)
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func resize(_ visit: Visit) async throws -> Answer {
        let envelope = try visit.identifier("envelope", of: FundingEnvelope.ID.self)
        let field = "montant-\(envelope.text)"
        do {
            guard let amount = visit.form.text(field).flatMap({ WrittenAmount.cents($0) }) else {
                throw Problems("montant", "Donnez un montant, par exemple 250\u{202F}000.")
            }
            try await visit.perform(ResizeEnvelope(envelope: envelope, amount: amount))
            return .done("L’enveloppe est changée.", to: Paths.envelopes)
        } catch let problems as Problems {
            var named = Problems()
            for problem in problems.list { named.add(problem.field.isEmpty ? "" : field, problem.message) }
            return try await page(visit, named)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let principal = visit.principal
        let (envelopes, kept, funders, calls) = try await visit.read { reader in
            (
                try FundingEnvelopeStore.kept(by: principal, reader), try FunderStore.kept(by: principal, reader),
                try FunderStore.all(reader), try CallListing.kept(by: principal, reader).filter { $0.state != .draft }
            )
        }
        guard !envelopes.isEmpty || !kept.isEmpty || FundingRights.mayAddFunder(principal) else {
            throw Denied("Les enveloppes se lisent par les financeurs, les équipes des appels et la coordination.")
        }
        var head = PageHead(
            "Enveloppes", section: "Financements",
            breadcrumbs: Breadcrumbs([("Financements", Link(path: "financements"))], current: "Enveloppes"))
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        let view = EnvelopeListView(
            envelopes: envelopes, kept: kept,
            names: Dictionary(funders.map { ($0.id, $0.name) }) { first, _ in first }, calls: calls, form: visit.form,
            problems: problems, tokens: FormTokens(visit))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// Each envelope with its bar, and the form of a new one.
struct EnvelopeListView: View {
    var envelopes: [FundingEnvelope]
    var kept: [Funder]
    var names: [Funder.ID: String]
    var calls: [Call]
    var form: Fields
    var problems: Problems
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1("Enveloppes")
        html.p("Ce qu’un financeur met dans l’année\u{202F}: demandé, engagé, versé, et ce qui reste.", .class("lead"))
        html.add(ErrorSummary(problems))
        if envelopes.isEmpty {
            html.add(EmptyState("Aucune enveloppe encore", "Ouvrez-en une pour chaque crédit de l’année."))
        }
        for envelope in envelopes { render(envelope, into: &html) }
        if !kept.isEmpty { renderNew(into: &html) }
    }

    private func render(_ envelope: FundingEnvelope, into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("\(envelope.label) \(envelope.year)")
            html.p(names[envelope.funder] ?? "", .class("muted"))
            html.add(
                Meter(
                    "Engagé", value: envelope.committed, of: envelope.amount,
                    text: "\(Format.euros(cents: envelope.committed)) sur \(Format.euros(cents: envelope.amount))"))
            html.add(
                DefinitionList([
                    .init("Demandé", Format.euros(cents: envelope.asked)),
                    .init("Engagé", Format.euros(cents: envelope.committed)),
                    .init("Versé", Format.euros(cents: envelope.paid)),
                    .init("Reste à engager", Format.euros(cents: envelope.left)),
                ]))
            if envelope.left == 0, envelope.amount > 0 {
                html.p("Cette enveloppe est épuisée.", .class("flash flash-warning"))
            } else if envelope.isNearlySpent {
                html.p("Plus de quatre cinquièmes sont engagés.", .class("flash flash-warning"))
            }
            html.p { $0.a("Ses lignes", .href(Paths.funding(envelope: envelope.id))) }
            if kept.contains(where: { $0.id == envelope.funder }) {
                let field = "montant-\(envelope.id.text)"
                html.details(.open(problems.message(field) != nil)) { html in
                    html.summary("Changer le montant")
                    html.writingForm(to: Paths.envelope(envelope.id), tokens) { html in
                        html.add(
                            TextField(
                                field, "Montant, en euros", value: form[field] ?? WrittenAmount.text(envelope.amount),
                                error: problems.message(field), isShort: true, inputMode: "decimal"))
                        html.actions { $0.submit("Changer", style: .plain) }
                    }
                }
            }
        }
    }

    private func renderNew(into html: inout HTML) {
        html.section { html in
            html.h2("Ouvrir une enveloppe")
            html.writingForm(to: Paths.envelopes, tokens) { html in
                html.add(
                    Select(
                        "financeur", "Financeur", options: kept.map { Option($0.id.text, $0.name) },
                        value: form["financeur"], error: problems.message("financeur")))
                html.add(
                    TextField("intitule", "Intitulé", value: form["intitule"], error: problems.message("intitule")))
                html.add(
                    TextField(
                        "annee", "Année", value: form["annee"], error: problems.message("annee"), isShort: true,
                        inputMode: "numeric"))
                html.add(
                    TextField(
                        "montant", "Montant, en euros", value: form["montant"], error: problems.message("montant"),
                        isShort: true, inputMode: "decimal"))
                if !calls.isEmpty {
                    html.add(
                        Select(
                            "appel", "Pour un appel", options: calls.map { Option($0.id.text, $0.title) },
                            value: form["appel"], prompt: "Aucun", isRequired: false))
                }
                html.actions { $0.submit("Ouvrir") }
            }
        }
    }
}
