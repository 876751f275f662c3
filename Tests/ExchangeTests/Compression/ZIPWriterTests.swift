import Exchange
import Foundation
import Testing

@Suite("Writing ZIP") struct ZIPWriterTests {
    /// One entry as its directory tells it, with its content inflated.
    private struct Entry: Equatable {
        var name: String
        var date: Int
        var time: Int
        var content: [UInt8]
    }

    private func little(_ bytes: [UInt8], _ at: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
    }

    /// Reads a ZIP by its directory; deflated content is wrapped as gzip, which also checks the CRC and the size.
    private func entries(_ zip: [UInt8]) throws -> [Entry] {
        let end = zip.count - 22
        #expect(little(zip, end, 4) == 0x0605_4B50)
        var at = little(zip, end + 16, 4)
        #expect(at + little(zip, end + 12, 4) == end)
        var entries: [Entry] = []
        for _ in 0..<little(zip, end + 10, 2) {
            #expect(little(zip, at, 4) == 0x0201_4B50)
            let (method, packed, nameLength) = (
                little(zip, at + 10, 2), little(zip, at + 20, 4), little(zip, at + 28, 2)
            )
            let name = String(decoding: zip[(at + 46)..<(at + 46 + nameLength)], as: UTF8.self)
            let local = little(zip, at + 42, 4)
            #expect(little(zip, local, 4) == 0x0403_4B50)
            let start = local + 30 + little(zip, local + 26, 2)
            var content = Array(zip[start..<start + packed])
            #expect(little(zip, start + packed, 4) == 0x0807_4B50)
            if method == 8 {
                let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
                content = try Gzip.decompress(
                    header + content + zip[(at + 16)..<(at + 20)] + zip[(at + 24)..<(at + 28)], maxBytes: 1 << 24)
            }
            #expect(content.count == little(zip, at + 24, 4))
            entries.append(
                Entry(name: name, date: little(zip, at + 14, 2), time: little(zip, at + 12, 2), content: content))
            at += 46 + nameLength
        }
        return entries
    }

    @Test func entriesReadBackFromTheirDirectory() throws {
        let writer = ZIPWriter()
        var zip: [UInt8] = []
        // 2026-03-01 12:34:56 UTC.
        try writer.add("données/été.txt", "L’été".bytes, modified: 1_772_368_496)
        zip += writer.take()
        try writer.begin("long.bin", modified: 0)
        for _ in 0..<30 { try writer.write([UInt8](repeating: 7, count: 100_000)) }
        try writer.end()
        try writer.add("photo.jpg", [1, 2, 3], modified: .max, method: .store)
        try writer.add("vide", [], modified: 1_772_368_496)
        zip += writer.take()
        try writer.finish()
        zip += writer.take()
        let read = try entries(zip)
        #expect(read.map(\.name) == ["données/été.txt", "long.bin", "photo.jpg", "vide"])
        #expect(read.map(\.content.count) == [9, 3_000_000, 3, 0])
        #expect(read[0].content == "L’été".bytes)
        #expect(read[0].date == 46 << 9 | 3 << 5 | 1)
        #expect(read[0].time == 12 << 11 | 34 << 5 | 28)
        #expect(read[1].date == 1 << 5 | 1)
        #expect(read[2].date == 127 << 9 | 12 << 5 | 31)
        if let path = ProcessInfo.processInfo.environment["MAILLAGE_KEEP_ZIP"] {
            try Data(zip).write(to: URL(filePath: path))
        }
    }

    @Test(arguments: ["", "/etc/passwd", "a/../b", "..", "a\\b", "a\u{0}b", "./a", "C:x", "a\nb"])
    func namesThatCouldEscapeAreRefused(name: String) {
        #expect(throws: ZIPProblem.invalidName(name)) { try ZIPWriter().begin(name, modified: 0) }
    }

    @Test func callsOutOfOrderAreRefused() throws {
        let writer = ZIPWriter()
        #expect(throws: ZIPProblem.misuse) { try writer.write([1]) }
        #expect(throws: ZIPProblem.misuse) { try writer.end() }
        try writer.begin("a", modified: 0)
        #expect(throws: ZIPProblem.misuse) { try writer.begin("b", modified: 0) }
        #expect(throws: ZIPProblem.misuse) { try writer.finish() }
        try writer.end()
        #expect(throws: ZIPProblem.duplicateName("a")) { try writer.begin("a", modified: 0) }
        try writer.finish()
        #expect(throws: ZIPProblem.misuse) { try writer.finish() }
    }
}
