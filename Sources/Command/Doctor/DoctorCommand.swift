import ArgumentParser
import Foundation
import Maillage

/// `maillage doctor`: what is amiss on this machine, and how to mend it.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at this machine: what is amiss, and how to mend it.",
        discussion: """
            One line for each thing looked at: ok, warning (something will be missed one day) or fault (what the site promises \
            does not hold), then what to do. Status 1 when there is a fault. It may run while the site serves: it opens no \
            database that the site has open, and writes nothing but a few kilobytes, to time the disk, that it removes.
            """)

    @OptionGroup var options: HouseOptions

    @Option(help: "Send a trial letter to this address.")
    var mailTo: String?

    func run() async throws {
        try await CommandFailure.reporting {
            var findings: [DoctorFinding] = []
            var settings = Settings()
            do {
                settings = try options.settings()
            } catch {
                findings.append(Self.unread(error))
                // The rest is looked at with what can be known without them.
                if let data = options.data ?? ProcessInfo.processInfo.environment["MAILLAGE_DATA"] {
                    settings.dataDirectory = data
                }
            }
            if findings.isEmpty { findings.append(.ok("settings", "each is accepted")) }
            findings += await Checkup(settings: settings, machine: .live(), letterTo: mailTo).findings()
            for finding in findings { print(finding.line) }
            let faults = findings.count { $0.grade == .fault }
            let warnings = findings.count { $0.grade == .warning }
            print("\(Self.count(faults, "fault")), \(Self.count(warnings, "warning")).")
            if faults > 0 { throw ExitCode(1) }
        }
    }

    private static func unread(_ error: any Error) -> DoctorFinding {
        .fault(
            "settings", "\(error)",
            mend: "correct maillage.toml or the variable; maillage settings --template tells each")
    }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
