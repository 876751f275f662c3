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
        /// Whether numbers may stand in the records of ZIP64, which files of everyday size have no need of.
        public var readsZIP64 = false

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
        let end = try ZIPEnd.find(size: size, readsZIP64: limits.readsZIP64, bytes)
        guard end.count <= limits.entries else { throw ArchiveProblem.tooManyEntries(limit: limits.entries) }
        guard end.directorySize <= limits.directory else { throw ArchiveProblem.tooLarge }
        let directory = try bytes(end.directory..<end.directory + end.directorySize)
        guard directory.count == end.directorySize else { throw ArchiveProblem.malformed }
        var entries: [Entry] = []
        var names: Set<String> = []
        var place = 0
        var (unpacked, packed) = (0, 0)
        while place < directory.count {
            let record = try ZIPRecord(directory, &place, readsZIP64: limits.readsZIP64)
            // Case does not tell names apart on every machine.
            guard names.insert(record.name.lowercased()).inserted else { throw ArchiveProblem.duplicateName }
            guard record.size <= limits.unpacked - unpacked else { throw ArchiveProblem.tooLarge }
            unpacked += record.size
            entries.append(try record.confirmed(before: end.directory, bytes))
            packed += record.packed
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
    /// Several volumes, ZIP64 where it is not read, or a method other than stored and deflated.
    case unsupported
    /// An absolute name, one that climbs, one with control characters, or a link.
    case hostileName
    case duplicateName
    /// The directory and the entries do not say the same.
    case lyingSize
    case overlapping
}
