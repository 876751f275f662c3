import ArgumentParser
import Maillage
import MaillageWeb

/// `maillage retention`: warns and erases what the register of data says, or says what it would do.
struct RetentionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention",
        abstract: "Warn and erase what is past its term, as a site that serves does each day.")

    @OptionGroup var options: HouseOptions

    @Flag(help: "Say what would be warned or erased, rule by rule, and write nothing.")
    var dryRun = false

    func run() async throws {
        try await CommandFailure.reporting {
            let premises = try await Premises.open(try options.settings())
            let job = DataRegister.job(LetterHead(premises.settings))
            if dryRun {
                let now = premises.reception.surroundings.now()
                let due = try await premises.database.scan { reader in
                    try job.forecast(at: now, reader).map { ($0.rule.name, $0.rule.table, $0.rows) }
                }
                for (name, table, rows) in due { print("\(name) (\(table)): \(rows)") }
            } else {
                let done = try await job.run(premises.desk)
                for (name, rows) in done { print("\(name): \(rows)") }
                if done.isEmpty { print("Nothing is past its term.") }
            }
            await premises.database.close()
        }
    }
}
