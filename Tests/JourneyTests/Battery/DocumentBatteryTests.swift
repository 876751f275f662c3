import Foundation
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// Forms with documents, damaged at random: the parser of multipart and the readers of documents refuse or take, and never more.
@Suite(.serialized) struct DocumentBatteryTests {
    // ATT-2, ATT-4, ATT-10
    @Test func damagedFormsBreakNothing() async throws {
        let count = Battery.count(short: 150, long: 20_000)
        try await AttachmentJourneys.open { scene in
            let path = scene.own + "/pieces/lettres"
            let token = scene.site.token(for: path, account: scene.ada.account)
            var numbers = SeededNumbers(Battery.seed)
            let seeds = [
                SampleDocuments.pdf("Lettre"), SampleDocuments.png, try SampleDocuments.odt("Bonjour"),
                try SampleDocuments.ods("12"),
            ]
            var statuses: [Int: Int] = [:]
            for round in 0..<count {
                var form = MultipartForm()
                form.field(FormToken.fieldName, token)
                form.file("lettres", "a\(round).pdf", "application/pdf", seeds[round % seeds.count])
                form.file("lettres", "b.odt", "text/html", seeds[(round + 1) % seeds.count])
                var body = form.body
                // The token stays whole, or the form is refused before anything is read.
                let start = body.firstRange(of: Array(token.utf8))?.upperBound ?? 0
                for _ in 0..<Int.random(in: 1...5, using: &numbers) {
                    let place = Int.random(in: start..<body.count, using: &numbers)
                    switch Int.random(in: 0..<4, using: &numbers) {
                    case 0: body[place] = UInt8.random(in: 0...255, using: &numbers)
                    case 1: body.remove(at: place)
                    case 2: body.insert(UInt8.random(in: 0...255, using: &numbers), at: place)
                    default: body.removeSubrange(place..<min(body.count, place + 30))
                    }
                }
                let reply = try await scene.site.ask(
                    "POST", path,
                    headers: [
                        "Content-Type": MultipartForm.type, "Origin": scene.site.origin,
                        "Sec-Fetch-Site": "same-origin",
                    ], body: body, session: scene.ada.session)
                statuses[reply.status, default: 0] += 1
                #expect(reply.status < 500, "round \(round): \(reply.status)")
                for file in try await scene.files() {
                    #expect(try await scene.site.reception.photos.vault.isWhole(file.digest))
                    if round % 2 == 1 { _ = try await scene.post(scene.own + "/fichiers/\(file.id.text)/retrait") }
                }
            }
            print("damaged forms with documents: \(statuses.sorted { $0.key < $1.key })")
            #expect(statuses.keys.contains(422) || statuses.keys.contains(400))
            let left = try FileManager.default.contentsOfDirectory(atPath: scene.data + "/vault/incoming")
            #expect(left.isEmpty, "\(left)")
        }
    }
}
