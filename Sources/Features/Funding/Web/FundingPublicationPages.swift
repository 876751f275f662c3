import Exchange
import HTTPTypes
import Maillage
import Markup

/// `/financements/publication`: what would go into the open files, checked line by line before it does.
enum FundingPublicationPages {
    static func show(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    /// Publishes the lines that are ticked: all of them, or none when one cannot be.
    static func publish(_ visit: Visit) async throws -> Answer {
        let ids = visit.form.values("ligne").prefix(500).compactMap { FundingLine.ID(text: $0) }
        do {
            guard !ids.isEmpty else { throw Problems("ligne", "Cochez au moins une ligne.") }
            try await visit.perform(all: ids.map { PublishFunding(line: $0) })
            return .done(
                Format.count(ids.count, "ligne publiée.", "lignes publiées."), to: Paths.fundingPublication)
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func withdraw(_ visit: Visit) async throws -> Answer {
        do {
            guard let line = visit.form.text("publiee").flatMap({ FundingLine.ID(text: $0) }) else {
                throw Problems("publiee", "Choisissez la ligne à retirer.")
            }
            try await visit.perform(WithdrawFundingPublication(line: line, reason: visit.form["motif"] ?? ""))
            return .done("La ligne n’est plus publique.", to: Paths.fundingPublication)
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let principal = visit.principal
        let (funder, year) = (
            visit.query.text("financeur").flatMap { Funder.ID(text: $0) }, visit.query.int("annee")
        )
        let (lines, funders) = try await visit.read { reader in
            (
                try FundingPublication.candidates(principal, funder: funder, year: year, limit: 1_000, reader),
                try FunderStore.kept(by: principal, reader)
            )
        }
        guard !lines.isEmpty || FundingRights.mayAddFunder(principal) else {
            throw Denied("Publier revient aux financeurs, aux équipes des appels et à la coordination.")
        }
        var head = PageHead(
            "Publier en données ouvertes", section: "Financements",
            breadcrumbs: Breadcrumbs([("Financements", Link(path: "financements"))], current: "Publier"))
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        let today = CivilZone.paris.local(visit.now.microseconds).date
        let view = FundingPublicationView(
            lines: lines, funders: funders, funder: funder, year: year, today: today, problems: problems,
            form: visit.form, tokens: FormTokens(visit))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// The lines that wait, those that cannot go yet and why, those that are public.
struct FundingPublicationView: View {
    var lines: [FundingPublication]
    var funders: [Funder]
    var funder: Funder.ID?
    var year: Int?
    var today: CivilDate
    var problems: Problems
    var form: Fields
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1("Publier en données ouvertes")
        html.p(
            "Les conventions de plus de 23\u{202F}000\u{A0}€ se publient dans les trois mois de leur signature (décret n°\u{A0}2017-779).",
            .class("lead"))
        html.add(ErrorSummary(problems))
        renderFilters(into: &html)
        let waiting = lines.filter { $0.line.publishedAt == nil }
        renderReady(waiting.filter { $0.faults.isEmpty }, into: &html)
        renderFaulty(waiting.filter { !$0.faults.isEmpty }, into: &html)
        renderPublished(lines.filter { $0.line.publishedAt != nil }, into: &html)
    }

    private func renderFilters(into html: inout HTML) {
        html.form(.method("get"), .action(Paths.fundingPublication), .class("search")) { html in
            html.add(
                Select(
                    "financeur", "Financeur", options: funders.map { Option($0.id.text, $0.name) }, value: funder?.text,
                    prompt: "Tous", isRequired: false))
            html.add(
                TextField(
                    "annee", "Année", value: year.map { "\($0)" }, isRequired: false, isShort: true,
                    inputMode: "numeric"))
            html.div(.class("field")) { $0.submit("Filtrer", style: .plain) }
        }
    }

    private func renderReady(_ ready: [FundingPublication], into html: inout HTML) {
        html.section { html in
            html.h2("Prêtes à publier\(Format.noBreak)(\(ready.count))")
            guard !ready.isEmpty else {
                html.p("Rien n’attend d’être publié.", .class("muted"))
                return
            }
            html.writingForm(to: Paths.fundingPublication, tokens) { html in
                html.add(
                    CheckList(
                        "ligne", "Lignes",
                        options: ready.map { Option($0.line.id.text, words($0), help: deadline($0)) },
                        values: Set(form.isEmpty ? ready.map(\.line.id.text) : form.values("ligne")),
                        error: problems.message("ligne")))
                html.actions { $0.submit("Publier les lignes cochées") }
            }
        }
    }

    private func words(_ one: FundingPublication) -> String {
        let amount = Format.euros(cents: one.line.fold.granted)
        return "\(Format.typography(one.line.facts.object)), \(one.line.facts.beneficiary), \(amount)"
    }

    private func deadline(_ one: FundingPublication) -> String? {
        one.publishBy.map {
            let day = Format.date(year: $0.year, month: $0.month, day: $0.day)
            return $0 < today ? "Aurait dû l’être avant le \(day)." : "À publier avant le \(day)."
        }
    }

    private func renderFaulty(_ faulty: [FundingPublication], into html: inout HTML) {
        guard !faulty.isEmpty else { return }
        html.section { html in
            html.h2("À compléter d’abord\(Format.noBreak)(\(faulty.count))")
            html.add(
                DataTable(
                    "Ce qui manque, ligne par ligne", rows: faulty, id: "a-completer",
                    columns: [
                        .init("Ligne") { one, html in
                            html.a(words(one), .href(Paths.funding(one.line.id, .edit)))
                        },
                        .init("Ce qui manque") { one, html in
                            html.ul { html in for fault in one.faults { html.li(fault) } }
                        },
                    ]))
        }
    }

    private func renderPublished(_ published: [FundingPublication], into html: inout HTML) {
        html.section { html in
            html.h2("Publiées\(Format.noBreak)(\(published.count))")
            html.p { html in
                html.a("Fichier des subventions (CSV)", .href("/api/v1/funding.csv"))
                html.text(" et ")
                html.a("fichier 360Giving (JSON)", .href("/api/v1/funding/360giving.json"))
            }
            guard !published.isEmpty else { return }
            html.details(.open(problems.message("motif") != nil || problems.message("publiee") != nil)) { html in
                html.summary("Retirer une ligne publiée par erreur")
                html.writingForm(to: Paths.fundingPublication + "/retrait", tokens) { html in
                    html.add(
                        Select(
                            "publiee", "Ligne", options: published.map { Option($0.line.id.text, words($0)) },
                            value: form["publiee"], error: problems.message("publiee")))
                    html.add(TextField("motif", "Motif", value: form["motif"], error: problems.message("motif")))
                    html.actions { $0.submit("Retirer", style: .danger) }
                }
            }
        }
    }
}
