import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// A real server whose database was put back from an older backup, with the journal of deposits on its second volume.
@Suite(.serialized) struct LostDepositJourneys {
    struct Person {
        let session: String
        let candidacy: String
    }

    /// The data folder, its database on one engine, and the journal.
    struct Ground {
        let folder: String
        let location: Database.Location
        var data: String { folder + "/data" }
        var journal: String { folder + "/second/deposits.journal" }

        var environment: [String: String] {
            var values = ["MAILLAGE_DEPOSIT_JOURNAL": journal, "MAILLAGE_LOG_LEVEL": "notice"]
            if case .postgres(let url) = location { values["MAILLAGE_DATABASE_URL"] = url }
            return values
        }

        static func on(_ engine: TestEngine, _ body: (Ground) async throws -> Void) async throws {
            try await withFolder { folder in
                for part in ["/data", "/second"] {
                    try FileManager.default.createDirectory(atPath: folder + part, withIntermediateDirectories: true)
                }
                guard engine == .postgres else {
                    return try await body(
                        Ground(folder: folder, location: .file(folder + "/data/maillage.sqlite")))
                }
                try await withFreshLocation(engine) { try await body(Ground(folder: folder, location: $0)) }
            }
        }

        /// What an older backup lacks: every deposit after the first, and their candidacies' states.
        func loseDeposits(after number: Int) async throws {
            let database = try Database(location)
            try await database.write { writer in
                try writer.run(
                    """
                    UPDATE candidacy
                    SET state = 'brouillon', deposited_version = 0
                    WHERE id IN (SELECT candidacy_id FROM candidacy_deposit WHERE number > \(number))
                    """)
                try writer.run(
                    """
                    DELETE FROM receipt
                    WHERE deposit_id IN (SELECT id FROM candidacy_deposit WHERE number > \(number))
                    """)
                try writer.run("DELETE FROM candidacy_deposit WHERE number > \(number)")
            }
            await database.close()
        }

        func people(_ count: Int) async throws -> [Person] {
            let made = try await Program.run(["bench", "candidates", "\(count)", "--data", data], environment)
            try #require(made.status == 0, "\(made.err)")
            return made.out.split(separator: "\n").map { line in
                let words = line.split(separator: "\t").map(String.init)
                return Person(session: words[0], candidacy: words[1])
            }
        }

        /// Serves, gives the site to `body`, stops it politely, and answers what it wrote in its log.
        func serve(_ body: (Caller) async throws -> Void) async throws -> String {
            let program = try Program(["serve", "--data", data, "--port", "0"], environment)
            try await body(Caller(port: try await program.port()))
            program.signal(SIGTERM)
            #expect(await program.end(within: 120) == 0)
            return program.err
        }
    }

    private static func hidden(_ name: String, in text: Substring) -> String {
        guard let place = text.firstRange(of: "name=\"\(name)\" value=\"") else { return "" }
        return String(text[place.upperBound...].prefix { $0 != "\"" })
    }

    /// Deposits through the site as a browser would; the receipt's file.
    static func deposit(_ person: Person, _ caller: Caller) async throws -> [UInt8] {
        let own = "/candidatures/\(person.candidacy)"
        let page = try await caller.get(own + "/verification", session: person.session).text
        let start = try #require(page.firstRange(of: "action=\"\(own)/depot\""))
        let form = page[start.lowerBound...]
        let reply = try await caller.submit(
            own + "/depot",
            [("cle_depot", hidden("cle_depot", in: form)), ("version", hidden("version", in: form))],
            token: hidden("jeton", in: form), session: person.session)
        #expect(reply.status == 303)
        return try await receipt(person, caller)
    }

    static func receipt(_ person: Person, _ caller: Caller) async throws -> [UInt8] {
        let reply = try await caller.get("/candidatures/\(person.candidacy)/recepisse.json", session: person.session)
        return reply.status == 200 ? Array(reply.body) : []
    }

    // RCPT-9, RCPT-11
    @Test(arguments: TestEngine.available)
    func aServerGivesBackWhatItsDatabaseLost(_ engine: TestEngine) async throws {
        try await Ground.on(engine) { ground in
            let people = try await ground.people(4)
            var receipts: [[UInt8]] = []
            var log = try await ground.serve { caller in
                for person in people.prefix(3) { receipts.append(try await Self.deposit(person, caller)) }
            }
            #expect(!log.contains("given back"))
            #expect(receipts.count == 3 && receipts.allSatisfy { !$0.isEmpty })
            try await ground.loseDeposits(after: 1)
            let listed = try await Program.run(["deposits", "list", "--data", ground.data], ground.environment)
            #expect(listed.status == 0 && listed.out.contains("3 deposits in the journal, 1 in the database; 2 only"))

            log = try await ground.serve { caller in
                for (person, receipt) in zip(people, receipts) {
                    let found = try await Self.receipt(person, caller)
                    #expect(found == receipt, "the same receipt, to the last bit")
                }
                // The number after: nothing was counted twice.
                let next = try SignedReceipt(fileBytes: try await Self.deposit(people[3], caller))
                #expect(next.receipt.number == 4)
            }
            #expect(log.contains("deposits of the journal were given back to the database") && log.contains("count=2"))
            #expect(!log.contains("kept aside"))
            log = try await ground.serve { _ in }
            #expect(!log.contains("given back"), "once is enough")
            let check = try await Program.run(["check", "--data", ground.data], ground.environment)
            #expect(check.status == 0, "\(check.err)")
        }
    }

    // RCPT-9, RCPT-11
    @Test(arguments: TestEngine.available)
    func anAlteredJournalStopsTheStartAndIsStillGoodForWhatHolds(_ engine: TestEngine) async throws {
        try await Ground.on(engine) { ground in
            let people = try await ground.people(3)
            _ = try await ground.serve { caller in
                for person in people { _ = try await Self.deposit(person, caller) }
            }
            var bytes = Array(FileManager.default.contents(atPath: ground.journal) ?? Data())
            let whole = bytes
            let salvaged = try DepositJournal.salvage(ground.journal)
            try #require(salvaged.entries.count == 3 && salvaged.damages.isEmpty)
            let place = 20 + 36 + (salvaged.entries[0].payload.count + 36) + 300
            bytes[place] ^= 1
            try Data(bytes).write(to: URL(fileURLWithPath: ground.journal))
            let refused = try await Program.run(
                ["serve", "--data", ground.data, "--port", "0"], ground.environment, within: 240)
            #expect(refused.status == 1 && refused.err.contains("was altered at byte"), "\(refused.err)")
            #expect(refused.err.split(separator: "\n").last?.hasPrefix("maillage: ") == true)
            #expect(Array(FileManager.default.contents(atPath: ground.journal) ?? Data()) == bytes, "left as it is")

            try await ground.loseDeposits(after: 0)
            let aside = ground.folder + "/second/damaged"
            try FileManager.default.moveItem(atPath: ground.journal, toPath: aside)
            let replayed = try await Program.run(
                ["deposits", "replay", aside, "--data", ground.data], ground.environment)
            #expect(replayed.status == 2, "\(replayed.err)")
            #expect(replayed.err.contains("not whole, or altered"))
            #expect(replayed.out.hasPrefix("2 deposits given back"), "\(replayed.out)")
            // The new journal is filled with what the database holds.
            let log = try await ground.serve { _ in }
            #expect(log.contains("deposits were added to their journal") && log.contains("count=2"))
            #expect(try DepositJournal.salvage(ground.journal).entries.count == 2)
            try Data(whole).write(to: URL(fileURLWithPath: aside))
            let rest = try await Program.run(["deposits", "replay", aside, "--data", ground.data], ground.environment)
            #expect(rest.status == 0 && rest.out.hasPrefix("1 deposits given back; 2 were there"), "\(rest.out)")
        }
    }

    // RCPT-11: another program's file, a key that is gone.
    @Test func whatIsKeptAsideIsSaidInTheLog() async throws {
        try await Ground.on(.sqlite) { ground in
            let people = try await ground.people(1)
            _ = try await ground.serve { caller in _ = try await Self.deposit(people[0], caller) }
            try await ground.loseDeposits(after: 0)
            try FileManager.default.moveItem(atPath: ground.data + "/keys", toPath: ground.folder + "/keys")
            var log = try await ground.serve { caller in
                let receipt = try await Self.receipt(people[0], caller)
                #expect(receipt.isEmpty)
            }
            #expect(log.contains("a deposit of the journal is kept aside") && log.contains("put it back, start again"))
            try FileManager.default.removeItem(atPath: ground.data + "/keys")
            try FileManager.default.moveItem(atPath: ground.folder + "/keys", toPath: ground.data + "/keys")
            log = try await ground.serve { caller in
                let receipt = try await Self.receipt(people[0], caller)
                #expect(!receipt.isEmpty)
            }
            #expect(log.contains("count=1"))
        }
    }
}
