import ArgumentParser
import Foundation
import Maillage
import Storage

/// `maillage move`: a network that outgrew one machine, from SQLite into PostgreSQL.
struct MoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Carry the network from SQLite into the PostgreSQL of DATABASE_URL.",
        discussion: """
            Stop the site, make a backup, set DATABASE_URL, then run this. Every row of `maillage.sqlite` in the data directory goes
            into that database, which must hold no network. It happens in one transaction: references are checked over all rows and
            each row is read back and compared before it ends; whatever fails leaves PostgreSQL as it was.

            `maillage.sqlite` stays as it is: without DATABASE_URL the network is served from it as before. Files, keys, settings and
            the journal of deposits stay where they are and serve with PostgreSQL; so do sessions.
            """)

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.reporting {
            let settings = try options.settings()
            guard settings.databaseURL != nil else {
                throw CommandFailure("set DATABASE_URL: it names the PostgreSQL database to carry the network into")
            }
            guard Self.holdsFile(settings) else {
                throw CommandFailure("\(settings.dataDirectory) holds no network: it has no maillage.sqlite")
            }
            var former = settings
            former.databaseURL = nil
            let source = try await Premises.openDatabase(former, statementTimeout: 0)
            do {
                try await Self.carry(source, settings)
            } catch {
                await source.close()
                throw error
            }
            await source.close()
            print(
                "Next: maillage check, then start the site. maillage.sqlite is as it was: keep it until you have a backup."
            )
        }
    }

    private static func carry(_ source: Database, _ settings: Settings) async throws {
        let target = try await Premises.openDatabase(settings)
        do {
            guard try await target.read({ try !holdsNetwork($0) }) else {
                throw CommandFailure("PostgreSQL holds a network already: give an empty database")
            }
            let carried = try await target.takeIn(source)
            let rows = carried.reduce(0) { $0 + $1.rows }
            print("\(rows) rows of \(carried.count) tables are in PostgreSQL, each read back and as it was.")
        } catch {
            await target.close()
            throw error
        }
        await target.close()
    }

    /// Throws when DATABASE_URL was set and nobody carried the network there: visitors would find an empty site, and whoever is first
    /// could be its administrator.
    static func refuseForgottenNetwork(_ premises: Premises) async throws {
        let settings = premises.settings
        guard settings.databaseURL != nil, holdsFile(settings),
            try await premises.database.read({ try !holdsNetwork($0) })
        else { return }
        throw CommandFailure(
            "PostgreSQL holds no network, \(settings.dataDirectory)/maillage.sqlite does: carry it there with `maillage move`, "
                + "or put that file away to begin a new network")
    }

    private static func holdsFile(_ settings: Settings) -> Bool {
        FileManager.default.fileExists(atPath: settings.dataDirectory + "/maillage.sqlite")
    }

    private static func holdsNetwork(_ reader: Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM account") || reader.exists("SELECT 1 FROM journal")
    }
}
