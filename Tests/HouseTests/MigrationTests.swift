import Maillage
import Storage
import Testing

/// A migration that went out with a release is never edited: databases that took it hold its checksum.
@Suite struct MigrationTests {
    /// The lines `number checksum name` of `landed-migrations.txt`.
    private static func landed() throws -> [(number: Int, name: String, checksum: String)] {
        try Checkout.text("Tests/HouseTests/landed-migrations.txt").split(separator: "\n").filter { !$0.hasPrefix("#") }
            .map { line in
                let words = line.split(separator: " ", maxSplits: 2)
                try #require(words.count == 3, "landed-migrations.txt: \(line)")
                return (try #require(Int(words[0])), String(words[2]), String(words[1]))
            }
    }

    @Test func whatWasReleasedIsAsItWas() throws {
        for line in try Self.landed() {
            let now = Schema.migrations.first { $0.number == line.number }
            #expect(now?.name == line.name, "migration \(line.number) was released as \(line.name)")
            #expect(now?.checksum == line.checksum, "migration \(line.number) was released: write the next one instead")
        }
    }

    @Test func numbersFollowEachOtherAndNamesDiffer() {
        let migrations = Schema.migrations
        #expect(migrations.map(\.number) == Array(1...migrations.count))
        #expect(Set(migrations.map(\.name)).count == migrations.count)
    }
}
