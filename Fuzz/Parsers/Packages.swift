@testable import Exchange

extension Parser {
    /// What is packed.
    static let packages = [zip, zip64, gzip, tar]

    static func slices(of bytes: [UInt8]) -> ZIPDirectory.Bytes {
        { range in
            mustHold(range.lowerBound >= 0, "a range of the file")
            return Array(bytes[min(range.lowerBound, bytes.count)..<min(range.upperBound, bytes.count)])
        }
    }

    private static let zip = Parser(
        "zip", seeds: { Samples.packages }, read: { readPackage($0, ZIPDirectory.Limits()) })

    /// As the archive of a call is read: numbers may stand in the records of ZIP64.
    private static let zip64 = Parser(
        "zip64", seeds: { Samples.packages.map(Samples.widened) + Samples.packages },
        read: { bytes in
            var limits = ZIPDirectory.Limits()
            limits.unpacked = 1 << 40
            limits.readsZIP64 = true
            readPackage(bytes, limits)
        })

    private static func readPackage(_ bytes: [UInt8], _ limits: ZIPDirectory.Limits) {
        let slices = slices(of: bytes)
        guard let directory = given({ try ZIPDirectory.read(size: bytes.count, limits: limits, slices) }) else {
            return
        }
        for entry in directory.entries.prefix(20) {
            mustHold(entry.content + entry.packed <= bytes.count, "an entry that is in the file")
            guard let content = given({ try ZIPDirectory.content(of: entry, limit: 1 << 18, slices) }) else {
                continue
            }
            mustHold(content.count == entry.size, "an entry as long as it says")
        }
    }

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
    static let packages = [
        zip([("a.txt", Array("bonjour".utf8)), ("dossier/é.csv", Array(repeating: 0x61, count: 300))], .deflate),
        zip([("mimetype", Array("x".utf8))], .store), zip([], .store),
    ]

    static func zip(_ files: [(name: String, bytes: [UInt8])], _ method: ZIPWriter.Method) -> [UInt8] {
        let writer = ZIPWriter()
        let written: [UInt8]? = given {
            for file in files { try writer.add(file.name, file.bytes, modified: 1_700_000_000, method: method) }
            try writer.finish()
            return writer.take()
        }
        return written ?? []
    }

    /// The same file with the offset of each entry, and the three numbers of its end, in the records of ZIP64 (APPNOTE 4.3.14,
    /// 4.3.15 and 4.5.3), where no number is so large that it must.
    static func widened(_ zip: [UInt8]) -> [UInt8] {
        let end = zip.count - 22
        let (count, start) = (number(zip, end + 10, 2), number(zip, end + 16, 4))
        var (directory, place) = ([UInt8](), start)
        for _ in 0..<count {
            let (name, extra, comment) = (
                number(zip, place + 28, 2), number(zip, place + 30, 2), number(zip, place + 32, 2)
            )
            let next = place + 46 + name + extra + comment
            directory += zip[place..<place + 30] + little(extra + 12, 2) + zip[place + 32..<place + 42] + little(-1, 4)
            directory +=
                zip[place + 46..<place + 46 + name] + little(1, 2) + little(8, 2) + zip[place + 42..<place + 46]
            directory += little(0, 4) + zip[place + 46 + name..<next]
            place = next
        }
        let wide = [
            little(0x0606_4B50, 4), little(44, 8), little(45, 2), little(45, 2), little(0, 8), little(count, 8),
        ]
        let numbers = [little(count, 8), little(directory.count, 8), little(start, 8)]
        let locator = [little(0x0706_4B50, 4), little(0, 4), little(start + directory.count, 8), little(1, 4)]
        let plain = [Array(zip[end..<end + 8]), little(-1, 12), little(0, 2)]
        return Array(zip[..<start]) + directory + (wide + numbers + locator + plain).flatMap { $0 }
    }

    private static func number(_ bytes: [UInt8], _ place: Int, _ length: Int) -> Int {
        bytes[place..<place + length].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func little(_ number: Int, _ length: Int) -> [UInt8] {
        (0..<length).map { UInt8(truncatingIfNeeded: number >> min(8 * $0, 63)) }
    }
}
