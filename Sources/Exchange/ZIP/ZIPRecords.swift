/// The end of the directory of a ZIP file, and that of ZIP64 before it where there is one.
struct ZIPEnd {
    /// Entries.
    let count: Int
    /// Where the directory begins, and its bytes.
    let directory: Int
    let directorySize: Int

    /// A comment is at most 65,535 bytes; nothing may follow it.
    static func find(size: Int, readsZIP64: Bool, _ bytes: ZIPDirectory.Bytes) throws -> ZIPEnd {
        guard size >= 22 else { throw ArchiveProblem.noDirectory }
        let start = max(0, size - 22 - 65_535 - wideLength)
        let tail = try bytes(start..<size)
        guard tail.count == size - start else { throw ArchiveProblem.malformed }
        var place = tail.count - 22
        while place >= 0 {
            if tail.starts(with: [0x50, 0x4B, 0x05, 0x06], at: place),
                place + 22 + tail.little16(place + 20) == tail.count
            {
                return try ZIPEnd(tail, place, at: start + place, readsZIP64: readsZIP64)
            }
            place -= 1
        }
        throw ArchiveProblem.noDirectory
    }

    /// Bytes of both records of ZIP64: the end of the directory, and the one that says where that is.
    private static let wideLength = 56 + 20

    private init(_ bytes: [UInt8], _ place: Int, at position: Int, readsZIP64: Bool) throws {
        let told = [bytes.little16(place + 10), bytes.little32(place + 12), bytes.little32(place + 16)]
        guard bytes.little16(place + 4) == 0, bytes.little16(place + 6) == 0, bytes.little16(place + 8) == told[0]
        else {
            throw ArchiveProblem.unsupported
        }
        let isWide = told[0] == 0xFFFF || told[1] == ZIPEntry.wide || told[2] == ZIPEntry.wide
        guard readsZIP64 || !isWide else { throw ArchiveProblem.unsupported }
        let end = isWide ? position - Self.wideLength : position
        let numbers = isWide ? try Self.wide(bytes, place - Self.wideLength, at: end, told) : told
        (count, directorySize, directory) = (numbers[0], numbers[1], numbers[2])
        // Nothing hides between the directory and its end, nor before the first entry.
        guard directorySize <= end, directory == end - directorySize else { throw ArchiveProblem.malformed }
    }

    /// The same three numbers in 64 bits, from records that stand right before the plain one and do not contradict it.
    private static func wide(_ bytes: [UInt8], _ place: Int, at position: Int, _ told: [Int]) throws -> [Int] {
        guard bytes.starts(with: [0x50, 0x4B, 0x06, 0x06], at: place),
            bytes.starts(with: [0x50, 0x4B, 0x06, 0x07], at: place + 56)
        else { throw ArchiveProblem.unsupported }
        let numbers = [32, 40, 48].map { bytes.little64(place + $0) }
        guard bytes.little64(place + 4) == 44, bytes.little32(place + 16) == 0, bytes.little32(place + 20) == 0,
            bytes.little64(place + 24) == numbers[0], bytes.little32(place + 60) == 0,
            bytes.little64(place + 64) == position, bytes.little32(place + 72) == 1
        else { throw ArchiveProblem.malformed }
        for ((number, plain), ones) in zip(zip(numbers, told), [0xFFFF, ZIPEntry.wide, ZIPEntry.wide]) {
            guard number >= 0, plain == number || plain == ones else { throw ArchiveProblem.malformed }
        }
        return numbers
    }
}

/// One record of the directory.
struct ZIPRecord {
    let name: String
    let packed: Int
    let size: Int
    private let rawName: [UInt8]
    private let method: Int
    private let offset: Int

    init(_ bytes: [UInt8], _ place: inout Int, readsZIP64: Bool) throws {
        guard bytes.count - place >= 46, bytes.starts(with: [0x50, 0x4B, 0x01, 0x02], at: place) else {
            throw ArchiveProblem.malformed
        }
        let lengths = [28, 30, 32].map { bytes.little16(place + $0) }
        let extra = place + 46 + lengths[0]
        let end = extra + lengths[1] + lengths[2]
        guard end <= bytes.count else { throw ArchiveProblem.malformed }
        let flags = bytes.little16(place + 8)
        method = bytes.little16(place + 10)
        var numbers = [24, 20, 42].map { bytes.little32(place + $0) }
        rawName = Array(bytes[place + 46..<extra])
        // Old programs write other alphabets: read as Latin-1, so that every byte is looked at.
        name =
            String(validating: rawName, as: UTF8.self)
            ?? String(String.UnicodeScalarView(rawName.map { Unicode.Scalar($0) }))
        let isSymbolicLink = bytes[place + 5] == 3 && bytes.little16(place + 40) & 0xF000 == 0xA000
        place = end
        guard flags & 0x2041 == 0 else { throw ArchiveProblem.encrypted }
        let isWide = numbers.contains(ZIPEntry.wide)
        guard method == 0 || method == 8, readsZIP64 || !isWide else { throw ArchiveProblem.unsupported }
        if isWide { try Self.widen(&numbers, bytes, extra..<extra + lengths[1]) }
        (size, packed, offset) = (numbers[0], numbers[1], numbers[2])
        guard !isSymbolicLink, Self.isPlain(name) else { throw ArchiveProblem.hostileName }
        // Deflate makes at most 1,032 bytes of one.
        guard method == 0 ? packed == size : size / 1_032 <= packed + 1 else { throw ArchiveProblem.lyingSize }
    }

    /// Numbers whose plain fields are all ones stand in the extra field of ZIP64, in this order and no others (APPNOTE 4.5.3).
    private static func widen(_ numbers: inout [Int], _ bytes: [UInt8], _ extra: Range<Int>) throws {
        var place = extra.lowerBound
        while place + 4 <= extra.upperBound {
            let (kind, length) = (bytes.little16(place), bytes.little16(place + 2))
            place += 4
            guard place + length <= extra.upperBound else { break }
            guard kind == 1 else {
                place += length
                continue
            }
            let wide = numbers.indices.filter { numbers[$0] == ZIPEntry.wide }
            guard length >= 8 * wide.count else { break }
            for (rank, index) in wide.enumerated() {
                numbers[index] = bytes.little64(place + 8 * rank)
                guard (0...Int.max >> 2).contains(numbers[index]) else { throw ArchiveProblem.malformed }
            }
            return
        }
        throw ArchiveProblem.malformed
    }

    /// The entry, when its own header says the same as the directory.
    func confirmed(before directory: Int, _ bytes: ZIPDirectory.Bytes) throws -> ZIPDirectory.Entry {
        guard offset + 30 + rawName.count <= directory else { throw ArchiveProblem.malformed }
        let head = try bytes(offset..<offset + 30 + rawName.count)
        guard head.count == 30 + rawName.count, head.starts(with: [0x50, 0x4B, 0x03, 0x04], at: 0) else {
            throw ArchiveProblem.malformed
        }
        guard head.little16(6) & 0x2041 == 0 else { throw ArchiveProblem.encrypted }
        guard head.little16(8) == method, head.little16(26) == rawName.count, Array(head[30...]) == rawName else {
            throw ArchiveProblem.lyingSize
        }
        // Bit 3: the sizes follow the content. All ones: they stand in an extra field, as some programs always write them.
        if head.little16(6) & 8 == 0 {
            let told = [head.little32(18), head.little32(22)]
            guard told == [packed, size] || told == [ZIPEntry.wide, ZIPEntry.wide] else {
                throw ArchiveProblem.lyingSize
            }
        }
        let content = offset + 30 + rawName.count + head.little16(28)
        guard content <= directory, packed <= directory - content else { throw ArchiveProblem.malformed }
        return ZIPDirectory.Entry(
            name: name, method: method, packed: packed, size: size, offset: offset, content: content)
    }

    private static func isPlain(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= 1_024, name.utf8.first != 0x2F,
            name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x5C && $0 != 0x7F && $0 != UInt8(ascii: ":") })
        else { return false }
        return name.split(separator: "/").allSatisfy { $0 != ".." && $0 != "." }
    }
}

extension [UInt8] {
    fileprivate func starts(with bytes: [UInt8], at place: Int) -> Bool {
        place >= 0 && place + bytes.count <= count && self[place..<place + bytes.count].elementsEqual(bytes)
    }

    /// Zero where the bytes end too soon; callers have looked at the length.
    fileprivate func little16(_ place: Int) -> Int {
        place + 2 <= count ? Int(self[place]) | Int(self[place + 1]) << 8 : 0
    }

    fileprivate func little32(_ place: Int) -> Int {
        little16(place) | little16(place + 2) << 16
    }

    fileprivate func little64(_ place: Int) -> Int {
        little32(place) | little32(place + 4) << 32
    }
}
