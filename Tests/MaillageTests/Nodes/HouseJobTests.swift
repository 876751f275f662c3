import Storage
import Synchronization
import Testing
import Workbench

@testable import Maillage

/// The work of the house, on one node at a time.
@Suite struct HouseJobTests {
    private final class Turns: Sendable {
        private let state = Mutex<(turns: [String], running: Int, most: Int)>(([], 0, 0))

        func begin(_ node: String) {
            state.withLock { state in
                state.turns.append(node)
                state.running += 1
                state.most = max(state.most, state.running)
            }
        }

        func end() { state.withLock { $0.running -= 1 } }

        var all: [String] { state.withLock { $0.turns } }
        var most: Int { state.withLock { $0.most } }
    }

    private static func wait(_ condition: () -> Bool) async throws {
        for _ in 0..<12_000 where !condition() { try await Task.sleep(for: .milliseconds(5)) }
    }

    // NODE-4
    @Test func `a lease is one node's until it ends`() async throws {
        try await ChangeFeedTests.nodes { first, second, _ in
            let one = JobLeases(database: first.database, node: "n1")
            let two = JobLeases(database: second.database, node: "n2")
            #expect(try await one.take("heads", for: .seconds(60)))
            #expect(try await one.take("heads", for: .seconds(120)), "its own, lengthened")
            #expect(try await !two.take("heads", for: .seconds(60)))
            #expect(try await two.take("letters", for: .seconds(60)), "another job")
            // The node is gone, nobody lengthens it: two minutes go by.
            _ = try await first.database.write { writer in
                try writer.run("UPDATE job_lease SET until = until - 120000000 WHERE job = 'heads'")
            }
            #expect(try await two.take("heads", for: .seconds(60)))
            #expect(try await !one.take("heads", for: .seconds(60)))
            try await two.giveBack()
            #expect(try await one.take("heads", for: .seconds(60)))
            let same = JobLeases(database: first.database, node: "n1")
            #expect(try await !same.take("heads", for: .seconds(60)), "a new start is not the process that died")
        }
    }

    // NODE-4
    @Test func `two nodes do a job in turn, never both, and one takes over when the other dies`() async throws {
        try await ChangeFeedTests.nodes { first, second, _ in
            let turns = Turns()
            func jobs(_ node: ChangeFeedTests.Node, _ name: String) -> Task<Void, any Error> {
                let jobs = HouseJobs(
                    leases: JobLeases(database: node.database, node: name), span: .seconds(6))
                return Task {
                    try await jobs.run("heads", every: 0) { _ in
                        turns.begin(name)
                        defer { turns.end() }
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
            }
            let one = jobs(first, "n1")
            try await Self.wait { turns.all.count >= 5 }
            let two = jobs(second, "n2")
            try await Task.sleep(for: .milliseconds(1_500))
            #expect(Set(turns.all) == ["n1"], "the second waits")
            one.cancel()
            _ = try? await one.value
            try await Self.wait { turns.all.contains("n2") }
            two.cancel()
            #expect(turns.all.contains("n2"))
            #expect(turns.most == 1)
        }
    }

    // NODE-4
    @Test func `work that outlasts its lease keeps it, and is ended when another node took it`() async throws {
        try await ChangeFeedTests.nodes { first, second, _ in
            let two = JobLeases(database: second.database, node: "n2")
            let ended = Mutex<Bool?>(nil)
            let jobs = HouseJobs(leases: JobLeases(database: first.database, node: "n1"), span: .seconds(3))
            let task = Task {
                try await jobs.run("backup", every: 3_600) { _ in
                    ended.withLock { $0 = false }
                    do {
                        try await Task.sleep(for: .seconds(600))
                    } catch {
                        ended.withLock { $0 = true }
                        throw error
                    }
                }
            }
            defer { task.cancel() }
            try await Self.wait { ended.withLock { $0 } != nil }
            func end() async throws -> Int {
                try await second.database.read { try $0.count("SELECT until FROM job_lease WHERE job = 'backup'") }
            }
            let taken = try await end()
            var isLengthened = false
            for _ in 0..<1_000 where !isLengthened {
                try await Task.sleep(for: .milliseconds(50))
                isLengthened = try await end() >= taken + 3_000_000
            }
            #expect(isLengthened, "while the work lasts")
            #expect(try await !two.take("backup", for: .seconds(60)))
            #expect(ended.withLock { $0 } == false)
            // As after a pause of the whole machine: the lease ended, and the other was quicker.
            _ = try await second.database.write { writer in
                try writer.run("UPDATE job_lease SET holder = 'n2', until = until + 60000000")
            }
            try await Self.wait { ended.withLock { $0 } == true }
            #expect(ended.withLock { $0 } == true)
        }
    }

    // NODE-4
    @Test func `a turn that fails is told, and the next comes`() async throws {
        try await AccountWorld.on(.sqlite) { world in
            struct Failed: Error {}
            let told = Mutex<[String]>([])
            let turns = Mutex<Int>(0)
            let jobs = HouseJobs(leases: JobLeases(database: world.database)) { job, _ in
                told.withLock { $0.append(job) }
            }
            let task = Task {
                try await jobs.run("traces", every: 0) { turn in
                    turns.withLock { $0 = turn }
                    if turn == 0 { throw Failed() }
                }
            }
            defer { task.cancel() }
            try await Self.wait { turns.withLock { $0 } >= 2 }
            #expect(turns.withLock { $0 } >= 2)
            #expect(told.withLock { $0 } == ["traces"])
        }
    }

    // NODE-5
    @Test func `two nodes send each letter once`() async throws {
        try await ChangeFeedTests.nodes { first, second, _ in
            let head = LetterHead(networkName: "Réseau", baseURL: "https://reseau.test", contactEmail: "a@reseau.test")
            for index in 0..<40 {
                let email = try EmailAddress("p\(index)@exemple.fr")
                _ = try await first.desk.perform(RequestSignIn(email: email, origin: nil, head: head), as: .visitor)
            }
            let satchel = PostOfficeTests.Satchel()
            let count = try await withThrowingTaskGroup(of: Int.self) { group in
                for node in [first, second] {
                    let office = PostOffice(
                        database: node.database, surroundings: .live(), settings: Settings(), courier: satchel)
                    group.addTask { try await office.deliverDue() }
                }
                return try await group.reduce(0, +)
            }
            #expect(count == 40)
            #expect(satchel.messages.count == 40)
            #expect(Set(satchel.messages.map(\.recipient)).count == 40)
        }
    }
}
