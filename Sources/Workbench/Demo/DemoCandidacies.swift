import Exchange
import Maillage

/// Candidacies to the demo's open call, made by acts: a draft half written, one deposited with its receipt, one that lacks
/// answers, one withdrawn.
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

    func build() async throws {
        let calls = try await desk.database.read { try CallListing.published(.init(), $0) }
        guard let call = calls.first(where: { $0.title.hasPrefix("Coup de pouce") }) else { return }
        _ = try await begin(call, by: "account", "Le Fournil partagé (démo)", [("porteur", Self.carrier("Le Fournil"))])
        _ = try await begin(
            call, by: "editor", "L’Atelier des mots (démo)",
            [("porteur", Self.carrier("L’Atelier des mots")), ("projet", [.init("nom_projet", "L’Atelier des mots")])])
        _ = try await deposit(call, by: "manager", "La Menuiserie ouverte (démo)")
        if let withdrawn = try await deposit(call, by: "animator", "Le Jardin des essais (démo)") {
            _ = try await desk.perform(
                WithdrawCandidacy(
                    candidacy: withdrawn.id, reason: "Le projet est reporté d’un an.", head: office.head),
                as: person("animator"))
        }
    }

    private func person(_ role: String) -> Principal {
        Principal(account: accounts[role], name: "", grants: [])
    }

    private func begin(
        _ call: Call, by role: String, _ title: String, _ sections: [(String, [URLEncodedForm.Field])]
    ) async throws -> Candidacy {
        let principal = person(role)
        let begun = try await desk.perform(StartCandidacy(call: call.id, shelf: office.shelf), as: principal)
        var candidacy = try await desk.perform(
            DescribeCandidacy(
                candidacy: begun.id, version: begun.version, title: title, structure: "Association " + title, siret: ""),
            as: principal)
        for (section, fields) in sections {
            candidacy = try await desk.perform(
                SaveCandidacy(
                    candidacy: candidacy.id, version: candidacy.version, section: section, fields: fields,
                    shelf: office.shelf), as: principal
            ).candidacy
        }
        return candidacy
    }

    private func deposit(_ call: Call, by role: String, _ title: String) async throws -> Candidacy? {
        var candidacy = try await begin(
            call, by: role, title,
            [
                ("porteur", Self.carrier(title)),
                (
                    "projet",
                    [
                        .init("nom_projet", title), .init("commune.commune", "Lens"),
                        .init("commune.commune_code", "62498"),
                        .init("resume", "Ouvrir l’atelier trois jours par semaine, avec des outils en commun."),
                    ]
                ),
                (
                    "collectif",
                    [
                        .init("equipe", "Six personnes, depuis un an."), .init("publics", "Les habitants du quartier."),
                    ]
                ),
            ])
        if let documents {
            for (name, question) in [("Statuts", "statuts"), ("Lettre de la mairie", "lettres")] {
                candidacy = try await documents.attach(name, to: question, of: candidacy, as: person(role))
            }
        }
        guard let key = DepositKey(text: "demo." + candidacy.id.text + ".depot") else { return nil }
        return try await desk.perform(
            DepositCandidacy(
                candidacy: candidacy.id, version: candidacy.version, key: key, arrival: desk.surroundings.now(),
                office: office), as: person(role)
        ).isRepeated ? nil : candidacy
    }

    private static func carrier(_ name: String) -> [URLEncodedForm.Field] {
        [
            .init("structure", name), .init("contact.prenom", "Camille"), .init("contact.nom", "Martin"),
            .init("contact.courriel", "camille@demo.example"),
        ]
    }
}
