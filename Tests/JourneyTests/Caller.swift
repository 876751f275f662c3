import Foundation
import Storage

@testable import Maillage
@testable import MaillageWeb

/// Whatever answers on a port of this machine.
protocol Answering: Sendable {
    var port: Int { get }
}

extension Answering {
    var origin: String { "http://127.0.0.1:\(port)" }

    /// One request on a connection of its own, read until the site closes it: an answer that is cut, or does not end, is none.
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
        let received = await connection.receive(silence: 60)
        guard received.isClosed else {
            throw Reply.Unreadable(text: "\(method) \(path): silent after \(received.bytes.count) bytes")
        }
        return try Reply(received.bytes, hasBody: method != "HEAD")
    }

    func get(_ path: String, headers: [String: String] = [:], session: String? = nil) async throws -> Reply {
        try await ask("GET", path, headers: headers, session: session)
    }

    /// Posts a form with its token, as a page of the site would.
    func submit(
        _ path: String, _ fields: [(String, String)], token: String, session: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Reply {
        let text = (fields + [(FormToken.fieldName, token)]).map { Paths.encode($0) + "=" + Paths.encode($1) }
            .joined(separator: "&")
        let usual = [
            "Content-Type": "application/x-www-form-urlencoded", "Origin": origin, "Sec-Fetch-Site": "same-origin",
        ]
        return try await ask(
            "POST", path, headers: usual.merging(headers) { $1 }, body: Array(text.utf8), session: session)
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

/// Talks to a site that runs as a process of its own.
struct Caller: Answering {
    let port: Int
    /// What the site signs its forms with: `StandingSite` writes it into the data directory.
    static let secret = [UInt8](repeating: 7, count: 32)

    func post(_ path: String, _ fields: [(String, String)], as person: StandingSite.Person) async throws -> Reply {
        let token = Keys(secret: Self.secret).formToken(
            for: path, account: person.account, now: Surroundings.live().now(), mask: [UInt8](repeating: 9, count: 24))
        return try await submit(path, fields, token: token, session: person.session)
    }
}

/// Opens a database for a moment.
func withDatabase<T>(_ path: String, _ body: (Database) async throws -> T) async throws -> T {
    try await withDatabase(at: .file(path), body)
}

func withDatabase<T>(postgres url: String, _ body: (Database) async throws -> T) async throws -> T {
    try await withDatabase(at: .postgres(url), body)
}

private func withDatabase<T>(at location: Database.Location, _ body: (Database) async throws -> T) async throws -> T {
    let database = try Database(location)
    do {
        let result = try await body(database)
        await database.close()
        return result
    } catch {
        await database.close()
        throw error
    }
}
