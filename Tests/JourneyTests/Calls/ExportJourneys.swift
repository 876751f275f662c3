import Exchange
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// What leaves the network as files, over HTTP: tables, archives taken up again, a dossier on paper.
@Suite(.serialized) struct ExportJourneys {
    private typealias Person = TrialNetwork.Person

    /// The limit has passed and the deposited dossier is under instruction.
    static func play(_ engine: TestEngine, _ body: (TrialNetwork) async throws -> Void) async throws {
        let start = CandidacyJourneys.start
        try await LiveSite.open(
            engine, start: start, receiptKeys: TrialCalls.keys(at: start), printer: OwnAffairJourneys.Echo()
        ) { (site: LiveSite) async throws -> Void in
            let network = try await TrialNetwork(site)
            site.clock?.advance(by: .hours(3))
            _ = try await site.desk.perform(OpenInstructions(shelf: site.reception.forms), as: .house)
            try await body(network)
        }
    }

    static func question(_ network: TrialNetwork) -> [(String, String)] {
        [("onglet", "tous"), ("appel", network.calls.published.id.text)]
    }

    private static func exports(_ network: TrialNetwork) async throws -> [Journal.Line] {
        try await network.site.desk.database.read { reader in
            try Journal.latest(500, reader).filter { $0.verb == "ExportDossiers" }
        }
    }

    // INST-19
    @Test(arguments: TestEngine.available)
    func theBoardAsTables(engine: TestEngine) async throws {
        try await Self.play(engine) { network in
            let asked = Self.question(network)
            let board = try await network.get("/instruction?onglet=tous", as: .funder)
            #expect(board.text.contains("/instruction/export?onglet=tous"))
            let call = network.calls.published
            #expect(try await network.get("/appels/\(call.slug)", as: .funder).text.contains("/instruction/export?"))
            let address = "/instruction/export?onglet=tous&appel=\(call.id.text)"
            let page = try await network.get(address, as: .funder).text
            #expect(page.contains("value=\"reponse.resume\"") && page.contains("1 dossier"))
            let boxes = [("choix", "oui"), ("colonne", "reponse.resume"), ("colonne", "numero")]
            let csv = try await network.post(
                "/instruction/export", asked + boxes + [("format", "csv")], as: .funder)
            #expect(csv.status == 200 && csv["content-type"] == "text/csv; charset=utf-8")
            #expect(csv["content-disposition"] == "attachment; filename=\"dossiers-\(call.slug).csv\"")
            #expect(csv.text.hasPrefix("numero,reponse.resume\r\n1,"))
            #expect(csv.text.contains(TrialCalls.Word.answer.rawValue))
            // The choice can be kept: an address in which the order is one's own, and a column that is no more keeps its place.
            let kept = try await network.post(
                "/instruction/export",
                asked + boxes + [("colonne", "reponse.disparue"), ("format", "adresse")]
                    + [("colonnes", "reponse.resume,reponse.disparue,numero")], as: .funder)
            let link = try #require(kept["location"])
            #expect(link.contains("colonnes=reponse.resume%2Creponse.disparue%2Cnumero"))
            #expect(try await network.get(link, as: .funder).text.contains("value=\"reponse.disparue\""))
            let ordered = try await network.post(
                "/instruction/export",
                asked + [("colonnes", "reponse.resume,reponse.disparue,numero"), ("format", "csv")], as: .funder)
            #expect(ordered.text.hasPrefix("reponse.resume,reponse.disparue,numero\r\n"))
            for (format, kind) in [("xlsx", DocumentKind.xlsx), ("ods", .ods)] {
                let book = try await network.post("/instruction/export", asked + [("format", format)], as: .funder)
                #expect(book.status == 200)
                let bytes = book.body
                #expect(
                    try DocumentKind.detect(size: bytes.count) { Array(bytes[$0.clamped(to: 0..<bytes.count)]) } == kind
                )
            }
            let lines = try await Self.exports(network)
            #expect(lines.count == 4, "one line an export, none for an address")
            #expect(lines.allSatisfy { $0.actor == network.account(.funder) })
            let nothing = try await network.post(
                "/instruction/export", asked + [("choix", "oui"), ("format", "csv")], as: .funder)
            #expect(nothing.status == 422)
            let unknown = try await network.post("/instruction/export", asked + [("format", "exe")], as: .funder)
            #expect(unknown.status == 422)
        }
    }

    // INST-3, INST-19
    @Test(arguments: TestEngine.available)
    func nobodyElseTakesAnything(engine: TestEngine) async throws {
        try await Self.play(engine) { network in
            let word = TrialCalls.Word.answer.rawValue
            for person in [Person.account, .editor, .manager, .animator] {
                for format in ["csv", "xlsx", "ods", "pieces", "archive"] {
                    let reply = try await network.post(
                        "/instruction/export", Self.question(network) + [("format", format)], as: person)
                    #expect(reply.status == 422, "\(format) as \(person): \(reply.status)")
                    #expect(!reply.text.contains(word) && !reply.text.contains(network.calls.published.slug))
                }
                let page = try await network.get(
                    "/instruction/export?onglet=tous&appel=\(network.calls.published.id.text)", as: person)
                #expect(!page.text.contains("reponse."))
            }
            #expect(try await Self.exports(network).isEmpty)
        }
    }

    // INST-19
    @Test(arguments: TestEngine.available)
    func aWholeCallIsReadWithoutTheSite(engine: TestEngine) async throws {
        try await Self.play(engine) { network in
            let page = try await network.get(
                "/instruction/export?onglet=tous&appel=\(network.calls.published.id.text)", as: .funder)
            #expect(page.text.contains("value=\"archive\""))
            let reply = try await network.post(
                "/instruction/export", Self.question(network) + [("format", "archive")], as: .funder)
            #expect(reply.status == 200 && reply["content-type"] == "application/zip")
            let entries = try Self.entries(of: reply.body)
            let index = String(decoding: try #require(entries["index.html"]), as: UTF8.self)
            let folder = try #require(entries.keys.first { $0.hasPrefix("0001-") && $0.hasSuffix("/index.html") })
                .dropLast("/index.html".count)
            #expect(index.contains("href=\"\(folder)/index.html\"") && index.contains("documents.csv"))
            let dossier = String(decoding: try #require(entries["\(folder)/index.html"]), as: UTF8.self)
            #expect(dossier.contains(TrialCalls.Word.answer.rawValue) && dossier.contains("href=\"../index.html\""))
            for text in [index, dossier] { #expect(!text.contains("http://") && !text.contains("<script")) }
            #expect(entries.keys.contains { $0.hasPrefix("reglement-v") })
            #expect(entries.keys.contains { $0.hasPrefix("formulaires/") })
            // The receipt verifies with the keys of the archive, and names what was deposited.
            let receipt = try SignedReceipt(fileBytes: try #require(entries["\(folder)/recepisse.json"]))
            let deposit = try #require(entries["\(folder)/depot.json"])
            #expect(receipt.receipt.answersFingerprint == Fingerprint(of: deposit))
            #expect(
                entries["cles-des-recepisses.json"]
                    == ReceiptPublicKey.listBytes(network.site.reception.receiptKeys?.all ?? []))
            #expect(try await Self.exports(network).map { $0.details.contains("file=archive") } == [true])
            let without = try await network.post(
                "/instruction/export", [("onglet", "tous"), ("format", "archive")], as: .funder)
            #expect(without.status == 422)
        }
    }

    /// The files of an archive whose entries are deflated or stored.
    private static func entries(of bytes: [UInt8]) throws -> [String: [UInt8]] {
        let path = FileManager.default.temporaryDirectory.path + "/maillage-archive-\(UUID().uuidString)"
        let (file, folder) = (path + ".zip", path + ".d/")
        defer { for name in [file, folder] { try? FileManager.default.removeItem(atPath: name) } }
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        // Read by another program than the one that wrote it.
        let unzip = Process()
        unzip.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        unzip.arguments = ["-m", "zipfile", "-e", file, folder]
        try unzip.run()
        unzip.waitUntilExit()
        try #require(unzip.terminationStatus == 0)
        var entries: [String: [UInt8]] = [:]
        for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
            if let content = FileManager.default.contents(atPath: folder + name), !content.isEmpty {
                entries[name] = Array(content)
            }
        }
        return entries
    }

    @Test(arguments: TestEngine.available)
    func anArchiveIsTakenUpAgain(engine: TestEngine) async throws {
        try await Self.play(engine) { network in
            let (site, session) = (network.site, network.session(.funder))
            let begun = try await network.post(
                "/instruction/export", Self.question(network) + [("format", "pieces")], as: .funder)
            #expect(begun.status == 303)
            let link = try #require(begun["location"])
            let whole = try await site.get(link, session: session)
            #expect(whole.status == 200 && whole["accept-ranges"] == "bytes")
            #expect(whole["content-length"] == String(whole.body.count))
            let tag = try #require(whole["etag"])
            let bytes = whole.body
            let directory = try ZIPDirectory.read(size: bytes.count) { Array(bytes[$0.clamped(to: 0..<bytes.count)]) }
            #expect(directory.entries.map(\.name) == ["LISEZ-MOI.txt", "liste.csv"])
            let cut = bytes.count / 2
            let first = try await site.get(link, headers: ["Range": "bytes=0-\(cut - 1)"], session: session)
            let rest = try await site.get(
                link, headers: ["Range": "bytes=\(cut)-", "If-Range": tag], session: session)
            #expect(first.status == 206 && rest.status == 206)
            #expect(first["content-range"] == "bytes 0-\(cut - 1)/\(bytes.count)")
            #expect(first.body + rest.body == bytes)
            let last = try await site.get(link, headers: ["Range": "bytes=-22"], session: session)
            #expect(last.body == Array(bytes.suffix(22)))
            let changed = try await site.get(
                link, headers: ["Range": "bytes=\(cut)-", "If-Range": "\"autre\""], session: session)
            #expect(changed.status == 200 && changed.body == bytes)
            let beyond = try await site.get(link, headers: ["Range": "bytes=\(bytes.count)-"], session: session)
            #expect(beyond.status == 416 && beyond["content-range"] == "bytes */\(bytes.count)")
            let head = try await site.ask("HEAD", link, session: session)
            #expect(head.status == 200 && head["content-length"] == String(bytes.count))
            #expect(try await site.get(link, headers: ["If-None-Match": tag], session: session).status == 304)
            // The link serves the question and the person it was given for, for a day.
            #expect(try await network.get(link + "&q=autre", as: .funder).status == 403)
            #expect(try await network.get(link, as: .coordinator).status == 403)
            #expect(try await Self.exports(network).count == 1, "taking up again leaves no other line")
            site.clock?.advance(by: .hours(25))
            let late = try await network.get(link, as: .funder)
            #expect([303, 403].contains(late.status))
        }
    }

    @Test(arguments: TestEngine.available)
    func aDossierOnPaper(engine: TestEngine) async throws {
        try await Self.play(engine) { network in
            let id = network.calls.deposited.text
            let word = TrialCalls.Word.answer.rawValue
            for person in Person.allCases where person != .operator {
                let staff = try await network.get("/candidatures/\(id)/instruction/dossier.pdf", as: person)
                let keeps = person == .funder || person == .coordinator
                #expect(staff.status == (person == .visitor ? 303 : keeps ? 200 : 404), "\(person): \(staff.status)")
                #expect(staff.text.contains(word) == keeps)
                let own = try await network.get("/candidatures/\(id)/depose.pdf", as: person)
                #expect(own.status == (person == .visitor ? 303 : person == .manager ? 200 : 404), "\(person)")
                #expect(own.text.contains(word) == (person == .manager))
            }
            let paper = try await network.get("/candidatures/\(id)/instruction/dossier.pdf", as: .funder).text
            for words in ["Récépissé", "Arrivée", "Résumé", "Documents joints", "Empreinte"] {
                #expect(paper.contains(words), "\(words)")
            }
            #expect(try await network.get("/candidatures/\(id)/instruction", as: .funder).text.contains("dossier.pdf"))
            #expect(try await network.get("/candidatures/\(id)/recepisse", as: .manager).text.contains("depose.pdf"))
        }
    }
}
