import Exchange
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// The head of each night, over real deposits (RCPT-12).
@Suite struct CloseReceiptDayTests {
    /// Ten in the morning in Paris is the start of every world: midnight comes fourteen hours later.
    private static func midnight(_ day: Int) -> Instant { CandidacyWorld.closing - .days(30 - Int64(day)) + .hours(14) }

    private static func close(_ world: CandidacyWorld) async throws -> SignedHead? {
        try await world.desk.perform(CloseReceiptDay(keys: world.office.keys), as: .house)
    }

    // RCPT-12
    @Test(arguments: TestEngine.available)
    func eachNightIsClosedOnceWithItsReceipts(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let verifier = ReceiptVerifier(keys: world.office.keys.all)
            #expect(try await Self.close(world) == nil, "no receipt, no head")
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let one = try await world.deposit(world.complete(by: ada), 1, by: ada)
            let two = try await world.deposit(world.complete(by: bob), 2, by: bob)
            #expect(one.receipt.receipt.previousHead == nil)
            #expect(try await Self.close(world) == nil, "the day is not over")
            world.goTo(Self.midnight(0) + .minutes(9))
            #expect(try await Self.close(world) == nil, "what was being written may not be done")

            world.goTo(Self.midnight(0) + .minutes(10))
            #expect(try await world.database.read { try CloseReceiptDay.isDue(at: world.clock.now, $0) })
            let first = try #require(try await Self.close(world))
            #expect(first.head.count == 2 && first.head.total == 2 && first.head.previous == nil)
            #expect(first.head.date.description == "2026-09-22")
            #expect(try await Self.close(world) == nil, "once")
            #expect(try await !world.database.read { try CloseReceiptDay.isDue(at: world.clock.now, $0) })
            for receipt in [one.receipt, two.receipt] {
                let proof = try #require(
                    try await world.database.read { try ReceiptHeadStore.proof(of: receipt.fingerprint, $0) })
                #expect(verifier.holds(proof, of: receipt))
                #expect(ReceiptProof(fileBytes: proof.fileBytes) == proof)
                #expect(!verifier.holds(proof, of: receipt == one.receipt ? two.receipt : one.receipt))
            }

            // The next receipt names the head, and waits for its own night; nights without a program are in the next head.
            let changed = try await world.save(
                one.deposit.candidacy, "budget", [.init("montant", "15 000"), .init("exact", "1")], by: ada)
            let three = try await world.deposit(changed, 3, by: ada)
            #expect(three.receipt.receipt.previousHead == first.fingerprint)
            #expect(
                try await world.database.read { try ReceiptHeadStore.proof(of: three.receipt.fingerprint, $0) } == nil)
            world.goTo(Self.midnight(3) + .hours(1))
            let second = try #require(try await Self.close(world))
            #expect(second.head.count == 1 && second.head.total == 3 && second.head.previous == first.fingerprint)
            #expect(second.head.date.description == "2026-09-25")
            world.goTo(Self.midnight(4) + .hours(1))
            let third = try #require(try await Self.close(world))
            #expect(third.head.count == 0 && third.head.total == 3, "a night without receipts has its head too")
            let chain = try await world.database.read { try ReceiptHeadStore.chain($0) }
            #expect(chain == [first, second, third] && verifier.holds(chain: chain))
            #expect(!verifier.holds(chain: [first, third]), "one that is taken out shows")
            let read = try #require(ReceiptHeadList.read(ReceiptHeadList.bytes(chain)))
            #expect(read == chain && ReceiptHeadList.read(first.fileBytes) == [first])
            try await world.database.read { _ = try Journal.verify($0) }
        }
    }

    // RCPT-11, RCPT-12: a deposit given back after its night was closed enters the next head, and changes no former one.
    @Test(arguments: TestEngine.available)
    func aDepositGivenBackEntersTheNextHead(_ engine: TestEngine) async throws {
        var lost: DepositEntry?
        var keys: [ReceiptPublicKey] = []
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            _ = try await world.complete(by: bob)
            let draft = try await world.complete(by: ada)
            _ = bob
            lost = try await world.deposit(draft, 1, by: ada).entry
            keys = world.office.keys.all
        }
        let entry = try #require(lost)
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let other = try await world.complete(by: bob)
            _ = try await world.complete(by: ada)
            // Number 1 is taken here, so the one that was lost is kept aside; on another call's number it would come back.
            let kept = try await world.deposit(other, 5, by: bob)
            world.goTo(Self.midnight(0) + .hours(1))
            let first = try #require(try await Self.close(world))
            #expect(first.head.count == 1)
            let found = try await DepositReturn.give([entry], to: world.desk, keys: keys)
            #expect(found.written == 0 && found.aside.map(\.reason) == [.numberTaken])
            world.goTo(Self.midnight(1) + .hours(1))
            #expect(try await Self.close(world)?.head.count == 0)
            let proof = try await world.database.read { try ReceiptHeadStore.proof(of: kept.receipt.fingerprint, $0) }
            #expect(proof?.head == first)
        }
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            _ = (try await world.complete(by: bob), try await world.complete(by: ada))
            world.goTo(Self.midnight(2) + .hours(1))
            let found = try await DepositReturn.give([entry], to: world.desk, keys: keys)
            #expect(found.written == 1)
            let head = try #require(try await Self.close(world))
            #expect(head.head.count == 1)
            let receipt = try SignedReceipt(fileBytes: entry.receipt)
            let proof = try await world.database.read { try ReceiptHeadStore.proof(of: receipt.fingerprint, $0) }
            #expect(try ReceiptVerifier(keys: keys).holds(#require(proof), of: receipt))
        }
    }

    // RCPT-12
    @Test(arguments: TestEngine.available)
    func onlyTheProgramSigns(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            _ = try await world.deposit(world.complete(by: ada), 1, by: ada)
            world.goTo(Self.midnight(0) + .hours(1))
            #expect(try await world.refusal(CloseReceiptDay(keys: world.office.keys), as: ada) is Missing)
            let coordinator = try await world.calls.coordinator()
            #expect(try await world.refusal(CloseReceiptDay(keys: world.office.keys), as: coordinator) is Missing)
            #expect(try await world.database.read { try ReceiptHeadStore.count($0) } == 0)
        }
    }
}
