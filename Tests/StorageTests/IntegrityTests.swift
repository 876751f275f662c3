import CSQLite
import Testing
import Workbench

@testable import Storage

/// What the engines themselves vouch for, and rows that refer to nothing.
@Suite struct IntegrityTests {
    private static let migrations = [
        Migration(
            number: 1, name: "two tables",
            text: """
                CREATE TABLE parent (code TEXT NOT NULL, edition INTEGER NOT NULL, PRIMARY KEY (code, edition)) STRICT;
                CREATE TABLE child (
                    id INTEGER NOT NULL PRIMARY KEY, code TEXT, edition INTEGER,
                    FOREIGN KEY (code, edition) REFERENCES parent (code, edition)) STRICT;
                """)
    ]

    @Test(arguments: TestEngine.available)
    func aRowThatRefersToNothingIsNamed(_ engine: TestEngine) async throws {
        try await withFreshLocation(engine) { location in
            let database = try Database(location)
            _ = try await database.migrate(Self.migrations)
            try await database.write { writer in
                try writer.run("INSERT INTO parent (code, edition) VALUES ('a', 1)")
                try writer.run("INSERT INTO child (id, code, edition) VALUES (1, 'a', 1), (2, NULL, 7)")
            }
            #expect(try await database.integrity() == [])
            switch location {
            case .file(let path):
                await database.close()
                let loose = try SQLiteConnection(path: path, flags: SQLITE_OPEN_READWRITE)
                try loose.each("PRAGMA foreign_keys = OFF", []) { _ in true }
                _ = try loose.run("INSERT INTO child (id, code, edition) VALUES (42, 'a', 2)", [])
                loose.close()
            case .postgres:
                // As a load without triggers leaves it; needs a superuser, as the tests' is.
                try await database.write { writer in
                    try writer.run("ALTER TABLE child DISABLE TRIGGER ALL")
                    try writer.run("INSERT INTO child (id, code, edition) VALUES (42, 'a', 2)")
                }
                await database.close()
            }
            let again = try Database(location)
            #expect(try await again.integrity() == ["child row 42 refers to a missing row of parent"])
            await again.close()
        }
    }
}
