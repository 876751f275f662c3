import Storage
import Testing
import Workbench

@testable import Maillage

@Suite struct RoleTests {
    private let reason = "Élue par l’assemblée de juin"

    // ACC-16: the whole table, by the pure predicate.
    @Test func `who may give which role`() {
        let people: [(String, Principal)] = [
            ("visitor", .visitor), ("plain", holder(nil)),
            ("editor", holder(Grant(.placeEditor, on: .place(7)))),
            ("manager", holder(Grant(.placeManager, on: .place(7)))),
            ("other manager", holder(Grant(.placeManager, on: .place(8)))),
            ("animator", holder(Grant(.circleAnimator, on: Scope(.circle, 3)))),
            ("funder", holder(Grant(.funder, on: .network))),
            ("coordinator", holder(Grant(.coordinator, on: .network))),
            ("operator", holder(Grant(.operator, on: .network))), ("house", .house),
        ]
        let entitled: [Role: Set<String>] = [
            .placeEditor: ["manager", "coordinator", "house"], .placeManager: ["manager", "coordinator", "house"],
            .circleAnimator: ["coordinator", "house"], .funder: ["coordinator", "house"],
            .coordinator: ["coordinator", "operator", "house"], .operator: ["operator", "house"],
        ]
        for role in Role.allCases {
            let scope =
                role.scopeKind == .place ? Scope.place(7) : role.scopeKind == .circle ? Scope(.circle, 3) : .network
            let may = people.filter { AccountRights.mayAppoint($0.1, role, on: scope) }.map(\.0)
            #expect(Set(may) == entitled[role], "\(role)")
        }
    }

    private func holder(_ grant: Grant?) -> Principal {
        Principal(account: Account.ID(1), name: "Essai", grants: grant.map { [$0] } ?? [])
    }

    @Test func `a role is only held on its own kind of thing`() {
        for role in Role.allCases {
            for kind in Scope.Kind.allCases where kind != role.scopeKind {
                #expect(!AccountRights.mayAppoint(.house, role, on: Scope(kind, kind == .network ? 0 : 5)))
            }
        }
        #expect(!AccountRights.mayAppoint(.house, .placeEditor, on: .place(0)))
        #expect(!AccountRights.mayAppoint(.house, .funder, on: Scope(.network, 4)))
    }

    // ACC-16
    @Test(arguments: TestEngine.available)
    func `nobody gives themselves a right`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let boss = try await world.person("chef", .operator, on: .network)
            let asBoss = try await world.principal(boss)
            await #expect(throws: Denied("Vous ne pouvez pas confier ce rôle.")) {
                _ = try await world.desk.perform(
                    GrantRole(Grant(.coordinator, on: .network), to: boss, reason: reason, head: world.head), as: asBoss
                )
            }
            #expect(try await world.principal(boss).grants == [Grant(.operator, on: .network)])
        }
    }

    // ACC-17
    @Test(arguments: TestEngine.available)
    func `wide roles demand a written reason`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let boss = try await world.principal(world.person("chef", .operator, on: .network))
            for short in ["", "  oui      "] {
                await #expect(throws: Problems.self) {
                    _ = try await world.desk.perform(
                        ProposeRole(
                            .coordinator, to: lea, until: world.now + .days(30), reason: short, head: world.head),
                        as: boss)
                }
            }
            let asked = try await world.desk.perform(
                ProposeRole(.coordinator, to: lea, until: world.now + .days(30), reason: reason, head: world.head),
                as: boss)
            let second = try await world.principal(world.person("second", .operator, on: .network))
            _ = try await world.desk.perform(ConfirmAccountOrder(asked, head: world.head), as: second)
            let asLea = try await world.principal(lea)
            #expect(asLea.isCoordinator)
            #expect(try await world.lastLetter(to: "lea@exemple.fr").text.contains("Coordination du réseau"))
            let line = try await world.database.read { try Journal.latest(1, $0) }
            #expect(line.first?.details.contains("role=coordination\nscope=reseau 0") == true)
            #expect(line.first?.details.contains("assemblée") == false)
        }
    }

    // ACC-16
    @Test(arguments: TestEngine.available)
    func `a role ends at its date, and can be given again`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            _ = try await world.grant(.funder, on: .network, to: lea, until: world.now + .days(30))
            let opened = try await world.session(lea)
            #expect(try await world.presence(opened.secret)?.principal.grants == [Grant(.funder, on: .network)])
            await #expect(throws: Problems("role", "Cette personne a déjà ce rôle.")) {
                _ = try await world.grant(.funder, on: .network, to: lea)
            }
            await #expect(throws: Problems("until", "La date de fin est déjà passée.")) {
                _ = try await world.grant(.placeEditor, on: .place(7), to: lea, until: world.now)
            }
            world.clock.advance(by: .days(30))
            #expect(try await world.principal(lea).grants.isEmpty)
            _ = try await world.grant(.funder, on: .network, to: lea)
            #expect(try await world.principal(lea).grants == [Grant(.funder, on: .network)])
        }
    }

    // ACC-18
    @Test(arguments: TestEngine.available)
    func `a revoked role is gone at the very next request`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let id = try await world.grant(.placeEditor, on: .place(7), to: lea)
            let opened = try await world.session(lea)
            let manager = try await world.principal(world.person("resp", .placeManager, on: .place(7)))
            try await world.desk.perform(RevokeRole(id, head: world.head), as: manager)
            #expect(try await world.presence(opened.secret)?.principal.grants.isEmpty == true)
            await #expect(throws: Problems("", "Ce rôle a déjà pris fin.")) {
                try await world.desk.perform(RevokeRole(id, head: world.head), as: manager)
            }
        }
    }

    // ACC-18, ACC-22: what one may not end looks like what does not exist.
    @Test(arguments: TestEngine.available)
    func `who may not end a role learns nothing of it`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let id = try await world.grant(.placeEditor, on: .place(7), to: lea)
            let strangers: [Principal] = [
                .visitor, try await world.principal(world.person("paul")),
                try await world.principal(world.person("autre", .placeManager, on: .place(8))),
                try await world.principal(world.person("chef", .operator, on: .network)),
            ]
            let before = try await world.count("SELECT COUNT(*) FROM journal")
            for stranger in strangers {
                for asked in [id, RoleGrant.ID(99)] {
                    await #expect(throws: Missing.self) {
                        try await world.desk.perform(RevokeRole(asked, head: world.head), as: stranger)
                    }
                }
            }
            #expect(try await world.count("SELECT COUNT(*) FROM journal") == before)
            #expect(try await world.principal(lea).grants.count == 1)
        }
    }

    // ACC-18
    @Test(arguments: TestEngine.available)
    func `anybody may give up their own role, but the last operator stays`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let boss = try await world.person("chef")
            let id = try await world.grant(.operator, on: .network, to: boss)
            let asBoss = try await world.principal(boss)
            await #expect(throws: Problems.self) {
                try await world.desk.perform(RevokeRole(id, head: world.head), as: asBoss)
            }
            _ = try await world.person("second", .operator, on: .network)
            try await world.desk.perform(RevokeRole(id, head: world.head), as: asBoss)
            #expect(try await !world.principal(boss).isOperator)
        }
    }

    @Test(arguments: TestEngine.available)
    func `the directory is for those who appoint, in the same number of statements for one and for many`(
        engine: TestEngine
    ) async throws {
        try await AccountWorld.on(engine) { world in
            let boss = try await world.principal(world.person("chef", .coordinator, on: .network))
            let lea = try await world.person("lea", .placeEditor, on: .place(7))
            _ = try await world.person("l_a")
            let now = world.now
            for refused in [Principal.visitor, try await world.principal(lea)] {
                await #expect(throws: Denied.self) {
                    try await world.database.read { _ = try AccountDirectory.list(as: refused, at: now, $0) }
                }
            }
            let all = try await world.database.read { try AccountDirectory.list(as: boss, at: now, $0) }
            #expect(all.total == 3)
            let found = try await world.database.read {
                try AccountDirectory.list(as: boss, search: "LEA", at: now, $0)
            }
            #expect(found.entries.map(\.account.id) == [lea])
            #expect(found.entries.first?.grants.map(\.grant) == [Grant(.placeEditor, on: .place(7))])
            // A sign of the search language is only itself.
            for sign in ["_", "%", "\\", "l_a"] {
                let list = try await world.database.read {
                    try AccountDirectory.list(as: boss, search: sign, at: now, $0)
                }
                #expect(list.total == (sign.contains("_") ? 1 : 0), "\(sign)")
            }
        }
    }
}
