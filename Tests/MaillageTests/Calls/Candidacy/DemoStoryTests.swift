import Exchange
import Forms
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// The three calls that the demo network lets one follow, as a stranger finds them.
@Suite struct DemoStoryTests {
    private static func demo(_ body: (Database, DepositOffice) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/maillage-demo-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withFreshDatabase(.sqlite, Schema.migrations) { database in
            let (surroundings, _) = Surroundings.fixed(at: PlaceWorld.start, seed: 5)
            let desk = Desk(database: database, surroundings: surroundings)
            let head = LetterHead(
                networkName: "Réseau d’essai", baseURL: "https://reseau.test", contactEmail: "aide@reseau.test")
            let keys = try ReceiptKeys.load(
                dataDirectory: folder, now: DemoNetwork.keysSince, secret: surroundings.secret)
            try await DemoNetwork(
                desk: desk,
                passwords: Passwords(desk: desk, hasher: PasswordHasher(.quick), networkName: head.networkName),
                head: head, receiptKeys: keys
            ).build()
            try await body(database, DepositOffice(head: head, keys: keys, shelf: CandidacyFormShelf()))
        }
    }

    // CAND-7, CAND-8, CAND-11, CAND-14, CAND-15, CAND-32
    @Test("the stories of the demo hold, and each of their receipts is verified by its key alone")
    func stories() async throws {
        try await Self.demo { database, office in
            let stories = try await DemoNetwork.stories(database)
            #expect(stories.count == 5)
            let calls = try await database.read { try CallListing.published(.init(), $0) }
            func call(_ start: String) throws -> Call { try #require(calls.first { $0.title.hasPrefix(start) }) }
            let lens = try call("Tiers-lieux de Lens-Liévin")
            let found = try await database.read { reader in
                try CandidacyStore.deposited(of: lens.id, limit: 100, reader)
            }
            let states = Set(found.map(\.state))
            #expect(states == [.deposited, .admitted, .withdrawn])
            #expect(found.contains { $0.channel == .email })
            let deposits = try await database.read { reader in
                try found.flatMap { try CandidacyDepositStore.deposits(of: $0.id, reader) }
            }
            #expect(deposits.count == 6 && deposits.count { $0.verdict == .late } == 1)
            #expect(deposits.allSatisfy { CivilZone.paris.local($0.arrival.microseconds).date.year == 2020 })
            let drafts = try await database.read {
                try $0.count("SELECT COUNT(*) FROM candidacy WHERE call_id = \(lens.id) AND state = 'brouillon'")
            }
            #expect(drafts == 2)

            let factories = try call("Fabriques de territoire")
            let waves = try await database.read { try CandidacyDepositStore.counting(of: factories.id, $0) }.values
                .map(\.wave)
            #expect(Set(waves).count == 2, "one wave after another")

            let verifier = ReceiptVerifier(keys: office.keys.all)
            let receipts = try await database.read {
                try ReceiptStore.signed(from: Instant(seconds: 0), to: PlaceWorld.start + .days(1), $0)
            }
            #expect(receipts.count >= 12)
            for receipt in receipts {
                let verification = verifier.verify(receipt.fileBytes)
                #expect(verification.isValid, "\(verification.fault?.sentence ?? "")")
            }
        }
    }

    // CAND-31, CAND-32, CAND-35
    @Test("six places of Amiens add up to what was published of them")
    func consortium() async throws {
        try await Self.demo { database, office in
            let dossier = try await database.read { reader in
                let calls = try CallListing.published(.init(), reader)
                let call = try #require(calls.first { $0.title.hasPrefix("Fabrique numérique à plusieurs") })
                let candidacy = try #require(try CandidacyStore.deposited(of: call.id, limit: 9, reader).first)
                let deposit = try #require(try CandidacyDepositStore.deposits(of: candidacy.id, reader).first)
                return try #require(
                    try DepositedDossier.read(deposit, of: candidacy, shelf: office.shelf, reader))
            }
            #expect(dossier.parts.count == 6)
            #expect(dossier.parts.allSatisfy { $0.partner.state == .committed && $0.isComplete })
            let published = [
                "total_salaries": 28, "total_visites": 14_000, "total_qpv": 2_000, "total_rural": 5_000,
                "total_surface": 5_000, "total_heures": 200, "total_evenements": 250,
            ]
            for (key, number) in published { #expect(dossier.state.computed(key) == ExactNumber(number), "\(key)") }
            let question = try #require(dossier.state.compiled.form.question("total_surface"))
            let figures = try #require(dossier.figures(of: question).first)
            #expect(figures.lines.first { $0.name == "La Machinerie" }?.value == ExactNumber(750).map { .number($0) })
            #expect(figures.missing.isEmpty)
            #expect(dossier.eligibility.contains { $0.outcome == .satisfied && $0.edition != "" })
        }
    }
}
