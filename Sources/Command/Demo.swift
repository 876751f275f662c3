import ArgumentParser
import Exchange
import Foundation
import Maillage
import MaillageWeb
import Workbench

/// `maillage demo`: makes the demo network in an empty directory, and serves it.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make the demo network, if the directory is empty, and serve it.",
        discussion: "Refuses a directory that holds something else than a demo network.")

    @OptionGroup var options: HouseOptions

    @Option(help: "Address to listen on.")
    var host: String?

    @Option(help: "Port to listen on; 0 picks a free one.")
    var port: Int?

    @Flag(inversion: .prefixedNo, help: "Serve the network once it is made.")
    var serve = true

    func run() async throws {
        try await CommandFailure.reporting {
            let manager = try ServiceManager()
            var settings = try options.settings(host: host, port: port)
            if settings.networkName == Settings().networkName { settings.networkName = "Réseau de démonstration" }
            // The printed sign-ins open in one step.
            if settings.secondFactor == nil { settings.secondFactor = .offered }
            let mark = settings.dataDirectory + "/demo-accounts.json"
            let isMade = FileManager.default.fileExists(atPath: mark)
            if !isMade { try Self.clearUnfinished(settings.dataDirectory) }
            if !isMade, try Self.holdsSomething(settings.dataDirectory) {
                throw CommandFailure(
                    "\(settings.dataDirectory) holds something else than a demo network: give an empty directory with --data"
                )
            }
            if !isMade {
                try Self.markUnfinished(settings.dataDirectory)
                // Some deposits of the demo are of 2020: the key that signs them is as old.
                _ = try ReceiptKeys.load(
                    dataDirectory: settings.dataDirectory, now: DemoNetwork.keysSince,
                    secret: Surroundings.live().secret)
            }
            var premises = try await Premises.open(settings)
            premises.reception.isDemonstration = true
            premises.reception.demonstration = DemoNetwork.signIns.map {
                DemoSignInLine(label: $0.label, email: $0.email, password: $0.password)
            }
            if !isMade {
                try await DemoNetwork(
                    desk: premises.desk, passwords: premises.reception.passwords, head: LetterHead(settings),
                    photos: premises.reception.photos, receiptKeys: premises.reception.receiptKeys
                ).build()
                try Self.signIns.write(to: URL(fileURLWithPath: mark))
                try FileManager.default.removeItem(atPath: settings.dataDirectory + Self.unfinished)
            }
            premises.reception.demonstrationStories = try await DemoNetwork.stories(premises.database).map {
                DemoStoryLine(title: $0.title, words: $0.words, email: $0.email, path: $0.path)
            }
            Self.printSignIns(settings)
            if serve { try await Serve.serve(premises, for: manager) } else { await premises.database.close() }
        }
    }

    private static let unfinished = "/demo-unfinished"

    private static func markUnfinished(_ directory: String) throws {
        try Premises.makeDirectory(directory)
        try Data().write(to: URL(fileURLWithPath: directory + unfinished))
    }

    /// What an interrupted demo left is made again from nothing; only a directory that says so is emptied.
    private static func clearUnfinished(_ directory: String) throws {
        guard FileManager.default.fileExists(atPath: directory + unfinished) else { return }
        for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
            try FileManager.default.removeItem(atPath: directory + "/" + name)
        }
    }

    private static func holdsSomething(_ directory: String) throws -> Bool {
        guard FileManager.default.fileExists(atPath: directory) else { return false }
        return try !FileManager.default.contentsOfDirectory(atPath: directory).isEmpty
    }

    /// The sign-ins as data, for tests and scripts.
    private static var signIns: Data {
        var json = JSONWriter()
        json.beginArray()
        for signIn in DemoNetwork.signIns {
            json.beginObject()
            json.member("role", signIn.role)
            json.member("email", signIn.email)
            json.member("password", signIn.password)
            json.endObject()
        }
        json.endArray()
        return Data(json.take())
    }

    private static func printSignIns(_ settings: Settings) {
        print("Demo network in \(settings.dataDirectory). Sign-ins, all with the password \(DemoNetwork.password):")
        for signIn in DemoNetwork.signIns {
            print("  " + signIn.email.padding(toLength: 28, withPad: " ", startingAt: 0) + signIn.label)
        }
    }
}
