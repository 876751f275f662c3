import ArgumentParser
import Maillage
import MaillageWeb

/// `maillage routes`: the site map, as the program knows it.
struct ListRoutes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes", abstract: "List every URL with the least one must be to use it.")

    func run() {
        for route in SiteMap.all {
            let method = route.method.rawValue.padded(to: 5)
            print("\(method) \(route.floor.rawValue.padded(to: 12)) \(route.pattern)")
        }
    }
}

/// `maillage settings`: what is set, and what each setting accepts.
struct ShowSettings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "Show every setting with its value, secrets masked.")

    @OptionGroup var options: HouseOptions

    @Flag(help: "Print a maillage.toml with every setting explained and none set, instead.")
    var template = false

    func run() async throws {
        try await CommandFailure.reporting {
            if template { return print(Settings.template(), terminator: "") }
            for (definition, value) in try options.settings().shown() {
                print("\(definition.variable.padded(to: 26)) \(value.isEmpty ? "(not set)" : value)")
                print("\("".padded(to: 26)) \(definition.meaning) Accepts \(definition.accepts).")
            }
        }
    }
}

extension String {
    /// The text followed by spaces up to a width, for columns on a terminal.
    fileprivate func padded(to width: Int) -> String {
        count < width ? self + String(repeating: " ", count: width - count) : self
    }
}
