import Exchange

/// What an import did, or would do: every row is counted once, and whatever was put right or left out is said.
public struct PlaceImportReport: Sendable {
    /// Something about one cell, in plain words.
    public struct Remark: Sendable, Equatable {
        public let line: Int
        /// The column's name in the file; empty for the whole row.
        public let column: String
        public let value: String
        public let reason: String

        public init(line: Int, column: String, value: String, reason: String) {
            self.line = line
            self.column = column
            self.value = value.utf8.count > 200 ? String(value.prefix(80)) + "…" : value
            self.reason = reason
        }
    }

    public var file: String
    public var format: String
    /// The layout recognised inside the format.
    public var layout: String
    /// The name under which the places' provenance is kept.
    public var source: String
    public var isDryRun: Bool
    public var rows = 0
    public var created = 0
    public var updated = 0
    public var unchanged = 0
    public var proposed = 0
    /// Places that the source gave before and no longer gives: their sheets are kept.
    public var disappeared = 0
    /// Rows recognised as a place that another source, or a person, had already entered.
    public var linked = 0
    public var rejected: [Remark] = []
    public private(set) var repaired: [Remark] = []
    /// Repairs beyond what the report lists.
    public private(set) var repairedBeyond = 0
    /// What holds for the whole file.
    public var notes: [String] = []

    static let mostRepairs = 100_000

    public init(file: String, format: String, layout: String, source: String, isDryRun: Bool) {
        self.file = file
        self.format = format
        self.layout = layout
        self.source = source
        self.isDryRun = isDryRun
    }

    mutating func add(repairs: [Remark]) {
        let room = max(0, Self.mostRepairs - repaired.count)
        repaired += repairs.prefix(room)
        repairedBeyond += max(0, repairs.count - room)
    }

    /// One line for a person.
    public var summary: String {
        var parts = [
            "\(rows) rows", "\(created) created", "\(updated) updated", "\(unchanged) unchanged",
            "\(proposed) proposed",
            "\(rejected.count) rejected", "\(disappeared) disappeared",
            "\(repaired.count + repairedBeyond) repaired cells",
        ]
        if linked > 0 { parts.append("\(linked) recognised from other sources") }
        return parts.joined(separator: ", ") + (isDryRun ? " (dry run: nothing was written)" : "")
    }

    /// The report as the contract has it, with `layout`, `source`, `dry_run`, `linked` and `notes` beside.
    public var json: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("file", file)
        writer.member("format", format)
        writer.member("layout", layout)
        writer.member("source", source)
        writer.member("dry_run", isDryRun)
        for (name, count) in [
            ("rows", rows), ("created", created), ("updated", updated), ("unchanged", unchanged),
            ("proposed", proposed),
            ("disappeared", disappeared), ("linked", linked),
        ] {
            writer.member(name, count)
        }
        Self.write(rejected, "rejected", &writer)
        Self.write(repaired, "repaired", &writer)
        if repairedBeyond > 0 { writer.member("repaired_beyond", repairedBeyond) }
        writer.name("notes")
        writer.beginArray()
        for note in notes { writer.string(note) }
        writer.endArray()
        writer.endObject()
        writer.lineBreak()
        return writer.bytes
    }

    private static func write(_ remarks: [Remark], _ name: String, _ writer: inout JSONWriter) {
        writer.name(name)
        writer.beginArray()
        for remark in remarks {
            writer.lineBreak()
            writer.beginObject()
            writer.member("line", remark.line)
            writer.member("column", remark.column)
            writer.member("value", remark.value)
            writer.member("reason", remark.reason)
            writer.endObject()
        }
        writer.endArray()
    }
}
