import ArgumentParser

/// `maillage import`: official files and lists of places, each kind a subcommand.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take files in.",
        subcommands: [ImportTerritory.self, ImportPlacesCommand.self, ImportCallCommand.self])
}
