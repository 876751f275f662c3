import Foundation
import HTTPTypes
import HummingbirdCore
import Maillage
import NIOCore
import Storage
import Workbench

@testable import MaillageCommand
@testable import MaillageWeb

/// The demo network behind the real doors, without a socket.
struct DemoHouse: Sendable {
    let premises: Premises
    let doors: Doors
    /// A session of each kind of person, by the role's name in the demo; "visitor" has none.
    let sessions: [String: String]

    static func open(_ body: (DemoHouse) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/maillage-house-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var settings = Settings()
        settings.dataDirectory = folder
        settings.logLevel = "error"
        settings.secondFactor = .offered
        let (surroundings, _) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000))
        let premises = try await Premises.open(settings, surroundings: surroundings)
        do {
            try await DemoNetwork(
                desk: premises.desk, passwords: premises.reception.passwords, head: LetterHead(settings)
            ).build()
            let house = DemoHouse(
                premises: premises, doors: Doors(reception: premises.reception, routes: SiteMap.all),
                sessions: try await signIn(premises))
            try await body(house)
        } catch {
            await premises.database.close()
            throw error
        }
        await premises.database.close()
    }

    private static func signIn(_ premises: Premises) async throws -> [String: String] {
        var sessions: [String: String] = [:]
        for signIn in DemoNetwork.signIns {
            let email = try EmailAddress(signIn.email)
            let account = try await premises.database.read { try AccountStore.account(email: email, $0) }
            guard let account else { continue }
            let opened = try await premises.desk.perform(OpenSession(account: account.id, device: "essai"), as: .house)
            sessions[signIn.role] = opened.secret.text
        }
        return sessions
    }

    func ask(_ method: HTTPRequest.Method, _ path: String, as role: String) async throws -> Answer {
        var fields: HTTPFields = [:]
        if let session = sessions[role] { fields[.cookie] = "session=\(session)" }
        if method == .post {
            fields[.contentType] = "application/x-www-form-urlencoded"
            fields[HeaderName.fetchSite] = "same-origin"
        }
        let head = HTTPRequest(
            method: method, scheme: "http", authority: "127.0.0.1:8080", path: path, headerFields: fields)
        return try await doors.answer(Request(head: head, body: RequestBody(buffer: ByteBuffer())), peer: nil)
    }

    /// Every table but the named ones, row by row, as one text.
    func contents(without left: Set<String>) async throws -> [String: [String]] {
        try await premises.database.read { reader in
            let names: SQL =
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            var contents: [String: [String]] = [:]
            for table in try reader.all(names, { try $0.text(0) }) where !left.contains(table) {
                let columns = try reader.all("SELECT name FROM pragma_table_info(\(table)) ORDER BY cid") {
                    try $0.text(0)
                }
                let row = columns.map { "quote(\"\($0)\")" }.joined(separator: " || ' ' || ")
                // Names of our own schema, not of anybody's input.
                let sql = SQL(stringLiteral: "SELECT \(row) FROM \"\(table)\" ORDER BY 1")
                contents[table] = try reader.all(sql) { try $0.text(0) }
            }
            return contents
        }
    }
}
