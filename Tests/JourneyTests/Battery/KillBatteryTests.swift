import Foundation
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// `kill -9` at a random moment under sixteen people who write. Whatever was acknowledged is there afterwards.
@Suite(.serialized) struct KillBatteryTests {
    /// What each person was told: how many changes were acknowledged, and what they had asked for last.
    private final class Receipts: Sendable {
        struct Person {
            var acknowledged = 0
            var name = ""
            /// Asked for, not answered: it may be there or not.
            var pending: String?
        }

        let people: Mutex<[Person]>
        let odd = Mutex<[String]>([])

        init(_ count: Int) {
            people = Mutex(Array(repeating: Person(), count: count))
        }
    }

    @Test func nothingAcknowledgedIsLostToKills() async throws {
        let kills = Battery.count(short: 5, long: 200)
        var numbers = SeededNumbers(Battery.seed)
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/data", people: 16)
            let receipts = Receipts(site.people.count)
            var slowest = Duration.zero
            var pending = 0
            for _ in 0..<kills {
                let start = ContinuousClock.now
                let program = try Program(site.arguments)
                let caller = Caller(port: try await program.port())
                #expect(try await caller.get("/healthz").status == 200)
                // Beside other tests the machine is not its own: what it takes of the processor is.
                slowest = max(slowest, Battery.isLong ? ContinuousClock.now - start : program.processor)
                let patience = UInt64.random(in: 60...400, using: &numbers)
                await withTaskGroup(of: Void.self) { group in
                    for index in site.people.indices {
                        group.addTask { await Self.write(index, site, caller, receipts) }
                    }
                    group.addTask {
                        try? await Task.sleep(for: .milliseconds(patience))
                        program.signal(SIGKILL)
                    }
                }
                #expect(await program.end(within: 120) == 128 + SIGKILL)
                let found = try await site.names()
                receipts.people.withLock { people in
                    for index in people.indices {
                        let (person, there) = (people[index], found[index])
                        let extra = there.changes - person.acknowledged
                        #expect(extra == 0 || extra == 1 && person.pending != nil, "person \(index): \(extra)")
                        if person.acknowledged + extra > 0 {
                            #expect(there.name == (extra == 0 ? person.name : person.pending), "person \(index)")
                        }
                        if person.pending != nil { pending += 1 }
                        people[index] = Receipts.Person(acknowledged: there.changes, name: there.name)
                    }
                }
            }
            let check = try await Program.run(["check", "--data", site.folder])
            #expect(check.status == 0, "\(check.err)")
            #expect(receipts.odd.withLock { $0 } == [])
            let total = receipts.people.withLock { $0.reduce(0) { $0 + $1.acknowledged } }
            #expect(total > kills)
            #expect(slowest > .zero && slowest < .seconds(2))
            print(
                "kills: \(kills), seed \(Battery.seed): \(total) changes, \(pending) cut in flight, slowest start \(slowest)"
            )
        }
    }

    /// Writes until the site is gone.
    private static func write(_ index: Int, _ site: StandingSite, _ caller: Caller, _ receipts: Receipts) async {
        while true {
            let name = receipts.people.withLock { people in
                let name = "Nom \(index) \(people[index].acknowledged + 1) \(UInt32.random(in: 0...999_999))"
                people[index].pending = name
                return name
            }
            guard let reply = try? await caller.post("/mon-compte/nom", [("name", name)], as: site.people[index]) else {
                return
            }
            guard reply.status == 303 else {
                receipts.odd.withLock { $0.append("\(reply.status) \(reply.text.prefix(300))") }
                return
            }
            receipts.people.withLock { people in
                people[index].acknowledged += 1
                people[index].name = name
                people[index].pending = nil
            }
        }
    }

    /// A stop asked for politely finishes what is in course, and leaves one file.
    @Test func aPoliteStopLosesNothingEither() async throws {
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/data", people: 8)
            let receipts = Receipts(site.people.count)
            let program = try Program(site.arguments)
            let caller = Caller(port: try await program.port())
            await withTaskGroup(of: Void.self) { group in
                for index in site.people.indices { group.addTask { await Self.write(index, site, caller, receipts) } }
                group.addTask {
                    try? await Task.sleep(for: .milliseconds(300))
                    program.signal(SIGTERM)
                }
            }
            #expect(await program.end(within: 120) == 0)
            #expect(program.err == "")
            #expect(receipts.odd.withLock { $0 } == [])
            let found = try await site.names()
            receipts.people.withLock { people in
                for index in people.indices {
                    let extra = found[index].changes - people[index].acknowledged
                    #expect(extra == 0 || extra == 1 && people[index].pending != nil, "person \(index): \(extra)")
                }
            }
        }
    }

    /// The disk refuses a sync: nothing more is acknowledged, the program stops, and all it acknowledged is there.
    @Test(.enabled(if: Battery.isLong && access("/usr/bin/strace", X_OK) == 0)) func aFailedSyncStopsTheProgram()
        async throws
    {
        for attempt in [3, 20, 60] {
            try await withFolder { folder in
                let site = try await StandingSite(folder + "/data", people: 8)
                let receipts = Receipts(site.people.count)
                let program = try Program(
                    site.arguments,
                    launcher: [
                        "/usr/bin/strace", "-D", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync",
                        "-e", "inject=fdatasync,fsync:error=EIO:when=\(attempt)+",
                    ])
                guard let port = try? await program.port() else {
                    // The first syncs are those of opening: it must say so and stop.
                    #expect(await program.end(within: 120) == 1)
                    #expect(program.err.hasPrefix("maillage: "))
                    return
                }
                let caller = Caller(port: port)
                await withTaskGroup(of: Void.self) { group in
                    for index in site.people.indices {
                        group.addTask { await Self.write(index, site, caller, receipts) }
                    }
                }
                #expect(await program.end(within: 120) == 1)
                #expect(program.err.contains("could not be confirmed"), "\(program.err)")
                let answers = receipts.odd.withLock { $0 }
                #expect(answers.allSatisfy { $0.hasPrefix("503") }, "\(answers)")
                let found = try await site.names()
                receipts.people.withLock { people in
                    for index in people.indices {
                        let extra = found[index].changes - people[index].acknowledged
                        #expect(extra == 0 || extra == 1 && people[index].pending != nil, "person \(index): \(extra)")
                    }
                }
                let check = try await Program.run(["check", "--data", site.folder])
                #expect(check.status == 0, "\(check.err)")
                print(
                    "sync \(attempt) refused: \(found.reduce(0) { $0 + $1.changes }) changes, \(answers.count) told to check"
                )
            }
        }
    }
}
