import Storage
import Synchronization
import Testing
import Workbench

@testable import Maillage

@Suite struct PostOfficeTests {
    /// Keeps what it is given, and refuses while told to.
    final class Satchel: Courier {
        struct Refused: Error {}
        private let state = Mutex<(messages: [(bytes: [UInt8], recipient: String)], refuses: Bool)>(([], false))

        var messages: [(bytes: [UInt8], recipient: String)] { state.withLock { $0.messages } }
        func refuse(_ refuses: Bool) { state.withLock { $0.refuses = refuses } }

        func deliver(_ message: [UInt8], to recipient: String) async throws {
            try state.withLock { state in
                if state.refuses { throw Refused() }
                state.messages.append((message, recipient))
            }
        }
    }

    private func office(_ world: AccountWorld, _ satchel: Satchel) -> PostOffice {
        var settings = Settings()
        settings.baseURL = "https://reseau.test:8443"
        settings.networkName = "Réseau d’essai"
        settings.mailFrom = "maillage@reseau.test"
        return PostOffice(
            database: world.database, surroundings: world.desk.surroundings, settings: settings, courier: satchel)
    }

    @Test(arguments: TestEngine.available)
    func `a letter leaves once, and a secret one is then erased`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.askForLink("lea")
            let satchel = Satchel()
            let office = office(world, satchel)
            #expect(try await office.deliverDue() == 1)
            #expect(try await office.deliverDue() == 0)
            #expect(satchel.messages.map(\.recipient) == ["lea@exemple.fr"])
            let rows = try await world.database.read {
                try $0.all("SELECT state, text FROM letter") { (try $0.text(0), try $0.text(1)) }
            }
            #expect(rows.first?.0 == "envoyee")
            #expect(rows.first?.1 == "")
        }
    }

    // Ten minutes are all that a link serves: behind the receipts of a closing call it would come too late.
    @Test(arguments: TestEngine.available)
    func `what signs somebody in leaves before what waits longer`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let now = world.desk.surroundings.now()
            try await world.database.write { writer in
                for id in 1...3 {
                    try writer.run(
                        """
                        INSERT INTO letter (id, recipient, subject, text, is_secret, state, created_at, due_at, attempts)
                        VALUES (\(id), \("recepisse\(id)@exemple.fr"), 'Récépissé', '', 0, 'en_attente', \(now), \(now), 0)
                        """)
                }
            }
            world.clock.advance(by: .seconds(5))
            _ = try await world.askForLink("lea")
            let satchel = Satchel()
            #expect(try await office(world, satchel).deliverDue() == 4)
            #expect(
                satchel.messages.map(\.recipient)
                    == ["lea@exemple.fr"] + (1...3).map { "recepisse\($0)@exemple.fr" })
        }
    }

    // ACC-23
    @Test(arguments: TestEngine.available)
    func `a failure is tried again later and later under the same Message-ID, and given up after three days`(
        engine: TestEngine
    ) async throws {
        try await AccountWorld.on(engine) { world in
            _ = try await world.askForLink("lea")
            let satchel = Satchel()
            let office = office(world, satchel)
            satchel.refuse(true)
            #expect(try await office.deliverDue() == 1)
            #expect(try await office.deliverDue() == 0)
            world.clock.advance(by: .minutes(1))
            #expect(try await office.deliverDue() == 1)
            world.clock.advance(by: .minutes(1))
            #expect(try await office.deliverDue() == 0)
            satchel.refuse(false)
            world.clock.advance(by: .minutes(1))
            #expect(try await office.deliverDue() == 1)
            let id = try await world.database.read { try $0.one("SELECT id FROM letter") { try $0.int(0) } }
            let text = String(decoding: satchel.messages[0].bytes, as: UTF8.self)
            #expect(text.contains("Message-ID: <\(IdentifierText.text(id ?? 0))@reseau.test>"))

            _ = try await world.askForLink("paul")
            satchel.refuse(true)
            for _ in 0..<20 {
                world.clock.advance(by: .hours(6))
                _ = try await office.deliverDue()
            }
            let pending = try await world.database.read { try Outbox.pending(10, $0) }
            #expect(pending.map(\.state) == [.abandoned])
            #expect(pending.first?.lastError == "Refused()")
        }
    }

    @Test(arguments: TestEngine.available)
    func `of two post offices on one database, one takes each letter`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            for index in 0..<10 { _ = try await world.askForLink("p\(index)") }
            let satchel = Satchel()
            let (first, second) = (office(world, satchel), office(world, satchel))
            async let one = first.deliverDue()
            async let two = second.deliverDue()
            #expect(try await one + two == 10)
            #expect(Set(satchel.messages.map(\.recipient)).count == 10)
            #expect(satchel.messages.count == 10)
        }
    }

    @Test func `the office runs by itself, woken by the acts that write`() async throws {
        try await withFreshDatabase(.sqlite, Schema.migrations) { database in
            let satchel = Satchel()
            let office = PostOffice(
                database: database, surroundings: .live(), settings: Settings(), courier: satchel)
            let desk = Desk(database: database, surroundings: .live(), listeners: [office.listener])
            let running = Task { await office.run() }
            let head = LetterHead(Settings())
            for index in 0..<3 {
                let email = try EmailAddress("p\(index)@exemple.fr")
                _ = try await desk.perform(RequestSignIn(email: email, origin: nil, head: head), as: .visitor)
                for _ in 0..<3_000 where satchel.messages.count <= index {
                    try await Task.sleep(for: .milliseconds(10))
                }
                #expect(satchel.messages.count == index + 1)
            }
            running.cancel()
            await running.value
        }
    }

    @Test func `woken often, it wakes by itself no more often`() async throws {
        try await withFreshDatabase(.sqlite, Schema.migrations) { database in
            let now = Instant(seconds: 1_790_000_000)
            // Due in a moment that never comes: the office looks again each second.
            _ = try await database.write { writer in
                try writer.run(
                    """
                    INSERT INTO letter (id, recipient, subject, text, is_secret, state, created_at, due_at, attempts)
                    VALUES (1, 'lea@exemple.fr', 'Essai', '', 0, 'en_attente', \(now), \(now + .seconds(1)), 1)
                    """)
            }
            let looks = Mutex(0)
            var surroundings = Surroundings.live()
            surroundings.now = {
                looks.withLock { $0 += 1 }
                return now
            }
            let office = PostOffice(
                database: database, surroundings: surroundings, settings: Settings(), courier: Satchel())
            let running = Task { await office.run() }
            for _ in 0..<40 {
                office.wake()
                try await Task.sleep(for: .milliseconds(10))
            }
            let woken = looks.withLock { $0 }
            try await Task.sleep(for: .seconds(3))
            // Three turns of two looks; forty timers made some two hundred.
            #expect(looks.withLock { $0 } - woken <= 20)
            running.cancel()
            await running.value
        }
    }

    @Test func `the host of the Message-ID is the address's, without its port`() {
        #expect(PostOffice.host(of: "https://reseau.fr") == "reseau.fr")
        #expect(PostOffice.host(of: "http://127.0.0.1:8080/") == "127.0.0.1")
        #expect(PostOffice.host(of: "") == "localhost")
    }
}
