import Testing
import Workbench

@testable import Storage

/// Prints how fast the seam is here; asserts only that the counts are exact, since machines differ.
@Suite(.serialized) struct TimingTests {
    static let schema = [
        Migration(
            number: 1, name: "rows",
            text:
                "CREATE TABLE line (id INTEGER NOT NULL PRIMARY KEY, slug TEXT NOT NULL UNIQUE, number INTEGER) STRICT;"
        )
    ]

    @Test(arguments: TestEngine.available)
    func timings(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            try await database.write { writer in
                for id in 0..<2000 {
                    try writer.run("INSERT INTO line (id, slug, number) VALUES (\(id), \("slug-\(id)"), \(id))")
                }
            }
            let clock = ContinuousClock()
            let reads = 2000
            let reading = try await clock.measure {
                for id in 0..<reads {
                    _ = try await database.read {
                        try $0.one("SELECT id, slug, number FROM line WHERE slug = \("slug-\(id)")") {
                            (try $0.int(0), try $0.text(1), try $0.int(2))
                        }
                    }
                }
            }
            let commits = 200
            let serial = try await clock.measure {
                for id in 0..<commits {
                    try await database.write { _ = try $0.run("UPDATE line SET number = -1 WHERE id = \(id)") }
                }
            }
            let tasks = 64
            let concurrent = try await clock.measure {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for task in 0..<tasks {
                        group.addTask {
                            for turn in 0..<20 {
                                let id = task * 20 + turn
                                try await retrying {
                                    try await database.write {
                                        _ = try $0.run("UPDATE line SET number = -1 WHERE id = \(id)")
                                    }
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let read = reading / .microseconds(reads)
            let alone = Double(commits) / (serial / .seconds(1))
            let together = Double(tasks * 20) / (concurrent / .seconds(1))
            print(
                "timing \(engine): point read \(read.rounded()) µs, \(alone.rounded()) commits/s one by one, "
                    + "\(together.rounded()) commits/s from \(tasks) tasks")
            try await #expect(database.read { try $0.count("SELECT count(*) FROM line WHERE number = -1") } == 1280)
        }
    }
}
