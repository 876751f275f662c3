import ArgumentParser
import Maillage

/// `maillage check`: reads everything again and says whether it holds.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the database, its references, the journal's chain and the files.")

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.reporting {
            let premises = try await Premises.open(try options.settings())
            let faults = try await Premises.naming(premises.settings) { try await premises.database.integrity() }
            for fault in faults { CommandFailure.say("database: \(fault)") }
            var lines = 0
            do {
                lines = try await premises.database.scan { try Journal.verify($0) }
            } catch let broken as Journal.Broken {
                throw CommandFailure("the journal does not hold from line \(broken.sequence) on")
            }
            let files = try await VaultUpkeep.check(
                premises.database, premises.reception.photos.vault, at: premises.reception.surroundings.now())
            for file in files.faults { CommandFailure.say("vault: \(file) is missing or damaged") }
            let saves = try await premises.database.scan { try SaveSeals.check($0) }
            if let fault = saves.fault { CommandFailure.say("candidacies: \(fault)") }
            await premises.database.close()
            let count = faults.count + files.faults.count + (saves.fault == nil ? 0 : 1)
            guard count == 0 else { throw CommandFailure("\(count) faults") }
            print("The database holds; the journal's \(lines) lines follow from each other.")
            if saves.count > 0 { print("The \(saves.count) saves of candidacies follow from each other.") }
            if files.count > 0 { print("The \(files.count) files of the vault are whole.") }
        }
    }
}

/// `maillage migrate`: brings the database up to date without serving.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Bring the database up to date, without serving.")

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.reporting {
            let premises = try await Premises.open(try options.settings())
            await premises.database.close()
            print("The database is up to date: migration \(Schema.migrations.count).")
        }
    }
}
