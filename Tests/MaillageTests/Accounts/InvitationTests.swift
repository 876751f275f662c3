import Storage
import Testing
import Workbench

@testable import Maillage

@Suite struct InvitationTests {
    private func invite(_ world: AccountWorld, _ name: String, as principal: Principal, role: Role = .placeEditor)
        async throws
        -> Secret
    {
        _ = try await world.desk.perform(
            InviteEditor(world.email(name), as: role, of: .place(7), named: "L’Atelier", head: world.head),
            as: principal)
        return try world.secret(in: try await world.lastLetter(to: "\(name)@exemple.fr"))
    }

    // ACC-20
    @Test(arguments: TestEngine.available)
    func `an invited person gets the role once signed in with that address`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let manager = try await world.principal(world.person("resp", .placeManager, on: .place(7)))
            let secret = try await invite(world, "lea", as: manager)
            let letter = try await world.lastLetter(to: "lea@exemple.fr")
            #expect(letter.isSecret)
            #expect(letter.text.contains("Personne resp vous invite"))
            #expect(letter.text.contains("L’Atelier"))
            let lea = try await world.person("lea")
            let asLea = try await world.principal(lea)
            let accepted = try await world.desk.perform(AcceptInvitation(secret), as: asLea)
            #expect(accepted.placeName == "L’Atelier")
            #expect(try await world.principal(lea).grants == [Grant(.placeEditor, on: .place(7))])
            await #expect(throws: Missing.self) {
                _ = try await world.desk.perform(AcceptInvitation(secret), as: asLea)
            }
        }
    }

    // ACC-20, ACC-22
    @Test(arguments: TestEngine.available)
    func `another account may not take it and does not learn whom it was for`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let manager = try await world.principal(world.person("resp", .placeManager, on: .place(7)))
            let secret = try await invite(world, "lea", as: manager)
            let paul = try await world.person("paul")
            let asPaul = try await world.principal(paul)
            do {
                _ = try await world.desk.perform(AcceptInvitation(secret), as: asPaul)
                Issue.record("the invitation was taken by somebody else")
            } catch let denied as Denied {
                #expect(!denied.reason.contains("lea"))
                #expect(!denied.reason.contains("Atelier"))
            }
            await #expect(throws: Denied.self) {
                _ = try await world.desk.perform(AcceptInvitation(secret), as: .visitor)
            }
            #expect(try await world.principal(paul).grants.isEmpty)
        }
    }

    // ACC-20, ACC-22
    @Test(arguments: TestEngine.available)
    func `the answer is the same whether the invited address has an account or not`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let manager = try await world.principal(world.person("resp", .placeManager, on: .place(7)))
            _ = try await world.person("connue")
            var subjects: [String] = []
            for name in ["connue", "inconnue"] {
                _ = try await invite(world, name, as: manager)
                subjects.append(try await world.lastLetter(to: "\(name)@exemple.fr").subject)
            }
            #expect(subjects[0] == subjects[1])
        }
    }

    // ACC-20
    @Test(arguments: TestEngine.available)
    func `an invitation dies when taken back, replaced, too old, or when its author lost the right`(engine: TestEngine)
        async throws
    {
        try await AccountWorld.on(engine) { world in
            let resp = try await world.person("resp")
            let role = try await world.grant(.placeManager, on: .place(7), to: resp)
            let manager = try await world.principal(resp)
            let asLea = try await world.principal(try await world.person("lea"))
            func dead(_ secret: Secret) async {
                await #expect(throws: Missing.self) {
                    _ = try await world.desk.perform(AcceptInvitation(secret), as: asLea)
                }
            }
            let first = try await invite(world, "lea", as: manager)
            let second = try await invite(world, "lea", as: manager)
            await dead(first)

            let now = world.now
            let open = try await world.database.read { try InvitationStore.open(second, at: now, $0) }
            let id = try #require(open?.id)
            let stranger = try await world.principal(world.person("autre", .placeManager, on: .place(8)))
            await #expect(throws: Missing.self) { try await world.desk.perform(RevokeInvitation(id), as: stranger) }
            try await world.desk.perform(RevokeInvitation(id), as: manager)
            await dead(second)

            let third = try await invite(world, "lea", as: manager)
            world.clock.advance(by: .days(14))
            await dead(third)

            let fourth = try await invite(world, "lea", as: manager)
            try await world.desk.perform(RevokeRole(role, head: world.head), as: .house)
            await dead(fourth)
            #expect(
                try await world.count(
                    "SELECT COUNT(*) FROM role_grant WHERE revoked_at IS NULL AND role = 'editeur_lieu'") == 0)
        }
    }

    // ACC-20
    @Test(arguments: TestEngine.available)
    func `only those who answer for the place, and coordination, invite to it`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let refused: [Principal] = [
                .visitor, try await world.principal(world.person("rien")),
                try await world.principal(world.person("edit", .placeEditor, on: .place(7))),
                try await world.principal(world.person("autre", .placeManager, on: .place(8))),
                try await world.principal(world.person("fin", .funder, on: .network)),
            ]
            for principal in refused {
                await #expect(throws: Denied.self) { _ = try await invite(world, "lea", as: principal) }
            }
            #expect(try await world.letters(to: "lea@exemple.fr").isEmpty)
            let coordinator = try await world.principal(world.person("co", .coordinator, on: .network))
            _ = try await invite(world, "lea", as: coordinator, role: .placeManager)
            await #expect(throws: Problems.self) {
                _ = try await invite(world, "lea", as: coordinator, role: .coordinator)
            }
            await #expect(throws: Problems("email", "Cette personne a déjà ce rôle sur ce lieu.")) {
                _ = try await invite(world, "edit", as: coordinator)
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func `the team of a place is shown to who answers for it only`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let manager = try await world.principal(world.person("resp", .placeManager, on: .place(7)))
            let editor = try await world.principal(world.person("edit", .placeEditor, on: .place(7)))
            _ = try await invite(world, "lea", as: manager)
            let now = world.now
            let team = try await world.database.read { try PlaceTeam.of(.place(7), as: manager, at: now, $0) }
            #expect(team.members.map(\.account.name) == ["Personne edit", "Personne resp"])
            #expect(team.invitations.map(\.email.text) == ["lea@exemple.fr"])
            await #expect(throws: Denied.self) {
                try await world.database.read { _ = try PlaceTeam.of(.place(7), as: editor, at: now, $0) }
            }
        }
    }
}
