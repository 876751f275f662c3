import CSQLite
import Testing
import Workbench

@testable import Storage

/// Rows that go from SQLite to PostgreSQL: all of them as they were, or none.
@Suite(.enabled(if: TestEngine.available.contains(.postgres))) struct MovingTests {
    private static let migrations = [
        Migration(
            number: 1, name: "tables",
            text: """
                CREATE TABLE parent (id INTEGER NOT NULL PRIMARY KEY) STRICT;
                CREATE TABLE child (
                    id INTEGER NOT NULL PRIMARY KEY, elder INTEGER REFERENCES child (id),
                    parent INTEGER REFERENCES parent (id)) STRICT;
                CREATE TABLE kept (
                    id INTEGER NOT NULL PRIMARY KEY, number INTEGER, real REAL, words TEXT, bytes BLOB) STRICT;
                INSERT INTO parent (id) VALUES (1);
                """)
    ]

    private static func withBoth(
        _ body: (_ path: String, _ target: Database) async throws -> Void
    ) async throws {
        try await withFreshLocation(.sqlite) { location in
            guard case .file(let path) = location else { return }
            let source = try Database(location)
            _ = try await source.migrate(Self.migrations)
            await source.close()
            try await withFreshDatabase(.postgres, Self.migrations) { try await body(path, $0) }
        }
    }

    private static func carry(_ path: String, to target: Database) async throws -> [Database.Carried] {
        let source = try Database(.file(path))
        do {
            let carried = try await target.takeIn(source)
            await source.close()
            return carried
        } catch {
            await source.close()
            throw error
        }
    }

    /// As a file is that was damaged, or written by another program.
    private static func runUnchecked(_ statement: String, _ path: String) throws {
        let loose = try SQLiteConnection(path: path, flags: SQLITE_OPEN_READWRITE)
        try loose.each("PRAGMA foreign_keys = OFF", []) { _ in true }
        _ = try loose.run(statement, [])
        loose.close()
    }

    private static func count(_ table: String, _ database: Database) async throws -> Int {
        try await database.read { try $0.count(SQL(stringLiteral: "SELECT COUNT(*) FROM \(table)")) }
    }

    private static func references(_ database: Database) async throws -> [String] {
        try await database.read {
            try $0.all(
                """
                SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated
                FROM pg_constraint
                WHERE connamespace = current_schema()::regnamespace
                ORDER BY 1
                """
            ) { try $0.text(0) }
        }
    }

    @Test func `every value comes as it was, and references are there again`() async throws {
        try await Self.withBoth { path, target in
            let words = ["", "é\u{1F600} 'a' \\x \"$1\" ?\n\t\u{1}", "NULL"]
            let source = try Database(.file(path))
            try await source.write { writer in
                // What refers round in a circle, and later rows to earlier ones and the reverse.
                try writer.run("PRAGMA defer_foreign_keys = ON")
                try writer.run("INSERT INTO child (id, elder, parent) VALUES (1, 2, 1), (2, 1, 7)")
                try writer.run("INSERT INTO parent (id) VALUES (7)")
                for (index, text) in words.enumerated() {
                    let bytes = index == 0 ? [] : [UInt8](0...255)
                    try writer.run(
                        """
                        INSERT INTO kept (id, number, real, words, bytes)
                        VALUES (\(index), \(index == 0 ? Int64.min : .max), \(0.1 * Double(index)), \(text), \(bytes))
                        """)
                }
                // More than one batch, and places that hold nothing in the first row of another.
                for index in 100..<350 {
                    try writer.run("INSERT INTO kept (id, words) VALUES (\(index), \(index % 2 == 0 ? "pair" : nil))")
                }
            }
            await source.close()
            let before = try await Self.references(target)
            let carried = try await Self.carry(path, to: target)
            #expect(carried == [.init("child", 2), .init("kept", 253), .init("parent", 2)])
            let back = try await target.read {
                try $0.all("SELECT id, number, real, words, bytes FROM kept WHERE id < 100 ORDER BY id") { row in
                    (try row.int(1), try row.double(2), try row.text(3), try row.bytes(4))
                }
            }
            #expect(back.map(\.0) == [.min, .max, .max] && back.map(\.1) == [0, 0.1, 0.2])
            #expect(back.map(\.2) == words && back.map(\.3) == [[], [UInt8](0...255), [UInt8](0...255)])
            #expect(try await target.read { try $0.count("SELECT COUNT(*) FROM kept WHERE words IS NULL") } == 125)
            #expect(try await Self.references(target) == before)
            #expect(try await target.integrity().isEmpty)
            await #expect(throws: StorageError.self) {
                try await target.write { try $0.run("INSERT INTO child (id, parent) VALUES (3, 404)") }
            }
        }
    }

    @Test func `one row that refers to nothing keeps all the others out`() async throws {
        try await Self.withBoth { path, target in
            try Self.runUnchecked("INSERT INTO child (id, parent) VALUES (1, 1), (42, 404)", path)
            let before = try await Self.references(target)
            let error = await #expect(throws: StorageError.self) { _ = try await Self.carry(path, to: target) }
            guard case .foreignKey = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try await Self.count("child", target) == 0)
            #expect(try await Self.references(target) == before)
            // Mended, it is carried.
            try Self.runUnchecked("DELETE FROM child WHERE id = 42", path)
            #expect(try await Self.carry(path, to: target).map(\.rows) == [1, 0, 1])
        }
    }

    @Test func `a row that did not arrive as it was is noticed`() async throws {
        try await Self.withBoth { path, target in
            try Self.runUnchecked("INSERT INTO kept (id, words) VALUES (1, 'un'), (2, 'deux')", path)
            try await target.write { writer in
                try writer.run(
                    """
                    CREATE FUNCTION alters() RETURNS trigger LANGUAGE plpgsql AS $body$
                    BEGIN NEW.words = upper(NEW.words); RETURN NEW; END
                    $body$
                    """)
                try writer.run(
                    "CREATE TRIGGER altered BEFORE INSERT ON kept FOR EACH ROW WHEN (NEW.id = 2) EXECUTE FUNCTION alters()"
                )
            }
            let error = await #expect(throws: StorageError.self) { _ = try await Self.carry(path, to: target) }
            #expect(error == .other(code: "carried", message: "kept is not there as it was"))
            #expect(try await Self.count("kept", target) == 0)
        }
    }

    @Test func `databases of different schemas are not mixed`() async throws {
        try await Self.withBoth { path, _ in
            try await withFreshDatabase(.postgres) { empty in
                _ = try await empty.migrate([])
                await #expect(throws: StorageError.migration("The two databases were not made by the same migrations."))
                {
                    _ = try await Self.carry(path, to: empty)
                }
            }
        }
    }
}

extension Database.Carried {
    fileprivate init(_ table: String, _ rows: Int) {
        self.init(table: table, rows: rows)
    }
}
