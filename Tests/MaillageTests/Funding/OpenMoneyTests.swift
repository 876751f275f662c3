import Exchange
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

/// What is published, and the files that say it.
@Suite("Open money") struct OpenMoneyTests {
    /// The national schema, from the data that lies beside the checkout; nil with a word when it is not there.
    private static func schema() throws -> [[String: Any]]? {
        let folder =
            ProcessInfo.processInfo.environment["MAILLAGE_TEST_DATA"]
            ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../../../shared/data"
        let path = folder + "/subsidies/betagouv_SCDL-subvention_706ad012__schema.v2.1.1.json"
        guard let data = FileManager.default.contents(atPath: path) else {
            print("The subsidy schema is not beside the checkout: its comparison is left out.")
            return nil
        }
        let json = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return json?["fields"] as? [[String: Any]]
    }

    /// What a cell breaks of its field's constraints (Table Schema).
    private static func faults(_ cell: String, _ field: [String: Any]) -> [String] {
        let (name, rules) = (field["name"] as? String ?? "", field["constraints"] as? [String: Any] ?? [:])
        guard !cell.isEmpty else { return rules["required"] as? Bool == true ? ["\(name) is required"] : [] }
        var faults: [String] = []
        if let pattern = rules["pattern"] as? String, cell.range(of: pattern, options: .regularExpression) == nil {
            faults.append("\(name): \(cell) is not \(pattern)")
        }
        if let most = rules["maxLength"] as? Int, cell.count > most { faults.append("\(name) is too long") }
        if let choices = rules["enum"] as? [String], !choices.contains(cell) { faults.append("\(name): \(cell)") }
        switch field["type"] as? String {
        case "number":
            guard let number = Double(cell) else { return faults + ["\(name): \(cell) is no number"] }
            if let least = rules["minimum"] as? Double, number < least {
                faults.append("\(name): \(cell) is too little")
            }
            if let most = rules["maximum"] as? Double, number > most { faults.append("\(name): \(cell) is too much") }
        case "date": if CivilDate(iso: cell) == nil { faults.append("\(name): \(cell) is no date") }
        case "boolean": if !["oui", "non"].contains(cell) { faults.append("\(name): \(cell)") }
        default: break
        }
        return faults
    }

    private static func rows(_ world: FundingWorld) async throws -> [[String]] {
        try await world.database.read { reader in
            try FundingPublication.published(
                funder: nil, from: nil, to: nil, after: FundingLine.ID(0), limit: 100, reader
            ).flatMap { SubsidyFile.rows($0) }
        }
    }

    // FUND-18, FUND-9
    @Test("the subsidy file follows its schema", arguments: TestEngine.available)
    func subsidies(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let hidden = try await world.granted(100_000, world.facts("Zircone"))
            var small = world.facts("Repair café\u{202F}; « trois » villages, été")
            small.isDeMinimis = true
            let paid = try await world.take(.pay, 123_456, of: try await world.granted(123_456, small))
            let line = try await world.granted(3_000_000, world.facts("Consortium"))
            let early = PublishFunding(line: line.id)
            #expect(try await world.sentences(early, as: world.agent).contains("convention est obligatoire"))
            let agreement = try await world.signed(line)
            try await world.desk.perform(
                SetShares(
                    agreement: agreement.id,
                    members: [
                        .init("Le chef", amount: 1_000_000, isLead: true),
                        .init("Membre", siret: FundingWorld.siret, amount: 1_000_000),
                        .init("Autre", siret: FundingWorld.siret, amount: 1_000_000),
                    ]), as: world.agent)
            #expect(try await Self.rows(world).isEmpty, "nothing is public before it is published")
            #expect(try await world.refusal(early, as: world.manager) is Denied)
            #expect(try await world.refusal(early, as: world.stranger) is Missing)
            try await world.desk.perform(all: [PublishFunding(line: paid.id), early], as: world.agent)
            let rows = try await Self.rows(world)
            #expect(rows.count == 4)
            #expect(!rows.joined().contains { $0.contains("Zircone") }, "\(hidden.id) is not published")
            #expect(rows[0][8] == "1234.56" && rows[0][10] == "unique" && rows[0][13] == "oui" && rows[0][14] == "1.00")
            #expect(rows[1...].map { $0[14] } == ["0.3333", "0.3333", "0.3334"])
            #expect(rows[1][10] == "échelonné" && rows[1][11].contains("/") && rows[1][3] == "2026-017")
            #expect(SubsidyFile.columns.count == 16 && rows.allSatisfy { $0.count == 16 })
            #expect(rows.allSatisfy { OfficialNumbers.isSIRET($0[1]) })
            #expect(rows.allSatisfy { OfficialNumbers.isSIRET($0[5]) || !$0[6].isEmpty }, "one of SIRET and RNA")
            if let fields = try Self.schema() {
                #expect(fields.compactMap { $0["name"] as? String } == SubsidyFile.columns)
                for row in rows {
                    #expect(zip(row, fields).flatMap { Self.faults($0, $1) }.isEmpty)
                }
            }
            let visitor = Principal.visitor
            let seen = try await world.database.read { try FundingListing.items(visitor, .init(), limit: 9, $0) }
            #expect(Set(seen.map(\.line.id)) == [paid.id, line.id] && seen.allSatisfy { !$0.isFull })
            let withdraw = WithdrawFundingPublication(line: line.id, reason: "Publiée trop tôt.")
            let silent = WithdrawFundingPublication(line: line.id, reason: "")
            #expect(try await world.sentences(silent, as: world.agent).contains("pourquoi"))
            try await world.desk.perform(withdraw, as: world.agent)
            #expect(try await Self.rows(world).count == 1)
            #expect(try await world.sentences(withdraw, as: world.agent).contains("n’est pas publiée"))
        }
    }

    // FUND-18
    @Test("the 360Giving file says what its standard requires", arguments: TestEngine.available)
    func grants(_ engine: TestEngine) async throws {
        try await FundingWorld.on(engine) { world in
            let line = try await world.take(
                .pay, 50, of: try await world.granted(1_050, world.facts("Quote \" et <b>")))
            try await world.desk.perform(PublishFunding(line: line.id), as: world.agent)
            let publications = try await world.database.read {
                try FundingPublication.published(
                    funder: nil, from: 2026, to: 2026, after: FundingLine.ID(0), limit: 9, $0)
            }
            var json = JSONWriter()
            GrantFile.begin(
                &json, title: "Essai", publisher: "Réseau", website: "https://reseau.test", issued: world.today)
            for one in publications { GrantFile.grant(one, url: "https://reseau.test/financements/1", &json) }
            GrantFile.end(&json)
            let file = try #require(
                try JSONSerialization.jsonObject(with: Data(json.bytes)) as? [String: Any])
            let grants = try #require(file["grants"] as? [[String: Any]])
            let grant = try #require(grants.first)
            for name in ["id", "title", "description", "currency", "amountAwarded", "awardDate", "url"] {
                #expect(grant[name] != nil, "\(name)")
            }
            #expect(grant["amountAwarded"] as? Double == 10.5 && grant["currency"] as? String == "EUR")
            let funders = grant["fundingOrganization"] as? [[String: String]]
            #expect(funders?.first?["id"] == "FR-INSEE-732829320" && funders?.first?["name"] == "Région d’essai")
            let recipients = grant["recipientOrganization"] as? [[String: String]]
            #expect(recipients?.first?["name"] == "Association La Fosse" && recipients?.first?["id"] != nil)
            #expect((grant["id"] as? String)?.contains("/") == false)
        }
    }
}
