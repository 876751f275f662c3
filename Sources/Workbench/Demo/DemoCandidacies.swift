import Exchange
import Maillage

/// Candidacies to the demo's calls, made by acts: three calls walked from end to end, and some answers to the one that anybody may
/// answer today.
struct DemoCandidacies {
    let desk: Desk
    let office: DepositOffice
    /// By the role they sign in with.
    let accounts: [String: Account.ID]
    /// Where documents go; nil leaves the candidacies without.
    var vault: FileVault?

    private var documents: DemoDocuments? {
        vault.map { DemoDocuments(desk: desk, vault: $0, shelf: office.shelf) }
    }

    private var writer: DemoWriter { DemoWriter(desk: desk, office: office) }

    func build() async throws {
        let calls = try await desk.database.read { try CallListing.published(.init(), $0) }
        func call(_ start: String) -> Call? { calls.first { $0.title.hasPrefix(start) } }
        var people: [String: Principal] = [:]
        for role in accounts.keys { people[role] = person(role) }
        for extra in DemoConsortium.extras {
            let account = try await desk.perform(
                AddAccount(email: EmailAddress(extra.email), name: PersonName(extra.name)), as: .house)
            people[extra.role] = Principal(account: account, name: extra.name, grants: [])
        }
        let coordinator = Principal(
            account: accounts["coordinator"], name: "Maxence Leroy", grants: [Grant(.coordinator, on: .network)])
        let funder = Principal(
            account: accounts["funder"], name: "Alix Carpentier", grants: [Grant(.funder, on: .network)])
        if let lens = call("Tiers-lieux de Lens-Liévin") {
            try await DemoLens(writer: writer, call: lens, people: people, coordinator: coordinator).build()
        }
        if let factories = call("Fabriques de territoire") {
            try await DemoFactories(writer: writer, call: factories, people: people, funder: funder).build()
        }
        if let consortium = call("Fabrique numérique à plusieurs") {
            try await DemoConsortium(writer: writer, call: consortium, people: people, vault: vault).build()
        }
        if let open = call("Coup de pouce") { try await helpingHand(open) }
        try await DemoInstruction(
            writer: writer, people: people, coordinator: coordinator, funder: funder,
            adviser: (
                "technique@demo.example",
                Principal(
                    account: accounts["operator"], name: "Eden Marchand", grants: [Grant(.operator, on: .network)])
            )
        ).build(lens: call("Tiers-lieux de Lens-Liévin"), factories: call("Fabriques de territoire"))
        if let lens = call("Tiers-lieux de Lens-Liévin") {
            try await DemoJury(writer: writer, call: lens, coordinator: coordinator, chair: funder).build()
        }
        if let factories = call("Fabriques de territoire") {
            try await DemoJuryReading(
                writer: writer, call: factories, keeper: funder, chair: coordinator,
                juror: people["operator"] ?? .visitor
            ).build()
        }
        if let lens = call("Tiers-lieux de Lens-Liévin") {
            try await DemoDecisions(
                writer: writer, call: lens, people: people, coordinator: coordinator, funder: funder
            ).build()
        }
    }

    /// The call that is open to all: drafts, a deposit, a withdrawal.
    private func helpingHand(_ call: Call) async throws {
        _ = try await begin(call, by: "account", "Le Fournil partagé (démo)", [DemoWriter.carrier("Le Fournil")])
        _ = try await begin(
            call, by: "editor", "L’Atelier des mots (démo)",
            [DemoWriter.carrier("L’Atelier des mots"), ("projet", [.init("nom_projet", "L’Atelier des mots")])])
        _ = try await deposit(call, by: "manager", "La Menuiserie ouverte (démo)")
        let withdrawn = try await deposit(call, by: "animator", "Le Jardin des essais (démo)")
        _ = try await desk.perform(
            WithdrawCandidacy(
                candidacy: withdrawn.id, reason: "Le projet est reporté d’un an.", head: office.head),
            as: person("animator"))
    }

    private func person(_ role: String) -> Principal {
        let names = [
            "account": "Lou Demaret", "editor": "Sacha Vasseur", "manager": "Noa Lefebvre",
            "animator": "Charlie Dubois",
        ]
        return Principal(account: accounts[role], name: names[role] ?? "", grants: [])
    }

    private func begin(
        _ call: Call, by role: String, _ title: String, _ sections: [DemoWriter.Section]
    ) async throws -> Candidacy {
        try await writer.begin(call, by: person(role), title, structure: "Association " + title, sections)
    }

    private func deposit(_ call: Call, by role: String, _ title: String) async throws -> Candidacy {
        var candidacy = try await begin(
            call, by: role, title,
            [
                DemoWriter.carrier(title),
                DemoWriter.idea(
                    title, "Lens", "62498", "Ouvrir l’atelier trois jours par semaine, avec des outils en commun."),
                DemoWriter.people,
            ])
        if let documents {
            for (name, question) in [("Statuts", "statuts"), ("Lettre de la mairie", "lettres")] {
                candidacy = try await documents.attach(name, to: question, of: candidacy, as: person(role))
            }
        }
        try await writer.deposit(candidacy, by: person(role))
        return candidacy
    }
}
