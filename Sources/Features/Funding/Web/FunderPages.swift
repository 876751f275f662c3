import HTTPTypes
import Maillage
import Markup

/// `/financements/financeurs`: who gives money, and who acts for them.
enum FunderPages {
    static func show(_ visit: Visit) async throws -> Answer { try await page(visit, Problems()) }

    static func add(_ visit: Visit) async throws -> Answer {
        let form = visit.form
        do {
            guard let kind = form.text("sorte").flatMap(Funder.Kind.init) else {
                throw Problems("sorte", "Choisissez la sorte de financeur.")
            }
            let funder = try await visit.perform(
                AddFunder(name: form["nom"] ?? "", kind: kind, siret: form["siret"] ?? ""))
            return .done("\(funder.name) est inscrit.", to: Paths.funders)
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func describe(_ visit: Visit) async throws -> Answer {
        let funder = try visit.identifier("funder", of: Funder.ID.self)
        do {
            guard let kind = visit.form.text("sorte-\(funder.text)").flatMap(Funder.Kind.init) else {
                throw Problems("", "Choisissez la sorte de financeur.")
            }
            try await visit.perform(
                DescribeFunder(funder: funder, kind: kind, siret: visit.form["siret-\(funder.text)"] ?? ""))
            return .done("Le financeur est corrigé.", to: Paths.funders)
        } catch let problems as Problems {
            return try await page(visit, renamed(problems, funder))
        }
    }

    static func name(_ visit: Visit) async throws -> Answer {
        let funder = try visit.identifier("funder", of: Funder.ID.self)
        do {
            try await visit.perform(
                NameFunderAgent(funder: funder, email: visit.form["courriel-\(funder.text)"] ?? ""))
            return .done("La personne agit pour ce financeur.", to: Paths.funders)
        } catch let problems as Problems {
            return try await page(visit, renamed(problems, funder))
        }
    }

    static func remove(_ visit: Visit) async throws -> Answer {
        let funder = try visit.identifier("funder", of: Funder.ID.self)
        guard let account = visit.form.text("compte").flatMap({ Account.ID(text: $0) }) else { throw Missing() }
        try await visit.perform(RemoveFunderAgent(funder: funder, account: account))
        return .done("La personne n’agit plus pour ce financeur.", to: Paths.funders)
    }

    /// The fields of each funder's forms bear its identifier, as several stand on one page.
    private static func renamed(_ problems: Problems, _ funder: Funder.ID) -> Problems {
        var named = Problems()
        for problem in problems.list {
            named.add(problem.field.isEmpty ? "" : "\(problem.field)-\(funder.text)", problem.message)
        }
        return named
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let principal = visit.principal
        guard FundingRights.mayAddFunder(principal) else {
            throw Denied("Les financeurs se tiennent par la coordination et les agents financeurs.")
        }
        let (funders, agents, names) = try await visit.read { reader in
            let funders = try FunderStore.kept(by: principal, reader)
            let agents = try FunderStore.agents(reader)
            return (funders, agents, try AccountStore.names(agents.values.flatMap { $0 }, reader))
        }
        var head = PageHead(
            "Financeurs", section: "Financements",
            breadcrumbs: Breadcrumbs([("Financements", Link(path: "financements"))], current: "Financeurs"))
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        let (form, tokens) = (visit.form, FormTokens(visit))
        let mayName = FundingRights.mayNameAgents(principal)
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent) { html in
            html.h1("Financeurs")
            html.p("Les organismes qui financent, et les personnes qui tiennent leurs lignes.", .class("lead"))
            html.add(ErrorSummary(problems))
            if funders.isEmpty { html.add(EmptyState("Aucun financeur encore", "Inscrivez le vôtre ci-dessous.")) }
            for funder in funders {
                let people = (agents[funder.id] ?? []).map { ($0, names[$0] ?? "Ancien compte") }
                html.add(
                    FunderCard(
                        funder: funder, people: people, mayName: mayName, form: form, problems: problems, tokens: tokens
                    ))
            }
            html.section { html in
                html.h2("Inscrire un financeur")
                html.writingForm(to: Paths.funders, tokens) { html in
                    html.add(TextField("nom", "Nom officiel", value: form["nom"], error: problems.message("nom")))
                    html.add(
                        Select(
                            "sorte", "Sorte", options: Funder.Kind.allCases.map { Option($0.rawValue, $0.label) },
                            value: form["sorte"], error: problems.message("sorte")))
                    html.add(
                        TextField(
                            "siret", "SIRET", value: form["siret"], help: "Les données ouvertes le demandent.",
                            error: problems.message("siret"), isRequired: false, isShort: true, inputMode: "numeric"))
                    html.actions { $0.submit("Inscrire") }
                }
            }
        }
    }
}

/// One funder with its agents and its forms.
private struct FunderCard: View {
    var funder: Funder
    var people: [(Account.ID, String)]
    var mayName: Bool
    var form: Fields
    var problems: Problems
    var tokens: FormTokens

    func render(into html: inout HTML) {
        let key = funder.id.text
        html.section(.class("card")) { html in
            html.h2(funder.name)
            html.p { html in
                html.text(
                    funder.kind.label + (funder.siret.isEmpty ? ", SIRET à donner. " : ", SIRET \(funder.siret). "))
                html.a("Ses lignes", .href(Paths.funding(funder: funder.id)))
            }
            html.ul(.class("plain")) { html in
                for (account, name) in people {
                    html.li(.class("row row-between")) { html in
                        html.span(name)
                        if mayName {
                            html.writingButton(
                                "Retirer \(name)", to: Paths.funder(funder.id, "retrait"), tokens,
                                fields: [("compte", account.text)])
                        }
                    }
                }
            }
            html.details { html in
                html.summary("Corriger")
                html.writingForm(to: Paths.funder(funder.id, "fiche"), tokens) { html in
                    html.add(
                        Select(
                            "sorte-\(key)", "Sorte",
                            options: Funder.Kind.allCases.map { Option($0.rawValue, $0.label) },
                            value: funder.kind.rawValue, prompt: nil))
                    html.add(
                        TextField(
                            "siret-\(key)", "SIRET", value: form["siret-\(key)"] ?? funder.siret,
                            error: problems.message("siret-\(key)"), isRequired: false, isShort: true,
                            inputMode: "numeric"))
                    html.actions { $0.submit("Corriger", style: .plain) }
                }
            }
            if mayName {
                html.writingForm(to: Paths.funder(funder.id, "agents"), tokens) { html in
                    html.add(
                        TextField(
                            "courriel-\(key)", "Ajouter un agent, par son courriel", value: form["courriel-\(key)"],
                            error: problems.message("courriel-\(key)"), kind: .email))
                    html.actions { $0.submit("Ajouter", style: .plain) }
                }
            }
        }
    }
}
