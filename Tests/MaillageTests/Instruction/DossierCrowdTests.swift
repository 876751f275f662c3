import Exchange
import Forms
import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Exports of very many dossiers") struct DossierCrowdTests {
    /// The first byte comes before the first dossier is read; the last of 24,000 is in memory with one page of others. Debug
    /// builds are allowed more time; the figures are printed.
    @Test("24,000 dossiers go out page by page, in flat memory", arguments: TestEngine.available)
    func crowd(_ engine: TestEngine) async throws {
        let ended = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
            [engine = engine as TestEngine] in
            try await Self.export(engine)
        }
        print(String(decoding: ended?.standardOutputContent ?? [], as: UTF8.self), terminator: "")
    }

    private static func export(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine, dossiers: 1) { world in
            let (model, first, second) = (
                world.dossiers[0], try #require(world.ines.account), try #require(world.yann.account)
            )
            let now = world.clock.now
            try await world.database.write {
                try CrowdedBoard.multiply(model, 24_000, between: first, second, at: now, $0)
            }
            let query = InstructionQuery.all(of: world.call.id)
            let shelf = world.shelf
            for format in WorkbookStream.Format.allCases {
                let begun = ContinuousClock.now
                let before = Memory.resident()
                // The work alone: not the turns that other tests take before this one goes on.
                let ((layout, reading), late) = try await Lateness.during {
                    try await world.database.read { reader in
                        let asked = ContinuousClock.now
                        let layout = try DossierLayout.of(query, world.ines, at: now, shelf: shelf, reader)
                        return (layout, ContinuousClock.now - asked)
                    }
                }
                let columns = layout.columns
                let opened = ContinuousClock.now
                let workbook = try WorkbookStream(
                    format, sheets: [.init("Dossiers", columns: columns.map { WorkbookColumn($0.label) })],
                    modified: now.seconds)
                var sent = workbook.take().count
                #expect(sent > 0)
                let first = reading + (ContinuousClock.now - opened)
                #expect(first - late < .seconds(1))
                var batches = DossierBatches(
                    world.database, query, world.ines, at: now, shelf: shelf, readsAnswers: true)
                var count = 0
                var highest = 0
                while let lines = try await batches.next() {
                    for line in lines { try workbook.append(columns.map { $0.cell(of: line) }) }
                    count += lines.count
                    sent += workbook.take().count
                    highest = max(highest, Memory.resident() - before)
                }
                try workbook.close()
                while let piece = try workbook.rest() { sent += piece.count }
                #expect(count == 24_000)
                #expect(highest < 40_000_000, "\(highest) bytes more")
                print(
                    "export of \(count) dossiers, \(columns.count) columns, \(format) on \(engine): first byte \(first), "
                        + "whole \(ContinuousClock.now - begun), \(sent) bytes sent, \(highest) bytes of memory more")
            }
        }
    }
}
