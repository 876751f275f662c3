import Exchange
import Maillage

/// The third story: six places of Amiens apply together behind one of them. Each filled its part and committed itself; the lead
/// deposited. The totals are those that were published in 2020 (28 employees, 14,000 visits of which 2,000 from priority districts and
/// nearly 5,000 from the country around, 5,000 m² of which 750 at La Machinerie, 200 hours a week, 250 events); how they are shared
/// between the five others, and the budgets, are invented.
struct DemoConsortium {
    let writer: DemoWriter
    let call: Call
    let people: [String: Principal]
    /// Where documents go; nil leaves the parts without.
    var vault: FileVault?

    struct Part {
        let name: String
        /// The role they sign in with, or a name for somebody who never does.
        let role: String
        let staff, visits, priority, rural, surface, hours, events: Int
        let salaries, purchases: Int
    }

    static let lead = Part(
        name: "La Machinerie", role: "account", staff: 6, visits: 4_000, priority: 300, rural: 1_700, surface: 750,
        hours: 45, events: 60, salaries: 52_000, purchases: 14_000)

    static let others = [
        Part(
            name: "ALCO, centre social d’Amiens Nord", role: "manager", staff: 9, visits: 3_600, priority: 1_100,
            rural: 400, surface: 1_400, hours: 40, events: 50, salaries: 31_000, purchases: 6_000),
        Part(
            name: "La Briqueterie", role: "editor", staff: 4, visits: 1_900, priority: 150, rural: 900, surface: 1_100,
            hours: 30, events: 45, salaries: 24_000, purchases: 8_500),
        Part(
            name: "L’Île aux Fruits", role: "ile", staff: 4, visits: 1_800, priority: 100, rural: 1_100, surface: 850,
            hours: 30, events: 35, salaries: 22_000, purchases: 9_000),
        Part(
            name: "Le LAM, Lieu Artistique Mutualisé", role: "lam", staff: 2, visits: 1_200, priority: 100, rural: 600,
            surface: 500, hours: 25, events: 30, salaries: 15_000, purchases: 5_000),
        Part(
            name: "La Maison du Colonel", role: "colonel", staff: 3, visits: 1_500, priority: 250, rural: 300,
            surface: 400, hours: 30, events: 30, salaries: 18_000, purchases: 4_500),
    ]

    /// Those who fill a part without a sign-in of the demo.
    static let extras = [
        (role: "ile", name: "Robin Dufour", email: "ile-aux-fruits@demo.example"),
        (role: "lam", name: "Andrea Petit", email: "lam@demo.example"),
        (role: "colonel", name: "Claude Roussel", email: "maison-du-colonel@demo.example"),
    ]

    private var now: Instant { writer.desk.surroundings.now() }
    private func person(_ role: String) -> Principal { people[role] ?? .visitor }

    func build() async throws {
        let lead = person(Self.lead.role)
        let begun = writer.at(now - .days(10))
        let draft = try await begun.begin(
            call, by: lead, "Fabrique numérique du Grand Amiénois (démo)", structure: Self.lead.name,
            [
                DemoWriter.carrier(Self.lead.name),
                DemoWriter.idea(
                    "Fabrique numérique du Grand Amiénois", "Amiens", "80021",
                    "Six lieux qui se reconnaissent entre eux forment, équipent et accueillent, du quartier au village."
                ),
                (
                    "ensemble",
                    [.init("montant_demande", "120 000"), .init("pilotage", "Une réunion par mois des six lieux.")]
                ),
            ])
        let own = try await begun.desk.perform(TakePartAsLead(candidacy: draft.id, name: Self.lead.name), as: lead)
        try await fill(Self.lead, own.id, in: draft, writer.at(now - .days(8)))
        for (rank, part) in Self.others.enumerated() {
            try await join(part, draft, by: lead, writer.at(now - .days(9) + .hours(Int64(rank))))
        }
        let final = writer.at(now - .days(2))
        let id = draft.id
        let mine = try await final.desk.database.read { try CandidacyStore.own(lead, id, $0) }
        guard let mine else { throw Missing() }
        try await final.deposit(mine, by: lead)
    }

    private func join(_ part: Part, _ draft: Candidacy, by lead: Principal, _ when: DemoWriter) async throws {
        guard let email = people[part.role].flatMap({ _ in Self.address(part.role) }) else { throw Missing() }
        _ = try await when.desk.perform(
            InviteToCandidacy(
                candidacy: draft.id, email: email, role: .partner, partner: part.name, head: writer.office.head,
                shelf: writer.office.shelf), as: lead)
        try await when.accept(email, as: person(part.role))
        let partners = try await when.desk.database.read { try CandidacyPartnerStore.partners(of: draft.id, $0) }
        guard let partner = partners.first(where: { $0.name == part.name }) else { throw Missing() }
        try await fill(part, partner.id, in: draft, writer.at(when.desk.surroundings.now() + .days(3)))
    }

    private static func address(_ role: String) -> String? {
        extras.first { $0.role == role }?.email ?? DemoNetwork.signIns.first { $0.role == role }?.email
    }

    /// Fills the two sections of a part, then commits the partner.
    private func fill(_ part: Part, _ id: CandidacyPartner.ID, in draft: Candidacy, _ when: DemoWriter) async throws {
        let principal = person(part.role)
        let sections: [DemoWriter.Section] = [
            (
                "identite",
                [
                    .init("nom_lieu", part.name), .init("commune_lieu.commune", "Amiens"),
                    .init("commune_lieu.commune_code", "80021"), .init("role_commun", Self.role(of: part)),
                ]
            ),
            (
                "chiffres",
                [
                    .init("salaries", String(part.staff)), .init("visites", String(part.visits)),
                    .init("visites_qpv", String(part.priority)), .init("visites_rural", String(part.rural)),
                    .init("surface", String(part.surface)), .init("heures", String(part.hours)),
                    .init("evenements", String(part.events)),
                ]
            ),
            (
                "budget_part",
                [
                    .init("charges.salaires.montant", String(part.salaries)),
                    .init("charges.achats.montant", String(part.purchases)),
                ]
            ),
        ]
        for section in sections {
            let partner = try await when.desk.database.read { try CandidacyPartnerStore.partners(of: draft.id, $0) }
                .first { $0.id == id }
            _ = try await when.desk.perform(
                SavePart(
                    candidacy: draft.id, partner: id, version: partner?.version ?? 1, section: section.key,
                    fields: section.fields, shelf: writer.office.shelf), as: principal)
        }
        // Theirs alone: the others attach to candidacies of their own, at instants of their own.
        if let vault, Self.extras.contains(where: { $0.role == part.role }) {
            try await DemoDocuments(desk: when.desk, vault: vault, shelf: writer.office.shelf)
                .attach("Lettre d’engagement", to: "lettre_engagement", of: draft, part: id, as: principal)
        }
        try await when.desk.perform(
            CommitPartner(
                candidacy: draft.id, agrees: true, head: writer.office.head, shelf: writer.office.shelf), as: principal)
    }

    private static func role(of part: Part) -> String {
        part.name == lead.name
            ? "Chef de file\u{202F}: accueille, forme et tient les comptes communs."
            : "Ouvre ses ateliers aux publics des cinq autres, et anime une part du programme."
    }
}
