import Exchange
import Maillage
import Storage

/// The demo network: built by performing acts, as a network would be, over a few months.
public struct DemoNetwork: Sendable {
    /// A sign-in of the demo, for each role.
    public struct SignIn: Sendable {
        public let role: String
        public let label: String
        public let email: String
        public let password: String
    }

    public static let password = "tisser-des-liens-2026"

    public static let signIns: [SignIn] = [
        SignIn(role: "account", label: "Compte personnel", email: "compte@demo.example", password: password),
        SignIn(role: "editor", label: "Édition d’un lieu", email: "edition@demo.example", password: password),
        SignIn(role: "manager", label: "Responsable d’un lieu", email: "responsable@demo.example", password: password),
        SignIn(
            role: "animator", label: "Animation du cercle Lensois", email: "animation@demo.example", password: password),
        SignIn(role: "funder", label: "Agent financeur", email: "financeur@demo.example", password: password),
        SignIn(
            role: "coordinator", label: "Coordination du réseau", email: "coordination@demo.example", password: password
        ),
        SignIn(
            role: "operator", label: "Administration technique", email: "technique@demo.example", password: password),
    ]

    /// Since when the demo's receipts are signed: before its first deposits, which are of the autumn of 2020. 1 July 2020.
    public static let keysSince = Instant(seconds: 1_593_554_400)

    let desk: Desk
    let passwords: Passwords
    let head: LetterHead
    let photos: PhotoWorkshop?
    let receiptKeys: ReceiptKeys?

    /// With keys that sign receipts, some people answer the open call. With a workshop that is open, some places get photos, drawn
    /// for the occasion.
    public init(
        desk: Desk, passwords: Passwords, head: LetterHead, photos: PhotoWorkshop? = nil,
        receiptKeys: ReceiptKeys? = nil
    ) {
        self.desk = desk
        self.passwords = passwords
        self.head = head
        self.photos = photos
        self.receiptKeys = receiptKeys
    }

    /// Builds the whole network. The database must be empty.
    public func build() async throws {
        try await desk.perform(UpdateTerritory(DemoTerritory.batch()), as: .house)
        var circles: [String: Circle.ID] = [:]
        for act in DemoCircles.all {
            circles[act.code] = try await desk.perform(act, as: .house).id
        }
        var places: [String: Place.ID] = [:]
        for demo in DemoPlace.amiens + DemoPlace.west + DemoPlace.north + DemoPlace.south {
            let place = try await desk.perform(
                CreatePlace(
                    values: demo.values(), visibility: demo.visibility,
                    circles: demo.circles.compactMap { circles[$0]?.number }), as: .house)
            places[demo.name] = place.id
        }
        let accounts = try await addAccounts(circles, places)
        try await tellStories(places, accounts)
        if let photos, photos.isOpen { try await hangPhotos(places, photos) }
        if let coordinator = accounts["coordinator"], let funder = accounts["funder"] {
            try await DemoCalls(
                desk: desk, head: head,
                coordinator: Principal(
                    account: coordinator, name: "Maxence Leroy", grants: [Grant(.coordinator, on: .network)]),
                funder: Principal(account: funder, name: "Alix Carpentier", grants: [Grant(.funder, on: .network)])
            ).build()
        }
        try await fillSafe(places, accounts)
        if let receiptKeys {
            try await DemoCandidacies(
                desk: desk, office: DepositOffice(head: head, keys: receiptKeys, shelf: CandidacyFormShelf()),
                accounts: accounts, vault: photos?.vault
            ).build()
        }
        try await DemoFunding(desk: desk, head: head, accounts: accounts, places: places).build()
    }

    /// The safe of a place, filled by who answers for it.
    private func fillSafe(_ places: [String: Place.ID], _ accounts: [String: Account.ID]) async throws {
        guard let vault = photos?.vault, let manager = accounts["manager"],
            let place = places["La Fosse commune numérique (démo)"]
        else { return }
        try await DemoDocuments(desk: desk, vault: vault, shelf: CandidacyFormShelf()).fill(
            place,
            as: Principal(
                account: manager, name: "Noa Lefebvre", grants: [Grant(.placeManager, on: Scope(.place, place.number))])
        )
    }

    private func addAccounts(
        _ circles: [String: Circle.ID], _ places: [String: Place.ID]
    ) async throws -> [String: Account.ID] {
        let names = [
            "account": "Lou Demaret", "editor": "Sacha Vasseur", "manager": "Noa Lefebvre",
            "animator": "Charlie Dubois",
            "funder": "Alix Carpentier", "coordinator": "Maxence Leroy", "operator": "Eden Marchand",
        ]
        var accounts: [String: Account.ID] = [:]
        for signIn in Self.signIns {
            let email = try EmailAddress(signIn.email)
            let name = names[signIn.role] ?? signIn.label
            let password = try await passwords.prepare(signIn.password, name: name, email: email)
            accounts[signIn.role] = try await desk.perform(
                AddAccount(email: email, name: try PersonName(name), password: password), as: .house)
        }
        var grants: [(String, Grant)] = [
            ("coordinator", Grant(.coordinator, on: .network)), ("operator", Grant(.operator, on: .network)),
            ("funder", Grant(.funder, on: .network)),
        ]
        if let circle = circles["LEN"] {
            grants.append(("animator", Grant(.circleAnimator, on: Scope(.circle, circle.number))))
        }
        if let place = places["La Fosse commune numérique (démo)"] {
            grants.append(("editor", Grant(.placeEditor, on: Scope(.place, place.number))))
            grants.append(("manager", Grant(.placeManager, on: Scope(.place, place.number))))
        }
        if let place = places["Projet X (démo)"] {
            grants.append(("manager", Grant(.placeManager, on: Scope(.place, place.number))))
        }
        for (role, grant) in grants {
            guard let account = accounts[role] else { continue }
            _ = try await desk.perform(
                GrantRole(grant, to: account, reason: "Rôle de la démonstration.", head: head), as: .house)
        }
        return accounts
    }

    /// A few changes, proposals and a merge, so that histories and queues have something to show.
    private func tellStories(_ places: [String: Place.ID], _ accounts: [String: Account.ID]) async throws {
        if let fosse = places["La Fosse commune numérique (démo)"], let editor = accounts["editor"] {
            let principal = Principal(
                account: editor, name: "Sacha Vasseur", grants: [Grant(.placeEditor, on: Scope(.place, fosse.number))])
            _ = try await desk.perform(
                EditPlace(
                    place: fosse, version: 1,
                    values: [.phone: .text("03 21 00 00 01"), .website: .text("https://fosse-numerique.example.org")],
                    comment: "Nouveau numéro depuis le déménagement."), as: principal)
        }
        if let account = accounts["account"] {
            let porteuse = Principal(account: account, name: "Lou Demaret", grants: [])
            let idea = DemoPlace(
                "L’Écluse à Projets (démo)", "Péronne",
                "Une maison éclusière à rouvrir : atelier bateau, café et télétravail.",
                ["cafe-associatif", "coworking"], ["coworking", "restauration"], maturity: .emergence)
            _ = try await desk.perform(CreatePlace(values: idea.values()), as: porteuse)
        }
        if let place = places["Atelier Zéro Panne (démo)"] {
            try await propose(
                .correction, place, [.hours: .text("Sa 14:00-19:00")], "Ils restent jusqu’à 19 h depuis la rentrée.")
        }
        if let place = places["La Cabine (démo)"] {
            try await propose(.closing, place, [:], "Rideau baissé depuis un mois.")
        }
        let double = try await desk.perform(
            CreatePlace(
                values: DemoPlace("Le Grand Tri (démo)", "Liévin", "Saisi deux fois par erreur.", ["reemploi"], [])
                    .values()),
            as: .house)
        if let kept = places["Le Grand Triage (démo)"] {
            try await desk.perform(MergePlaces(kept: kept, merged: double.id), as: .house)
        }
    }

    /// A visitor's proposal, confirmed by the link of the letter they were sent.
    private func propose(
        _ kind: PlaceProposal.Kind, _ place: Place.ID, _ values: [SheetField: SheetValue?], _ comment: String
    ) async throws {
        _ = try await desk.perform(
            ProposeCorrection(
                place: place, kind: kind, values: values, comment: comment, email: "voisine@demo.example", head: head),
            as: .visitor)
        let now = desk.surroundings.now()
        let letters = try await desk.database.read { try Outbox.due(at: now, limit: 100, $0) }
        for waiting in letters {
            let words = waiting.letter.text.split(whereSeparator: \.isWhitespace)
            guard let link = words.first(where: { $0.contains("/propositions/") }),
                let secret = Secret(text: String(link.split(separator: "/").last ?? ""))
            else { continue }
            do {
                _ = try await desk.perform(ConfirmProposal(secret: secret), as: .visitor)
            } catch is Missing {
                // Confirmed already: its link is spent.
            }
        }
    }
}
