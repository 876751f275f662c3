import ArgumentParser
import CMalloc
import Foundation
import Maillage

/// `maillage`: each subcommand is a file of this folder.
@main
struct MaillageCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "maillage",
        abstract: "A network of third places: its directory, its circles, its calls, on one machine.",
        version: ProgramVersion.name,
        subcommands: [
            Serve.self, ImportCommand.self, ExportCommand.self, Demo.self, AccountCommand.self, ReceiptCommand.self,
            CallCommand.self,
            DepositsCommand.self, Rehearse.self, BackupCommand.self, RestoreCommand.self, Migrate.self, Check.self,
            Doctor.self, RetentionCommand.self,
            ListRoutes.self, ListRights.self, ShowSettings.self, PrintOpenAPI.self, Manual.self,
            Bench.self,
        ])

    static func main() async {
        // The C library would open up to eight heaps for each processor, and what is freed in one serves no other.
        mallopt(M_ARENA_MAX, Int32(ProcessInfo.processInfo.activeProcessorCount))
        await main(nil)
    }
}
