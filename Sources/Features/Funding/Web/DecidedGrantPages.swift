import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/aides`: the aids that were decided and told, on their way to the ledger.
enum DecidedGrantPages {
    static func show(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    static func take(_ visit: Visit) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        do {
            guard let funder = visit.form.text("financeur").flatMap({ Funder.ID(text: $0) }) else {
                throw Problems("financeur", "Choisissez le financeur.")
            }
            let lines = try await visit.perform(
                TakeDecisions(
                    call: reading.call.id, funder: funder,
                    envelope: visit.form.text("enveloppe").flatMap { FundingEnvelope.ID(text: $0) }))
            return .done(
                Format.count(lines.count, "aide est portée au registre.", "aides sont portées au registre."),
                to: Paths.path("financements", query: [("appel", reading.call.id.text)]))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await CallReading.kept(visit)
        let (principal, call) = (visit.principal, reading.call.id)
        let (grants, funders, envelopes) = try await visit.read { reader in
            (
                try DecidedGrant.waiting(principal, in: call, reader), try FunderStore.all(reader),
                try FundingEnvelopeStore.kept(by: principal, reader)
            )
        }
        var head = reading.head("Aides décidées")
        head.hasErrors = !problems.isEmpty
        let view = DecidedGrantView(
            reading: reading, grants: grants, funders: funders, envelopes: envelopes, form: visit.form,
            problems: problems, tokens: FormTokens(visit))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// What waits, and who pays it.
struct DecidedGrantView: View {
    var reading: CallReading
    var grants: [DecidedGrant]
    var funders: [Funder]
    var envelopes: [FundingEnvelope]
    var form = Fields()
    var problems = Problems()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.h1("Aides décidées")
        html.p(.class("lead")) { $0.a(reading.call.title, .href(Paths.call(reading.slug))) }
        html.add(ErrorSummary(problems))
        guard !grants.isEmpty else {
            html.add(
                EmptyState(
                    "Rien n’attend d’être porté au registre",
                    "Les aides y viennent une fois les décisions notifiées, chacune une seule fois.",
                    actions: [("Voir le registre", Link(path: "financements"))]))
            return
        }
        html.add(
            DataTable(
                "Décidées et notifiées, pas encore au registre", rows: grants,
                columns: [
                    .init("Dossier") { $0.name },
                    .init("Structure") { $0.structure },
                    .init("Montant", isNumber: true) { Format.euros(cents: $0.amount) },
                    .init("Décidée le") { DecisionDates.words($0.decidedOn) },
                    .init("Délibération") { $0.deliberation },
                ]))
        html.p("En tout\u{202F}: \(Format.euros(cents: grants.reduce(0) { $0 + $1.amount })).")
        html.writingForm(to: Paths.decidedGrants(reading.slug), tokens) { html in
            html.add(
                Select(
                    "financeur", "Financeur", options: funders.map { Option($0.id.text, $0.name) },
                    value: form["financeur"], error: problems.message("financeur")))
            html.add(
                Select(
                    "enveloppe", "Enveloppe",
                    options: envelopes.map { Option($0.id.text, "\($0.label) \($0.year)") }, value: form["enveloppe"],
                    prompt: "Aucune",
                    help: "Toutes les aides y entrent, ou aucune\u{202F}: une enveloppe n’est jamais dépassée.",
                    error: problems.message("enveloppe"), isRequired: false))
            html.actions { $0.submit("Porter ces aides au registre") }
        }
    }
}
