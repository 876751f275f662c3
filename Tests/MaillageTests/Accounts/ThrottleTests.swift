import Storage
import Testing
import Workbench

@testable import Maillage

/// ACC-7
@Suite struct ThrottleTests {
    @Test(arguments: TestEngine.available)
    func `so many at once, then one each interval, and a refusal costs nothing`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let toll = Throttle.Toll("test", [1], Throttle.Limit(4, per: .minutes(4)))
            for _ in 0..<4 { try await take(world, [toll]) }
            for _ in 0..<100 {
                await #expect(throws: Throttled(retryAfter: .minutes(1))) { try await take(world, [toll]) }
            }
            world.clock.advance(by: .minutes(1))
            try await take(world, [toll])
            await #expect(throws: Throttled(retryAfter: .minutes(1))) { try await take(world, [toll]) }
            world.clock.advance(by: .hours(1))
            for _ in 0..<4 { try await take(world, [toll]) }
        }
    }

    @Test(arguments: TestEngine.available)
    func `when one limit refuses, the others are not charged`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let narrow = Throttle.Toll("narrow", [1], Throttle.Limit(1, per: .hours(1)))
            let wide = Throttle.Toll("wide", [1], Throttle.Limit(2, per: .hours(1)))
            try await take(world, [wide, narrow])
            for _ in 0..<5 { await #expect(throws: Throttled.self) { try await take(world, [wide, narrow]) } }
            try await take(world, [wide])
            await #expect(throws: Throttled.self) { try await take(world, [wide]) }
        }
    }

    // A restart must not give everybody a fresh start.
    @Test func `limits outlive the program`() async throws {
        try await withFreshLocation(.sqlite) { location in
            let toll = Throttle.Toll("test", [1], Throttle.Limit(1, per: .hours(1)))
            for round in 0..<2 {
                let database = try Database(location)
                _ = try await database.migrate(Schema.migrations)
                if round == 0 {
                    try await database.write { try Throttle.take([toll], at: AccountWorld.start, $0) }
                } else {
                    await #expect(throws: Throttled.self) {
                        try await database.write { try Throttle.take([toll], at: AccountWorld.start, $0) }
                    }
                }
                await database.close()
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func `one network asks for thirty links in half an hour, whatever the addresses`(engine: TestEngine) async throws {
        try await AccountWorld.on(engine) { world in
            let origin = try #require(NetworkOrigin(address: "192.0.2.7"))
            for index in 0..<30 { try await ask(world, index, origin) }
            await #expect(throws: Throttled.self) { try await ask(world, 30, origin) }
            try await ask(world, 30, try #require(NetworkOrigin(address: "192.0.2.8")))
        }
    }

    private func ask(_ world: AccountWorld, _ index: Int, _ origin: NetworkOrigin) async throws {
        _ = try await world.desk.perform(
            RequestSignIn(email: world.email("p\(index)"), origin: origin, head: world.head), as: .visitor)
    }

    private func take(_ world: AccountWorld, _ tolls: [Throttle.Toll]) async throws {
        let now = world.now
        try await world.database.write { try Throttle.take(tolls, at: now, $0) }
    }
}
