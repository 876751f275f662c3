import Exchange
import Forms
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Exports of dossiers") struct DossierExportTests {
    private func lines(
        _ world: InstructionWorld, _ query: InstructionQuery, as principal: Principal
    ) async throws -> [DossierLine] {
        var batches = DossierBatches(
            world.database, query, principal, at: world.clock.now, shelf: world.shelf, readsAnswers: true)
        var lines: [DossierLine] = []
        while let page = try await batches.next() {
            #expect(!page.isEmpty && page.count <= DossierBatches.size)
            lines += page
        }
        return lines
    }

    private func layout(
        _ world: InstructionWorld, _ query: InstructionQuery, as principal: Principal
    ) async throws -> DossierLayout {
        let (now, shelf) = (world.clock.now, world.shelf)
        return try await world.database.read { try DossierLayout.of(query, principal, at: now, shelf: shelf, $0) }
    }

    // INST-3, INST-19
    @Test("columns are chosen by keys that stay, and answers are those that stand", arguments: TestEngine.available)
    func columns(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine, dossiers: 3) { world in
            let all = InstructionQuery.all(of: world.call.id)
            let request = try await world.ask(world.dossiers[1], ["resume"])
            _ = try await world.desk.perform(
                SavePieces(
                    request: request.id, version: request.version,
                    fields: [.init("resume", "Un atelier complété.")], shelf: world.shelf), as: world.holders[1])
            let saved = try await world.database.read { try PiecesRequestStore.request(request.id, $0) }
            _ = try await world.desk.perform(
                SendPieces(
                    request: request.id, version: try #require(saved).version, head: world.head, shelf: world.shelf),
                as: world.holders[1])
            let layout = try await layout(world, all, as: world.ines)
            let keys = layout.columns.map(\.key)
            #expect(Set(keys).count == keys.count)
            #expect(keys.contains("reponse.montant") && keys.contains("reponse.statuts"))
            let wanted = ["reponse.resume", "ancienne_question", "numero", "reponse.montant", "a b"]
            let chosen = layout.chosen(wanted).columns
            #expect(chosen.map(\.key) == ["reponse.resume", "ancienne_question", "numero", "reponse.montant"])
            let lines = try await lines(world, all, as: world.ines)
            let cells = lines.map { line in chosen.map { $0.cell(of: line).csv } }
            #expect(
                cells == [
                    ["Un atelier ouvert.", "", "1", "12000"], ["Un atelier complété.", "", "2", "12000"],
                    ["Un atelier ouvert.", "", "3", "12000"],
                ])
            for column in layout.columns {
                #expect(lines.allSatisfy { column.cell(of: $0).csv.utf8.count < 500 }, "\(column.key)")
            }
            // Without a call the board alone has columns; a question narrows the lines.
            var late = InstructionQuery()
            late.tab = .all
            late.text = "porteuse3"
            #expect(try await self.layout(world, late, as: world.ines).columns.allSatisfy { !$0.isAnswer })
            #expect(try await self.lines(world, late, as: world.ines).map(\.instruction.number) == [3])
        }
    }

    // INST-3
    @Test("who may not read the dossiers exports nothing, and learns nothing", arguments: TestEngine.available)
    func rights(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine, dossiers: 1) { world in
            let all = InstructionQuery.all(of: world.call.id)
            let stranger = try await world.world.person("dora")
            for outsider in [stranger, world.holders[0]] {
                #expect(try await lines(world, all, as: outsider).isEmpty)
                #expect(try await layout(world, all, as: outsider).columns.allSatisfy { !$0.isAnswer })
                let refused = try await world.refusal(ExportDossiers(query: all, file: .csv), as: outsider) as? Problems
                let unknown =
                    try await world.refusal(
                        ExportDossiers(query: .all(of: Call.ID(7)), file: .csv), as: outsider) as? Problems
                #expect(refused != nil && refused?.list.map(\.message) == unknown?.list.map(\.message))
            }
            #expect(try await world.refusal(ExportDossiers(query: all, file: .csv), as: .visitor) is Denied)
            var query = all
            query.text = "porteuse1"
            #expect(
                try await world.desk.perform(
                    ExportDossiers(query: query, file: .xlsx, columns: ["numero", "etat"]), as: world.ines) == 1)
            let line = try #require(try await world.database.read { try Journal.latest(1, $0).first })
            #expect(line.verb == "ExportDossiers" && line.actor == world.ines.account)
            #expect(line.subject == world.call.id.number)
            #expect(line.details.contains("dossiers=1") && line.details.contains("columns=numero,etat"))
            #expect(!line.details.contains("porteuse1"), "the journal keeps no personal value")
            // The limit was moved: nothing of the answers is read before it, as on the dossier's own page.
            world.clock.advance(by: .hours(-2))
            #expect(try await lines(world, all, as: world.ines).allSatisfy { $0.state == nil })
        }
    }

    // CAND-36
    @Test("a sealed dossier is not exported before it is opened", arguments: TestEngine.available)
    func sealed(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine, dossiers: 1, isSealed: true) { world in
            let found = try await lines(world, .all(of: world.call.id), as: world.ines)
            #expect(found.isEmpty)
        }
    }

    @Test("an answer takes the columns its kind needs, a list goes to its own sheet")
    func kinds() throws {
        let budget = Question(
            "budget", "Budget",
            .table(
                TableLayout(
                    columns: [Question("poste", "Poste", .shortText()), Question("montant", "Montant", .money())],
                    rows: .fixed([TableRow("achats", "Achats"), TableRow("salaires", "Salaires")]))))
        let form = Form(
            key: "f", title: "F",
            sections: [
                FormSection(
                    "s", "S",
                    questions: [
                        Question("contact", "Contact", .person), Question("periode", "Période", .period()), budget,
                    ])
            ])
        var older = form
        older.sections[0].questions.append(Question("ancienne", "Ancienne", .yesNo))
        let sections = DossierLayout.sections(of: [form, older])
        #expect(
            sections.flatMap(\.columns).map(\.key) == [
                "reponse.contact.prenom", "reponse.contact.nom", "reponse.contact.fonction",
                "reponse.contact.courriel", "reponse.contact.telephone", "reponse.periode.debut",
                "reponse.periode.fin", "reponse.ancienne",
            ])
        let sheet = try #require(sections.flatMap(\.sheets).first)
        #expect(sheet.key == "feuille.budget")
        #expect(sheet.columns.map(\.key) == ["numero", "structure", "projet", "rang", "ligne", "poste", "montant"])
        #expect(AnswerCells.cell(.money(123_456), "", of: nil).csv == "1234.56")
        let person = AnswerValue.person(AnswerPerson(firstName: "Inès", name: "Roy", email: "i@exemple.fr"))
        #expect(AnswerCells.cell(person, "courriel", of: nil).csv == "i@exemple.fr")
        #expect(AnswerCells.cell(person, "telephone", of: nil) == .empty)
    }

    // ATT-12
    @Test(
        "an archive holds what may be given, says what it does not hold, and is the same each time",
        arguments: TestEngine.available)
    func pieces(_ engine: TestEngine) async throws {
        try await AttachmentWorld.on(engine) { world in
            let ines = try await world.calls.person("ines")
            try await world.desk.perform(
                AddCallTeammate(call: world.calls.call.id, email: "ines@exemple.fr"), as: .house)
            let holder = try await world.calls.person("porteuse")
            let draft = try await world.calls.start(by: holder)
            try await world.calls.save(draft.id, "projet", [.init("titre", "La Fosse")], by: holder)
            let kept = try await world.pdf("statuts")
            try await world.attach([kept], to: "statuts", of: draft.id, by: holder)
            let infected = try await world.pdf("lettre")
            try await world.attach([infected, AttachmentWorld.invented(1)], to: "lettres", of: draft.id, by: holder)
            _ = try await world.calls.deposit(try await world.calls.read(draft.id), 1, by: holder)
            world.goTo(CandidacyWorld.closing + .hours(1))
            _ = try await world.desk.perform(OpenInstructions(shelf: world.calls.shelf), as: .house)
            let now = world.clock.now
            try await world.database.write { writer in
                try FileScanStore.record(kept.digest, .clean, "", at: now, writer)
                try FileScanStore.record(infected.digest, .infected, "Eicar", at: now, writer)
            }
            func archive(isScanned: Bool, as principal: Principal) async throws -> PiecesArchive {
                try await PiecesArchive.of(
                    .all(of: world.calls.call.id), principal, at: world.clock.now, shelf: world.calls.shelf,
                    isScanned: isScanned, vault: world.vault, world.database)
            }
            func bytes(_ archive: PiecesArchive, _ range: Range<Int>) async throws -> [UInt8] {
                var pieces = archive.pieces(
                    from: range, vault: world.vault, checksums: FileChecksums(vault: world.vault))
                var bytes: [UInt8] = []
                while let piece = try await pieces.next() { bytes += piece }
                return bytes
            }
            let scanned = try await archive(isScanned: true, as: ines)
            #expect(scanned.files == 1 && scanned.left == 2)
            let whole = try await bytes(scanned, 0..<scanned.plan.length)
            let directory = try ZIPDirectory.read(size: whole.count) { Array(whole[$0.clamped(to: 0..<whole.count)]) }
            let name = "0001-association-la-fosse/statuts-statuts.pdf"
            #expect(directory.entries.map(\.name) == ["LISEZ-MOI.txt", "liste.csv", name])
            func content(_ name: String) throws -> [UInt8] {
                let entry = try #require(directory[name])
                return try ZIPDirectory.content(of: entry, limit: 1 << 20) { Array(whole[$0]) }
            }
            #expect(try FileDigest(of: content(name)) == kept.digest)
            let words = String(decoding: try content("LISEZ-MOI.txt"), as: UTF8.self)
            #expect(words.contains("l’antivirus y a trouvé quelque chose") && words.contains("pas encore vérifié"))
            let half = whole.count / 2
            let again = try await archive(isScanned: true, as: ines)
            #expect(again.tag == scanned.tag)
            #expect(try await bytes(scanned, 0..<half) + bytes(again, half..<whole.count) == whole)
            // Without a scanner all that the disk has is given; what it lost is named.
            let unscanned = try await archive(isScanned: false, as: ines)
            #expect(unscanned.files == 2 && unscanned.left == 1 && unscanned.tag != scanned.tag)
            #expect(try await archive(isScanned: false, as: holder).files == 0)
        }
    }

    @Test("names in an archive suit every system")
    func names() {
        #expect(PiecesDrawing.safe("a:b\"c|d?.pdf") == "a_b_c_d_.pdf")
        #expect(PiecesDrawing.safe("fin. .pdf") == "fin.pdf")
        #expect(PiecesDrawing.safe(String(repeating: "é", count: 200) + ".pdf").utf8.count <= 150)
        #expect(PiecesDrawing.safe("...") == "document")
    }
}
