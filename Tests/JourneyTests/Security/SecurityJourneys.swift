import Foundation
import Testing

@testable import Maillage
@testable import MaillageWeb

/// What people may not do, tried through HTTP. The tests of a suite one after the other: several race or hash passwords.
@Suite enum SecurityJourneys {
    static let password = "tisser-des-liens-solides-2026"

    /// An account that signs in by `password`.
    @discardableResult
    static func addWithPassword(_ name: String, _ site: LiveSite) async throws -> Principal.ID {
        let email = try EmailAddress("\(name)@exemple.fr")
        let prepared = try await site.reception.passwords.prepare(password, name: "Personne", email: email)
        return try await site.desk.perform(
            AddAccount(email: email, name: try PersonName("Personne"), password: prepared), as: .house)
    }

    /// The first link of the last letter to an address, as a path.
    static func lastLink(to recipient: String, _ site: LiveSite) async throws -> String {
        let now = site.reception.surroundings.now()
        let letter = try await site.reception.database.read { reader in
            try Outbox.due(at: now, limit: 1_000, reader).map(\.letter).last { $0.recipient == recipient }
        }
        let base = site.reception.settings.baseURL + "/"
        let words = try #require(letter).text.split(whereSeparator: \.isWhitespace)
        let link = try #require(words.first { $0.hasPrefix(base) })
        return String(link.dropFirst(base.utf8.count - 1))
    }

    /// Everything the database holds, table by table, as one number. Two equal ones are two equal databases.
    static func digest(_ site: LiveSite, besides skipped: Set<String> = []) async throws -> [String: Int] {
        try await site.reception.database.scan { reader in
            var digest: [String: Int] = [:]
            for table in try Rows.tables(reader) where !skipped.contains(table) {
                digest[table] = try Rows.digest(of: table, reader)
            }
            return digest
        }
    }
}
