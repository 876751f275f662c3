import Exchange
import Foundation
import Testing

@Suite struct PublishedFormatsTests {
    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private func event() throws -> ICalendarEvent {
        let start = try moment("2025-03-03 18:30")
        var event = ICalendarEvent(
            uid: "a1@example.org", stamp: 1_740_000_000_000_000, start: .local(start),
            end: .local(try moment("2025-03-03 20:00")), summary: "Café, réparation; \\o/")
        event.details = "Ligne 1\r\nLigne 2\u{0}\nATTENDEE:x"
        event.latitude = -49.35
        event.longitude = 70.219
        event.url = "https://example.org/a\r\nX-EVIL:1"
        return event
    }

    @Test func writesAnEventThatCannotBeSplitByItsText() throws {
        var event = try event()
        event.recurrence = .init(.monthly, days: [.init(2, rank: 1)], end: .until(event.start.day))
        let calendar = text(ICalendarWriter(name: "Agenda").bytes([event]))
        let lines = calendar.components(separatedBy: "\r\n")
        #expect(lines.first == "BEGIN:VCALENDAR")
        #expect(calendar.hasSuffix("END:VCALENDAR\r\n"))
        #expect(lines.contains("SUMMARY:Café\\, réparation\\; \\\\o/"))
        #expect(lines.contains("DESCRIPTION:Ligne 1\\nLigne 2\\nATTENDEE:x"))
        #expect(lines.contains("DTSTART;TZID=Europe/Paris:20250303T183000"))
        #expect(lines.contains("GEO:-49.350000;70.219000"))
        #expect(lines.contains("URL:https://example.org/aX-EVIL:1"))
        #expect(lines.contains("RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20250303T225959Z"))
        #expect(lines.contains("DTSTAMP:20250219T212000Z"))
        #expect(lines.filter { $0.hasPrefix("BEGIN:") || $0.hasPrefix("END:") }.count == 10)
        #expect(!lines.contains { $0.hasPrefix("ATTENDEE") || $0.hasPrefix("X-EVIL") })
    }

    @Test func foldsAtSeventyFiveBytesBetweenCharacters() throws {
        var event = try event()
        for shift in 0..<4 {
            event.summary = String(repeating: "x", count: shift) + String(repeating: "é€😀", count: 40)
            let bytes = ICalendarWriter(name: "Agenda").bytes([event])
            for line in bytes.split(separator: 10) {
                #expect(line.count <= 76)
                #expect(line.last == 13)
                #expect(String(validating: line, as: UTF8.self) != nil)
            }
            #expect(text(bytes).replacingOccurrences(of: "\r\n ", with: "").contains("SUMMARY:\(event.summary)\r\n"))
        }
    }

    @Test func daysEndOnTheDayAfter() throws {
        let day = try moment("2025-12-31 00:00").date
        let event = ICalendarEvent(uid: "b", stamp: 0, start: .day(day), end: .day(day), summary: "Fête")
        let calendar = text(ICalendarWriter(name: "Agenda", zone: .marquises).bytes([event]))
        #expect(calendar.contains("DTSTART;VALUE=DATE:20251231\r\nDTEND;VALUE=DATE:20260101\r\n"))
        #expect(calendar.contains("TZOFFSETTO:-0930\r\n"))
    }

    @Test func theFeedIsXMLWhateverItsText() throws {
        let entry = AtomFeed.Entry(
            id: "urn:1", title: "<b>\"A & B\"</b> \u{0}\u{1F}\u{FFFF}ok", updated: 1_740_000_000_000_000,
            link: "https://example.org/?a=1&b='2'", summary: "été", html: "<p>é &amp; ]]></p>", categories: ["x\"y"])
        let feed = AtomFeed(
            id: "urn:0", title: "Actualités", address: "https://example.org/flux", author: "Réseau", entries: [entry])
        let document = text(feed.bytes())
        #expect(document.contains("<title>&lt;b&gt;&quot;A &amp; B&quot;&lt;/b&gt; ok</title>"))
        #expect(document.contains("<updated>2025-02-19T21:20:00Z</updated>"))
        #expect(document.contains("<content type=\"html\">&lt;p&gt;é &amp;amp; ]]&gt;&lt;/p&gt;</content>"))
        #expect(document.contains("href=\"https://example.org/?a=1&amp;b=&#39;2&#39;\""))
        #expect(!document.contains("\u{0}"))
    }

    @Test func theCodeIsADrawingWithATitle() throws {
        let code = try QRCode("https://example.org/lieux/42")
        // Version n has 17 + 4n modules; the three finders start dark, with a light ring inside.
        #expect((code.side - 17) % 4 == 0)
        let side = code.side
        for (row, column) in [(0, 0), (0, side - 7), (side - 7, 0)] {
            #expect(code.modules[row * side + column])
            #expect(!code.modules[(row + 1) * side + column + 1])
            #expect(code.modules[(row + 3) * side + column + 3])
        }
        let svg = text(code.svg(title: "Fiche « A & B »"))
        #expect(svg.contains("role=\"img\""))
        #expect(svg.contains("<title>Fiche « A &amp; B »</title>"))
        #expect(svg.contains("viewBox=\"0 0 \(side + 8) \(side + 8)\""))
        #expect(throws: QRCode.TooLong.self) { try QRCode("") }
        #expect(throws: QRCode.TooLong.self) { try QRCode(String(repeating: "é", count: 2000)) }
    }

    @Test func theSheetKeepsTextAsText() throws {
        let path = NSTemporaryDirectory() + "maillage-\(UInt64.random(in: 0...UInt64.max)).xlsx"
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: WorkbookFailure.noSheet) { try WorkbookStream(.xlsx, sheets: [], modified: 0) }
        let book = try WorkbookStream(
            .xlsx, sheets: [.init("Lieux a/b", columns: [.init("Nom", width: 30), .init("Code")])], modified: 0)
        let date = try moment("2025-03-03 18:30")
        try book.append([.text("=1+1"), .text("01000"), .number(.nan), .integer(.max), .date(date.date), .time(date)])
        try book.append([.text(String(repeating: "é", count: 40_000)), .text("a\u{0}b\u{1}"), .flag(true), .empty])
        for row in 0..<2000 { try book.append([.integer(row)]) }
        try book.close()
        try book.close()
        #expect(throws: WorkbookFailure.noSheet) { try book.append([]) }
        var bytes: [UInt8] = []
        while let piece = try book.rest() { bytes += piece }
        #expect(try book.rest() == nil)
        #expect(bytes.starts(with: [0x50, 0x4B, 3, 4]))
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        // Read back with the tool of the machine, when it has one.
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["unzip", "-p", path, "xl/worksheets/sheet1.xml"]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let sheet = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            print("skipped: no unzip")
            return
        }
        #expect(sheet.contains("<c r=\"A2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t></is></c>"))
        #expect(sheet.contains("preserve\">01000</t>"))
        #expect(sheet.contains("preserve\">9223372036854775807</t>"))
        #expect(sheet.contains("state=\"frozen\"") && sheet.contains("width=\"30.0\""))
        #expect(!sheet.contains("<f>"))
        #expect(sheet.contains("ééé…</t>") && sheet.contains("preserve\">ab</t>"))
        #expect(sheet.contains("<row r=\"2003\""))
    }
}

extension ICalendarMoment {
    fileprivate var day: CivilDate {
        switch self {
        case .day(let date): date
        case .local(let time): time.date
        case .utc(let instant): CivilZone.utc.local(instant).date
        }
    }
}
