import Exchange
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// A database that lost deposits gets them back from their journal (RCPT-11).
@Suite struct DepositReplayTests {
    /// What the second volume holds once three deposits were made, and what the database held then.
    private struct Kept: Sendable {
        var entries: [DepositEntry] = []
        var deposits: [CandidacyDeposit] = []
        var candidacies: [Candidacy] = []
        var keys: [ReceiptPublicKey] = []
    }

    /// The same people each time: identifiers follow from the seed.
    private static func people(_ world: CandidacyWorld) async throws -> (Principal, Principal) {
        (try await world.person("ada"), try await world.person("bob"))
    }

    private static func kept(_ engine: TestEngine) async throws -> Kept {
        var kept = Kept()
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = try await people(world)
            let (one, two) = (try await world.complete(by: ada), try await world.complete(by: bob))
            var outcomes = [try await world.deposit(one, 1, by: ada)]
            world.clock.advance(by: .minutes(1))
            outcomes.append(try await world.deposit(two, 2, by: bob))
            world.clock.advance(by: .minutes(1))
            let changed = try await world.save(
                one.id, "budget", [.init("montant", "15 000"), .init("exact", "1")], by: ada)
            outcomes.append(try await world.deposit(changed, 3, by: ada))
            kept.entries = try outcomes.map { try #require($0.entry) }
            kept.deposits = outcomes.map(\.deposit)
            kept.candidacies = [try await world.read(one.id), try await world.read(two.id)]
            kept.keys = world.office.keys.all
        }
        return kept
    }

    private static func compare(_ world: CandidacyWorld, _ kept: Kept) async throws {
        for (deposit, entry) in zip(kept.deposits, kept.entries) {
            let found = try await world.database.read { try CandidacyDepositStore.any(deposit.id, $0) }
            #expect(found == deposit)
            let receipt = try await world.database.read { try ReceiptStore.receipt(of: deposit.id, $0) }
            #expect(receipt?.fileBytes == entry.receipt, "the receipt is the same to the last bit")
        }
        for former in kept.candidacies {
            let found = try await world.read(former.id)
            #expect(found.state == .deposited)
            #expect(found.version == former.version && found.depositedVersion == former.depositedVersion)
            #expect(found.answers == former.answers)
            #expect(found.holder == former.holder && found.title == former.title && found.wave == former.wave)
            #expect(found.structure == former.structure && found.form == former.form)
        }
    }

    // RCPT-11: the drafts are there, as an older backup has them.
    @Test(arguments: TestEngine.available)
    func depositsOfAnOlderBackupComeBack(_ engine: TestEngine) async throws {
        let kept = try await Self.kept(engine)
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = try await Self.people(world)
            _ = (try await world.complete(by: ada), try await world.complete(by: bob))
            #expect(try await world.deposits() == 0)
            // The order of the journal is not that of the numbers.
            let found = try await DepositReturn.give(kept.entries.reversed(), to: world.desk, keys: kept.keys)
            #expect(found.written == 3 && found.aside.isEmpty)
            try await Self.compare(world, kept)
            let lines = try await world.database.read {
                try $0.count("SELECT COUNT(*) FROM journal WHERE verb = 'ReplayDeposit'")
            }
            #expect(lines == 3, "each is written in the journal of acts")
            let again = try await DepositReturn.give(kept.entries, to: world.desk, keys: kept.keys)
            #expect(again.written == 0 && again.aside.isEmpty)
            #expect(try await world.deposits() == 3)
            try await Self.compare(world, kept)
            // Life goes on: the same key gives the same receipt, the next number follows.
            let repeated = try await world.deposit(world.read(kept.candidacies[1].id), 2, by: bob)
            #expect(repeated.isRepeated && repeated.receipt.fileBytes == kept.entries[1].receipt)
            let changed = try await world.save(
                kept.candidacies[1].id, "budget", [.init("montant", "9 000"), .init("exact", "1")], by: bob)
            #expect(try await world.deposit(changed, 4, by: bob).deposit.number == 4)
            try await world.database.read { _ = try Journal.verify($0) }
        }
    }

    // RCPT-11: the drafts are lost too, their people are not.
    @Test(arguments: TestEngine.available)
    func aLostCandidacyIsMadeAgain(_ engine: TestEngine) async throws {
        let kept = try await Self.kept(engine)
        try await CandidacyWorld.on(engine) { world in
            let (ada, _) = try await Self.people(world)
            let found = try await DepositReturn.give(kept.entries, to: world.desk, keys: kept.keys)
            #expect(found.written == 3 && found.aside.isEmpty)
            try await Self.compare(world, kept)
            let own = try await world.database.read { try CandidacyStore.own(ada, $0) }
            #expect(own.map(\.id) == [kept.candidacies[0].id])
            #expect(own.first?.createdAt == kept.candidacies[0].createdAt)
        }
    }

    // RCPT-11: what does not prove itself, or has nothing to stand on, is refused with its reason, and leaves nothing.
    @Test(arguments: TestEngine.available)
    func whatCannotBeGivenBackIsKeptAside(_ engine: TestEngine) async throws {
        let kept = try await Self.kept(engine)
        let entry = kept.entries[0]
        let context = try #require(entry.context)
        func reason(_ world: CandidacyWorld, _ entry: DepositEntry, _ keys: [ReceiptPublicKey]) async throws
            -> DepositAside.Reason?
        {
            try await (world.refusal(ReplayDeposit(entry: entry, keys: keys), as: .house) as? DepositAside)?.reason
        }
        func altered(_ entry: DepositEntry, receipt: [UInt8]? = nil, snapshot: [UInt8]? = nil) throws -> DepositEntry {
            try #require(
                DepositEntry(
                    key: entry.key, receipt: receipt ?? entry.receipt, snapshot: snapshot ?? entry.snapshot,
                    context: context))
        }
        try await CandidacyWorld.on(engine) { world in
            #expect(try await reason(world, entry, kept.keys) == .noHolder)
            let (ada, bob) = try await Self.people(world)
            #expect(
                try await world.refusal(ReplayDeposit(entry: entry, keys: kept.keys), as: ada) is Missing,
                "a person does not replay")
            var text = String(decoding: entry.snapshot, as: UTF8.self)
            text.replace("12", with: "13")
            let other = try altered(entry, snapshot: Array(text.utf8))
            guard case .altered = try await reason(world, other, kept.keys) else {
                Issue.record("altered answers were believed")
                return
            }
            var receipt = String(decoding: entry.receipt, as: UTF8.self)
            receipt.replace("\"number\":1", with: "\"number\":7")
            guard case .altered = try await reason(world, altered(entry, receipt: Array(receipt.utf8)), kept.keys)
            else {
                Issue.record("an altered receipt was believed")
                return
            }
            #expect(try await reason(world, entry, []) == .unknownKey(kept.keys[0].id))
            var elsewhere = context
            elsewhere.call = "0000000000001"
            let homeless = DepositEntry(
                key: entry.key, receipt: entry.receipt, snapshot: entry.snapshot, context: elsewhere)
            guard case .missing = try await reason(world, #require(homeless), kept.keys) else {
                Issue.record("a call that does not exist was found")
                return
            }
            // The database went on without the journal: number 1 is somebody else's.
            let draft = try await world.complete(by: bob)
            _ = try await world.deposit(draft, 9, by: bob)
            #expect(try await reason(world, entry, kept.keys) == .numberTaken)
            let found = try await DepositReturn.give([entry], to: world.desk, keys: kept.keys)
            #expect(found.written == 0 && found.aside.map(\.number) == [1])
            #expect(found.aside.first?.description.contains("number is that of another deposit") == true)
        }
    }

    // RCPT-11: entries written before contexts were: the candidacy says the rest.
    @Test(arguments: TestEngine.available)
    func anEntryOfTheFirstVersionComesBack(_ engine: TestEngine) async throws {
        let kept = try await Self.kept(engine)
        let old = try kept.entries.map {
            try #require(DepositEntry(key: $0.key, receipt: $0.receipt, snapshot: $0.snapshot))
        }
        #expect(old.allSatisfy { DepositEntry(payload: $0.payload) == $0 && $0.context == nil })
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = try await Self.people(world)
            _ = (try await world.complete(by: ada), try await world.complete(by: bob))
            let found = try await DepositReturn.give(old, to: world.desk, keys: kept.keys)
            #expect(found.written == 3 && found.aside.isEmpty)
            try await Self.compare(world, kept)
        }
    }

    // RCPT-11, CAND-11: a withdrawal that came after the deposit stands; a late deposit stays late.
    @Test(arguments: TestEngine.available)
    func whatWasDecidedAfterStands(_ engine: TestEngine) async throws {
        var entry: DepositEntry?
        var keys: [ReceiptPublicKey] = []
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            world.goTo(CandidacyWorld.closing + .hours(1))
            let outcome = try await world.deposit(draft, 1, by: ada)
            #expect(outcome.deposit.verdict == .late)
            (entry, keys) = (outcome.entry, world.office.keys.all)
        }
        let late = try #require(entry)
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            world.goTo(CandidacyWorld.closing + .hours(2))
            let found = try await DepositReturn.give([late], to: world.desk, keys: keys)
            #expect(found.written == 1)
            #expect(try await world.read(draft.id).state == .late)
        }
    }

    // RCPT-11: a journal that was moved, or begun later, gets the deposits that it lacks.
    @Test(arguments: TestEngine.available)
    func theJournalGetsWhatItLacks(_ engine: TestEngine) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/maillage-fill-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = try await Self.people(world)
            let first = try await world.deposit(world.complete(by: ada), 1, by: ada)
            let second = try await world.deposit(world.complete(by: bob), 2, by: bob)
            let keys = try await world.database.read { try CandidacyDepositStore.keys($0) }
            let journal = try DepositJournal.open(folder + "/deposits.journal") { _ in true }.journal
            try await journal.append(#require(first.entry))
            #expect(try await DepositReturn.fill(journal, from: world.database, keys: keys) == 1)
            #expect(try await DepositReturn.fill(journal, from: world.database, keys: keys) == 0)
            await journal.close()
            let read = try DepositJournal.salvage(folder + "/deposits.journal")
            #expect(read.entries == [first.entry, second.entry].compactMap { $0 } && read.damages.isEmpty)
        }
    }
}

extension CandidacyWorld {
    func deposits() async throws -> Int {
        try await database.read { try $0.count("SELECT COUNT(*) FROM candidacy_deposit") }
    }
}
