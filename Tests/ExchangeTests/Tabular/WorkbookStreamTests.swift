import Testing
import Workbench

@testable import Exchange

@Suite("Workbooks written while they are sent") struct WorkbookStreamTests {
    private typealias Column = WorkbookColumn

    private func parts(_ bytes: [UInt8]) throws -> [String: String] {
        let directory = try ZIPDirectory.read(size: bytes.count) { Array(bytes[$0.clamped(to: 0..<bytes.count)]) }
        var parts: [String: String] = [:]
        for entry in directory.entries {
            let content = try ZIPDirectory.content(of: entry, limit: 1 << 24) { Array(bytes[$0]) }
            parts[entry.name] = String(decoding: content, as: UTF8.self)
        }
        return parts
    }

    private func made(_ format: WorkbookStream.Format) throws -> [UInt8] {
        let workbook = try WorkbookStream(
            format,
            sheets: [
                .init("Dossiers", columns: [Column("N°"), Column("Nom"), Column("Date")]),
                .init("Budget: dépenses / recettes du projet", columns: [Column("Poste")]),
                .init("budget  dépenses   recettes du projet", columns: [Column("Poste")]),
            ], modified: 1_790_000_000)
        var bytes = workbook.take()
        try workbook.appendKeys(["numero", "nom", "date"])
        try workbook.append([.text("poste <1> & \"2\"")], to: 1)
        let day = CivilDate(year: 2026, month: 11, day: 22)
        let noon = day.flatMap { CivilTime($0, hour: 12, minute: 30) }
        try workbook.append([.integer(1), .text("=1+1"), day.map { .date($0) } ?? .empty])
        try workbook.append([.number(12.5), .text("deux\nlignes  et _x0041_"), noon.map { .time($0) } ?? .empty])
        try workbook.append([.empty, .text("\u{1}a\u{FFFF}b"), .flag(true)])
        try workbook.append([.text("poste 2")], to: 1)
        bytes += workbook.take()
        try workbook.close()
        while let piece = try workbook.rest() { bytes += piece }
        #expect(throws: WorkbookFailure.noSheet) { try workbook.append([.empty]) }
        return bytes
    }

    @Test("XLSX: each sheet has its part, texts stay texts, days are days")
    func xlsx() throws {
        let bytes = try made(.xlsx)
        let parts = try parts(bytes)
        #expect(try DocumentKind.detect(size: bytes.count) { Array(bytes[$0.clamped(to: 0..<bytes.count)]) } == .xlsx)
        let first = try #require(parts["xl/worksheets/sheet1.xml"])
        #expect(first.contains("<c r=\"B3\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t></is></c>"))
        #expect(!first.contains("<f>"))
        #expect(first.contains("<c r=\"C3\" s=\"2\"><v>46348</v></c>"))
        #expect(first.contains("<v>46348.520833333336</v>"))
        #expect(first.contains("<v>12.5</v>") && first.contains("_x005F_x0041_"))
        #expect(first.contains("preserve\">ab</t>"), "what XML cannot hold is left out")
        #expect(first.contains("s=\"4\" t=\"inlineStr\"><is><t xml:space=\"preserve\">numero"))
        let second = try #require(parts["xl/worksheets/sheet2.xml"])
        #expect(second.contains("poste &lt;1&gt; &amp; &quot;2&quot;") && second.contains("poste 2"))
        let book = try #require(parts["xl/workbook.xml"])
        #expect(book.contains("name=\"Budget dépenses recettes du pro\""))
        #expect(book.contains("name=\"budget dépenses recettes du (2)\""), "a name is used once, whatever its case")
    }

    @Test("ODS: its kind comes first and stored, sheets follow one another in one part")
    func ods() throws {
        let bytes = try made(.ods)
        #expect(Array(bytes[30..<38]) == Array("mimetype".utf8))
        #expect(try DocumentKind.detect(size: bytes.count) { Array(bytes[$0.clamped(to: 0..<bytes.count)]) } == .ods)
        let content = try #require(try parts(bytes)["content.xml"])
        #expect(content.contains("office:value-type=\"string\"><text:p>=1+1</text:p>"))
        #expect(content.contains("<text:p>deux</text:p><text:p>lignes <text:s text:c=\"1\"/>et _x0041_</text:p>"))
        #expect(content.contains("office:date-value=\"2026-11-22\"") && content.contains("2026-11-22T12:30:00"))
        #expect(content.contains("office:value=\"12.5\""))
        #expect(content.split(separator: "<table:table ").count == 4)
        #expect(content.hasSuffix("</office:document-content>"))
    }

    @Test("rows go out while they are written, in little memory", arguments: WorkbookStream.Format.allCases)
    func memory(format: WorkbookStream.Format) async throws {
        await #expect(processExitsWith: .success) { [name = format.rawValue as String] in
            try Self.write(#require(WorkbookStream.Format(rawValue: name)))
        }
    }

    private static func write(_ format: WorkbookStream.Format) throws {
        let workbook = try WorkbookStream(
            format, sheets: [.init("a", columns: [Column("a")]), .init("b", columns: [Column("b")])], modified: 0)
        #expect(!workbook.take().isEmpty, "the first bytes are there before the first row")
        let before = Memory.resident()
        var sent = 0
        for number in 0..<20_000 {
            try workbook.append((0..<12).map { .text("cellule \(number) \($0 &* 7_919)") })
            try workbook.append([.integer(number), .text("ligne \(number)")], to: 1)
            if number % 200 == 0 { sent += workbook.take().count }
        }
        let early = sent
        #expect(early > 100_000)
        try workbook.close()
        while let piece = try workbook.rest() { sent += piece.count }
        #expect(sent > early)
        let more = Memory.resident() - before
        #expect(more < 20_000_000, "\(more) bytes more")
    }
}
