@testable import Exchange

extension Parser {
    /// What is packed.
    static let packages = [zip, gzip, tar]

    static func slices(of bytes: [UInt8]) -> ZIPDirectory.Bytes {
        { range in
            mustHold(range.lowerBound >= 0, "a range of the file")
            return Array(bytes[min(range.lowerBound, bytes.count)..<min(range.upperBound, bytes.count)])
        }
    }

    private static let zip = Parser(
        "zip",
        seeds: {
            [
                Samples.zip(
                    [("a.txt", Array("bonjour".utf8)), ("dossier/é.csv", Array(repeating: 0x61, count: 300))], .deflate),
                Samples.zip([("mimetype", Array("x".utf8))], .store), Samples.zip([], .store),
            ]
        },
        read: { bytes in
            let slices = slices(of: bytes)
            guard let directory = given({ try ZIPDirectory.read(size: bytes.count, slices) }) else { return }
            for entry in directory.entries.prefix(20) {
                mustHold(entry.content + entry.packed <= bytes.count, "an entry that is in the file")
                guard let content = given({ try ZIPDirectory.content(of: entry, limit: 1 << 18, slices) }) else {
                    continue
                }
                mustHold(content.count == entry.size, "an entry as long as it says")
            }
        })

    private static let gzip = Parser(
        "gzip",
        seeds: {
            ["", "bonjour", String(repeating: "maillage ", count: 60)].map { text in
                given { try Gzip.compress(Array(text.utf8)) } ?? []
            }
        },
        read: { bytes in
            let limit = 1 << 16
            let plain = given { try Gzip.decompress(bytes, maxBytes: limit) }
            mustHold((plain?.count ?? 0) <= limit, "no more than what is allowed")
            let raw = given { try Gzip.decompress(bytes, .raw, maxBytes: limit) }
            mustHold((raw?.count ?? 0) <= limit, "no more than what is allowed")
            let packed = given { try Gzip.compress(bytes, level: 1) } ?? []
            mustHold(
                given { try Gzip.decompress(packed, maxBytes: bytes.count) } == bytes, "what was packed is unpacked")
        })

    private static let tar = Parser(
        "tar",
        seeds: {
            [
                "a.txt", "dossier/fichier.pdf",
                String(repeating: "n", count: 90) + "/" + String(repeating: "m", count: 60),
            ].map { name in
                given { try TarEntry(name: name, size: 1_234, modified: 1_700_000_000).header() } ?? []
            }
        },
        read: { bytes in
            var header = Array((bytes + [UInt8](repeating: 0, count: TarEntry.block)).prefix(TarEntry.block))
            // The sum is put right: behind a wrong one nothing would be tried.
            for place in 148..<156 { header[place] = 0x20 }
            let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
            for (place, digit) in (String(repeating: "0", count: max(0, 6 - sum.utf8.count)) + sum).utf8.prefix(6)
                .enumerated()
            {
                header[148 + place] = digit
            }
            header[154] = 0
            guard let read = given({ try TarEntry(header: header) }), let entry = read else { return }
            mustHold(entry.size >= 0 && entry.padding >= 0, "a size that is one")
            guard entry.modified >= 0, let again = given({ try entry.header() }) else { return }
            mustHold(given { try TarEntry(header: again) } == entry, "a header that is read as it is written")
        })
}

/// Small archives, written by our own writers.
enum Samples {
    static func zip(_ files: [(name: String, bytes: [UInt8])], _ method: ZIPWriter.Method) -> [UInt8] {
        let writer = ZIPWriter()
        let written: [UInt8]? = given {
            for file in files { try writer.add(file.name, file.bytes, modified: 1_700_000_000, method: method) }
            try writer.finish()
            return writer.take()
        }
        return written ?? []
    }
}
