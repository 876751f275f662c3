import Exchange
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// A whole call that leaves by the site and comes back by the command, as people do it.
@Suite(.serialized) struct CallArchiveJourneys {
    private typealias Person = TrialNetwork.Person

    private static func archive(of network: TrialNetwork) async throws -> [UInt8] {
        let reply = try await network.post(
            "/instruction/export", ExportJourneys.question(network) + [("format", "archive")], as: .funder)
        try #require(reply.status == 200)
        return reply.body
    }

    private static func folder() throws -> String {
        let path = FileManager.default.temporaryDirectory.path + "/maillage-call-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    // CALL-17
    @Test(arguments: TestEngine.available)
    func whatComesBackIsReadByTheCoordinationAlone(engine: TestEngine) async throws {
        try await ExportJourneys.play(engine) { network in
            let folder = try Self.folder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            // As if it came from another network: there, the call has another identifier.
            var repacked = try RepackedArchive(try await Self.archive(of: network))
            repacked.replace(
                network.calls.published.id.text, Call.ID(77).text, in: CallArchiveManifest.name)
            let file = folder + "/appel.zip"
            try Data(try repacked.bytes).write(to: URL(fileURLWithPath: file))
            let vault = network.site.reception.photos.vault
            let archive = try CallArchiveFile.open(file)
            let report = try await CallArchiveReading(archive, keys: nil, vault: vault).run()
            #expect(report.refused.isEmpty && report.sound == 1)
            let id = try await network.site.desk.perform(ImportCallArchive(archive, report), as: .house)
            let list = "/coordination/archives"
            let call = "\(list)/\(id.text)"
            let word = TrialCalls.Word.answer.rawValue
            #expect(try await network.get("/coordination", as: .coordinator).text.contains("href=\"\(list)\""))
            #expect(try await network.get(list, as: .coordinator).text.contains("href=\"\(call)\""))
            let page = try await network.get(call, as: .coordinator)
            #expect(page.status == 200 && page.text.contains("href=\"\(call)/dossiers/1\""))
            let dossier = try await network.get("\(call)/dossiers/1", as: .coordinator).text
            #expect(dossier.contains(word) && dossier.contains("rien n’a changé depuis"))
            let taken = try await network.get("\(call)/fichiers/1", as: .coordinator)
            #expect(taken.status == 200 && taken["content-type"] == "application/octet-stream")
            #expect(taken["content-disposition"]?.hasPrefix("attachment") == true)
            #expect(taken["content-security-policy"] == "default-src 'none'; sandbox")
            for path in [
                "\(list)/\(ArchivedCall.ID(3).text)", "\(call)/dossiers/2", "\(call)/dossiers/01", "\(call)/fichiers/0",
                "\(call)/fichiers/9999999999999999999999", "\(list)/x",
            ] {
                #expect(try await network.get(path, as: .coordinator).status == 404, "\(path)")
            }
            for person in Person.allCases where person != .coordinator && person != .operator {
                for path in [list, call, "\(call)/dossiers/1", "\(call)/fichiers/1"] {
                    let reply = try await network.get(path, as: person)
                    #expect(reply.status == (person == .visitor ? 303 : 403), "\(path) as \(person): \(reply.status)")
                    #expect(!reply.text.contains(word) && !reply.text.contains(network.calls.published.title))
                    // The same as for one that is not there.
                    let nothing = try await network.get("\(list)/\(ArchivedCall.ID(3).text)", as: person)
                    #expect(nothing.status == reply.status)
                }
                #expect(try await network.post("\(call)/retrait", [("certain", "oui")], as: person).status != 200)
            }
            let unsure = try await network.post("\(call)/retrait", [], as: .coordinator)
            #expect(unsure.status == 403)
            #expect(try await network.get(call, as: .coordinator).status == 200)
            let removed = try await network.post("\(call)/retrait", [("certain", "oui")], as: .coordinator)
            #expect(removed.status == 303)
            #expect(try await network.get(call, as: .coordinator).status == 404)
        }
    }

    // CALL-17
    @Test func theCommandsSayWhatTheyFound() async throws {
        try await ExportJourneys.play(.sqlite) { network in
            let folder = try Self.folder()
            defer { try? FileManager.default.removeItem(atPath: folder) }
            let bytes = try await Self.archive(of: network)
            let (file, data) = (folder + "/appel.zip", folder + "/reseau")
            try Data(bytes).write(to: URL(fileURLWithPath: file))
            let keys = folder + "/cles.json"
            try Data(ReceiptPublicKey.listBytes(network.site.reception.receiptKeys?.all ?? []))
                .write(to: URL(fileURLWithPath: keys))
            let verified = try await Program.run(["call", "verify", file, "--keys", keys])
            #expect(verified.status == 0, "\(verified.err)")
            #expect(verified.out.contains("1 dossiers, 1 sound, 0 refused"))
            let slug = network.calls.published.slug
            let (importing, report) = (["import", "call", file, "--data", data], folder + "/rapport.json")
            let dry = try await Program.run(importing + ["--dry-run", "--report", report])
            #expect(dry.status == 0 && dry.out.contains("call \(slug)"), "\(dry.err)")
            #expect(dry.out.contains("1 to import"))
            let told = try JSONValue.parse(Array(try Data(contentsOf: URL(fileURLWithPath: report))))
            #expect(told["dossiers"]?.int == 1 && told["own_keys"]?.bool == true)
            let done = try await Program.run(importing)
            #expect(done.status == 0 && done.out.contains("1 imported"), "\(done.out)\(done.err)")
            let again = try await Program.run(importing)
            #expect(again.status == 1 && again.err.contains("was imported already"), "\(again.err)")
            #expect(again.err.split(separator: "\n").count == 1)
            let checked = try await Program.run(["check", "--data", data])
            #expect(checked.status == 0, "\(checked.err)")
            // One dossier that does not hold, then a file that is none.
            var altered = try RepackedArchive(bytes)
            let deposit = try #require(altered.entries.map(\.name).first { $0.hasSuffix("/depot.json") })
            altered[deposit].append(0x20)
            try Data(try altered.bytes).write(to: URL(fileURLWithPath: file))
            let partial = try await Program.run(["call", "verify", file])
            #expect(partial.status == 2 && partial.err.contains("dossier 1"), "\(partial.err)")
            let none = try await Program.run(["import", "call", file, "--data", folder + "/autre"])
            #expect(none.status == 1 && none.err.contains("none of its dossiers"), "\(none.err)")
            try Data([0x50, 0x4B]).write(to: URL(fileURLWithPath: file))
            for command in [["call", "verify", file], ["import", "call", file, "--data", folder + "/jamais"]] {
                let refused = try await Program.run(command)
                #expect(refused.status == 1 && refused.err.hasPrefix("maillage: \(file): not a ZIP file"))
                #expect(refused.err.split(separator: "\n").count == 1 && refused.out.isEmpty)
            }
            #expect(!FileManager.default.fileExists(atPath: folder + "/jamais"), "nothing was opened")
            #expect(try await Program.run(["call", "verify"]).status == 64)
        }
    }
}
