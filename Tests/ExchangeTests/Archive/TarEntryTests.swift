import Testing

@testable import Exchange

@Suite("Entries of a tar archive") struct TarEntryTests {
    private static func there(_ entry: TarEntry) throws -> TarEntry? { try TarEntry(header: entry.header()) }

    @Test(arguments: [
        "forms.key", "vault/ab/cd/" + String(repeating: "e", count: 64),
        "dossier à tiroirs/" + String(repeating: "f", count: 90) + "/" + String(repeating: "g", count: 80),
        String(repeating: "h", count: 155) + "/" + String(repeating: "i", count: 100),
    ])
    func aNameComesBack(_ name: String) throws {
        for size in [0, 1, 511, 512, (1 << 33) - 1, 1 << 33, 1 << 45] {
            let entry = TarEntry(name: name, size: size, modified: 1_795_324_000)
            #expect(try Self.there(entry) == entry)
            #expect((size + entry.padding) % 512 == 0)
        }
    }

    @Test(arguments: [
        "", "/etc/passwd", "../clef", "vault/../../clef", "a//b", "./a", "a/", "a\u{0}b", "retour\nligne",
        "\u{7F}",
    ])
    func aNameThatLeadsOutIsRefused(_ name: String) throws {
        #expect(throws: TarEntry.Problem.hostileName(name)) { try TarEntry(name: name, size: 1, modified: 0).header() }
    }

    @Test func aHostileNameInAnArchiveIsRefused() throws {
        var header = try TarEntry(name: "xx/clef", size: 1, modified: 0).header()
        header.replaceSubrange(0..<2, with: "..".utf8)
        Self.seal(&header)
        #expect(throws: TarEntry.Problem.hostileName("../clef")) { try TarEntry(header: header) }
    }

    @Test func aNameTooLongIsSaid() throws {
        let long = String(repeating: "j", count: 101)
        #expect(throws: TarEntry.Problem.longName(long)) { try TarEntry(name: long, size: 1, modified: 0).header() }
    }

    @Test func linksAndFoldersAreRefused() throws {
        for kind in "1256".utf8 {
            var header = try TarEntry(name: "a", size: 0, modified: 0).header()
            header[156] = kind
            Self.seal(&header)
            #expect(throws: TarEntry.Problem.notAFile("a")) { try TarEntry(header: header) }
        }
    }

    @Test func anyChangedByteShows() throws {
        let header = try TarEntry(name: "vault/ab", size: 77, modified: 12).header()
        for index in header.indices where !(148..<156).contains(index) {
            var other = header
            other[index] ^= 0x01
            #expect(throws: TarEntry.Problem.self, "byte \(index)") { try TarEntry(header: other) }
        }
        #expect(try TarEntry(header: [UInt8](repeating: 0, count: 512)) == nil)
        #expect(throws: TarEntry.Problem.notAnArchive) { try TarEntry(header: Array(header.dropLast())) }
    }

    /// Writes the sum of a header that was changed on purpose.
    private static func seal(_ header: inout [UInt8]) {
        for index in 148..<156 { header[index] = 0x20 }
        let sum = header.reduce(0) { $0 + Int($1) }
        let digits = String(sum, radix: 8)
        for (index, byte) in (String(repeating: "0", count: 6 - digits.count) + digits).utf8.enumerated() {
            header[148 + index] = byte
        }
        header[154] = 0
    }
}
