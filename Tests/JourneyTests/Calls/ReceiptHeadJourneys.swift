import Exchange
import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// The heads of receipts as everybody reads them: page, files, proof, and the command that verifies them offline.
@Suite(.serialized) struct ReceiptHeadJourneys {
    private static let start = Instant(seconds: 1_790_064_000)

    private static func open(
        _ engine: TestEngine, _ body: (LiveSite, ReceiptKeys, SignedReceipt, String) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            let keys = try ReceiptKeys.load(
                dataDirectory: folder, now: start, secret: { count in (0..<count).map { UInt8($0) } })
            try await LiveSite.open(engine, start: start, receiptKeys: keys) { (site: LiveSite) async throws -> Void in
                let head = LetterHead(networkName: "Essai", baseURL: site.origin, contactEmail: "a@essai.test")
                let call = try await TrialCall.publish(site.desk, closing: start + .days(9), head: head)
                let people = try await SyntheticCandidates(desk: site.desk, shelf: site.reception.forms, series: "t")
                    .make(1, for: call)
                let outcome = try await site.desk.perform(
                    DepositCandidacy(
                        candidacy: people[0].candidacy, version: people[0].version,
                        key: #require(DepositKey(text: "une-cle-de-depot-tout-a-fait-1")), arrival: start,
                        office: DepositOffice(head: head, keys: keys, shelf: site.reception.forms)),
                    as: Principal(account: people[0].account, name: "", grants: []))
                try await body(site, keys, outcome.receipt, folder)
            }
        }
    }

    // RCPT-8, RCPT-12
    @Test(arguments: TestEngine.available)
    func theHeadIsPublishedAndProvesTheReceipt(_ engine: TestEngine) async throws {
        try await Self.open(engine) { site, keys, receipt, folder in
            let empty = try await site.get("/recepisses/tetes")
            #expect(empty.status == 200 && empty.text.contains("Aucune tête pour l’instant"))
            let proofPath = "/recepisses/preuves/\(receipt.fingerprint.text).json"
            #expect(try await site.get(proofPath).status == 404, "its night has not come")
            let clock = ReceiptNightClock(reception: site.reception, keys: keys)
            try await clock.tick()
            #expect(try await site.desk.database.read { try ReceiptHeadStore.count($0) } == 0)
            site.clock?.advance(by: .days(1))
            try await clock.tick()
            try await clock.tick()
            let page = try await site.get("/recepisses/tetes")
            #expect(page.status == 200 && page.text.contains("sont signées par le réseau et se suivent"))
            #expect(page.text.contains("/recepisses/tetes/2026-09-22.json"))
            #expect(!page.text.contains("Association d’essai"), "nothing of anybody")
            let check = try await site.get("/recepisses/verifier")
            #expect(check.text.contains("href=\"/recepisses/tetes\""), "found from the page that verifies")

            let list = try await site.get("/recepisses/tetes.json")
            let heads = try #require(ReceiptHeadList.read(Array(list.body)))
            #expect(heads.count == 1 && ReceiptVerifier(keys: keys.all).holds(chain: heads))
            let one = try await site.get("/recepisses/tetes/2026-09-22.json")
            #expect(SignedHead(fileBytes: Array(one.body)) == heads.first)
            for path in [
                "/recepisses/tetes/2026-09-23.json", "/recepisses/tetes/hier.json",
                "/recepisses/preuves/\(Fingerprint(of: []).text).json", "/recepisses/preuves/ABC.json",
            ] {
                #expect(try await site.get(path).status == 404, "\(path)")
            }
            let proof = try await site.get(proofPath)
            let read = try #require(ReceiptProof(fileBytes: Array(proof.body)))
            #expect(ReceiptVerifier(keys: keys.all).holds(read, of: receipt))

            func put(_ name: String, _ bytes: [UInt8]) throws -> String {
                try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
                return folder + "/" + name
            }
            let keyFile = try put("cles.json", ReceiptPublicKey.listBytes(keys.all))
            let (receiptFile, proofFile) = (
                try put("recepisse.json", receipt.fileBytes), try put("preuve.json", Array(proof.body))
            )
            let verified = try await Program.run(
                ["receipt", "verify", receiptFile, "--proof", proofFile, "--keys", keyFile])
            #expect(
                verified.status == 0 && verified.out.contains("ok: under the head of 2026-09-22"), "\(verified.err)")

            site.clock?.advance(by: .days(1))
            try await clock.tick()
            let longer = Array(try await site.get("/recepisses/tetes.json").body)
            let (listFile, keptFile) = (try put("tetes.json", longer), try put("gardee.json", Array(one.body)))
            let chain = try await Program.run(
                ["receipt", "heads", listFile, "--kept", keptFile, "--keys", keyFile])
            #expect(chain.status == 0 && chain.out.hasPrefix("ok: 2 heads, 1 receipts"), "\(chain.err)")
            let all = try #require(ReceiptHeadList.read(longer))
            let rewritten = try keys.sign(
                ReceiptHead(date: all[0].head.date, receipts: [], after: nil, issuedAt: all[0].head.issuedAt))
            let other = try put("autre.json", ReceiptHeadList.bytes([rewritten]))
            let missing = try await Program.run(["receipt", "heads", other, "--kept", keptFile, "--keys", keyFile])
            #expect(missing.status == 1 && missing.err.contains("that you kept is not in"), "\(missing.err)")
            let cut = try put("coupe.json", ReceiptHeadList.bytes([rewritten, all[1]]))
            let broken = try await Program.run(["receipt", "heads", cut, "--keys", keyFile])
            #expect(broken.status == 1 && broken.err.contains("does not follow"), "\(broken.err)")
        }
    }
}
