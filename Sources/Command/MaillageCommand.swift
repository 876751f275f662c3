import ArgumentParser
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
            CallCommand.self, DepositsCommand.self, Rehearse.self, BackupCommand.self, RestoreCommand.self,
            Migrate.self, MoveCommand.self, Check.self, Doctor.self, RetentionCommand.self,
            ListRoutes.self, ListRights.self, ShowSettings.self, PrintOpenAPI.self, Manual.self,
            Bench.self,
        ])
}
