import Foundation
import Testing
import Workbench

#if canImport(Glibc)
    import Glibc
#endif

/// A PostgreSQL server that is not there, refuses, or says nothing: one line, no password in it, status 1.
@Suite(.serialized) struct ServerFailureTests {
    private static let secret = "motdepasse-tres-secret"

    private func refusal(
        _ url: String, saying words: [String], within seconds: Double = 120,
        at location: SourceLocation = #_sourceLocation
    ) async throws {
        try await withFolder { folder in
            let ended = try await Program.run(
                ["serve", "--data", folder + "/data", "--port", "0"], ["MAILLAGE_DATABASE_URL": url], within: seconds)
            #expect(ended.status == 1, "\(ended.err)", sourceLocation: location)
            #expect(ended.err.split(separator: "\n").count == 1, "\(ended.err)", sourceLocation: location)
            #expect(ended.err.hasPrefix("maillage: "), "\(ended.err)", sourceLocation: location)
            #expect(!ended.err.contains(Self.secret), sourceLocation: location)
            for word in words {
                #expect(ended.err.contains(word), "\(word) in: \(ended.err)", sourceLocation: location)
            }
        }
    }

    @Test func noServer() async throws {
        // A port that was free a moment ago.
        let door = try Doorkeeper { _ in nil }
        let port = door.port
        door.close()
        try await refusal(
            "postgres://maillage:\(Self.secret)@127.0.0.1:\(port)/maillage", saying: ["PostgreSQL", "127.0.0.1"])
        try await refusal(
            "postgres://maillage:\(Self.secret)@nulle-part.invalid/maillage",
            saying: ["PostgreSQL", "nulle-part.invalid"])
    }

    @Test func anAddressThatCannotBeRead() async throws {
        try await refusal("postgres://maillage:\(Self.secret)@127.0.0.1:port/maillage", saying: ["PostgreSQL"])
        try await refusal("postgres://maillage:\(Self.secret)@127.0.0.1/x?inconnu=1", saying: ["PostgreSQL"])
    }

    @Test func aWrongPassword() async throws {
        let door = try Doorkeeper { bytes in
            // The greeting of TLS is declined; anything else is a sign-in.
            bytes.count == 8
                ? [0x4E] : Doorkeeper.error("28P01", "password authentication failed for user \"maillage\"")
        }
        defer { door.close() }
        try await refusal(
            "postgres://maillage:\(Self.secret)@127.0.0.1:\(door.port)/maillage",
            saying: ["PostgreSQL", "password authentication failed"])
    }

    @Test func aServerThatQuotesThePassword() async throws {
        let door = try Doorkeeper { bytes in bytes.count == 8 ? [0x4E] : Doorkeeper.error("28P01", "no: \(Self.secret)")
        }
        defer { door.close() }
        try await refusal("postgres://maillage:\(Self.secret)@127.0.0.1:\(door.port)/maillage", saying: ["PostgreSQL"])
    }

    @Test func aServerThatSaysNothing() async throws {
        let door = try Doorkeeper { _ in nil }
        defer { door.close() }
        try await refusal(
            "postgres://maillage:\(Self.secret)@127.0.0.1:\(door.port)/maillage", saying: ["PostgreSQL"], within: 240)
    }

    @Test func somethingElseThanPostgres() async throws {
        let door = try Doorkeeper { _ in Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8) }
        defer { door.close() }
        try await refusal(
            "postgres://maillage:\(Self.secret)@127.0.0.1:\(door.port)/maillage", saying: ["PostgreSQL"], within: 240)
    }

    @Test(.enabled(if: TestEngine.postgresURL != nil)) func aDatabaseOrAPersonItDoesNotHave() async throws {
        let url = try #require(TestEngine.postgresURL.flatMap { URLComponents(string: $0) })
        var database = url
        database.path = "/base_inconnue"
        try await refusal(try #require(database.string), saying: ["base_inconnue", "does not exist"])
        var person = url
        person.user = "inconnue"
        try await refusal(try #require(person.string), saying: ["inconnue", "does not exist"])
    }

    /// The demo and the site on a real server: made, served, stopped, served again, checked.
    @Test(.enabled(if: TestEngine.postgresURL != nil)) func theDemoOnPostgreSQL() async throws {
        try await withFreshLocation(.postgres) { location in
            guard case .postgres(let url) = location else { return }
            try await withFolder { folder in
                let environment = ["MAILLAGE_DATABASE_URL": url]
                for word in ["demo", "serve"] {
                    let site = try Program([word, "--data", folder + "/data", "--port", "0"], environment)
                    let caller = Caller(port: try await site.port(within: 240))
                    let health = try await caller.get("/healthz")
                    #expect(health.text.contains("postgres"))
                    let home = try await caller.get("/")
                    #expect(home.status == 200)
                    site.signal(SIGTERM)
                    #expect(await site.end(within: 120) == 0)
                }
                let check = try await Program.run(["check", "--data", folder + "/data"], environment)
                #expect(check.status == 0, "\(check.err)")
                #expect(!FileManager.default.fileExists(atPath: folder + "/data/maillage.sqlite"))
            }
        }
    }

    /// The server goes away while the site serves: 503 in plain words, then everything as before.
    @Test(.enabled(if: TestEngine.postgresURL != nil)) func aServerThatDropsItsConnections() async throws {
        try await withFreshLocation(.postgres) { location in
            guard case .postgres(let url) = location else { return }
            try await withFolder { folder in
                let site = try Program(
                    ["serve", "--data", folder + "/data", "--port", "0"], ["MAILLAGE_DATABASE_URL": url])
                let caller = Caller(port: try await site.port())
                #expect(try await caller.get("/connexion").status == 200)
                try await withDatabase(postgres: url) { database in
                    _ = try await database.read { reader in
                        try reader.all(
                            """
                            SELECT pg_terminate_backend(pid)
                            FROM pg_stat_activity
                            WHERE datname = current_database() AND pid <> pg_backend_pid()
                            """
                        ) { _ in 0 }
                    }
                }
                for path in ["/", "/connexion", "/etat", "/healthz"] {
                    let reply = try await caller.get(
                        path, headers: ["Cookie": "session=" + String(repeating: "A", count: 43)])
                    #expect([200, 503].contains(reply.status), "\(path): \(reply.status)")
                }
                let after = try await caller.get("/healthz")
                #expect(after.status == 200)
                #expect(site.isRunning)
                site.signal(SIGTERM)
                #expect(await site.end(within: 120) == 0)
            }
        }
    }
}

/// A door on a free port that says what `reply` makes of what it hears, or nothing.
private final class Doorkeeper: @unchecked Sendable {
    private let descriptor: Int32
    let port: Int

    init(_ reply: @escaping @Sendable ([UInt8]) -> [UInt8]?) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        self.descriptor = descriptor
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isOpen = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                bind(descriptor, pointer, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, pointer, &length) == 0
            }
        }
        guard isOpen else { throw RawConnection.Refused() }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [descriptor] in
            while true {
                let guest = accept(descriptor, nil, nil)
                guard guest >= 0 else { return }
                Thread.detachNewThread {
                    var buffer = [UInt8](repeating: 0, count: 4_096)
                    while true {
                        let count = recv(guest, &buffer, buffer.count, 0)
                        guard count > 0 else { break }
                        if let said = reply(Array(buffer[..<count])) {
                            _ = Glibc.send(guest, said, said.count, Int32(MSG_NOSIGNAL))
                        }
                    }
                    Glibc.close(guest)
                }
            }
        }
    }

    func close() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        Glibc.close(descriptor)
    }

    /// An ErrorResponse of PostgreSQL's protocol.
    static func error(_ code: String, _ message: String) -> [UInt8] {
        let fields = "SFATAL\0VFATAL\0C\(code)\0M\(message)\0\0"
        let length = UInt32(fields.utf8.count + 4)
        return [0x45] + withUnsafeBytes(of: length.bigEndian) { Array($0) } + Array(fields.utf8)
    }
}
