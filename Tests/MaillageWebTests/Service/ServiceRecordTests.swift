import Storage
import Synchronization
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// SRV-1: the record of service, minute by minute.
@Suite struct ServiceRecordTests {
    private static let start = Instant(seconds: 1_790_000_040)

    private func watch(_ database: Database, _ surroundings: Surroundings, deposits: Int = 0) -> ServiceWatch {
        ServiceWatch(database: database, surroundings: surroundings, deposits: { _, _, _ in deposits })
    }

    @Test(arguments: TestEngine.available)
    func `each minute has one line, sealed by the one before, and a missing minute shows`(engine: TestEngine)
        async throws
    {
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: Self.start)
            let watch = watch(database, surroundings, deposits: 3)
            for minute in 0..<10 {
                if minute != 4, minute != 5 { try await watch.measure() }
                clock.advance(by: .minutes(1))
            }
            let first = Self.start.minute
            let span = try await database.read { try ServiceRecord.span(first..<first + 10, $0) }
            #expect(span.lines.count == 8)
            #expect(span.holes == [first + 4..<first + 6])
            #expect(span.lines.allSatisfy { $0.outcome == .open && $0.deposits == 3 && $0.microseconds > 0 })
            #expect(span.lines.first?.previous == ServiceMinute.origin)
            #expect(span.isChained)
            #expect(span.quantile(0.5) != nil)
            // Twice in a minute is once in the record, whoever measures.
            try await watch.measure()
            try await self.watch(database, surroundings).measure()
            let after = try await database.read { try ServiceRecord.span(first..<first + 20, $0) }
            #expect(after.lines.count == 9)
        }
    }

    // NODE-11
    @Test func `of two nodes that measure together one line stands, and when one dies the other goes on`() async throws
    {
        guard TestEngine.postgresURL != nil else {
            print("nodes: skipped, MAILLAGE_TEST_POSTGRES is not set")
            return
        }
        try await withFreshLocation(.postgres) { location in
            let (first, second) = (try Database(location), try Database(location))
            _ = try await first.migrate(Schema.migrations)
            do {
                let (surroundings, clock) = Surroundings.fixed(at: Self.start)
                let (one, two) = (watch(first, surroundings), watch(second, surroundings, deposits: 0))
                for minute in 0..<12 {
                    async let here: Void = minute < 8 ? one.measure() : ()
                    try await two.measure()
                    try await here
                    clock.advance(by: .minutes(1))
                }
                let start = Self.start.minute
                let span = try await second.read { try ServiceRecord.span(start..<start + 12, $0) }
                #expect(span.lines.count == 12)
                #expect(span.holes.isEmpty && span.isChained)
                #expect(span.lines.allSatisfy { $0.outcome == .open })
            } catch {
                await first.close()
                await second.close()
                throw error
            }
            await first.close()
            await second.close()
        }
    }

    @Test func `a line that is changed, taken away or put in breaks the chain`() async throws {
        try await withFreshDatabase(.sqlite, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: Self.start)
            let watch = watch(database, surroundings)
            for _ in 0..<5 {
                try await watch.measure()
                clock.advance(by: .minutes(1))
            }
            let first = Self.start.minute
            let span = try await database.read { try ServiceRecord.span(first..<first + 5, $0) }
            var lines = span.lines
            lines.remove(at: 2)
            #expect(!ServiceSpan(minutes: span.minutes, lines: lines).isChained)
            lines = span.lines
            let old = lines[1]
            lines[1] = ServiceMinute(
                minute: old.minute, measuredAt: old.measuredAt, outcome: .open, microseconds: 1, deposits: old.deposits,
                recordedAt: old.recordedAt, previous: old.previous, hash: old.hash)
            #expect(!ServiceSpan(minutes: span.minutes, lines: lines).isChained)
            lines[1] = ServiceMinute(
                minute: old.minute, measuredAt: old.measuredAt, outcome: .open, microseconds: 1, deposits: old.deposits,
                recordedAt: old.recordedAt, previous: old.previous)
            #expect(!ServiceSpan(minutes: span.minutes, lines: lines).isChained, "nor with a seal of its own")
        }
    }

    @Test func `a write that fails is written down as a failure once it can be`() async throws {
        try await withFreshDatabase(.sqlite, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: Self.start)
            let watch = watch(database, surroundings)
            try await watch.measure()
            // Nothing can be written while the table of the probe is away.
            _ = try await database.write { try $0.run("ALTER TABLE service_probe RENAME TO away") }
            for _ in 0..<2 {
                clock.advance(by: .minutes(1))
                await #expect(throws: (any Error).self) { try await watch.measure() }
            }
            _ = try await database.write { try $0.run("ALTER TABLE away RENAME TO service_probe") }
            clock.advance(by: .minutes(1))
            try await watch.measure()
            let first = Self.start.minute
            let span = try await database.read { try ServiceRecord.span(first..<first + 4, $0) }
            #expect(span.lines.map(\.outcome) == [.open, .failed, .failed, .open])
            #expect(span.lines[1].recordedAt > span.lines[1].measuredAt)
            #expect(span.isChained && span.holes.isEmpty)
        }
    }
}
