import Maillage
import Testing

/// A table's columns are named by its own store: every statement that writes to it stands in one file.
@Suite struct TableTests {
    /// Tables with more than one writing file, and why.
    private static let shared: [String: (files: Set<String>, reason: String)] = [
        "letter": (["Outbox.swift", "OutboxCare.swift"], "what acts put, and what the post office does"),
        "place": (["PlaceStore.swift", "PlaceBulk.swift"], "an import writes fifty new places a statement"),
        "place_site": (["PlaceStore.swift", "PlaceBulk.swift"], "as above"),
        "place_change": (["PlaceChange.swift", "PlaceBulk.swift"], "as above"),
    ]

    @Test func eachTableIsWrittenInOneFile() {
        let tables = Self.tables()
        #expect(tables.count > 20)
        var writers: [String: Set<String>] = [:]
        for file in Checkout.sources where file.module == "Maillage" || file.module == "MaillageWeb" {
            guard !file.path.hasPrefix("Sources/Kernel/Schema/") else { continue }
            for table in Self.writtenTables(file.text) where tables.contains(table) {
                writers[table, default: []].insert(file.name)
            }
        }
        #expect(writers["account"] == ["AccountStore.swift"], "the statements are read")
        for (table, files) in writers.sorted(by: { $0.key < $1.key }) where files.count > 1 {
            #expect(
                Self.shared[table]?.files == files,
                "\(table) is written in \(files.sorted()): its statements go to one store, or get a reason here")
        }
        for table in Self.shared.keys {
            #expect(writers[table]?.count ?? 0 > 1, "\(table) needs no exception any more")
        }
    }

    @Test func pagesWriteNoSQL() {
        for file in Checkout.sources where file.module == "MaillageWeb" {
            #expect(Self.writtenTables(file.text).isEmpty, "\(file.path) writes: acts do")
        }
    }

    @Test func aStatementNamesItsColumns() {
        for file in Checkout.sources where file.module == "Maillage" {
            #expect(!file.text.contains("SELECT *"), "\(file.path) selects all columns: name them")
        }
    }

    private static func tables() -> Set<String> {
        Schema.migrations.reduce(into: []) { tables, migration in
            let words = migration.text.split { $0.isWhitespace || $0 == "(" }
            for (place, word) in words.enumerated() where word == "TABLE" && place + 1 < words.count {
                tables.insert(String(words[place + 1]))
            }
        }
    }

    private static func writtenTables(_ text: String) -> Set<String> {
        let words = text.split { $0.isWhitespace || $0 == "\"" || $0 == "(" || $0 == ")" }
        var tables: Set<String> = []
        for (place, word) in words.enumerated() {
            switch word {
            case "INSERT" where place + 2 < words.count && words[place + 1] == "INTO":
                tables.insert(String(words[place + 2]))
            case "DELETE" where place + 2 < words.count && words[place + 1] == "FROM":
                tables.insert(String(words[place + 2]))
            case "UPDATE" where place + 2 < words.count && words[place + 2] == "SET":
                tables.insert(String(words[place + 1]))
            default: break
            }
        }
        return tables
    }
}
