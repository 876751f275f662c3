/// What the directory at the end of a ZIP file says of its entries (APPNOTE 6.3.10, 4.3), compared with what stands before each
/// of them. Nothing is inflated: a bomb is refused by what it announces, and one that announces nothing by its contradictions.
public struct ZIPDirectory: Sendable, Equatable {
    /// Bytes of a file at these offsets; fewer only where the file ends.
    public typealias Bytes = (Range<Int>) throws -> [UInt8]

    public struct Limits: Sendable {
        public var entries = 2_000
        /// Bytes of all entries once inflated.
        public var unpacked = 1 << 30
        /// How many times its size a file may inflate to, once it is above `smallUnpacked`.
        public var ratio = 100
        public var smallUnpacked = 10 << 20
        /// Bytes of the directory.
        public var directory = 4 << 20

        public init() {}
    }

    public struct Entry: Sendable, Equatable {
        public let name: String
        /// 0 stored, 8 deflated.
        public let method: Int
        /// Bytes in the file, and once inflated.
        public let packed: Int
        public let size: Int
        /// Where its local header begins, and its content.
        public let offset: Int
        public let content: Int
    }

    /// In the order of the directory.
    public let entries: [Entry]

    public subscript(name: String) -> Entry? { entries.first { $0.name == name } }

    /// Reads the directory of a file of `size` bytes.
    ///
    /// - Throws: `ArchiveProblem`, or what `bytes` throws.
    public static func read(size: Int, limits: Limits = Limits(), _ bytes: Bytes) throws -> ZIPDirectory {
        let end = try ZIPEnd.find(size: size, bytes)
        guard end.count <= limits.entries else { throw ArchiveProblem.tooManyEntries(limit: limits.entries) }
        guard end.directorySize <= limits.directory else { throw ArchiveProblem.tooLarge }
        let directory = try bytes(end.directory..<end.directory + end.directorySize)
        guard directory.count == end.directorySize else { throw ArchiveProblem.malformed }
        var entries: [Entry] = []
        var names: Set<String> = []
        var place = 0
        var (unpacked, packed) = (0, 0)
        while place < directory.count {
            let record = try ZIPRecord(directory, &place)
            // Case does not tell names apart on every machine.
            guard names.insert(record.name.lowercased()).inserted else { throw ArchiveProblem.duplicateName }
            unpacked += record.size
            packed += record.packed
            guard unpacked <= limits.unpacked else { throw ArchiveProblem.tooLarge }
            entries.append(try record.confirmed(before: end.directory, bytes))
            guard entries.count <= end.count else { throw ArchiveProblem.malformed }
        }
        guard entries.count == end.count else { throw ArchiveProblem.malformed }
        guard unpacked <= limits.smallUnpacked || unpacked / limits.ratio <= packed else {
            throw ArchiveProblem.tooLarge
        }
        try refuseOverlaps(entries, before: end.directory)
        return ZIPDirectory(entries: entries)
    }

    /// The content of an entry, inflated: at most `limit` bytes.
    ///
    /// - Throws: `ArchiveProblem`, or what `bytes` throws.
    public static func content(of entry: Entry, limit: Int, _ bytes: Bytes) throws -> [UInt8] {
        guard entry.size <= limit, entry.packed <= limit + 1_024 else { throw ArchiveProblem.tooLarge }
        let packed = try bytes(entry.content..<entry.content + entry.packed)
        guard packed.count == entry.packed else { throw ArchiveProblem.malformed }
        guard entry.method == 8 else { return packed }
        do {
            let content = try Gzip.decompress(packed, .raw, maxBytes: limit)
            guard content.count == entry.size else { throw ArchiveProblem.lyingSize }
            return content
        } catch is CompressionProblem {
            throw ArchiveProblem.malformed
        }
    }

    /// No two entries share a byte: files that do unpack to far more than they seem to.
    private static func refuseOverlaps(_ entries: [Entry], before directory: Int) throws {
        var free = 0
        for entry in entries.sorted(by: { $0.offset < $1.offset }) {
            guard entry.offset >= free, entry.content + entry.packed <= directory else {
                throw ArchiveProblem.overlapping
            }
            free = entry.content + entry.packed
        }
    }
}

/// Why a ZIP file is refused.
public enum ArchiveProblem: Error, Sendable, Equatable {
    /// No end of directory: not a ZIP file, or one that was cut short.
    case noDirectory
    case malformed
    case tooManyEntries(limit: Int)
    /// Inflated, it would take more than is allowed.
    case tooLarge
    case encrypted
    /// Several volumes, ZIP64, or a method other than stored and deflated.
    case unsupported
    /// An absolute name, one that climbs, one with control characters, or a link.
    case hostileName
    case duplicateName
    /// The directory and the entries do not say the same.
    case lyingSize
    case overlapping
}

/// The end of the directory.
private struct ZIPEnd {
    let count: Int
    let directory: Int
    let directorySize: Int

    /// A comment is at most 65,535 bytes; nothing may follow it.
    static func find(size: Int, _ bytes: ZIPDirectory.Bytes) throws -> ZIPEnd {
        guard size >= 22 else { throw ArchiveProblem.noDirectory }
        let start = max(0, size - 22 - 65_535)
        let tail = try bytes(start..<size)
        guard tail.count == size - start else { throw ArchiveProblem.malformed }
        var place = tail.count - 22
        while place >= 0 {
            if tail.starts(with: [0x50, 0x4B, 0x05, 0x06], at: place),
                place + 22 + tail.little16(place + 20) == tail.count
            {
                return try ZIPEnd(tail, place, at: start + place)
            }
            place -= 1
        }
        throw ArchiveProblem.noDirectory
    }

    private init(_ bytes: [UInt8], _ place: Int, at position: Int) throws {
        count = bytes.little16(place + 10)
        directorySize = bytes.little32(place + 12)
        directory = bytes.little32(place + 16)
        guard bytes.little16(place + 4) == 0, bytes.little16(place + 6) == 0, bytes.little16(place + 8) == count,
            count != 0xFFFF, directorySize != 0xFFFF_FFFF, directory != 0xFFFF_FFFF
        else { throw ArchiveProblem.unsupported }
        // Nothing hides between the directory and its end, nor before the first entry.
        guard directory + directorySize == position else { throw ArchiveProblem.malformed }
    }
}

/// One record of the directory.
private struct ZIPRecord {
    let name: String
    let rawName: [UInt8]
    let flags: Int
    let method: Int
    let packed: Int
    let size: Int
    let offset: Int

    init(_ bytes: [UInt8], _ place: inout Int) throws {
        guard bytes.count - place >= 46, bytes.starts(with: [0x50, 0x4B, 0x01, 0x02], at: place) else {
            throw ArchiveProblem.malformed
        }
        let lengths = [28, 30, 32].map { bytes.little16(place + $0) }
        let end = place + 46 + lengths[0] + lengths[1] + lengths[2]
        guard end <= bytes.count else { throw ArchiveProblem.malformed }
        flags = bytes.little16(place + 8)
        method = bytes.little16(place + 10)
        packed = bytes.little32(place + 20)
        size = bytes.little32(place + 24)
        offset = bytes.little32(place + 42)
        rawName = Array(bytes[place + 46..<place + 46 + lengths[0]])
        // Old programs write other alphabets: read as Latin-1, so that every byte is looked at.
        name =
            String(validating: rawName, as: UTF8.self)
            ?? String(String.UnicodeScalarView(rawName.map { Unicode.Scalar($0) }))
        let isSymbolicLink = bytes[place + 5] == 3 && bytes.little16(place + 40) & 0xF000 == 0xA000
        place = end
        guard flags & 0x2041 == 0 else { throw ArchiveProblem.encrypted }
        guard method == 0 || method == 8, packed != 0xFFFF_FFFF, size != 0xFFFF_FFFF, offset != 0xFFFF_FFFF else {
            throw ArchiveProblem.unsupported
        }
        guard !isSymbolicLink, Self.isPlain(name) else { throw ArchiveProblem.hostileName }
        // Deflate makes at most 1,032 bytes of one.
        guard method == 0 ? packed == size : size <= packed * 1_032 + 1_032 else { throw ArchiveProblem.lyingSize }
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
            guard told == [packed, size] || told == [0xFFFF_FFFF, 0xFFFF_FFFF] else { throw ArchiveProblem.lyingSize }
        }
        let content = offset + 30 + rawName.count + head.little16(28)
        guard content + packed <= directory else { throw ArchiveProblem.malformed }
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
}
