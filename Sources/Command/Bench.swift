import ArgumentParser
import Foundation
import Maillage
import MaillageWeb
import Workbench

/// `maillage bench`: what `Benchmarks/run` cannot measure from outside. Not for operators, so no help lists it.
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measure parts of the program.", shouldDisplay: false,
        subcommands: [
            BenchHello.self, BenchPlaces.self, BenchInside.self, BenchWrites.self, BenchCandidates.self,
            BenchForm.self, BenchDeposits.self, BenchSelection.self, BenchBoard.self, BenchSafes.self,
        ])
}

/// The bare framework, to compare with.
struct BenchHello: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "hello")

    @Option var port: Int

    func run() async throws {
        try await Measures.hello(host: "127.0.0.1", port: port)
    }
}

/// Generated places as a file in the national schema; and the territory they stand in, into a data directory.
struct BenchPlaces: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "places")

    @OptionGroup var options: HouseOptions
    @Argument var count: Int
    @Option var output: String

    func run() async throws {
        try await CommandFailure.reporting {
            guard FileManager.default.createFile(atPath: output, contents: nil),
                let file = FileHandle(forWritingAtPath: output)
            else { throw CommandFailure("\(output) cannot be written") }
            for piece in GeneratedPlaces.csv(count: count, seed: 2_026) { try file.write(contentsOf: Data(piece)) }
            try file.close()
            let premises = try await Premises.open(try options.settings())
            _ = try await premises.desk.perform(UpdateTerritory(GeneratedPlaces.territory), as: .house)
            await premises.database.close()
        }
    }
}

/// Searches, lists and HTML, in nanoseconds.
struct BenchInside: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "inside")

    @OptionGroup var options: HouseOptions

    func run() async throws {
        try await CommandFailure.reporting {
            let premises = try await Premises.open(try options.settings())
            let directory = premises.reception.directory
            let words = [
                "atelier", "repair cafe", "fablab amiens", "jardn partage", "cafe associatif", "coworking lille",
            ]
            var worst = 0
            var all: [Int] = []
            for word in words {
                var query = PlaceQuery()
                query.text = word
                let span = Measures.median(40) { directory.find(query, for: .visitor).total }
                worst = max(worst, span)
                all.append(span)
            }
            print("places \(directory.count(for: .visitor))")
            print("search_median \(all.sorted()[all.count / 2])")
            print("search_worst \(worst)")
            print("list \(Measures.median(200) { directory.find(PlaceQuery(), for: .visitor).total })")
            let rendering = Measures.listRendering(directory)
            print("render_rows \(rendering.rows)")
            print("render \(rendering.page)")
            await premises.database.close()
        }
    }
}

/// Durable acts a second: one after the other, then 64 at once.
struct BenchWrites: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "writes")

    @OptionGroup var options: HouseOptions
    @Option var serial = 300
    @Option var together = 6_400

    func run() async throws {
        try await CommandFailure.reporting {
            let premises = try await Premises.open(try options.settings())
            // Without the views: they cost processor time, and this measures the disk.
            let desk = Desk(database: premises.database, surroundings: premises.reception.surroundings)
            var query = PlaceQuery()
            query.limit = 500
            let places = premises.reception.directory.find(query, for: .visitor, withFacets: false).found.map(\.card.id)
            guard places.count >= 64 else { throw CommandFailure("too few places to write to") }
            let clock = ContinuousClock()
            let alone = try await clock.measure {
                for number in 0..<serial {
                    _ = try await desk.perform(VerifyPlace(place: places[number % places.count]), as: .house)
                }
            }
            let share = together / 64
            let crowd = try await clock.measure {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for writer in 0..<64 {
                        group.addTask {
                            for _ in 0..<share {
                                _ = try await desk.perform(VerifyPlace(place: places[writer]), as: .house)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            print("serial \(Int(Double(serial) / Self.seconds(alone)))")
            print("together \(Int(Double(share * 64) / Self.seconds(crowd)))")
            await premises.database.close()
        }
    }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
