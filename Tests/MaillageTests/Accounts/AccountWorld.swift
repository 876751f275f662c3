import Storage
import Workbench

@testable import Maillage

/// A network with nobody in it yet, on one engine, with a clock that stands still; people come by performing acts.
struct AccountWorld {
    let database: Database
    let desk: Desk
    let clock: FixedClock
    let head = LetterHead(
        networkName: "Réseau d’essai", baseURL: "https://reseau.test", contactEmail: "aide@reseau.test")

    static let start = Instant(seconds: 1_790_000_000)

    static func on(
        _ engine: TestEngine, seed: UInt64 = 1, _ body: (AccountWorld) async throws -> Void
    ) async throws {
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let (surroundings, clock) = Surroundings.fixed(at: start, seed: seed)
            let desk = Desk(database: database, surroundings: surroundings)
            try await body(AccountWorld(database: database, desk: desk, clock: clock))
        }
    }

    var now: Instant { clock.now }

    func email(_ name: String) throws -> EmailAddress { try EmailAddress("\(name)@exemple.fr") }

    /// An account, by the program.
    func person(_ name: String) async throws -> Account.ID {
        try await desk.perform(AddAccount(email: email(name), name: PersonName("Personne \(name)")), as: .house)
    }

    /// An account with a role, by the program.
    func person(_ name: String, _ role: Role, on scope: Scope) async throws -> Account.ID {
        let id = try await person(name)
        _ = try await grant(role, on: scope, to: id)
        return id
    }

    func grant(_ role: Role, on scope: Scope, to account: Account.ID, until: Instant? = nil) async throws
        -> RoleGrant.ID
    {
        try await desk.perform(GrantRole(Grant(role, on: scope), to: account, until: until, head: head), as: .house)
    }

    func principal(_ account: Account.ID) async throws -> Principal {
        let now = now
        return try await database.read { try PrincipalReader.principal(account, at: now, $0) } ?? .visitor
    }

    func session(_ account: Account.ID, device: String = "Firefox sur Linux") async throws -> OpenedSession {
        try await desk.perform(OpenSession(account: account, device: device), as: .house)
    }

    func presence(_ secret: Secret) async throws -> Presence? {
        let now = now
        return try await database.read { try PrincipalReader.presence(sessionSecret: secret, at: now, $0) }
    }

    /// The letters written so far to an address, oldest first.
    func letters(to recipient: String) async throws -> [Letter] {
        try await database.read { reader in
            try Outbox.due(at: now, limit: 10_000, reader).map(\.letter).filter { $0.recipient == recipient }
        }
    }

    func lastLetter(to recipient: String) async throws -> Letter {
        guard let letter = try await letters(to: recipient).last else { throw Missing() }
        return letter
    }

    /// Asks for a link as a visitor would, and reads the mail.
    func askForLink(_ name: String, browser: Secret? = nil) async throws -> (
        browser: Secret, link: Secret, code: String
    ) {
        let address = try email(name)
        let asked = try await desk.perform(
            RequestSignIn(email: address, browser: browser, origin: nil, head: head), as: .visitor)
        let letter = try await lastLetter(to: address.text)
        return (asked.browser, try secret(in: letter), Self.code(in: letter))
    }

    /// The secret that ends the letter's link.
    func secret(in letter: Letter) throws -> Secret {
        let links = letter.text.split(whereSeparator: \.isWhitespace).filter { $0.hasPrefix("https://reseau.test/") }
        for link in links {
            if let text = link.split(separator: "/").last, let secret = Secret(text: String(text)) { return secret }
        }
        throw Missing()
    }

    static func code(in letter: Letter) -> String {
        guard let line = letter.text.split(separator: "\n").first(where: { $0.contains("Tapez ce code") }) else {
            return ""
        }
        return String(line.suffix(7).filter(\.isNumber))
    }

    func count(_ sql: SQL) async throws -> Int {
        try await database.read { try $0.count(sql) }
    }
}

extension Scope {
    static func place(_ number: Int64) -> Scope { Scope(.place, number) }
}
