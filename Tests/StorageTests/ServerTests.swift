import Foundation
import Testing
import Workbench

@testable import Storage

/// What only a server can do to us: go away, refuse, answer late. Runs when `MAILLAGE_TEST_POSTGRES` is set.
@Suite struct ServerTests {
    static let schema = [
        Migration(
            number: 1, name: "ledger",
            text: """
                CREATE TABLE account (id INTEGER NOT NULL PRIMARY KEY, amount INTEGER NOT NULL) STRICT;
                INSERT INTO account (id, amount) VALUES (1, 100), (2, 100);
                """)
    ]
    static let engines: [TestEngine] = {
        if TestEngine.postgresURL == nil { print("PostgreSQL skipped: MAILLAGE_TEST_POSTGRES is not set") }
        return TestEngine.available.filter { $0 == .postgres }
    }()

    /// A machine that says nothing, as one that vanished: it takes connections, and never answers.
    private final class SilentMachine {
        private let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let port: Int

        init() throws {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let opened = withUnsafeMutablePointer(to: &address) { [listener] address in
                address.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                    bind(listener, plain, size) == 0 && listen(listener, 8) == 0
                        && getsockname(listener, plain, &size) == 0
                }
            }
            try #require(opened)
            port = Int(UInt16(bigEndian: address.sin_port))
        }

        deinit { close(listener) }
    }

    @Test func aSilentMachineIsGivenUpSoonWhereThereIsAnother() async throws {
        let machines = try [SilentMachine(), SilentMachine()]
        let hosts = machines.map { "127.0.0.1:\($0.port)" }.joined(separator: ",")
        let (took, late) = await Lateness.during {
            let clock = ContinuousClock()
            let begun = clock.now
            #expect(throws: StorageError.self) {
                _ = try PostgresConnection(url: "postgres://maillage@\(hosts)/maillage", statementTimeout: 0)
            }
            return clock.now - begun
        }
        withExtendedLifetime(machines) {}
        #expect(took - late < .seconds(6), "two seconds each, and five for one that is alone: \(took)")
        #expect(try PostgresAddress("postgres://maillage@127.0.0.1/maillage").patience == 5)
    }

    @Test(arguments: Self.engines)
    func aConnectionCutByTheServerIsReplaced(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            let cut: SQL = """
                SELECT CAST(count(pg_terminate_backend(pid)) AS BIGINT) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """
            for _ in 0..<3 {
                // Two connections at rest, so that one is left to be cut.
                async let one = database.read { try $0.count("SELECT 1 FROM (SELECT pg_sleep(0.05)) AS s") }
                async let two = database.read { try $0.count("SELECT 1 FROM (SELECT pg_sleep(0.05)) AS s") }
                _ = try await (one, two)
                _ = try await database.read { try $0.count(cut) }
                async let left = database.read { try $0.count("SELECT amount FROM account WHERE id = 1") }
                async let right = database.read { try $0.count("SELECT amount FROM account WHERE id = 2") }
                let amounts = try await [left, right]
                #expect(amounts == [100, 100])
            }
            // Cut in the middle of a read: read again on a fresh connection.
            let tries = Tries()
            let amount = try await database.read { reader in
                if tries.next() == 1 {
                    _ = try reader.count("SELECT 1 FROM (SELECT pg_terminate_backend(pg_backend_pid())) AS s")
                }
                return try reader.count("SELECT amount FROM account WHERE id = 1")
            }
            #expect(amount == 100)
            #expect(tries.count == 2)
        }
    }

    @Test(arguments: Self.engines)
    func aWriteCutInTheMiddleIsNotWritten(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            let error = await #expect(throws: StorageError.self) {
                try await database.write { writer in
                    _ = try writer.run("UPDATE account SET amount = 0")
                    _ = try writer.count("SELECT 1 FROM (SELECT pg_terminate_backend(pg_backend_pid())) AS s")
                }
            }
            guard case .unavailable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            try await #expect(database.read { try $0.count("SELECT amount FROM account WHERE id = 1") } == 100)
        }
    }

    /// As of a server that stops waiting for its standby: it has committed, and nobody may be told so.
    @Test(arguments: Self.engines)
    func aCommitThatWarnsHasNoKnownOutcome(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            try await database.write { writer in
                _ = try writer.run(
                    """
                    CREATE FUNCTION warn() RETURNS trigger LANGUAGE plpgsql
                    AS 'BEGIN RAISE WARNING ''canceling wait for synchronous replication''; RETURN NULL; END'
                    """)
                _ = try writer.run("CREATE TRIGGER soon AFTER INSERT ON account FOR EACH ROW EXECUTE FUNCTION warn()")
                _ = try writer.run(
                    """
                    CREATE CONSTRAINT TRIGGER late AFTER UPDATE ON account DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION warn()
                    """)
            }
            let error = await #expect(throws: StorageError.self) {
                try await database.write { _ = try $0.run("UPDATE account SET amount = 0") }
            }
            guard case .outcomeUnknown(let reason) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(reason.contains("canceling wait for synchronous replication"))
            try await #expect(database.read { try $0.count("SELECT amount FROM account WHERE id = 1") } == 0)
            // What a statement warns of before the commit is no word on the commit.
            try await database.write { _ = try $0.run("INSERT INTO account (id, amount) VALUES (3, 1)") }
        }
    }

    @Test(arguments: Self.engines)
    func writeSkewIsRefusedAsSerialization(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            let first = Gate()
            let second = Gate()
            // Each takes from one account after seeing the sum of both: one of them must be told to try again.
            @Sendable func take(_ id: Int, _ mine: Gate, _ other: Gate) async -> StorageError? {
                do {
                    try await database.write { writer in
                        let sum = try writer.count("SELECT CAST(sum(amount) AS BIGINT) FROM account")
                        mine.open()
                        other.wait()
                        if sum >= 200 {
                            _ = try writer.run("UPDATE account SET amount = amount - 200 WHERE id = \(id)")
                        }
                    }
                    return nil
                } catch { return error as? StorageError }
            }
            async let left = take(1, first, second)
            async let right = take(2, second, first)
            let errors = await [left, right].compactMap { $0 }
            #expect(errors == [.serialization])
            try await #expect(database.read { try $0.count("SELECT CAST(sum(amount) AS BIGINT) FROM account") } == 0)
        }
    }

    @Test(arguments: Self.engines)
    func aRefusedConnectionSaysWhyWithoutThePassword(_ engine: TestEngine) {
        for url in [
            "postgres://someone:s3cr3t-word@127.0.0.1:1/none", "postgres://a:s3cr3t-word@[bad/x",
            PostgresDatabases.url(TestEngine.postgresURL ?? "", naming: "no_such_database"),
        ] {
            let error = #expect(throws: StorageError.self) { try Database(.postgres(url)) }
            guard case .unavailable(let reason) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(!reason.isEmpty && !reason.contains("s3cr3t"))
        }
    }

    @Test(arguments: Self.engines)
    func oneTextBoundToNullThenToValuesKeepsWorking(_ engine: TestEngine) async throws {
        try await withFreshDatabase(
            engine,
            [Migration(number: 1, name: "t", text: "CREATE TABLE t (a INTEGER, b REAL, c TEXT, d BLOB) STRICT;")]
        ) { database in
            try await database.write { writer in
                let rows: [[Value]] = [
                    [.null, .null, .null, .null], [.integer(1), .real(1.5), .text("x"), .blob([1])],
                    [.integer(2), .integer(2), .text(""), .blob([])], [.null, .real(0.25), .null, .null],
                ]
                for row in rows {
                    try writer.run("INSERT INTO t (a, b, c, d) VALUES (\(row[0]), \(row[1]), \(row[2]), \(row[3]))")
                }
            }
            let sum = try await database.read { try $0.one("SELECT sum(b) FROM t") { try $0.double(0) } }
            #expect(sum == 3.75)
        }
    }
}

final class Tries: @unchecked Sendable {
    private(set) var count = 0
    func next() -> Int {
        count += 1
        return count
    }
}
