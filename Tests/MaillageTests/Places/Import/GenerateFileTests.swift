import Foundation
import Testing
import Workbench

@testable import Maillage

@Suite struct GenerateFileTests {
    @Test func generatedFileIsTheSameForTheSameSeed() throws {
        let first = GeneratedPlaces.csv(count: 1_200, seed: 3).reduce([], +)
        #expect(first == GeneratedPlaces.csv(count: 1_200, seed: 3).reduce([], +))
        #expect(first != GeneratedPlaces.csv(count: 1_200, seed: 4).reduce([], +))
        #expect(first.count { $0 == 0x0A } == 1_201)
        // For measuring by hand: a file of as many rows as asked.
        if let wanted = ProcessInfo.processInfo.environment["MAILLAGE_GENERATE"], let count = Int(wanted) {
            var data = Data()
            for piece in GeneratedPlaces.csv(count: count, seed: 1) { data.append(contentsOf: piece) }
            try data.write(to: FileManager.default.temporaryDirectory.appending(path: "generated-\(count).csv"))
        }
    }
}
