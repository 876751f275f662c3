import ArgumentParser
import Subprocess
import TOMLKit

@main
struct MaillageCommand: AsyncParsableCommand {
    func run() async throws {}
}
