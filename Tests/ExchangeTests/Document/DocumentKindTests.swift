import Exchange
import Testing

@Suite("Kinds of documents") struct DocumentKindTests {
    static let pdf = Array("%PDF-1.7\n1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n".utf8)

    private static func kind(_ bytes: [UInt8]) throws -> DocumentKind {
        try DocumentKind.detect(size: bytes.count) { range in Array(bytes[range.clamped(to: 0..<bytes.count)]) }
    }

    private static func problem(_ bytes: [UInt8]) -> DocumentProblem? {
        do {
            _ = try kind(bytes)
            return nil
        } catch {
            return error as? DocumentProblem
        }
    }

    private static func problem(_ zip: HandmadeZIP) -> DocumentProblem? { problem(zip.bytes) }

    private static func odt(adding entry: HandmadeZIP.Entry) -> HandmadeZIP {
        var zip = HandmadeZIP.odt()
        zip.entries.append(entry)
        return zip
    }

    // ATT-2
    @Test func theKindIsToldByTheBytes() throws {
        #expect(try Self.kind(Self.pdf) == .pdf)
        #expect(try Self.kind([0xEF, 0xBB, 0xBF, 0x0A] + Self.pdf) == .pdf)
        #expect(try Self.kind(HandmadeZIP.odt().bytes) == .odt)
        #expect(try Self.kind(HandmadeZIP.odt(type: DocumentKind.ods.mediaType).bytes) == .ods)
        #expect(try Self.kind(HandmadeZIP.docx().bytes) == .docx)
        var sheet = HandmadeZIP.docx()
        sheet.entries[1].name = Array("xl/workbook.xml".utf8)
        #expect(try Self.kind(sheet.bytes) == .xlsx)
        var commented = HandmadeZIP.odt()
        commented.comment = Array("PK\u{5}\u{6} dans un commentaire, qui n’est pas la fin".utf8)
        #expect(try Self.kind(commented.bytes) == .odt)
        for kind in DocumentKind.allCases { #expect(!kind.extensions.isEmpty && kind.mediaType.contains("/")) }
    }

    /// What our own writer makes is read: sizes after the contents, deflated entries.
    @Test func anOrdinaryDocumentIsTaken() throws {
        let writer = ZIPWriter()
        try writer.add("mimetype", Array(DocumentKind.odt.mediaType.utf8), modified: 0, method: .store)
        try writer.add(
            "content.xml", Array(String(repeating: "<p>Bonjour</p>", count: 2_000).utf8), modified: 0)
        try writer.add("META-INF/manifest.xml", Array("<manifest/>".utf8), modified: 0)
        try writer.finish()
        #expect(try Self.kind(writer.take()) == .odt)
    }

    // ATT-2
    @Test func whatIsNotADocumentIsRefused() {
        let cases: [(String, [UInt8], DocumentProblem)] = [
            ("nothing", [], .empty), ("a byte", [0x25], .unknownKind),
            ("a page", Array("<!DOCTYPE html><script>alert(1)</script>".utf8), .unknownKind),
            ("a drawing", Array("<svg xmlns=\"http://www.w3.org/2000/svg\"/>".utf8), .unknownKind),
            ("a program", [0x4D, 0x5A, 0x90, 0x00] + [UInt8](repeating: 0, count: 200), .unknownKind),
            ("a page that hides a PDF", Array("<html>".utf8) + Self.pdf, .unknownKind),
            ("an old document", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [0, 0], .compoundFile),
            ("half a PDF", Array(Self.pdf.prefix(30)), .cutShort),
            ("half an archive", Array(HandmadeZIP.odt().bytes.dropLast(30)), .cutShort),
            ("an archive of anything", HandmadeZIP(entries: [.init("a.txt", [65])]).bytes, .unknownKind),
            (
                "a presentation", HandmadeZIP.odt(type: "application/vnd.oasis.opendocument.presentation").bytes,
                .unknownKind
            ),
            ("half a PNG", Array(ImageHeaderTests.png(40, 30).prefix(20)), .cutShort),
        ]
        for (what, bytes, expected) in cases { #expect(Self.problem(bytes) == expected, "\(what)") }
    }

    // ATT-4
    @Test func anArchiveThatHidesSomethingIsRefused() {
        var lying = HandmadeZIP.odt()
        lying.entries[1].localSizes = (lying.entries[1].packed.count, 9)
        var renamed = HandmadeZIP.odt()
        renamed.entries[1].localName = Array("autre_.xml".utf8)
        var swollen = HandmadeZIP.docx()
        swollen.entries[1].method = 8
        swollen.entries[1].size = 1 << 29
        var stored = HandmadeZIP.docx()
        stored.entries[1].size = 5
        var overlapping = HandmadeZIP.docx()
        overlapping.entries.append(.init("word/document.xml2", []))
        overlapping.entries[2].localName = Array("[Content_Types].xml".utf8)
        overlapping.entries[2].name = Array("[Content_Types].xm2".utf8)
        overlapping.entries[2].toldOffset = 0
        var twice = HandmadeZIP.docx()
        twice.entries.append(.init("WORD/document.xml", [1]))
        var prefixed = HandmadeZIP.odt()
        prefixed.gap = [1, 2, 3]
        var link = HandmadeZIP.Entry("lien", Array("/etc/passwd".utf8))
        link.madeBy = 3 << 8 | 20
        link.attributes = 0o120777 << 16
        var locked = HandmadeZIP.odt()
        locked.entries[1].flags = 1
        let cases: [(String, HandmadeZIP, DocumentProblem)] = [
            ("sizes that differ", lying, .damaged), ("names that differ", renamed, .damaged),
            ("more than deflate can make", swollen, .damaged), ("a stored entry that lies", stored, .damaged),
            ("entries that share bytes", overlapping, .damaged), ("two entries of one name", twice, .damaged),
            ("bytes between", prefixed, .damaged), ("a link", Self.odt(adding: link), .damaged),
            ("a name that climbs", Self.odt(adding: .init("../../etc/cron", [1])), .damaged),
            ("an absolute name", Self.odt(adding: .init("/etc/cron", [1])), .damaged),
            ("a Windows name", Self.odt(adding: .init("a\\b", [1])), .damaged),
            ("a name with a line end", Self.odt(adding: .init("a\nb", [1])), .damaged),
            ("an encrypted entry", locked, .encrypted),
            (
                "an encrypted document", .odt(manifest: "<manifest:encryption-data/>"), .encrypted
            ),
            ("macros of Word", Self.odt(adding: .init("word/vbaProject.bin", [1])), .macros),
            ("macros of LibreOffice", Self.odt(adding: .init("Basic/Standard/M.xml", [1])), .macros),
            ("an archive inside", Self.odt(adding: .init("images/a.ZIP", [1])), .nested("images/a.ZIP")),
            ("a program inside", Self.odt(adding: .init("x/setup.exe", [1])), .nested("x/setup.exe")),
        ]
        for (what, zip, expected) in cases { #expect(Self.problem(zip) == expected, "\(what)") }
    }

    // ATT-4
    @Test func aBombIsRefusedBeforeAnythingIsUnpacked() {
        var many = HandmadeZIP.odt()
        for number in 0..<2_000 { many.entries.append(.init("Pictures/\(number)", [])) }
        #expect(Self.problem(many) == .bomb)
        // A hundred times its size, above ten megabytes.
        var dense = HandmadeZIP.docx()
        dense.entries[1] = .init(
            "word/document.xml", [UInt8](repeating: 0, count: 100_000), method: 8, size: 90_000_000)
        #expect(Self.problem(dense) == .bomb)
        // Ten entries of 120 megabytes, each within what deflate can make.
        var heavy = HandmadeZIP.docx()
        for number in 0..<10 {
            heavy.entries.append(
                .init("x\(number)", [UInt8](repeating: 0, count: 120_000), method: 8, size: 120_000_000))
        }
        #expect(Self.problem(heavy) == .bomb)
    }

    /// Damage of every sort is refused or read, never a trap, and reads stay within the file.
    @Test func damageNeverTraps() {
        var random = MutationTests.Random(state: 77)
        var (taken, refused) = (0, 0)
        for seed in [Self.pdf, HandmadeZIP.odt().bytes, HandmadeZIP.docx().bytes, ImageHeaderTests.png(40, 30)] {
            for _ in 0..<1_500 {
                let bytes = MutationTests.damaged(seed, &random)
                do {
                    _ = try DocumentKind.detect(size: bytes.count) { range in
                        #expect(range.lowerBound >= 0 && range.lowerBound <= range.upperBound)
                        return Array(bytes[range.clamped(to: 0..<bytes.count)])
                    }
                    taken += 1
                } catch is DocumentProblem {
                    refused += 1
                } catch {
                    Issue.record("\(error)")
                }
            }
        }
        #expect(taken > 0 && refused > 1_000)
    }
}
