import ArgumentParser
import Maillage
import MaillageWeb
import Storage

/// `maillage check`: reads everything again and says what does not hold, with the row.
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check that everything holds: the database, what its rows promise, and the files.",
        discussion: """
            Looks at the database's own integrity and references, at each invariant by its name, and reads every file again. A line \
            is a fault: the invariant, the table, the row. Status 1 when there is one. Files that no row names are told and are no \
            fault: a site that serves removes them after a day. Nothing is changed. --list says what each invariant promises.
            """)

    @OptionGroup var options: HouseOptions

    @Flag(help: "List the invariants, and look at nothing.")
    var list = false

    @Flag(inversion: .prefixedNo, help: "Read the files again; without it, the database alone.")
    var files = true

    func run() async throws {
        try await CommandFailure.reporting {
            if list { return Self.printInvariants() }
            let settings = try options.settings()
            let database = try await Premises.openDatabase(settings, statementTimeout: 0)
            let count: Int
            do {
                count = try await faults(of: database, settings)
            } catch {
                await database.close()
                throw error
            }
            await database.close()
            guard count == 0 else { throw CommandFailure(count == 1 ? "1 fault" : "\(count) faults") }
        }
    }

    private static func printInvariants() {
        for invariant in Invariant.network(keys: []) { print("\(invariant.name): \(invariant.promise)") }
        print("files: Each file that a row names is there, whole, and of the size that the row says.")
    }

    /// Prints each fault, then what holds. Answers how many faults there are.
    private func faults(of database: Database, _ settings: Settings) async throws -> Int {
        var count = 0
        let broken = try await Premises.naming(settings) { try await database.integrity() }
        for fault in broken { CommandFailure.say("database: \(fault)") }
        count += broken.count
        let keys = try ReceiptKeys.published(dataDirectory: settings.dataDirectory)
        var looked: [String: Int] = [:]
        let invariants = Invariant.network(keys: keys)
        for invariant in invariants {
            let found = try await invariant.found(in: database)
            for line in found.lines { CommandFailure.say("\(invariant.name): \(line)") }
            if found.count > found.lines.count {
                CommandFailure.say("\(invariant.name): \(found.count - found.lines.count) more")
            }
            count += found.count
            looked[invariant.name] = found.looked
        }
        var whole = 0
        if files {
            let vault = FileVault(directory: settings.dataDirectory + "/vault")
            let look = try await VaultUpkeep.look(database, vault, at: Surroundings.live().now())
            for fault in look.faults { CommandFailure.say("files: \(fault)") }
            for file in look.unnamed { print("files: \(file) is named by no row") }
            count += look.faults.count
            whole = look.count
        }
        guard count == 0 else { return count }
        print("The database holds, \(invariants.count) invariants with it.")
        print("The journal's \(looked["journal.chain"] ?? 0) lines follow from each other.")
        for (name, words) in [
            ("candidacies.saves", "saves of candidacies follow from each other"),
            ("deposits.receipts", "deposits have their receipt, signed"),
        ] {
            if let rows = looked[name], rows > 0 { print("The \(rows) \(words).") }
        }
        if whole > 0 { print("The \(whole) files that rows name are whole.") }
        return 0
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
