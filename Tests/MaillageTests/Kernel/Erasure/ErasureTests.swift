import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// BAK-8
@Suite("Erasures outside of the database") struct ErasureTests {
    private func withLog(_ body: (String) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.path + "/erasures-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: root) }
        try await body(root + "/erasures.log")
    }

    private static func erasure(_ number: Int64, _ kind: String = "compte") -> Erasure {
        Erasure(kind: kind, subject: number, at: Instant(seconds: 1_795_324_000 + number))
    }

    @Test func eachIsWrittenOnceAndReadBack() async throws {
        try await withLog { path in
            #expect(try ErasureLog.read(path).erasures.isEmpty, "an absent log is empty")
            let log = try ErasureLog(path: path)
            try log.append([Self.erasure(1), Self.erasure(2), Self.erasure(1)])
            try log.append([Self.erasure(2), Self.erasure(1, "photo")])
            let again = try ErasureLog(path: path)
            try again.append([Self.erasure(1), Self.erasure(3)])
            let reading = try ErasureLog.read(path)
            #expect(reading.erasures == [Self.erasure(1), Self.erasure(2), Self.erasure(1, "photo"), Self.erasure(3)])
            #expect(reading.damaged == 0)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test func aCutOrChangedLineSpoilsNoOther() async throws {
        try await withLog { path in
            try ErasureLog(path: path).append((1...5).map { Self.erasure($0) })
            let bytes = Array(try #require(FileManager.default.contents(atPath: path)))
            let line = bytes.count / 5
            for place in [0, 2, 12, 25, 40, line - 2] {
                var other = bytes
                other[line + place] ^= 1
                try Data(other).write(to: URL(fileURLWithPath: path))
                let reading = try ErasureLog.read(path)
                #expect(reading.erasures.count == 4 && reading.damaged >= 1, "changed at \(place)")
            }
            try Data(bytes.dropLast(20)).write(to: URL(fileURLWithPath: path))
            #expect(try ErasureLog.read(path).erasures.count == 4)
            // A power cut left half a line: what comes after stands on its own.
            try ErasureLog(path: path).append([Self.erasure(9)])
            let reading = try ErasureLog.read(path)
            #expect(reading.erasures.map(\.subject) == [1, 2, 3, 4, 9] && reading.damaged == 1)
            try Data(repeating: 0x41, count: 3 << 20).write(to: URL(fileURLWithPath: path))
            #expect(try ErasureLog.read(path).erasures.isEmpty)
        }
    }

    @Test(arguments: TestEngine.available)
    func aClosedAccountIsClosedAgainInAnOlderDatabase(_ engine: TestEngine) async throws {
        try await withLog { path in
            let kinds = [AccountErasure.kind(traces: PersonalTraces())]
            var lea = Account.ID(0)
            try await AccountWorld.on(engine) { world in
                lea = try await world.person("lea", .placeEditor, on: .place(7))
                _ = try await world.person("paul")
                let log = try ErasureLog(path: path)
                try await ErasureUpkeep.fill(log, from: world.database, kinds)
                #expect(try ErasureLog.read(path).erasures.isEmpty)
                let here = try await world.session(lea)
                try await world.desk.perform(
                    CloseAccount(
                        session: here.session, isConfirmed: true, leavesPlacesAlone: true, head: world.head,
                        traces: PersonalTraces()), as: try await world.principal(lea))
                try await ErasureUpkeep.fill(log, from: world.database, since: world.now + .hours(1), kinds)
                #expect(try ErasureLog.read(path).erasures.isEmpty, "closed before what is asked for")
                try await ErasureUpkeep.fill(log, from: world.database, since: world.now, kinds)
                #expect(
                    try ErasureLog.read(path).erasures == [Erasure(kind: "compte", subject: lea.number, at: world.now)])
                let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
                #expect(!text.contains("lea") && !text.contains("Personne"), "identifiers alone")
            }
            // The same world before it was closed, as an older backup has it.
            try await AccountWorld.on(engine) { world in
                let same = try await world.person("lea", .placeEditor, on: .place(7))
                #expect(same == lea, "the world repeats")
                _ = try await world.session(lea)
                let erasures = try ErasureLog.read(path).erasures
                let strange = [Self.erasure(5), Self.erasure(6, "inconnu")]
                let outcome = try await ErasureUpkeep.again(erasures + strange, world.desk, kinds)
                #expect(outcome.again == 1 && outcome.standing == 1 && outcome.aside.count == 1)
                let account = try await world.database.read { try AccountStore.account(lea, $0) }
                #expect(account?.email == nil && account?.closedAt == erasures.first?.at)
                #expect(try await world.count("SELECT COUNT(*) FROM session") == 0)
                #expect(try await world.count("SELECT COUNT(*) FROM role_grant WHERE revoked_at IS NULL") == 0)
                let twice = try await ErasureUpkeep.again(erasures, world.desk, kinds)
                #expect(twice == ErasureUpkeep.Outcome(again: 0, standing: 1))
            }
        }
    }

    @Test func onlyTheProgramErasesAgain() async throws {
        try await AccountWorld.on(.sqlite) { world in
            let lea = try await world.person("lea")
            let paul = try await world.principal(try await world.person("paul", .operator, on: .network))
            let act = EraseAgain(
                Erasure(kind: "compte", subject: lea.number, at: world.now),
                AccountErasure.kind(traces: PersonalTraces()))
            await #expect(throws: Denied.self) { try await world.desk.perform(act, as: paul) }
            #expect(try await world.database.read { try AccountStore.account(lea, $0) }?.email != nil)
        }
    }
}
