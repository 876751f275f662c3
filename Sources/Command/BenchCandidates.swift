import ArgumentParser
import Foundation
import Maillage
import MaillageWeb
import Workbench

/// A call and people with drafts that lack nothing, for trials: one line each, session, candidacy and version.
struct BenchCandidates: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "candidates")

    @OptionGroup var options: HouseOptions
    @Argument var count: Int
    @Option(help: "Seconds until the call closes.")
    var closes = 2_592_000
    @Option(help: "A call that is there; absent, one is made.")
    var call: String?
    @Option var series = "essai"
    @Flag(help: "The call that is made asks for a document; drafts lack it.")
    var asksFile = false

    func run() async throws {
        try await CommandFailure.reporting {
            let premises = try await Premises.open(try options.settings())
            let desk = Desk(database: premises.database, surroundings: premises.reception.surroundings)
            let found: Call?
            if let call {
                found = try await premises.database.read { try CallStore.call(.house, slug: call, $0) }
            } else {
                found = try await TrialCall.publish(
                    desk,
                    closing: Instant(
                        seconds: premises.reception.surroundings.now().microseconds / 1_000_000 + Int64(closes)),
                    head: LetterHead(premises.settings), form: asksFile ? TrialCall.formWithFile : TrialCall.form)
            }
            guard let target = found else { throw CommandFailure("no call \(call ?? "")") }
            let candidates = SyntheticCandidates(desk: desk, shelf: premises.reception.forms, series: series)
            for person in try await candidates.make(count, for: target) {
                print("\(person.session)\t\(person.candidacy.text)\t\(person.version)")
            }
            await premises.database.close()
        }
    }
}
