import Foundation
import Storage

/// The engines a test can run on: SQLite always, PostgreSQL when `MAILLAGE_TEST_POSTGRES` holds a `postgres://` URL
/// whose user may create databases.
public enum TestEngine: String, CaseIterable, Codable, Sendable {
    case sqlite
    case postgres

    public static var available: [TestEngine] {
        postgresURL == nil ? [.sqlite] : allCases
    }

    /// The URL of the server for tests, or nil.
    public static var postgresURL: String? {
        guard let text = getenv("MAILLAGE_TEST_POSTGRES") else { return nil }
        let url = String(cString: text)
        return url.isEmpty ? nil : url
    }
}

/// Gives `body` a database of its own, with these migrations applied, and removes it at the end, whatever happens.
public func withFreshDatabase<T>(
    _ engine: TestEngine, _ migrations: [Migration] = [], _ options: Database.Options = Database.Options(),
    _ body: (Database) async throws -> T
) async throws -> T {
    let template =
        migrations.count < TemplateDatabases.shortest
        ? nil : try await TemplateDatabases.shared.location(engine, migrations)
    return try await withFreshLocation(engine, copying: template) { location in
        let database = try Database(location, options)
        do {
            _ = try await database.migrate(migrations)
            let result = try await body(database)
            await database.close()
            return result
        } catch {
            await database.close()
            throw error
        }
    }
}

/// Gives `body` the place of a database that does not exist yet (SQLite) or is empty (PostgreSQL), removed at the end.
public func withFreshLocation<T>(
    _ engine: TestEngine, _ body: (Database.Location) async throws -> T
) async throws -> T {
    try await withFreshLocation(engine, copying: nil, body)
}

private func withFreshLocation<T>(
    _ engine: TestEngine, copying template: Database.Location?, _ body: (Database.Location) async throws -> T
) async throws -> T {
    switch engine {
    case .sqlite:
        let folder = try temporaryFolder()
        defer { removeFolder(folder) }
        let path = folder + "/maillage.sqlite"
        if case .file(let model) = template { try FileManager.default.copyItem(atPath: model, toPath: path) }
        return try await body(.file(path))
    case .postgres:
        guard let url = TestEngine.postgresURL else {
            throw StorageError.unavailable("MAILLAGE_TEST_POSTGRES is not set")
        }
        return try await withScratchPostgres(url, copying: template, body)
    }
}

/// A new empty folder under the system's temporary one.
public func temporaryFolder() throws -> String {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/maillage-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw StorageError.unavailable("no temporary folder could be made") }
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Removes a flat folder and the files in it.
public func removeFolder(_ folder: String) {
    if let entries = opendir(folder) {
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { unlink(folder + "/" + name) }
        }
        closedir(entries)
    }
    rmdir(folder)
}

/// A name that no other database of the server has.
func scratchName() -> String { "maillage_test_\(getpid())_\(UInt32.random(in: 0...UInt32.max))" }

/// Every test begins at once, and each PostgreSQL database has connections of its own: a server of the tests' size would spend
/// its time on greeting them.
private let postgresTurns = Turns(12)

private func withScratchPostgres<T>(
    _ url: String, copying template: Database.Location?, _ body: (Database.Location) async throws -> T
) async throws -> T {
    await postgresTurns.wait()
    defer { postgresTurns.end() }
    let name = scratchName()
    var model: String?
    if case .postgres(let address) = template { model = PostgresDatabases.name(in: address) }
    try PostgresDatabases.create(name, copying: model, at: url)
    do {
        let result = try await body(.postgres(PostgresDatabases.url(url, naming: name)))
        try PostgresDatabases.drop(name, at: url)
        return result
    } catch {
        try? PostgresDatabases.drop(name, at: url)
        throw error
    }
}
