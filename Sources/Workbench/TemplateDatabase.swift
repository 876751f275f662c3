import Foundation
import Storage
import Synchronization

/// Databases to which a long list of migrations was applied, each made once and copied for every test that asks for it: the
/// migrations are the same, and applying them again takes longer than most tests. They go away with the process.
actor TemplateDatabases {
    static let shared = TemplateDatabases()

    /// A list of fewer migrations is applied each time.
    static let shortest = 8

    private struct Key: Hashable {
        let engine: TestEngine
        let checksums: [String]
    }

    private var made: [Key: Task<Database.Location, any Error>] = [:]

    /// Where the template for these migrations is; nobody may connect to it.
    func location(_ engine: TestEngine, _ migrations: [Migration]) async throws -> Database.Location {
        let key = Key(engine: engine, checksums: migrations.map(\.checksum))
        let task =
            made[key]
            ?? Task {
                let location = try Self.place(engine)
                let database = try Database(location)
                _ = try await database.migrate(migrations)
                await database.close()
                return location
            }
        made[key] = task
        return try await task.value
    }

    private static func place(_ engine: TestEngine) throws -> Database.Location {
        let location: Database.Location
        switch engine {
        case .sqlite: location = .file(try temporaryFolder() + "/template.sqlite")
        case .postgres:
            guard let url = TestEngine.postgresURL else {
                throw StorageError.unavailable("MAILLAGE_TEST_POSTGRES is not set")
            }
            let name = scratchName()
            try PostgresDatabases.create(name, at: url)
            location = .postgres(PostgresDatabases.url(url, naming: name))
        }
        if leftovers.withLock({
            $0.append(location)
            return $0.count
        }) == 1 {
            atexit(removeLeftovers)
        }
        return location
    }
}

private let leftovers = Mutex<[Database.Location]>([])

private func removeLeftovers() {
    for location in leftovers.withLock({ $0 }) {
        switch location {
        case .file(let path): removeFolder(String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex)))
        case .postgres(let url):
            guard let server = TestEngine.postgresURL, let name = PostgresDatabases.name(in: url) else { continue }
            try? PostgresDatabases.drop(name, at: server)
        }
    }
}
