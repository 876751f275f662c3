import Foundation
import Logging
import Storage
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// Two nodes of one network in one process: each with its own connections, views, cache and port, over one PostgreSQL and one folder.
enum TwoNodes {
    /// Says with a word that there is no PostgreSQL, and runs nothing.
    static func open(_ body: (LiveSite, LiveSite) async throws -> Void) async throws {
        guard TestEngine.postgresURL != nil else {
            print("nodes: skipped, MAILLAGE_TEST_POSTGRES is not set")
            return
        }
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withFreshLocation(.postgres) { location in
            let first = try Database(location, Database.Options(readers: 4))
            let second = try Database(location, Database.Options(readers: 4))
            _ = try await first.migrate(Schema.migrations)
            do {
                try await serve(first, "n1", folder) { one in
                    try await serve(second, "n2", folder) { two in try await body(one, two) }
                }
            } catch {
                await first.close()
                await second.close()
                throw error
            }
            await first.close()
            await second.close()
        }
    }

    private static func serve(
        _ database: Database, _ name: String, _ folder: String, _ body: (LiveSite) async throws -> Void
    ) async throws {
        var settings = Settings()
        settings.dataDirectory = folder
        settings.networkName = "Réseau d’essai"
        settings.node = name
        let cache = PageCache()
        let directory = Directory(database: database, surroundings: .live())
        let gazetteer = LiveGazetteer(database: database)
        // As `Premises` does.
        let desk = Desk(
            database: database, surroundings: .live(),
            listeners: [{ await gazetteer.refresh($0) }, { await directory.refresh($0) }, cache.listener])
        let feed = ChangeFeed(
            desk: desk,
            readAnew: {
                try await gazetteer.load()
                try await directory.load()
                cache.invalidate()
            })
        try await feed.begin()
        try await directory.load()
        var log = Logger(label: "journey") { _ in SwiftLogNoOpLogHandler() }
        log.logLevel = .critical
        let reception = Reception(
            desk: desk, settings: settings, assets: Assets.load(), keys: Keys(secret: [UInt8](repeating: 7, count: 32)),
            cache: cache, log: log, directory: directory, gazetteer: gazetteer)
        let house = House(reception: reception)
        let (ports, announce) = AsyncStream<Int>.makeStream()
        let following = Task { try await feed.run() }
        let serving = Task {
            defer { announce.finish() }
            try await house.open(host: "127.0.0.1", port: 0, stopsOnSignals: false) { announce.yield($0) }
        }
        defer {
            serving.cancel()
            following.cancel()
        }
        var iterator = ports.makeAsyncIterator()
        guard let port = await iterator.next() else { return try await serving.value }
        try await body(LiveSite(port: port, reception: reception, clock: nil))
        serving.cancel()
        following.cancel()
        // Cancellation is how a test closes a site.
        _ = try? await serving.value
        _ = try? await following.value
    }
}
