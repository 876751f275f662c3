import Storage
import Testing
import Workbench

@testable import Maillage

/// ACC-15, ACC-21, ACC-24
@Suite struct CloseAccountTests {
    @Test(arguments: TestEngine.available)
    func `a closed account keeps no name, address, session, role nor queued mail, and histories still hold`(
        engine: TestEngine
    ) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea", .placeEditor, on: .place(7))
            let asked = try await world.askForLink("lea")
            let here = try await world.session(lea)
            let asLea = try await world.principal(lea)
            try await world.desk.perform(RenameAccount(PersonName("Léa Canari")), as: asLea)
            await #expect(throws: Problems("confirmed", "Cochez la case pour confirmer la fermeture.")) {
                try await close(world, here, asLea, confirmed: false)
            }
            try await close(world, here, asLea)
            #expect(try await world.presence(here.secret) == nil)
            #expect(try await world.principal(lea) == .visitor)
            #expect(try await world.database.read { try AccountStore.names([lea], $0) } == [lea: "Ancien membre"])
            #expect(try await world.letters(to: "lea@exemple.fr").map(\.subject) == ["Votre compte est fermé"])
            #expect(
                try await world.count("SELECT COUNT(*) FROM account WHERE email IS NOT NULL OR name LIKE '%Canari%'")
                    == 0)
            #expect(try await world.count("SELECT COUNT(*) FROM sign_in_link") == 0)
            #expect(try await world.database.read { try Journal.verify($0) } > 3)
            await #expect(throws: Problems.self) {
                _ = try await world.desk.perform(
                    ConsumeSignInLink(secret: asked.link, browser: asked.browser, name: "X", device: ""), as: .visitor)
            }
            // The address is free again, for a new account.
            #expect(try await world.person("lea") != lea)
        }
    }

    @Test(arguments: TestEngine.available)
    func `the only one who answers for a place is warned, and coordination is told`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.person("co", .coordinator, on: .network)
            let lea = try await world.person("lea", .placeManager, on: .place(7))
            _ = try await world.grant(.placeManager, on: .place(8), to: lea)
            _ = try await world.person("paul", .placeManager, on: .place(8))
            let here = try await world.session(lea)
            let asLea = try await world.principal(lea)
            let now = world.now
            #expect(try await world.database.read { try AccountDuties.soleManagedPlaces(lea, at: now, $0) } == [7])
            do {
                try await close(world, here, asLea)
                Issue.record("closed without a warning")
            } catch let problems as Problems {
                #expect(problems.list.map(\.field) == ["leaves_places"])
            }
            try await close(world, here, asLea, alone: true)
            #expect(try await world.lastLetter(to: "co@exemple.fr").subject == "Un lieu n’a plus de responsable")
        }
    }

    @Test(arguments: TestEngine.available)
    func `the last operator may not leave`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let boss = try await world.person("chef", .operator, on: .network)
            let here = try await world.session(boss)
            let asBoss = try await world.principal(boss)
            await #expect(throws: Problems.self) { try await close(world, here, asBoss) }
            _ = try await world.person("second", .operator, on: .network)
            try await close(world, here, asBoss)
        }
    }

    @Test(arguments: TestEngine.available)
    func `a person exports all that is theirs and nothing of others`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea", .placeEditor, on: .place(7))
            let paul = try await world.person("paul", .placeManager, on: .place(7))
            let here = try await world.session(lea, device: "Appareil de Léa")
            _ = try await world.session(paul, device: "Appareil de Paul")
            let asLea = try await world.principal(lea)
            try await world.desk.perform(
                RequestEmailChange(to: world.email("neuve"), session: here.session, head: world.head), as: asLea)
            _ = try await world.desk.perform(
                InviteEditor(
                    world.email("lea"), as: .placeManager, of: .place(7), named: "L’Atelier", head: world.head),
                as: try await world.principal(paul))
            let now = world.now
            let json = try await world.database.read {
                String(decoding: try PersonalData.of(asLea, at: now, $0).json, as: UTF8.self)
            }
            let own = [
                "lea@exemple.fr", "neuve@exemple.fr", "Personne lea", "Appareil de Léa", "editeur_lieu", "L’Atelier",
                "RequestEmailChange",
            ]
            for canary in own { #expect(json.contains(canary), "\(canary)") }
            for canary in ["paul@", "Personne paul", "Appareil de Paul", "InviteEditor", "argon2"] {
                #expect(!json.contains(canary), "\(canary)")
            }
            await #expect(throws: Denied.self) {
                try await world.database.read { _ = try PersonalData.of(.visitor, at: now, $0) }
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func `what no longer serves is erased, by the program only`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            _ = try await world.askForLink("lea")
            _ = try await world.session(lea)
            await #expect(throws: Missing.self) {
                try await world.desk.perform(SweepAccountTraces(), as: try await world.principal(lea))
            }
            world.clock.advance(by: .days(2))
            _ = try await world.session(lea)
            try await world.desk.perform(SweepAccountTraces(), as: .house)
            #expect(try await world.count("SELECT COUNT(*) FROM sign_in_link") == 0)
            #expect(try await world.count("SELECT COUNT(*) FROM throttle") == 0)
            #expect(try await world.count("SELECT COUNT(*) FROM session") == 1)
        }
    }

    private func close(
        _ world: AccountWorld, _ here: OpenedSession, _ principal: Principal, confirmed: Bool = true,
        alone: Bool = false
    ) async throws {
        try await world.desk.perform(
            CloseAccount(
                session: here.session, isConfirmed: confirmed, leavesPlacesAlone: alone, head: world.head,
                traces: PersonalTraces()),
            as: principal)
    }
}
