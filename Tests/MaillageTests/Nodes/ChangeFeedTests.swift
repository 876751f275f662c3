import Storage
import Synchronization
import Testing
import Workbench

@testable import Maillage

/// What one node writes and another hears of, over one PostgreSQL.
@Suite struct ChangeFeedTests {
    /// A node: its own connections, desk and feed, and what its views were told.
    final class Node: Sendable {
        let database: Database
        let desk: Desk
        let feed: ChangeFeed
        private let told: Told

        private final class Told: Sendable {
            let subjects = Mutex<[Proceeding.Subject]>([])
            let anew = Mutex<Int>(0)
        }

        init(_ location: Database.Location) throws {
            let told = Told()
            self.told = told
            database = try Database(location, Database.Options(readers: 3))
            desk = Desk(
                database: database, surroundings: .live(),
                listeners: [{ changes in told.subjects.withLock { $0 += Array(changes) } }])
            feed = ChangeFeed(desk: desk, readAnew: { told.anew.withLock { $0 += 1 } })
        }

        var heard: [Proceeding.Subject] { told.subjects.withLock { $0 } }
        var anew: Int { told.anew.withLock { $0 } }

        func add(_ name: String) async throws -> Account.ID {
            try await desk.perform(
                AddAccount(email: EmailAddress("\(name)@exemple.fr"), name: PersonName("Personne \(name)")), as: .house)
        }
    }

    static func nodes(_ body: (Node, Node, _ url: String) async throws -> Void) async throws {
        guard TestEngine.postgresURL != nil else {
            print("nodes: skipped, MAILLAGE_TEST_POSTGRES is not set")
            return
        }
        try await withFreshLocation(.postgres) { location in
            guard case .postgres(let url) = location else { return }
            let (first, second) = (try Node(location), try Node(location))
            _ = try await first.database.migrate(Schema.migrations)
            try await first.feed.begin()
            try await second.feed.begin()
            do {
                try await body(first, second, url)
            } catch {
                await first.database.close()
                await second.database.close()
                throw error
            }
            await first.database.close()
            await second.database.close()
        }
    }

    // NODE-1
    @Test func `a node hears once of what another wrote, and of its own not again`() async throws {
        try await Self.nodes { first, second, _ in
            let account = try await first.add("lea")
            #expect(first.heard == [Proceeding.Subject(account)], "told by its own desk")
            #expect(try await first.feed.catchUp() == 0)
            #expect(first.heard.count == 1)
            #expect(try await second.feed.catchUp() == 1)
            #expect(second.heard == [Proceeding.Subject(account)])
            #expect(try await second.feed.catchUp() == 0)
            #expect(first.anew == 0 && second.anew == 0)
        }
    }

    // NODE-1
    @Test func `the bell rings well within a second`() async throws {
        try await Self.nodes { first, second, _ in
            let following = Task { try await second.feed.run() }
            defer { following.cancel() }
            for index in 0..<5 {
                let account = try await first.add("p\(index)")
                let clock = ContinuousClock()
                let start = clock.now
                let (took, late) = try await Lateness.during {
                    while !second.heard.contains(Proceeding.Subject(account)), clock.now - start < .seconds(60) {
                        try await Task.sleep(for: .milliseconds(5))
                    }
                    return clock.now - start
                }
                #expect(second.heard.contains(Proceeding.Subject(account)))
                #expect(took - late < .seconds(1))
            }
        }
    }

    // NODE-2
    @Test func `after the line was cut everything is read anew`() async throws {
        try await Self.nodes { first, second, _ in
            let following = Task { try await second.feed.run() }
            defer { following.cancel() }
            let account = try await first.add("lea")
            while !second.heard.contains(Proceeding.Subject(account)) { try await Task.sleep(for: .milliseconds(5)) }
            let before = second.anew
            // Every connection that listens is cut, as a server that restarts does.
            _ = try await first.database.write { writer in
                try writer.count(
                    """
                    SELECT COUNT(pg_terminate_backend(pid))
                    FROM pg_stat_activity
                    WHERE datname = current_database()
                        AND pid <> pg_backend_pid()
                    """)
            }
            for _ in 0..<12_000 where second.anew == before { try await Task.sleep(for: .milliseconds(5)) }
            #expect(second.anew == before + 1)
            let later = try await first.add("paul")
            for _ in 0..<12_000 where !second.heard.contains(Proceeding.Subject(later)) {
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(second.heard.contains(Proceeding.Subject(later)), "and it follows again")
        }
    }

    // NODE-2
    @Test func `another history, or one that was forgotten, is read anew`() async throws {
        try await Self.nodes { first, second, _ in
            _ = try await first.add("lea")
            try await second.feed.catchUp()
            // A standby that lagged was promoted: the last change is not the one that was heard.
            _ = try await first.database.write { writer in
                try writer.run("UPDATE network_change SET at = at + 1")
            }
            try await second.feed.catchUp()
            #expect(second.anew == 1)
            _ = try await first.add("paul")
            _ = try await first.add("zoe")
            _ = try await first.database.write { writer in
                try writer.run("DELETE FROM network_change WHERE sequence < 3")
            }
            try await second.feed.catchUp()
            #expect(second.anew == 2)
            try await second.feed.catchUp()
            #expect(second.anew == 2, "once")
        }
    }

    // NODE-1
    @Test func `changes are kept two days, and their numbers go on`() async throws {
        try await Self.nodes { first, second, _ in
            for name in ["lea", "paul", "zoe"] { _ = try await first.add(name) }
            let later = first.desk.surroundings.now() + .days(3)
            try await first.database.write { try NetworkChanges.sweep(at: later, $0) }
            #expect(try await first.database.read { try $0.count("SELECT COUNT(*) FROM network_change") } == 1)
            _ = try await first.add("ines")
            #expect(try await first.database.read { try NetworkChanges.last($0) }.sequence == 4)
        }
    }

    // NODE-3
    @Test func `acts of two nodes at once follow each other in one journal`() async throws {
        try await Self.nodes { first, second, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, node) in [first, second].enumerated() {
                    for task in 0..<3 {
                        group.addTask {
                            for number in 0..<15 { _ = try await node.add("p\(index)-\(task)-\(number)") }
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await first.database.read { try Journal.verify($0) } == 90)
            #expect(try await first.database.read { try NetworkChanges.last($0) }.sequence == 90)
            try await first.feed.catchUp()
            try await second.feed.catchUp()
            #expect(Set(first.heard).count == 90 && Set(second.heard) == Set(first.heard))
        }
    }

    @Test func `one process on SQLite writes none of it`() async throws {
        try await AccountWorld.on(.sqlite) { world in
            _ = try await world.person("lea")
            #expect(try await world.database.read { try $0.count("SELECT COUNT(*) FROM network_change") } == 0)
            #expect(try await JobLeases(database: world.database).take("traces", for: .seconds(1)))
            #expect(try await world.database.read { try $0.count("SELECT COUNT(*) FROM job_lease") } == 0)
        }
    }
}
