import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Where a candidacy stands") struct CandidacyStateTests {
    // CAND-8, CAND-11
    @Test("the table of transitions is the one that the rules say")
    func table() {
        let allowed: [(CandidacyState, CandidacyState.Event, CandidacyState)] =
            CandidacyState.allCases.map { ($0, .depositOnTime, .deposited) } + [
                (.draft, .depositLate, .late), (.late, .depositLate, .late), (.withdrawn, .depositLate, .late),
                (.deposited, .depositLate, .deposited), (.deposited, .withdraw, .withdrawn),
                (.late, .withdraw, .withdrawn),
                (.admitted, .withdraw, .withdrawn), (.late, .admit, .admitted), (.late, .dismiss, .dismissed),
            ]
        for state in CandidacyState.allCases {
            for event in CandidacyState.Event.allCases {
                let expected = allowed.first { $0.0 == state && $0.1 == event }?.2
                #expect(state.after(event) == expected, "\(state) \(event)")
            }
        }
    }

    // CAND-7, CAND-8, CAND-11: hundreds of acts drawn at random around the limit, right or wrong.
    @Test(
        "whatever is done in whatever order, evidence and states agree", arguments: TestEngine.available,
        [UInt64(3), 7])
    func walk(_ engine: TestEngine, _ seed: UInt64) async throws {
        try await CandidacyWorld.on(engine, seed: seed) { world in
            var walk = CandidacyWalk(world: world, chance: SeededChance(seed))
            for name in ["ada", "bob"] { walk.holders.append(try await world.person(name)) }
            walk.agent = try await world.calls.coordinator()
            for holder in walk.holders { walk.candidacies.append(try await world.complete(by: holder).id) }
            for step in 0..<250 {
                try await walk.step(step)
                try await walk.check()
            }
            #expect(walk.done > 60, "only \(walk.done) acts went through")
            #expect(walk.refused > 60, "only \(walk.refused) acts were refused")
            #expect(try await world.database.read { try Journal.verify($0) } > 60)
        }
    }
}

private struct CandidacyWalk {
    let world: CandidacyWorld
    let chance: SeededChance
    var holders: [Principal] = []
    var agent = Principal.visitor
    var candidacies: [Candidacy.ID] = []
    /// What each key got, to compare for ever.
    var receipts: [Int: SignedReceipt] = [:]
    var deposits: [CandidacyDeposit.ID: CandidacyDeposit] = [:]
    var done = 0
    var refused = 0

    func draw(_ count: Int) -> Int { Int(chance.next() % UInt64(count)) }

    mutating func step(_ number: Int) async throws {
        // A slow walk up to the limit, which it passes about half-way.
        world.clock.advance(by: .hours(Int64(draw(12))))
        let place = draw(candidacies.count)
        let (id, holder) = (candidacies[place], draw(8) == 0 ? holders[1 - place] : holders[place])
        let candidacy = try await world.read(id)
        do {
            switch draw(8) {
            case 0, 1:
                try await world.save(
                    id, "projet", CandidacyWorld.projectFields + [.init("titre", "Titre \(number)")], by: holder)
            case 2, 3:
                let outcome = try await world.deposit(candidacy, number, by: holder)
                receipts[number] = outcome.receipt
            case 4:
                let known = receipts.keys.sorted()
                guard !known.isEmpty, let key = known.dropFirst(draw(known.count)).first, let receipt = receipts[key]
                else {
                    return
                }
                let again = try await world.deposit(candidacy, key, by: holder)
                #expect(again.receipt == receipt, "the same key, the same receipt")
                #expect(again.isRepeated)
            case 5:
                _ = try await world.desk.perform(WithdrawCandidacy(candidacy: id, head: world.head), as: holder)
            case 6:
                _ = try await world.desk.perform(
                    DecideLateCandidacy(candidacy: id, admits: draw(2) == 0, reason: "Motif.", head: world.head),
                    as: draw(3) == 0 ? holder : agent)
            default:
                _ = try await world.desk.perform(
                    ConsentToAutoDeposit(candidacy: id, consents: draw(2) == 0), as: holder)
            }
            done += 1
        } catch is Problems {
            refused += 1
        } catch is Missing {
            refused += 1
        } catch is Denied {
            refused += 1
        } catch is Conflict {
            refused += 1
        }
    }

    /// What must hold after each act.
    mutating func check() async throws {
        let (known, ids) = (deposits, candidacies)
        let found = try await world.database.read { reader in
            try ids.flatMap { try CandidacyDepositStore.deposits(of: $0, reader) }
        }
        for (id, deposit) in known { #expect(found.first { $0.id == id } == deposit, "evidence never changes") }
        #expect(found.map(\.number).sorted() == Array(0..<found.count).map { $0 + 1 }, "numbers follow each other")
        for deposit in found {
            deposits[deposit.id] = deposit
            #expect((deposit.arrival < CandidacyWorld.closing) == (deposit.verdict == .onTime))
            let receipt = try #require(try await world.database.read { try ReceiptStore.receipt(of: deposit.id, $0) })
            #expect(receipt.receipt.answersFingerprint.text == deposit.digest)
            #expect(receipt.receipt.verdict.rawValue == deposit.verdict.rawValue)
            #expect(ReceiptVerifier(keys: world.office.keys.all).verify(receipt.fileBytes).isValid)
        }
        for id in candidacies {
            let candidacy = try await world.read(id)
            let own = found.filter { $0.candidacy == id }
            switch candidacy.state {
            case .draft: #expect(own.isEmpty)
            case .deposited: #expect(own.contains { $0.verdict == .onTime })
            case .late: #expect(own.contains { $0.verdict == .late })
            case .admitted, .dismissed: #expect(candidacy.decision?.reason.isEmpty == false)
            case .withdrawn: #expect(!own.isEmpty && candidacy.withdrawnAt != nil)
            }
            #expect(candidacy.depositedVersion == (own.max { $0.number < $1.number }?.version ?? 0))
        }
    }
}
