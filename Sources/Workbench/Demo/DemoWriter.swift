import Exchange
import Maillage

/// Writes candidacies of the demo by performing the acts that people would, at the date they would have.
struct DemoWriter {
    var desk: Desk
    let office: DepositOffice

    /// The same where it is another time.
    func at(_ instant: Instant) -> DemoWriter {
        var surroundings = desk.surroundings
        surroundings.now = { instant }
        var other = self
        other.desk = Desk(database: desk.database, surroundings: surroundings)
        return other
    }

    typealias Section = (key: String, fields: [URLEncodedForm.Field])

    /// A draft with some sections written.
    func begin(
        _ call: Call, by principal: Principal, _ title: String, structure: String, maturity: String = "",
        _ sections: [Section] = []
    ) async throws -> Candidacy {
        let begun = try await desk.perform(
            StartCandidacy(call: call.id, maturity: maturity, shelf: office.shelf), as: principal)
        let described = try await desk.perform(
            DescribeCandidacy(
                candidacy: begun.id, version: begun.version, title: title, structure: structure, siret: ""),
            as: principal)
        return try await write(described, by: principal, sections)
    }

    @discardableResult
    func write(_ candidacy: Candidacy, by principal: Principal, _ sections: [Section]) async throws -> Candidacy {
        var candidacy = candidacy
        for (section, fields) in sections {
            candidacy = try await desk.perform(
                SaveCandidacy(
                    candidacy: candidacy.id, version: candidacy.version, section: section, fields: fields,
                    shelf: office.shelf), as: principal
            ).candidacy
        }
        return candidacy
    }

    /// Deposits what is written; the version makes the key, as each page that checks has its own.
    @discardableResult
    func deposit(_ candidacy: Candidacy, by principal: Principal) async throws -> DepositOutcome {
        guard let key = DepositKey(text: "demo.\(candidacy.id.text).depot.\(candidacy.version)") else {
            throw Problems("cle_depot", "A key of the demo is not well formed.")
        }
        return try await desk.perform(
            DepositCandidacy(
                candidacy: candidacy.id, version: candidacy.version, key: key, arrival: desk.surroundings.now(),
                office: office), as: principal)
    }

    /// Accepts the last invitation that was sent to an address.
    func accept(_ address: String, as principal: Principal) async throws {
        let now = desk.surroundings.now()
        let letters = try await desk.database.read { try Outbox.due(at: now, limit: 10_000, $0) }
        let mine = letters.map(\.letter).filter { $0.recipient == address }
        let words = mine.last?.text.split { $0.isWhitespace || $0 == "/" } ?? []
        guard let secret = words.lazy.compactMap({ Secret(text: String($0)) }).first else { throw Missing() }
        _ = try await desk.perform(AcceptCandidacyInvitation(secret), as: principal)
    }

    // MARK: Answers that every form of the demo asks

    static func carrier(_ name: String) -> Section {
        (
            "porteur",
            [
                .init("structure", name), .init("contact.prenom", "Camille"), .init("contact.nom", "Martin"),
                .init("contact.courriel", "camille@demo.example"),
            ]
        )
    }

    static func idea(_ name: String, _ commune: String, _ code: String, _ summary: String) -> Section {
        (
            "projet",
            [
                .init("nom_projet", name), .init("commune.commune", commune), .init("commune.commune_code", code),
                .init("resume", summary),
            ]
        )
    }

    static let people: Section = (
        "collectif",
        [.init("equipe", "Six personnes, depuis un an."), .init("publics", "Les habitants du quartier.")]
    )

    static func place(_ street: String, _ postalCode: String, _ commune: String, _ code: String) -> Section {
        (
            "lieu",
            [
                .init("adresse.rue", street), .init("adresse.code_postal", postalCode),
                .init("adresse.commune", commune), .init("adresse.commune_code", code), .init("surface", "420"),
                .init("ouverture", "32"), .init("services", "Atelier partagé, café de réparation, bureau commun."),
            ]
        )
    }

    static func money(cost: String, asked: String) -> Section {
        ("budget", [.init("cout", cost), .init("montant_demande", asked)])
    }
}
