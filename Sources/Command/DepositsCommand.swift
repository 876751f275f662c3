import ArgumentParser
import Maillage

/// `maillage deposits`: the second copy of deposits, beside the running site.
struct DepositsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deposits",
        abstract: "Compare the journal of deposits with the database; give back what was lost.",
        subcommands: [ListDeposits.self, ReplayDeposits.self])
}

/// `maillage deposits list`: what the journal and the database do not share, and why.
struct ListDeposits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the deposits of the journal that the database lacks. Stop the server first.")

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.reporting {
            let settings = try options.settings()
            guard let path = settings.depositJournal else {
                throw CommandFailure("no journal of deposits: set DEPOSIT_JOURNAL to a file of another disk")
            }
            let database = try await Premises.openDatabase(settings)
            do {
                let known = Set(try await database.scan { try CandidacyDepositStore.keys($0) })
                let (entries, damages) = try DepositJournal.salvage(path)
                for entry in entries where !known.contains(entry.key) { print(entry.line) }
                for damage in damages {
                    print("bytes \(damage.lowerBound)-\(damage.upperBound): not whole, or altered")
                }
                let inside = Set(entries.map(\.key))
                print(
                    "\(entries.count) deposits in the journal, \(known.count) in the database; "
                        + "\(inside.subtracting(known).count) only in the journal, "
                        + "\(known.subtracting(inside).count) only in the database.")
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }
}

/// `maillage deposits replay`: reads any journal, even damaged, and gives back what proves itself.
struct ReplayDeposits: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Give back to the database the deposits of a journal, even a damaged one. Stop the server first.",
        discussion: """
            Each entry is believed for the signature of its receipt. What the database holds is left alone. Status 2 when a \
            deposit could not be given back, or bytes do not hold: each has its line.
            """)

    @Argument(help: ArgumentHelp("The journal.", valueName: "file"))
    var file: String

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.reporting {
            let settings = try options.settings()
            let surroundings = Surroundings.live()
            let database = try await Premises.openDatabase(settings)
            do {
                let keys = try ReceiptKeys.published(dataDirectory: settings.dataDirectory)
                let (entries, damages) = try DepositJournal.salvage(file)
                let desk = Desk(database: database, surroundings: surroundings)
                let found = try await DepositReturn.give(entries, to: desk, keys: keys)
                for damage in damages {
                    CommandFailure.say(
                        "\(file): bytes \(damage.lowerBound)-\(damage.upperBound) are not whole, or altered")
                }
                for aside in found.aside { CommandFailure.say("kept aside: \(aside)") }
                print(
                    "\(found.written) deposits given back; \(entries.count - found.written - found.aside.count) were there, "
                        + "\(found.aside.count) could not be.")
                if !damages.isEmpty || !found.aside.isEmpty { throw ExitCode(2) }
            } catch {
                await database.close()
                throw error
            }
            await database.close()
        }
    }
}
