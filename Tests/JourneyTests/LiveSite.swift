import Foundation
import Logging
import Storage
import Synchronization
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// The whole site, served on a free port with a fresh database of one engine.
struct LiveSite: Answering {
    let port: Int
    let reception: Reception
    let clock: FixedClock?

    private static let assets = Assets.load()

    var desk: Desk { reception.desk }

    /// Opens the site, runs `body`, closes it. `routes` are added to the site map; `start` stops the clock there.
    static func open(
        _ engine: TestEngine = .sqlite, adding routes: [Route] = [], limits: Limits = Limits(), start: Instant? = nil,
        programs: (any OutsidePrograms)? = nil, settings change: (inout Settings) -> Void = { _ in },
        receiptKeys: ReceiptKeys? = nil, printer: (any PagePrinter)? = nil, certificate: CertificateKeeper? = nil,
        _ body: (LiveSite) async throws -> Void
    ) async throws {
        let folder = try Program.temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var settings = Settings()
        settings.dataDirectory = folder
        settings.networkName = "Réseau d’essai"
        // Roles open in one step unless a test says what the network demands.
        settings.secondFactor = .offered
        change(&settings)
        let fixed = settings
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let stopped = start.map { Surroundings.fixed(at: $0) }
            let cache = PageCache()
            let surroundings = stopped?.surroundings ?? .live()
            let directory = Directory(database: database, surroundings: surroundings)
            try await directory.load()
            let desk = Desk(
                database: database, surroundings: surroundings,
                listeners: [{ await directory.refresh($0) }, { _ in cache.invalidate() }])
            var log = Logger(label: "journey") { _ in SwiftLogNoOpLogHandler() }
            log.logLevel = .critical
            var reception = Reception(
                desk: desk, settings: fixed, assets: assets, keys: Keys(secret: [UInt8](repeating: 7, count: 32)),
                cache: cache, log: log, directory: directory, limits: limits)
            reception.receiptKeys = receiptKeys
            reception.printer = printer
            reception.photos.programs = programs
            let house = House(reception: reception, routes: SiteMap.all + routes)
            let (ports, announce) = AsyncStream<Int>.makeStream()
            let opened = reception
            let serving = Task {
                defer { announce.finish() }
                try await house.open(host: "127.0.0.1", port: 0, certificate: certificate, stopsOnSignals: false) {
                    announce.yield($0)
                }
            }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else {
                try await serving.value
                return
            }
            do {
                try await body(LiveSite(port: port, reception: opened, clock: stopped?.clock))
            } catch {
                serving.cancel()
                throw error
            }
            serving.cancel()
            // Cancellation is how a test closes the site.
            _ = try? await serving.value
        }
    }

    /// Posts a form as a page of the site would: same origin, with its token.
    func post(
        _ path: String, _ fields: [(String, String)] = [], as account: Principal.ID? = nil, session: String? = nil,
        headers: [String: String] = [:], token: String? = nil
    ) async throws -> Reply {
        let token = token ?? self.token(for: path, account: account)
        return try await submit(path, fields, token: token, session: session, headers: headers)
    }

    func token(for path: String, account: Principal.ID? = nil) -> String {
        reception.keys.formToken(
            for: path, account: account, now: reception.surroundings.now(), mask: [UInt8](repeating: 9, count: 24))
    }

    /// A person with these roles, signed in: their account and the session's secret.
    func signIn(_ name: String, _ grants: [Grant] = []) async throws -> (account: Principal.ID, session: String) {
        let account = try await desk.perform(
            AddAccount(email: try EmailAddress("\(name)@exemple.fr"), name: try PersonName("Personne \(name)")),
            as: .house)
        let head = LetterHead(networkName: "Réseau d’essai", baseURL: origin, contactEmail: "aide@reseau.test")
        for grant in grants {
            _ = try await desk.perform(GrantRole(grant, to: account, reason: "essai", head: head), as: .house)
        }
        let opened = try await desk.perform(OpenSession(account: account, device: "essai"), as: .house)
        return (account, opened.secret.text)
    }
}
