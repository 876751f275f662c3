import Storage
import Testing
import Workbench

@testable import Maillage

/// The first account of a network, by the code of the console (ACC-60).
@Suite struct FirstAccountTests {
    private static let code = FirstAccountCode(.fixed(at: AccountWorld.start, seed: 77).surroundings)

    private static func act(
        _ world: AccountWorld, typed: String? = nil, name: String = "lea", from address: String = "192.0.2.7"
    ) throws -> CreateFirstAccount {
        CreateFirstAccount(
            typed: typed ?? code.text, code: code, email: try world.email(name), name: try PersonName("Léa Martin"),
            password: nil, origin: NetworkOrigin(address: address), device: "Firefox sur Linux")
    }

    // ACC-60
    @Test(arguments: TestEngine.available)
    func whoHasTheCodeAdministersAndCoordinates(_ engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let answer = try await world.desk.perform(try Self.act(world), as: .visitor)
            guard case .created(let opened) = answer else {
                Issue.record("\(answer)")
                return
            }
            let principal = try await world.principal(opened.account)
            #expect(principal.isOperator && principal.isCoordinator)
            #expect(try await world.presence(opened.secret)?.principal.account == opened.account)
            let verbs = try await world.database.read {
                try $0.all("SELECT verb FROM journal ORDER BY sequence") { try $0.text(0) }
            }
            #expect(verbs == ["CreateFirstAccount"])
        }
    }

    // ACC-60: once, whoever comes second.
    @Test(arguments: TestEngine.available)
    func thereIsNoSecond(_ engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.desk.perform(try Self.act(world), as: .visitor)
            let accounts = try await world.count("SELECT count(*) FROM account")
            await #expect(throws: Missing()) {
                try await world.desk.perform(try Self.act(world, name: "autre"), as: .visitor)
            }
            #expect(try await world.count("SELECT count(*) FROM account") == accounts)
        }
    }

    @Test(arguments: TestEngine.available)
    func twoAtOnceMakeOne(_ engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let outcomes = await withTaskGroup(of: Bool.self) { group in
                for name in ["lea", "robin", "cora", "ali"] {
                    group.addTask {
                        do {
                            _ = try await world.desk.perform(try Self.act(world, name: name), as: .visitor)
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(outcomes == 1)
            let operators = try await world.count("SELECT count(*) FROM role_grant WHERE role = 'admin_tech'")
            #expect(operators == 1)
        }
    }

    @Test(arguments: TestEngine.available)
    func aNetworkThatSomebodyAdministersAwaitsNobody(_ engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let now = world.now
            func isAwaited() async throws -> Bool {
                try await world.database.read { try CreateFirstAccount.isAwaited(at: now, $0) }
            }
            #expect(try await isAwaited())
            _ = try await world.person("coord", .coordinator, on: .network)
            #expect(try await isAwaited())
            _ = try await world.person("machine", .operator, on: .network)
            #expect(try await !isAwaited())
            await #expect(throws: Missing()) { try await world.desk.perform(try Self.act(world), as: .visitor) }
        }
    }

    // ACC-60: the wrong tries are counted, from one address apart from another.
    @Test(arguments: TestEngine.available)
    func wrongCodesAreCountedAndSlowed(_ engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            for _ in 0..<10 {
                let answer = try await world.desk.perform(try Self.act(world, typed: "AAAA-BBBB-CCCC"), as: .visitor)
                #expect(answer == .wrong)
            }
            await #expect(throws: Throttled.self) { try await world.desk.perform(try Self.act(world), as: .visitor) }
            #expect(try await world.count("SELECT count(*) FROM account") == 0)
            let elsewhere = try Self.act(world, from: "198.51.100.1")
            guard case .created = try await world.desk.perform(elsewhere, as: .visitor) else {
                Issue.record("the right code from another address was refused")
                return
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func anAddressThatHasAnAccountIsRefused(_ engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let known = try await world.person("lea")
            await #expect(throws: Problems.self) { try await world.desk.perform(try Self.act(world), as: .visitor) }
            #expect(try await world.principal(known).grants.isEmpty)
        }
    }

    @Test(arguments: TestEngine.available)
    func whatNodesCountDoesNotChangeWhileItIsAwaited(_ engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            func count() async throws -> Int {
                try await world.database.read { try CreateFirstAccount.formerAdministrations($0) }
            }
            #expect(try await count() == 0)
            _ = try await world.person("lea", .coordinator, on: .network)
            #expect(try await count() == 0)
            _ = try await world.person("paul", .operator, on: .network)
            #expect(try await count() == 1)
        }
    }

    @Test func aCodeIsReadAsPeopleTypeIt() {
        let text = Self.code.text
        #expect(text.count == 14 && text.split(separator: "-").count == 3)
        for typed in [text, text.lowercased(), text.replacing("-", with: " "), " " + text + "\n"] {
            #expect(Self.code.matches(typed), "\(typed)")
        }
        let misread = text.replacing("0", with: "O").replacing("1", with: "l")
        #expect(Self.code.matches(misread))
        let longer = text + "A"
        for wrong in ["", "-", String(text.dropLast()), longer, String(repeating: text, count: 40), "💥"] {
            #expect(!Self.code.matches(wrong), "\(wrong)")
        }
        #expect(FirstAccountCode(.live()).text != FirstAccountCode(.live()).text)
        #expect("\(Self.code)" == "FirstAccountCode(hidden)")
        let bytes = (0..<32).map { UInt8($0) }
        #expect(FirstAccountCode(bytes: bytes).text == "0123-4567-89AB")
    }
}
