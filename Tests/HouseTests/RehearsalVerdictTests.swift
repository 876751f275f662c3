import Foundation
import Maillage
import Storage
import Testing
import Workbench

@testable import MaillageCommand

/// The judge of rehearsals notices what it is there for: each defect is planted in what people were told.
@Suite struct RehearsalVerdictTests {
    private struct Ground {
        let database: Database
        let office: DepositOffice
        let desk: Desk
        let people: [SyntheticCandidates.Person]
        let closing: Instant
        var keys: [ReceiptPublicKey] { office.keys.all }

        func attempt(_ place: Int, key: String, sentAt: Instant) -> RehearsalRecord.Attempt {
            RehearsalRecord.Attempt(
                candidacy: people[place].candidacy, version: people[place].version, key: key, sentAt: sentAt)
        }

        /// Deposits as the site would.
        func deposit(_ place: Int, key: String) async throws {
            let key = try #require(DepositKey(text: key))
            _ = try await desk.perform(
                DepositCandidacy(
                    candidacy: people[place].candidacy, version: people[place].version, key: key,
                    arrival: desk.surroundings.now(), office: office),
                as: Principal(account: people[place].account, name: "", grants: []))
        }

        func verdict(_ record: RehearsalRecord) async throws -> RehearsalVerdict {
            try await RehearsalVerdict.of(record.all, closing: closing, keys: keys, database: database)
        }
    }

    private static func on(_ body: (Ground) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/maillage-verdict-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withFreshDatabase(.sqlite, Schema.migrations) { database in
            let (surroundings, _) = Surroundings.fixed(at: Instant(seconds: 1_790_064_000))
            let desk = Desk(database: database, surroundings: surroundings)
            let head = LetterHead(networkName: "Essai", baseURL: "https://essai.test", contactEmail: "a@essai.test")
            let closing = surroundings.now() + .days(1)
            let call = try await TrialCall.publish(desk, closing: closing, head: head)
            let shelf = CandidacyFormShelf()
            let keys = try ReceiptKeys.load(
                dataDirectory: folder, now: surroundings.now(), secret: surroundings.secret)
            let people = try await SyntheticCandidates(desk: desk, shelf: shelf, series: "t").make(3, for: call)
            try await body(
                Ground(
                    database: database, office: DepositOffice(head: head, keys: keys, shelf: shelf), desk: desk,
                    people: people, closing: closing))
        }
    }

    // RCPT-13
    @Test func whatHoldsHolds() async throws {
        try await Self.on { ground in
            let record = RehearsalRecord()
            let key = "une-cle-de-depot-tout-a-fait-1"
            try await ground.deposit(0, key: key)
            record.attempt(ground.attempt(0, key: key, sentAt: ground.closing - .hours(1)))
            record.answer(key, isAcknowledged: true, status: 303, at: ground.closing - .hours(1))
            let verdict = try await ground.verdict(record)
            #expect(verdict.holds && verdict.acknowledged == 1)
            #expect(verdict.lines().contains("Verdict: it holds."))
        }
    }

    // RCPT-13
    @Test func eachDefectIsNoticed() async throws {
        try await Self.on { ground in
            let (one, two, three) = (
                "une-cle-de-depot-tout-a-fait-1", "une-cle-de-depot-tout-a-fait-2", "une-cle-de-depot-tout-a-fait-3"
            )
            let before = ground.closing - .hours(1)
            let record = RehearsalRecord()
            // Acknowledged, and never written.
            record.attempt(ground.attempt(0, key: one, sentAt: before))
            record.answer(one, isAcknowledged: true, status: 303, at: before)
            // In time, and refused.
            record.attempt(ground.attempt(1, key: two, sentAt: before))
            record.answer(two, isAcknowledged: false, status: 422, at: before)
            // Sent after the limit, and accepted as in time.
            try await ground.deposit(2, key: three)
            record.attempt(ground.attempt(2, key: three, sentAt: ground.closing))
            record.answer(three, isAcknowledged: true, status: 303, at: ground.closing)
            let verdict = try await ground.verdict(record)
            #expect(!verdict.holds)
            #expect(verdict.lost.count == 1 && verdict.refusedInTime.count == 1 && verdict.lateAccepted.count == 1)
            #expect(verdict.lines().contains("Verdict: IT DOES NOT HOLD."))
            // A receipt signed by another key is no receipt.
            let stranger = try await RehearsalVerdict.of(
                record.all, closing: ground.closing, keys: [], database: ground.database)
            #expect(stranger.lost.count == 2)
            record.note("deposit", 0.1, status: 500)
            #expect(try await ground.verdict(record).errors == ["deposit": 1])
        }
    }
}
