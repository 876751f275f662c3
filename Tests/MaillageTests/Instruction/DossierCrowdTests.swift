import Exchange
import Forms
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Exports of very many dossiers") struct DossierCrowdTests {
    /// Bytes of real memory; 0 where the system does not say.
    private func resident() -> Int {
        let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let words = text.split(separator: " ")
        return words.count > 1 ? (Int(words[1]) ?? 0) * 4_096 : 0
    }

    private func fill(_ world: InstructionWorld, _ count: Int) async throws {
        let model = try await world.read(world.dossiers[0])
        let draft = try await world.world.read(world.dossiers[0])
        for batch in stride(from: 0, to: count, by: 1_000) {
            try await world.database.write { writer in
                for number in batch + 2..<batch + 1_002 {
                    let id = Candidacy.ID(draft.id.number + Int64(number))
                    let copy = Candidacy(
                        id: id, call: draft.call, wave: draft.wave, form: draft.form, maturity: "", place: nil,
                        title: "Projet \(number)", structure: "Association \(number)", siret: "",
                        channel: draft.channel, holder: draft.holder, depositor: "", state: .draft, version: 1,
                        depositedVersion: 0, answers: draft.answers, consentedAt: nil, createdAt: draft.createdAt,
                        updatedAt: draft.updatedAt, withdrawnAt: nil, withdrawReason: "", decision: nil)
                    try CandidacyStore.insert(copy, writer)
                    try InstructionStore.insert(
                        Instruction(
                            candidacy: id, call: model.call, wave: model.wave, deposit: model.deposit, number: number,
                            state: .underReview, instructor: nil, dueAt: nil, assignedAt: nil, toldAt: nil,
                            openOpinions: 0, unread: 0, unreadByCandidate: 0, departement: "62", commune: "",
                            title: copy.title, structure: copy.structure, version: 1, createdAt: model.createdAt,
                            updatedAt: model.updatedAt), words: "projet \(number)", writer)
                }
            }
        }
    }

    /// The first byte comes before the first dossier is read; the last of 24,000 is in memory with one page of others. Debug
    /// builds are allowed more time; the figures are printed.
    @Test("24,000 dossiers go out page by page, in flat memory", arguments: TestEngine.available)
    func crowd(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine, dossiers: 1) { world in
            try await fill(world, 24_000)
            let query = InstructionQuery.all(of: world.call.id)
            let (now, shelf) = (world.clock.now, world.shelf)
            for format in WorkbookStream.Format.allCases {
                let begun = ContinuousClock.now
                let before = resident()
                // The work alone: not the turns that other tests take before this one goes on.
                let (layout, reading) = try await world.database.read { reader in
                    let asked = ContinuousClock.now
                    let layout = try DossierLayout.of(query, world.ines, at: now, shelf: shelf, reader)
                    return (layout, ContinuousClock.now - asked)
                }
                let columns = layout.columns
                let opened = ContinuousClock.now
                let workbook = try WorkbookStream(
                    format, sheets: [.init("Dossiers", columns: columns.map { WorkbookColumn($0.label) })],
                    modified: now.seconds)
                var sent = workbook.take().count
                #expect(sent > 0)
                let first = reading + (ContinuousClock.now - opened)
                #expect(first < .seconds(1))
                var batches = DossierBatches(
                    world.database, query, world.ines, at: now, shelf: shelf, readsAnswers: true)
                var count = 0
                var highest = 0
                while let lines = try await batches.next() {
                    for line in lines { try workbook.append(columns.map { $0.cell(of: line) }) }
                    count += lines.count
                    sent += workbook.take().count
                    highest = max(highest, resident() - before)
                }
                try workbook.close()
                while let piece = try workbook.rest() { sent += piece.count }
                #expect(count == 24_001)
                #expect(highest < 100_000_000, "\(highest) bytes more")
                print(
                    "export of \(count) dossiers, \(columns.count) columns, \(format) on \(engine): first byte \(first), "
                        + "whole \(ContinuousClock.now - begun), \(sent) bytes sent, \(highest) bytes of memory more")
            }
        }
    }
}
