import Storage
import Testing
import Workbench

@testable import Maillage

@Suite struct AppointmentTests {
    private let reason = "Élue par l’assemblée de juin"

    private func propose(
        _ world: AccountWorld, _ role: Role, to account: Account.ID, as principal: Principal, until: Instant?? = nil,
        reason: String? = nil
    ) async throws -> AccountOrder.ID {
        let until = until ?? .some(world.now + .days(300))
        return try await world.desk.perform(
            ProposeRole(role, to: account, until: until, reason: reason ?? self.reason, head: world.head), as: principal
        )
    }

    private func confirm(_ world: AccountWorld, _ id: AccountOrder.ID, as principal: Principal) async throws {
        _ = try await world.desk.perform(ConfirmAccountOrder(id, head: world.head), as: principal)
    }

    // ACC-17, ACC-29
    @Test(arguments: TestEngine.available)
    func `a wide role is asked for by one and confirmed by another`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let one = try await world.principal(world.person("une", .operator, on: .network))
            let two = try await world.principal(world.person("deux", .coordinator, on: .network))
            let plain = try await world.principal(world.person("paul"))
            // Alone, nobody gives it, by the ordinary act either.
            await #expect(throws: Denied.self) {
                _ = try await world.desk.perform(
                    GrantRole(Grant(.coordinator, on: .network), to: lea, reason: reason, head: world.head), as: one)
            }
            let id = try await propose(world, .coordinator, to: lea, as: one)
            #expect(try await world.principal(lea).grants.isEmpty)
            #expect(try await world.lastLetter(to: "deux@exemple.fr").text.contains(reason))
            #expect(try await world.lastLetter(to: "lea@exemple.fr").subject == "Un rôle vous est proposé")
            #expect(try await world.letters(to: "paul@exemple.fr").isEmpty)
            await #expect(throws: Problems("", "La même demande attend déjà d’être confirmée.")) {
                _ = try await propose(world, .coordinator, to: lea, as: two)
            }
            // Neither the one who asked, nor the one it is about, nor somebody without the right.
            await #expect(throws: Denied.self) { try await confirm(world, id, as: one) }
            for stranger in [plain, try await world.principal(lea), .visitor, .house] {
                for asked in [id, AccountOrder.ID(99)] {
                    await #expect(throws: Missing.self) { try await confirm(world, asked, as: stranger) }
                    await #expect(throws: Missing.self) {
                        try await world.desk.perform(DropAccountOrder(asked), as: stranger)
                    }
                }
            }
            #expect(try await world.principal(lea).grants.isEmpty)
            try await confirm(world, id, as: two)
            #expect(try await world.principal(lea).isCoordinator)
            let line = try await world.database.read { try Journal.latest(1, $0) }
            #expect(line.first?.verb == "ConfirmAccountOrder" && line.first?.details.contains("proposed by=") == true)
            #expect(line.first?.details.contains("assemblée") == false)
            #expect(try await world.lastLetter(to: "lea@exemple.fr").text.contains("jusqu’au"))
            await #expect(throws: Missing.self) { try await confirm(world, id, as: two) }
            // It ends by itself at its date.
            world.clock.advance(by: .days(300))
            #expect(try await !world.principal(lea).isCoordinator)
        }
    }

    // ACC-29
    @Test(arguments: TestEngine.available)
    func `what is wrong with the request is said beside its field`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let boss = try await world.person("chef", .operator, on: .network)
            let one = try await world.principal(boss)
            let now = world.now
            for (until, reason, field) in [
                (nil, nil, "until"), (now, nil, "until"), (now + .days(4 * 366), nil, "until"),
                (now + .days(30), "court", "reason"),
            ] as [(Instant?, String?, String)] {
                do {
                    _ = try await propose(world, .operator, to: lea, as: one, until: .some(until), reason: reason)
                    Issue.record("taken: \(field)")
                } catch let problems as Problems {
                    #expect(problems.list.map(\.field) == [field])
                }
            }
            await #expect(throws: Denied.self) { _ = try await propose(world, .coordinator, to: boss, as: one) }
            await #expect(throws: Denied.self) { _ = try await propose(world, .funder, to: lea, as: one) }
            // A coordinator asks for coordinators, not for operators.
            let other = try await world.principal(world.person("co", .coordinator, on: .network))
            await #expect(throws: Denied.self) { _ = try await propose(world, .operator, to: lea, as: other) }
            #expect(try await world.count("SELECT COUNT(*) FROM account_order") == 0)
        }
    }

    // ACC-29
    @Test(arguments: TestEngine.available)
    func `a request waits seven days, and for as long as its author may make it`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let author = try await world.person("une")
            let held = try await world.grant(.coordinator, on: .network, to: author)
            let one = try await world.principal(author)
            let two = try await world.principal(world.person("deux", .coordinator, on: .network))
            let first = try await propose(world, .coordinator, to: lea, as: one)
            world.clock.advance(by: .days(7))
            await #expect(throws: Missing.self) { try await confirm(world, first, as: two) }
            let second = try await propose(world, .coordinator, to: lea, as: one)
            try await world.desk.perform(RevokeRole(held, reason: reason, head: world.head), as: two)
            await #expect(throws: Problems.self) { try await confirm(world, second, as: two) }
            try await world.desk.perform(DropAccountOrder(second), as: two)
            await #expect(throws: Missing.self) { try await confirm(world, second, as: two) }
            #expect(try await world.principal(lea).grants.isEmpty)
        }
    }

    // ACC-29
    @Test(arguments: TestEngine.available)
    func `a lost factor is taken away by two operators, and its owner told twice`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.withFactor("lea")
            let plain = try await world.person("paul")
            let one = try await world.principal(world.person("une", .operator, on: .network))
            let two = try await world.principal(world.person("deux", .operator, on: .network))
            let co = try await world.principal(world.person("co", .coordinator, on: .network))
            func ask(_ account: Account.ID, _ reason: String, as principal: Principal) async throws -> AccountOrder.ID {
                try await world.desk.perform(
                    ProposeFactorReset(of: account, reason: reason, head: world.head), as: principal)
            }
            for refused in [co, try await world.principal(plain), Principal.visitor] {
                await #expect(throws: Denied.self) { _ = try await ask(lea.account, reason, as: refused) }
            }
            await #expect(throws: Problems.self) { _ = try await ask(plain, reason, as: one) }
            await #expect(throws: Problems.self) { _ = try await ask(lea.account, "perdu", as: one) }
            let id = try await ask(lea.account, "Téléphone volé, vue hier à l’assemblée", as: one)
            #expect(try await world.lastLetter(to: "lea@exemple.fr").text.contains("Une seconde personne doit"))
            await #expect(throws: Denied.self) { try await confirm(world, id, as: one) }
            await #expect(throws: Missing.self) { try await confirm(world, id, as: co) }
            #expect(try await world.comeHalfIn("lea").awaitsFactor)
            try await confirm(world, id, as: two)
            #expect(try await world.lastLetter(to: "lea@exemple.fr").subject == "Votre second facteur est retiré")
            #expect(try await world.presence(lea.session.secret) == nil)
            #expect(try await !world.comeHalfIn("lea").awaitsFactor)
            for table in ["second_factor", "recovery_code"] {
                #expect(try await world.count(SQL(stringLiteral: "SELECT COUNT(*) FROM \(table)")) == 0, "\(table)")
            }
        }
    }

    // ACC-30
    @Test(arguments: TestEngine.available)
    func `an operator takes a role alone for some hours, and everybody is told`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let boss = try await world.person("chef", .operator, on: .network)
            _ = try await world.person("co", .coordinator, on: .network)
            let one = try await world.principal(boss)
            func take(_ role: Role, _ hours: Int, _ reason: String, as principal: Principal) async throws {
                _ = try await world.desk.perform(
                    TakeEmergencyRole(role, hours: hours, reason: reason, head: world.head), as: principal)
            }
            for refused in [Principal.visitor, .house, try await world.principal(world.person("paul"))] {
                await #expect(throws: Denied.self) { try await take(.coordinator, 1, reason, as: refused) }
            }
            for (role, hours, words) in [
                (.coordinator, 0, reason), (.coordinator, 5, reason), (.coordinator, 1, "vite"), (.operator, 1, reason),
                (.placeManager, 1, reason),
            ] as [(Role, Int, String)] {
                await #expect(throws: Problems.self) { try await take(role, hours, words, as: one) }
            }
            try await take(.coordinator, 4, "Une limite à repousser ce soir", as: one)
            #expect(try await world.principal(boss).isCoordinator)
            for name in ["chef", "co"] {
                let letter = try await world.lastLetter(to: "\(name)@exemple.fr")
                #expect(letter.subject == "Un rôle a été pris en urgence", "\(name)")
                #expect(letter.text.contains("Une limite à repousser ce soir"), "\(name)")
            }
            let now = world.now
            let shown = try await world.database.read { try RoleGrantStore.emergencies(at: now, $0) }
            #expect(shown.map(\.account) == [boss] && shown.first?.until == now + .hours(4))
            let line = try await world.database.read { try Journal.latest(1, $0) }
            #expect(line.first?.details.contains("emergency=4 h") == true)
            world.clock.advance(by: .hours(4))
            #expect(try await !world.principal(boss).isCoordinator)
            let later = world.now
            #expect(try await world.database.read { try RoleGrantStore.emergencies(at: later, $0) }.isEmpty)
        }
    }

    // ACC-31
    @Test(arguments: TestEngine.available)
    func `the end of a role is spoken of a week before, once`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let lea = try await world.person("lea")
            let co = try await world.principal(world.person("co", .coordinator, on: .network))
            _ = try await world.desk.perform(
                GrantRole(
                    Grant(.funder, on: .network), to: lea, until: world.now + .days(30), reason: "", head: world.head),
                as: co)
            func isDue() async throws -> Bool {
                let now = world.now
                return try await world.database.read { try TellRoleEnds.isDue(at: now, $0) }
            }
            #expect(try await !isDue())
            world.clock.advance(by: .days(23))
            #expect(try await isDue())
            await #expect(throws: Missing.self) {
                _ = try await world.desk.perform(TellRoleEnds(head: world.head), as: co)
            }
            #expect(try await world.desk.perform(TellRoleEnds(head: world.head), as: .house) == 1)
            #expect(
                try await world.lastLetter(to: "lea@exemple.fr").text.contains(
                    "Votre rôle «\u{A0}Agent financeur\u{A0}»"))
            #expect(
                try await world.lastLetter(to: "co@exemple.fr").text.contains("que vous avez confié à Personne lea"))
            #expect(try await !isDue())
            #expect(try await world.desk.perform(TellRoleEnds(head: world.head), as: .house) == 0)
        }
    }
}
