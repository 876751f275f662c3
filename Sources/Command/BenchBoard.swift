import ArgumentParser
import Foundation
import Maillage
import MaillageWeb
import Workbench

/// A board with very many dossiers in a data directory of its own, and the pages to ask of it: one line each, what it is, its address and
/// the session of who asks.
struct BenchBoard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "board")

    @OptionGroup var options: HouseOptions
    @Option var dossiers = 24_000

    func run() async throws {
        try await CommandFailure.reporting {
            let premises = try await Premises.open(try options.settings())
            guard let keys = premises.reception.receiptKeys else { throw CommandFailure("no keys") }
            let board = try await CrowdedBoard.make(
                dossiers, in: premises.database, keys: keys, head: LetterHead(premises.settings),
                shelf: premises.reception.forms, at: premises.reception.surroundings.now())
            let last = (dossiers + InstructionQuery.pageSize - 1) / InstructionQuery.pageSize
            let call = board.call.id.text
            // Of whatever size, each finds something.
            let number = min(417, dossiers / 2)
            for (name, query, reader) in [
                ("first page, one’s own", "", board.instructor), ("first page, all", "?onglet=tous", board.instructor),
                ("first page, all, coordination", "?onglet=tous", board.coordinator),
                ("one call", "?onglet=tous&appel=\(call)", board.instructor),
                ("a territory and a state", "?onglet=tous&departement=62&etat=a_instruire", board.coordinator),
                ("words", "?onglet=tous&q=association%20\(number)", board.instructor),
                ("late, a page far off", "?onglet=en-retard&page=\(max(1, last / 12))", board.coordinator),
                ("last page", "?onglet=tous&page=\(last)", board.coordinator),
            ] {
                print("\(name)\t/instruction\(query)\t\(reader.session)")
            }
            await premises.database.close()
        }
    }
}
