import Maillage
import Storage

/// What a visitor of the demo may follow from end to end, with the sign-in that shows it. Read from the network that was made.
public struct DemoStory: Sendable {
    public let title: String
    /// What one sees there, in French.
    public let words: String
    /// The sign-in to follow it with, and where it leads.
    public let email: String
    public let path: String
}

extension DemoNetwork {
    /// The stories of a demo network; those whose call or candidacy is missing are left out.
    public static func stories(_ database: Database) async throws -> [DemoStory] {
        let calls = try await database.read { try CallListing.published(.init(), $0) }
        func path(_ start: String) -> String? { calls.first { $0.title.hasPrefix(start) }.map { "/appels/\($0.slug)" } }
        func email(_ role: String) -> String { signIns.first { $0.role == role }?.email ?? "" }
        var stories: [DemoStory] = []
        if let lens = path("Tiers-lieux de Lens-Liévin") {
            stories.append(
                DemoStory(
                    title: "Un appel de 2020, du premier brouillon à la dernière minute",
                    words:
                        "Lens-Liévin, « avant le vendredi 16 octobre 2020 à minuit » : des dépôts remplacés, un à 23:59:41, un "
                        + "hors délai admis par écrit, un retiré, un incomplet, un reçu par courriel. Les récépissés se vérifient.",
                    email: email("coordinator"), path: lens + "/candidatures"))
        }
        if let lens = path("Tiers-lieux de Lens-Liévin") {
            stories.append(
                DemoStory(
                    title: "De la sélection aux courriers",
                    words:
                        "La meilleure sélection sous une enveloppe et un quota, ce que chaque contrainte coûte ; des décisions "
                        + "notifiées d’un coup, la liste d’attente qui avance, un recours entendu. Qui porte le dossier lit la décision.",
                    email: email("coordinator"), path: lens + "/selection"))
        }
        if let factories = path("Fabriques de territoire") {
            stories.append(
                DemoStory(
                    title: "Un appel permanent, par vagues",
                    words:
                        "La première vague est close et s’instruit, un dossier à compléter, l’autre en attente d’un avis ; la deuxième est "
                        + "ouverte, ses dossiers se comptent sans se lire.",
                    email: email("funder"), path: factories + "/candidatures"))
        }
        if try await database.read({ try FundingListing.years(.visitor, $0) }).isEmpty == false {
            stories.append(
                DemoStory(
                    title: "L’argent, de la décision au dernier centime",
                    words:
                        "Des aides dans chaque état, deux enveloppes, une convention dont une échéance est payée et une autre "
                        + "suspendue, six lieux d’Amiens qui se répartissent une aide, un bilan accepté, et les flux qui s’équilibrent.",
                    email: email("funder"), path: "/financements"))
        }
        let consortium = try await consortiumPath(database)
        if let consortium {
            stories.append(
                DemoStory(
                    title: "Six lieux d’Amiens candidatent ensemble",
                    words:
                        "Chaque lieu a rempli sa part et s’est engagé ; les totaux montrent le chiffre de chacun. La Machinerie "
                        + "porte le dossier et l’a déposé. Connectez-vous aussi comme responsable@demo.example pour remplir la part "
                        + "d’ALCO. Totaux publiés en 2020, répartition inventée.",
                    email: email("account"), path: consortium + "/parts"))
        }
        return stories
    }

    private static func consortiumPath(_ database: Database) async throws -> String? {
        guard let lead = signIns.first(where: { $0.role == DemoConsortium.lead.role }) else { return nil }
        let address = try EmailAddress(lead.email)
        return try await database.read { reader in
            guard let account = try AccountStore.account(email: address, reader) else { return nil }
            let own = try CandidacyStore.own(Principal(account: account.id, name: account.name, grants: []), reader)
            return own.first { $0.title.hasPrefix("Fabrique numérique du Grand Amiénois") }
                .map { LetterHead.candidacyPath($0.id) }
        }
    }
}
