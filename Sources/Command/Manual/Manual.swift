import ArgumentParser
import Maillage
import MaillageWeb

/// `maillage manual PAGE`: prints a page that the program writes about itself.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print a page about the program: rights, settings, cli, schema or routes.")

    @Argument(help: "The page.")
    var page: WrittenPage

    func run() {
        print(page.text(), terminator: "")
    }
}

/// `maillage rights`: every act, with who may perform it.
struct ListRights: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rights", abstract: "List every act with who may perform it.")

    func run() {
        print(WrittenPage.rights.text(), terminator: "")
    }
}

/// `maillage openapi`: the machine interface, as the site serves it.
struct PrintOpenAPI: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi", abstract: "Print the OpenAPI description of the machine interface.")

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.reporting {
            print(String(decoding: OpenAPI.document(of: SiteMap.all, settings: try options.settings()), as: UTF8.self))
        }
    }
}
