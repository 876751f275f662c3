import Testing
import Workbench

@testable import Storage

@Suite struct ValueTests {
    static let schema = [
        Migration(
            number: 1, name: "values",
            text: """
                CREATE TABLE kept (
                    id INTEGER NOT NULL PRIMARY KEY, number INTEGER, real REAL, words TEXT, bytes BLOB
                ) STRICT;
                """)
    ]

    @Test(arguments: TestEngine.available)
    func whatIsWrittenIsReadBack(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            let integers: [Int64] = [0, 1, -1, .max, .min]
            let reals = [0, 0.1, -1.5, 1e300, Double.leastNonzeroMagnitude, .greatestFiniteMagnitude, .infinity]
            let texts = ["", "é", "e\u{301}", "l’été\u{202F}: 🌱", "a'b\"c\\", "line\nline\u{1}"]
            let blobs: [[UInt8]] = [[], [0], Array(0...255)]
            for (index, integer) in integers.enumerated() {
                let back = try await database.write { writer in
                    try writer.run("INSERT INTO kept (id, number) VALUES (\(index), \(integer))")
                    return try writer.one("SELECT number FROM kept WHERE id = \(index)") { try $0.int(0) }
                }
                #expect(back == integer)
            }
            for (index, real) in reals.enumerated() {
                let back = try await database.write { writer in
                    try writer.run("INSERT INTO kept (id, real) VALUES (\(100 + index), \(real))")
                    return try writer.one("SELECT real FROM kept WHERE id = \(100 + index)") { try $0.double(0) }
                }
                #expect(back == real)
            }
            for (index, text) in texts.enumerated() {
                let back = try await database.write { writer in
                    try writer.run("INSERT INTO kept (id, words) VALUES (\(200 + index), \(text))")
                    return try writer.one("SELECT words FROM kept WHERE words = \(text)") { row in
                        (try row.text(0), try row.withText(0) { Array($0) })
                    }
                }
                #expect(back.map { Array($0.0.utf8) } == Array(text.utf8))
                #expect(back?.1 == Array(text.utf8))
            }
            for (index, blob) in blobs.enumerated() {
                let back = try await database.write { writer in
                    try writer.run("INSERT INTO kept (id, bytes) VALUES (\(300 + index), \(blob))")
                    return try writer.one("SELECT bytes FROM kept WHERE id = \(300 + index)") { try $0.bytes(0) }
                }
                #expect(back == blob)
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func nullIsNilAndNothingElse(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            let none: String? = nil
            try await database.write { writer in
                _ = try writer.run(
                    "INSERT INTO kept (id, number, words, bytes) VALUES (1, \(Value.null), \(none), \(Value.null))")
                _ = try writer.run("INSERT INTO kept (id, number, words, bytes) VALUES (2, 5, \("x"), \([UInt8(7)]))")
            }
            try await database.read { reader in
                try reader.each("SELECT number, real, words, bytes FROM kept WHERE id = 1") { row in
                    try #expect(row.optionalInt(0) == nil)
                    try #expect(row.optionalDouble(1) == nil)
                    try #expect(row.optionalText(2) == nil)
                    try #expect(row.optionalBytes(3) == nil)
                    #expect(row.isNull(0) && row.isNull(3))
                    #expect(throws: StorageError.unexpectedValue(column: 0, wanted: "integer")) { try row.int(0) }
                    #expect(throws: StorageError.unexpectedValue(column: 2, wanted: "text")) { try row.text(2) }
                    return true
                }
                try reader.each("SELECT number, words, bytes FROM kept WHERE id = 2") { row in
                    try #expect(row.optionalInt(0) == 5)
                    try #expect(row.bool(0))
                    #expect(throws: StorageError.self) { try row.text(0) }
                    #expect(throws: StorageError.self) { try row.int(1) }
                    #expect(throws: StorageError.self) { try row.text(2) }
                    #expect(throws: StorageError.self) { try row.bytes(1) }
                    #expect(throws: StorageError.self) { try row.int(99) }
                    #expect(throws: StorageError.self) { try row.text(-1) }
                    #expect(throws: StorageError.self) { try row.int(Int.max) }
                    return true
                }
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func whatTheEnginesWouldStoreDifferentlyIsRefused(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            await #expect(throws: StorageError.other(code: "22021", message: "a text holds U+0000")) {
                try await database.write { try $0.run("INSERT INTO kept (id, words) VALUES (1, \("a\u{0}b"))") }
            }
            await #expect(throws: StorageError.self) {
                try await database.write { try $0.run("INSERT INTO kept (id, real) VALUES (1, \(Double.nan))") }
            }
        }
    }

    @Test(arguments: TestEngine.available)
    func listsAndFragmentsBindTheirValues(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Self.schema) { database in
            try await database.write { writer in
                for (index, word) in ["un", "d'eux", "tr\"ois", "qua\\tre", "cinq\u{1}"].enumerated() {
                    try writer.run("INSERT INTO kept (id, words) VALUES (\(index), \(word))")
                }
            }
            try await database.read { reader in
                let words = ["d'eux", "tr\"ois", "qua\\tre", "cinq\u{1}", "absent"]
                try #expect(reader.count("SELECT count(*) FROM kept WHERE words IN \(list: words)") == 4)
                try #expect(reader.count("SELECT count(*) FROM kept WHERE id IN \(list: [Int64(0), 4, 9])") == 2)
                try #expect(reader.count("SELECT count(*) FROM kept WHERE id IN \(list: [Int64]())") == 0)
                let condition = SQL.join(["id > \(0)", "words <> \("d'eux")"], " AND ")
                let found = try reader.all("SELECT id FROM kept WHERE \(condition) ORDER BY id LIMIT \(2)") {
                    try $0.int(0)
                }
                #expect(found == [2, 3])
                try #expect(reader.exists("SELECT 1 FROM kept WHERE words = \("x' OR '1'='1")") == false)
            }
        }
    }
}
