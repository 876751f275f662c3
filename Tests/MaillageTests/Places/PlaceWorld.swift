import Geography
import Storage
import Workbench

@testable import Maillage

/// A network with a little territory and a circle, on one engine, with a clock that stands still.
struct PlaceWorld: RefusingWorld {
    let database: Database
    let desk: Desk
    let clock: FixedClock
    let directory: Directory
    let circle: Circle
    let head = LetterHead(
        networkName: "Réseau d’essai", baseURL: "https://reseau.test", contactEmail: "aide@reseau.test")

    /// A Tuesday at 10:00 in Paris.
    static let start = Instant(seconds: 1_790_064_000)

    static func on(
        _ engine: TestEngine, seed: UInt64 = 1, _ body: (PlaceWorld) async throws -> Void
    ) async throws {
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: start, seed: seed)
            let directory = Directory(database: database, surroundings: surroundings)
            try await directory.load()
            let desk = Desk(database: database, surroundings: surroundings, listeners: [directory.refresh])
            try await desk.perform(UpdateTerritory(territory), as: .house)
            let circle = try await desk.perform(
                CreateCircle(code: "LEN", name: "Lensois", kind: .territorial), as: .house)
            try await body(
                PlaceWorld(database: database, desk: desk, clock: clock, directory: directory, circle: circle))
        }
    }

    static var territory: TerritoryBatch {
        var batch = TerritoryBatch()
        batch.edition = 2024
        batch.regions = [.init(code: "32", name: "Hauts-de-France")]
        batch.departements = [.init(code: "62", name: "Pas-de-Calais", region: "32")]
        batch.communes = [
            Commune(
                code: "62498", name: "Lens", departement: "62", region: "32", population: 32_700,
                centre: Point(latitude: 50.431, longitude: 2.832)),
            Commune(
                code: "62765", name: "Saint-Omer", departement: "62", region: "32", population: 14_900,
                centre: Point(latitude: 50.75, longitude: 2.261)),
        ]
        batch.formers = [.init(code: "62499", name: "Ancienne-Lens", successor: "62498", until: "2019-01-01")]
        batch.postalCodes = [.init("62300", "62498"), .init("62500", "62765")]
        return batch
    }

    /// A person with some roles; the account exists.
    func person(_ name: String, _ grants: Grant...) async throws -> Principal {
        let account = try await desk.perform(
            AddAccount(email: EmailAddress("\(name)@exemple.fr"), name: PersonName(name.capitalized)), as: .house)
        for grant in grants {
            _ = try await desk.perform(GrantRole(grant, to: account, head: head), as: .house)
        }
        return Principal(account: account, name: name.capitalized, grants: grants)
    }

    func coordinator() async throws -> Principal {
        try await person("coordination", Grant(.coordinator, on: .network))
    }

    func editor(of place: Place, _ name: String = "edition") async throws -> Principal {
        try await person(name, Grant(.placeEditor, on: Scope(.place, place.id.number)))
    }

    func manager(of place: Place, _ name: String = "responsable") async throws -> Principal {
        try await person(name, Grant(.placeManager, on: Scope(.place, place.id.number)))
    }

    func place(
        _ name: String = "La Fosse", _ values: [SheetField: SheetValue] = [:],
        seenBy visibility: Place.Visibility = .everyone, in circles: [Int64] = []
    ) async throws -> Place {
        var all: [SheetField: SheetValue] = [
            .name: .text(name),
            .sites: .rows([["commune_nom": "Lens", "code_postal": "62300", "adresse": "8 rue du Carreau"]]),
        ]
        all.merge(values) { _, given in given }
        return try await desk.perform(CreatePlace(values: all, visibility: visibility, circles: circles), as: .house)
    }

    func read(_ place: Place.ID, as principal: Principal = .house) async throws -> Place? {
        try await database.read { try PlaceStore.place(principal, place, $0) }
    }

    func changes(_ place: Place.ID) async throws -> [PlaceChange] {
        try await database.read { try PlaceHistory.changes(of: place, $0) }
    }

    func letters(to recipient: String) async throws -> [Letter] {
        let now = clock.now
        return try await database.read { reader in
            try Outbox.due(at: now, limit: 1_000, reader).map(\.letter).filter { $0.recipient == recipient }
        }
    }

    /// Everything a refused act could have left behind.
    func traces() async throws -> [Int] {
        try await database.read { reader in
            [
                try reader.count("SELECT COUNT(*) FROM place"), try reader.count("SELECT COUNT(*) FROM place_change"),
                try reader.count("SELECT COUNT(*) FROM place_proposal"),
                try reader.count("SELECT COUNT(*) FROM journal"),
                try reader.count("SELECT COUNT(*) FROM letter"),
                try reader.count("SELECT COALESCE(SUM(version), 0) FROM place"),
            ]
        }
    }
}
