/// A ZIP file of stored entries that is never written whole (APPNOTE 6.3, ZIP64 where it is needed): the sizes of its entries
/// tell its length and where each byte of it comes from, so that any part of it can be made at any time, in little memory.
///
/// ```swift
/// var pieces = plan.pieces(from: range, of: source)
/// while let piece = try await pieces.next() { try await sink.write(piece) }
/// ```
public struct ZIPPlan: Sendable {
    /// One file of the archive.
    public struct Item: Sendable {
        /// A relative path with `/`.
        public let name: String
        /// In bytes.
        public let size: Int
        /// Seconds since 1970, UTC; ZIP keeps them by two, from 1980 to 2107.
        public let modified: Int64

        public init(_ name: String, size: Int, modified: Int64) {
            self.name = name
            self.size = size
            self.modified = modified
        }
    }

    public let items: [Item]
    /// Bytes of the whole file.
    public let length: Int
    /// Where each item begins, and where the directory does.
    let starts: [Int]
    /// Where the record of each item begins in the directory, and where the directory ends.
    let records: [Int]

    /// Lays out the items in their order.
    ///
    /// - Throws: `ZIPProblem` when a name is not valid or is there twice (whatever the case of its letters), or a size is negative.
    public init(_ items: [Item]) throws(ZIPProblem) {
        var names: Set<String> = []
        names.reserveCapacity(items.count)
        var starts: [Int] = []
        starts.reserveCapacity(items.count + 1)
        var offset = 0
        for item in items {
            guard ZIPEntry.isValidName(item.name) else { throw .invalidName(item.name) }
            guard names.insert(item.name.lowercased()).inserted else { throw .duplicateName(item.name) }
            starts.append(offset)
            let (end, overflow) = offset.addingReportingOverflow(item.size)
            guard item.size >= 0, !overflow, end < Int.max >> 1 else { throw .tooLarge }
            offset = end + Self.headerLength(item)
        }
        starts.append(offset)
        var records: [Int] = []
        records.reserveCapacity(items.count + 1)
        for (index, item) in items.enumerated() {
            records.append(offset)
            offset += 46 + item.name.utf8.count + Self.extraLength(of: item, at: starts[index])
        }
        records.append(offset)
        self.items = items
        self.starts = starts
        self.records = records
        length = offset + ZIPEntry.endOfDirectory(count: items.count, start: starts[items.count], end: offset).count
    }

    /// The bytes of a part of the file, made as they are asked for. A part beyond the end is cut.
    public func pieces<Source: ZIPSource>(from range: Range<Int>, of source: Source) -> ZIPPieces<Source> {
        ZIPPieces(self, range.clamped(to: 0..<length), source)
    }

    /// Bytes before the content of an item.
    static func headerLength(_ item: Item) -> Int { 30 + item.name.utf8.count + (item.size >= ZIPEntry.wide ? 20 : 0) }

    private static func extraLength(of item: Item, at offset: Int) -> Int {
        let numbers = (item.size >= ZIPEntry.wide ? 2 : 0) + (offset >= ZIPEntry.wide ? 1 : 0)
        return numbers == 0 ? 0 : 4 + 8 * numbers
    }

    func header(of index: Int, checksum: UInt32) -> [UInt8] {
        let item = items[index]
        let isWide = item.size >= ZIPEntry.wide
        var bytes: [UInt8] = []
        bytes.little(UInt32(0x0403_4B50))
        Self.append(item, checksum, isWide: isWide, to: &bytes)
        bytes.little(UInt16(isWide ? 20 : 0))
        bytes += item.name.utf8
        if isWide {
            bytes.little(UInt16(1))
            bytes.little(UInt16(16))
            bytes.little(UInt64(item.size))
            bytes.little(UInt64(item.size))
        }
        return bytes
    }

    func record(of index: Int, checksum: UInt32) -> [UInt8] {
        let (item, offset) = (items[index], starts[index])
        let (isWide, isFar) = (item.size >= ZIPEntry.wide, offset >= ZIPEntry.wide)
        var bytes: [UInt8] = []
        bytes.little(UInt32(0x0201_4B50))
        // Made by a Unix (3), so that the permissions below count.
        bytes.little(UInt16(3 << 8 | 45))
        Self.append(item, checksum, isWide: isWide || isFar, hidesSize: isWide, to: &bytes)
        let extra = Self.extraLength(of: item, at: offset)
        bytes.little(UInt16(extra))
        bytes += [UInt8](repeating: 0, count: 6)
        bytes.little(UInt32(0o100644) << 16)
        bytes.little(isFar ? UInt32.max : UInt32(offset))
        bytes += item.name.utf8
        if extra > 0 {
            bytes.little(UInt16(1))
            bytes.little(UInt16(extra - 4))
            if isWide {
                bytes.little(UInt64(item.size))
                bytes.little(UInt64(item.size))
            }
            if isFar { bytes.little(UInt64(offset)) }
        }
        return bytes
    }

    /// What both records of an item hold between their mark and the length of their extra field.
    private static func append(
        _ item: Item, _ checksum: UInt32, isWide: Bool, hidesSize: Bool? = nil, to bytes: inout [UInt8]
    ) {
        let (date, time) = ZIPEntry.dosDate(item.modified)
        let size = hidesSize ?? isWide ? UInt32.max : UInt32(truncatingIfNeeded: item.size)
        bytes.little(UInt16(isWide ? 45 : 20))
        // The name is UTF-8.
        bytes.little(UInt16(1 << 11))
        bytes.little(ZIPWriter.Method.store.rawValue)
        bytes.little(time)
        bytes.little(date)
        bytes.little(checksum)
        bytes.little(size)
        bytes.little(size)
        bytes.little(UInt16(truncatingIfNeeded: item.name.utf8.count))
    }

    var tail: [UInt8] {
        ZIPEntry.endOfDirectory(count: items.count, start: starts[items.count], end: records[items.count])
    }
}
