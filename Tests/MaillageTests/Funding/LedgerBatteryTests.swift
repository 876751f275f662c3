import Exchange
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// Thousands of random acts by several people at once: the sums hold, on both engines.
@Suite(.serialized) struct LedgerBatteryTests {
    /// `MAILLAGE_BATTERY=1` plays ten thousand acts; CI plays some hundreds.
    private static let isLong = ProcessInfo.processInfo.environment["MAILLAGE_BATTERY"] == "1"
    private static let acts = isLong ? 10_000 : 400
    /// A line takes some dozen acts before it ends.
    private static let lines = acts * 3 / 40
    private static let hands = 4

    private struct Chance {
        var state: UInt64
        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(bound, 1)))
        }
    }

    // FUND-2, FUND-3, FUND-5, FUND-17
    @Test(arguments: TestEngine.available)
    func sumsHoldAfterRandomActsAtOnce(_ engine: TestEngine) async throws {
        let held = Self.lines * 100_000
        try await FundingWorld.on(engine, envelope: held) { world in
            var lines: [FundingLine.ID] = []
            for index in 0..<Self.lines {
                var facts = world.facts("Projet \(index)")
                if index % 5 == 0 { facts.envelope = nil }
                lines.append(try await world.open(facts).id)
            }
            let (ids, each) = (lines, Self.acts / Self.hands)
            let taken = try await withThrowingTaskGroup(of: Int.self) { group in
                for hand in 0..<Self.hands {
                    group.addTask { try await Self.play(world, ids, hand: hand, count: each) }
                }
                return try await group.reduce(0, +)
            }
            #expect(taken > Self.acts / 20, "\(taken) acts were taken, the others refused")
            try await Self.check(world, ids, held: held)
            if Self.isLong { print("\(engine): \(taken) acts taken of \(Self.acts)") }
        }
    }

    /// Random acts on random lines; answers how many were taken.
    private static func play(_ world: FundingWorld, _ lines: [FundingLine.ID], hand: Int, count: Int) async throws
        -> Int
    {
        var chance = Chance(state: UInt64(20_261_122 + hand))
        var taken = 0
        for _ in 0..<count {
            let id = lines[chance.below(lines.count)]
            let step = FundingStep.allCases[chance.below(FundingStep.allCases.count)]
            // Those that end a line come seldom, or all lines would end at once.
            if [.refuse, .settle, .repay].contains(step), chance.below(8) > 0 { continue }
            let amount = step.hasAmount ? 1 + chance.below(400_000) : nil
            let line = try await world.read(id)
            do {
                _ = try await world.desk.perform(
                    AdvanceFunding(
                        line: id, version: line.version, step: step, amount: amount, on: world.today, words: "essai"),
                    as: hand % 2 == 0 ? world.agent : world.second)
                taken += 1
            } catch is Problems {
                continue
            } catch is Conflict {
                continue
            }
        }
        return taken
    }

    private static func check(_ world: FundingWorld, _ lines: [FundingLine.ID], held: Int) async throws {
        let agent = world.agent
        let (stored, histories, totals, flows, envelope, verified) = try await world.database.scan { reader in
            (
                try lines.compactMap { try FundingStore.any($0, reader) },
                try lines.map { try FundingEventStore.events(of: $0, reader) },
                try FundingListing.totals(agent, .init(), reader), try FundingFlows.of(agent, year: nil, reader),
                try FundingEnvelopeStore.any(world.envelope.id, reader), try Journal.verify(reader)
            )
        }
        #expect(verified > lines.count)
        for (line, events) in zip(stored, histories) {
            #expect(try FundingEventStore.fold(events) == line.fold, "the line is the fold of its events")
            #expect(events.map(\.rank) == Array(1...events.count) && line.version == events.count)
        }
        #expect(totals.reduce(0) { $0 + $1.count } == lines.count)
        #expect(totals.reduce(0) { $0 + $1.paid } == stored.reduce(0) { $0 + $1.fold.paid })
        let paid = flows.flows.reduce(0) { $0 + ($1.kind == .payment ? $1.amount : 0) }
        #expect(paid == stored.reduce(0) { $0 + $1.fold.paid } && flows.imbalances.isEmpty)
        let inside = stored.filter { $0.facts.envelope == world.envelope.id }
        #expect(envelope?.committed == inside.reduce(0) { $0 + $1.fold.committed })
        #expect((envelope?.committed ?? .max) <= held, "never overspent")
        #expect((envelope?.committed ?? 0) > 0)
    }
}
