import HTTPTypes
import HummingbirdCore
import Logging
import Maillage
import NIOCore
import Storage
import Workbench

@testable import MaillageWeb

/// A site with its real doors, on one engine, and the mail it writes.
struct AccountSite {
    let reception: Reception
    let doors: Doors
    let clock: FixedClock

    static func on(
        _ engine: TestEngine, settings given: Settings = Settings(), _ body: (AccountSite) async throws -> Void
    ) async throws {
        // Roles open in one step unless a test says what the network demands.
        var settings = given
        settings.secondFactor = given.secondFactor ?? .offered
        let fixed = settings
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let settings = fixed
            let (surroundings, clock) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000))
            var log = Logger(label: "test")
            log.logLevel = .critical
            let reception = Reception(
                desk: Desk(database: database, surroundings: surroundings), settings: settings,
                assets: Assets(files: [:]),
                keys: Keys(secret: Array(repeating: 7, count: 32)), cache: PageCache(), log: log)
            try await body(
                AccountSite(
                    reception: reception, doors: Doors(reception: reception, routes: SiteMap.all), clock: clock))
        }
    }

    var desk: Desk { reception.desk }
    var head: LetterHead { LetterHead(reception.settings) }

    func account(_ name: String, _ roles: Grant...) async throws -> Account.ID {
        let act = AddAccount(email: try EmailAddress("\(name)@exemple.fr"), name: try PersonName("Personne \(name)"))
        let id = try await desk.perform(act, as: .house)
        for grant in roles { _ = try await desk.perform(GrantRole(grant, to: id, head: head), as: .house) }
        return id
    }

    func lastLetter(to recipient: String) async throws -> Letter? {
        let now = clock.now
        return try await desk.database.read { reader in
            try Outbox.due(at: now, limit: 1_000, reader).map(\.letter).last { $0.recipient == recipient }
        }
    }

    /// The path of the first link of the last letter to an address.
    func link(to recipient: String) async throws -> String {
        let words = try await lastLetter(to: recipient)?.text.split(whereSeparator: \.isWhitespace) ?? []
        let base = reception.settings.baseURL
        return words.first { $0.hasPrefix(base + "/") }.map { String($0.dropFirst(base.utf8.count)) } ?? ""
    }
}

/// What a person's browser does: keeps cookies, reads pages, sends the forms it finds in them.
final class AccountBrowser {
    let site: AccountSite
    var cookies: [String: String] = [:]
    private(set) var status = 0
    private(set) var location: String?
    private(set) var text = ""
    private(set) var type = ""

    init(_ site: AccountSite) {
        self.site = site
    }

    /// Signed in, without the journey.
    static func of(_ id: Account.ID, _ site: AccountSite) async throws -> AccountBrowser {
        let browser = AccountBrowser(site)
        let opened = try await site.desk.perform(OpenSession(account: id, device: "Essai"), as: .house)
        browser.cookies["session"] = opened.secret.text
        return browser
    }

    @discardableResult
    func get(_ path: String) async throws -> AccountBrowser {
        try await send(.get, path, body: [])
    }

    /// Sends the form of the page being read that goes to `action`, with its hidden fields.
    @discardableResult
    func submit(_ action: String, _ fields: [String: String] = [:]) async throws -> AccountBrowser {
        var all = hiddenFields(of: action)
        for (name, value) in fields { all[name] = value }
        return try await post(action, all)
    }

    @discardableResult
    func post(_ path: String, _ fields: [String: String]) async throws -> AccountBrowser {
        let pairs = fields.sorted { $0.key < $1.key }.map { Paths.encode($0.key) + "=" + Paths.encode($0.value) }
        return try await send(.post, path, body: Array(pairs.joined(separator: "&").utf8))
    }

    @discardableResult
    func follow() async throws -> AccountBrowser {
        try await get(location ?? "/")
    }

    private func send(_ method: HTTPRequest.Method, _ path: String, body: [UInt8]) async throws -> AccountBrowser {
        var fields: HTTPFields = [:]
        if !cookies.isEmpty {
            fields[.cookie] = cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        if method == .post {
            fields[.contentType] = "application/x-www-form-urlencoded"
            fields[HeaderName.fetchSite] = "same-origin"
        }
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:8080", path: path, headerFields: fields)
        let answer = try await site.doors.answer(
            Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body))), peer: nil)
        status = answer.status.code
        location = answer.headers[.location]
        type = answer.headers[.contentType] ?? ""
        for cookie in answer.headers[values: .setCookie] { keep(cookie) }
        if case .bytes(let buffer) = answer.body {
            text = String(decoding: buffer.readableBytesView, as: UTF8.self)
        } else {
            text = ""
        }
        return self
    }

    private func keep(_ cookie: String) {
        guard let pair = cookie.split(separator: ";").first, let equals = pair.firstIndex(of: "=") else { return }
        let value = pair[pair.index(after: equals)...]
        cookies[String(pair[..<equals])] = value.isEmpty ? nil : String(value)
    }

    private func hiddenFields(of action: String) -> [String: String] {
        var fields: [String: String] = [:]
        guard let start = text.range(of: "method=\"post\" action=\"\(action)\"") else { return fields }
        let rest = text[start.upperBound...]
        let form = rest[..<(rest.range(of: "</form>")?.lowerBound ?? rest.endIndex)]
        for input in form.split(separator: "<input").dropFirst() where input.contains("type=\"hidden\"") {
            guard let name = value("name", in: input), let held = value("value", in: input) else { continue }
            fields[name] = held
        }
        return fields
    }

    private func value(_ name: String, in element: Substring) -> String? {
        guard let start = element.range(of: " \(name)=\"") else { return nil }
        return String(element[start.upperBound...].prefix { $0 != "\"" })
    }
}

extension StringProtocol {
    /// The first place where `part` stands, without Foundation.
    fileprivate func range(of part: String) -> Range<Index>? {
        let bytes = Array(part.utf8)
        var start = utf8.startIndex
        while start != utf8.endIndex {
            if utf8[start...].starts(with: bytes) {
                return start..<utf8.index(start, offsetBy: bytes.count)
            }
            start = utf8.index(after: start)
        }
        return nil
    }
}
