import Foundation
import Testing
import Workbench

#if canImport(Glibc)
    import Glibc
#endif

/// many connections, few descriptors, slow visitors. Those who behave are served, and all comes back.
@Suite(.serialized) struct CrowdBatteryTests {
    /// Room for the tests' own sockets.
    private func allowDescriptors(_ count: UInt) -> Bool {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        guard limit.rlim_cur < count else { return true }
        limit.rlim_cur = min(count, limit.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return limit.rlim_cur >= count
    }

    @Test func manyIdleConnectionsKeepNobodyOut() async throws {
        let count = Battery.count(short: 500, long: 2_000)
        guard allowDescriptors(UInt(count) + 512) else { return print("skipped: too few descriptors here") }
        try await withFolder { folder in
            let program = try Program(["serve", "--data", folder + "/data", "--port", "0"])
            let caller = Caller(port: try await program.port())
            _ = try await caller.get("/")
            let base = program.descriptors
            var idle: [RawConnection] = []
            // Looked at on the way: on a busy machine the first are let go for saying nothing before the last have come.
            var most = base
            for number in 0..<count {
                idle.append(try RawConnection(port: caller.port))
                if number % 50 == 49 { most = max(most, program.descriptors) }
            }
            #expect(most > base)
            for _ in 0..<10 {
                let start = ContinuousClock.now
                #expect(try await caller.get("/healthz").status == 200)
                #expect(ContinuousClock.now - start < .seconds(10))
            }
            idle = []
            #expect(await settles(program, at: base + 8))
            #expect(program.isRunning)
            program.signal(SIGTERM)
            #expect(await program.end(within: 120) == 0)
        }
    }

    @Test func fewDescriptorsRefuseSomeAndLoseNothing() async throws {
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/data", people: 2)
            let program = try Program(site.arguments, launcher: ["prlimit", "--nofile=64:64"])
            let caller = Caller(port: try await program.port())
            #expect(try await caller.post("/mon-compte/nom", [("name", "Avant")], as: site.people[0]).status == 303)
            for _ in 0..<3 {
                var crowd: [RawConnection] = []
                for _ in 0..<200 {
                    guard let connection = try? RawConnection(port: caller.port) else { continue }
                    await connection.send(Array("GET /connexion HTTP/1.1\r\nHost: 127.0.0.1\r\n".utf8))
                    crowd.append(connection)
                }
                try await Task.sleep(for: .milliseconds(500))
                #expect(program.isRunning, "\(program.err)")
                crowd = []
                // Back to normal within five seconds.
                let start = ContinuousClock.now
                let (took, late) = await Lateness.during {
                    var status = 0
                    while status != 200, ContinuousClock.now - start < .seconds(60) {
                        status = (try? await caller.get("/connexion").status) ?? 0
                    }
                    #expect(status == 200)
                    return ContinuousClock.now - start
                }
                #expect(took - late < .seconds(5))
            }
            #expect(try await caller.post("/mon-compte/nom", [("name", "Après")], as: site.people[1]).status == 303)
            program.signal(SIGTERM)
            #expect(await program.end(within: 120) == 0)
            let names = try await site.names()
            #expect(names.map(\.name) == ["Avant", "Après"])
        }
    }

    /// The limits as they are shipped: heads by 15 s, bodies of under 500 B/s by 30 s, readers who take nothing by 70 s.
    @Test(.enabled(if: Battery.isLong)) func slowVisitorsAreLetGoOf() async throws {
        let count = 300
        guard allowDescriptors(UInt(count) * 3 + 512) else { return print("skipped: too few descriptors here") }
        try await withFolder { folder in
            let site = try await StandingSite(folder + "/data", people: 1)
            let program = try Program(site.arguments)
            let caller = Caller(port: try await program.port())
            _ = try await caller.get("/")
            let base = program.descriptors
            let head =
                "POST /connexion HTTP/1.1\r\nHost: 127.0.0.1:\(caller.port)\r\nContent-Type: application/x-www-form-urlencoded"
                + "\r\nContent-Length: 900000\r\n\r\nemail="
            async let heads = hold(count, caller, first: "GET / HTTP/1.1\r\nX-Slow: ", drip: "a", upTo: 20)
            async let bodies = hold(count, caller, first: head, drip: "a", upTo: 40)
            var slowest = Duration.zero
            for _ in 0..<60 {
                let start = ContinuousClock.now
                #expect(try await caller.get("/connexion").status == 200)
                slowest = max(slowest, ContinuousClock.now - start)
                try await Task.sleep(for: .milliseconds(500))
            }
            let (closedHeads, closedBodies) = (try await heads, try await bodies)
            #expect(closedHeads.count == count)
            #expect(closedHeads.allSatisfy { $0 <= 15 }, "\(closedHeads.max() ?? 0)")
            #expect(closedBodies.count == count)
            #expect(closedBodies.allSatisfy { $0 <= 32 }, "\(closedBodies.max() ?? 0)")
            #expect(slowest < .seconds(1))
            #expect(await settles(program, at: base + 8))
            print(
                "slow: heads by \(closedHeads.max() ?? 0) s, bodies by \(closedBodies.max() ?? 0) s, honest within \(slowest)"
            )
            program.signal(SIGTERM)
            #expect(await program.end(within: 120) == 0)
        }
    }

    /// Sends a byte a second on each connection; after how many seconds each was closed.
    private func hold(_ count: Int, _ caller: Caller, first: String, drip: String, upTo seconds: Int) async throws
        -> [Int]
    {
        var open: [RawConnection] = []
        for _ in 0..<count {
            let connection = try RawConnection(port: caller.port)
            connection.sendNow(Array(first.utf8))
            open.append(connection)
        }
        var closed: [Int] = []
        for second in 1...seconds {
            try await Task.sleep(for: .seconds(1))
            let stay = open.filter { $0.sendNow(Array(drip.utf8)) && !$0.isClosedByNow }
            closed += Array(repeating: second, count: open.count - stay.count)
            open = stay
        }
        return closed
    }

    /// Whether the program lets go of what it held, within 20 seconds.
    private func settles(_ program: Program, at most: Int) async -> Bool {
        for _ in 0..<200 {
            if program.descriptors <= most { return true }
            try? await Task.sleep(for: .milliseconds(100))
        }
        return false
    }
}
