import Foundation
import Logging
import Storage
import Synchronization
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// The whole site, served on a free port with a fresh database of one engine.
struct LiveSite: Sendable {
    let port: Int
    let reception: Reception
    let clock: FixedClock?

    private static let assets = Assets.load()

    var desk: Desk { reception.desk }
    var origin: String { "http://127.0.0.1:\(port)" }

    /// Opens the site, runs `body`, closes it. `routes` are added to the site map; `start` stops the clock there.
    static func open(
        _ engine: TestEngine = .sqlite, adding routes: [Route] = [], limits: Limits = Limits(), start: Instant? = nil,
        settings change: (inout Settings) -> Void = { _ in }, _ body: (LiveSite) async throws -> Void
    ) async throws {
        var settings = Settings()
        settings.networkName = "Réseau d’essai"
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
            let reception = Reception(
                desk: desk, settings: fixed, assets: assets, keys: Keys(secret: [UInt8](repeating: 7, count: 32)),
                cache: cache, log: log, directory: directory, limits: limits)
            let house = House(reception: reception, routes: SiteMap.all + routes)
            let (ports, announce) = AsyncStream<Int>.makeStream()
            let serving = Task {
                defer { announce.finish() }
                try await house.open(host: "127.0.0.1", port: 0, stopsOnSignals: false) { announce.yield($0) }
            }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else {
                try await serving.value
                return
            }
            do {
                try await body(LiveSite(port: port, reception: reception, clock: stopped?.clock))
            } catch {
                serving.cancel()
                throw error
            }
            serving.cancel()
            // Cancellation is how a test closes the site.
            _ = try? await serving.value
        }
    }

    /// One request on a connection of its own, read until the site closes it.
    func ask(
        _ method: String, _ path: String, headers: [String: String] = [:], body: [UInt8] = [], session: String? = nil
    ) async throws -> Reply {
        var lines = ["\(method) \(path) HTTP/1.1", "Connection: close"]
        if headers["Host"] == nil { lines.append("Host: 127.0.0.1:\(port)") }
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { lines.append("\(name): \(value)") }
        if let session { lines.append("Cookie: session=\(session)") }
        if !body.isEmpty || method == "POST" { lines.append("Content-Length: \(body.count)") }
        let connection = try RawConnection(port: port)
        await connection.send(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
        let received = await connection.receive(silence: 20)
        return try Reply(received.bytes, hasBody: method != "HEAD")
    }

    func get(_ path: String, headers: [String: String] = [:], session: String? = nil) async throws -> Reply {
        try await ask("GET", path, headers: headers, session: session)
    }

    /// Posts a form as a page of the site would: same origin, with its token.
    func post(
        _ path: String, _ fields: [(String, String)] = [], as account: Principal.ID? = nil, session: String? = nil,
        headers: [String: String] = [:], token: String? = nil
    ) async throws -> Reply {
        let token = token ?? self.token(for: path, account: account)
        let pairs = fields + [(FormToken.fieldName, token)]
        let text = pairs.map { Paths.encode($0) + "=" + Paths.encode($1) }.joined(separator: "&")
        let usual = ["Content-Type": "application/x-www-form-urlencoded", "Origin": origin, "Sec-Fetch-Site": "same-origin"]
        return try await ask(
            "POST", path, headers: usual.merging(headers) { $1 }, body: Array(text.utf8), session: session)
    }

    func token(for path: String, account: Principal.ID? = nil) -> String {
        reception.keys.formToken(
            for: path, account: account, now: reception.surroundings.now(), mask: [UInt8](repeating: 9, count: 24))
    }

    /// A person with these roles, signed in: their account and the session's secret.
    func signIn(_ name: String, _ grants: [Grant] = []) async throws -> (account: Principal.ID, session: String) {
        let account = try await desk.perform(
            AddAccount(email: try EmailAddress("\(name)@exemple.fr"), name: try PersonName("Personne \(name)")), as: .house)
        let head = LetterHead(networkName: "Réseau d’essai", baseURL: origin, contactEmail: "aide@reseau.test")
        for grant in grants {
            _ = try await desk.perform(GrantRole(grant, to: account, reason: "essai", head: head), as: .house)
        }
        let opened = try await desk.perform(OpenSession(account: account, device: "essai"), as: .house)
        return (account, opened.secret.text)
    }

    /// Sends bytes as they are; what comes back until the site closes or is silent.
    func raw(_ bytes: [UInt8], silence: Double = 0.7) async throws -> RawConnection.Received {
        let connection = try RawConnection(port: port)
        await connection.send(bytes)
        return await connection.receive(silence: silence)
    }

    func raw(_ text: String, silence: Double = 0.7) async throws -> RawConnection.Received {
        try await raw(Array(text.utf8), silence: silence)
    }
}
