/// One entry of a ZIP file, and the records that tell of it (APPNOTE 4.3).
struct ZIPEntry {
    /// From this size or offset on, a field of 32 bits holds no number: it stands in a record of ZIP64 (APPNOTE 4.5.3).
    static let wide = 0xFFFF_FFFF

    let name: [UInt8]
    let method: ZIPWriter.Method
    let offset: UInt64
    var size: UInt64 = 0
    var compressedSize: UInt64 = 0
    private var checksum = CRC32()
    private let time: UInt16
    private let date: UInt16

    init(name: String, method: ZIPWriter.Method, modified: Int64, offset: UInt64) {
        self.name = Array(name.utf8)
        self.method = method
        self.offset = offset
        (date, time) = Self.dosDate(modified)
    }

    static func isValidName(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.count <= 1_024, name.utf8.first != 0x2F else { return false }
        guard name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x5C && $0 != 0x7F && $0 != UInt8(ascii: ":") }) else {
            return false
        }
        return name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { $0 != ".." && $0 != "." }
    }

    /// Counts bytes of content into the size and the checksum.
    mutating func count(_ bytes: [UInt8]) {
        size += UInt64(bytes.count)
        checksum.update(bytes)
    }

    /// The content was counted before the header is written: its sizes and its checksum stand there, and nothing follows it.
    var isKnown = false

    /// Sizes and checksum come after the content (bit 3) when it is not known yet; the name is UTF-8 (bit 11).
    private var flags: UInt16 { isKnown ? 1 << 11 : 1 << 3 | 1 << 11 }

    var localHeader: [UInt8] {
        var bytes: [UInt8] = []
        bytes.little(UInt32(0x0403_4B50))
        bytes.little(UInt16(20))
        bytes.little(flags)
        bytes.little(method.rawValue)
        bytes.little(time)
        bytes.little(date)
        if isKnown { appendSizes(to: &bytes) } else { bytes += [UInt8](repeating: 0, count: 12) }
        bytes.little(UInt16(truncatingIfNeeded: name.count))
        bytes.little(UInt16(0))
        return bytes + name
    }

    var dataDescriptor: [UInt8] {
        var bytes: [UInt8] = []
        bytes.little(UInt32(0x0807_4B50))
        appendSizes(to: &bytes)
        return bytes
    }

    var directoryHeader: [UInt8] {
        let isFar = offset >= Self.wide
        var bytes: [UInt8] = []
        bytes.little(UInt32(0x0201_4B50))
        // Made by a Unix (3), so that the permissions below count.
        bytes.little(UInt16(3 << 8 | (isFar ? 45 : 20)))
        bytes.little(UInt16(isFar ? 45 : 20))
        bytes.little(flags)
        bytes.little(method.rawValue)
        bytes.little(time)
        bytes.little(date)
        appendSizes(to: &bytes)
        bytes.little(UInt16(truncatingIfNeeded: name.count))
        bytes.little(UInt16(isFar ? 12 : 0))
        bytes += [UInt8](repeating: 0, count: 6)
        bytes.little(UInt32(0o100644) << 16)
        bytes.little(UInt32(clamping: offset))
        bytes += name
        if isFar {
            bytes.little(UInt16(1))
            bytes.little(UInt16(8))
            bytes.little(offset)
        }
        return bytes
    }

    /// What ends the file, with the records of ZIP64 when a number is too large for the plain one.
    ///
    /// - Parameters:
    ///   - start: where the directory begins.
    ///   - end: where it ends.
    static func endOfDirectory(count: Int, start: Int, end: Int) -> [UInt8] {
        let size = end - start
        var bytes: [UInt8] = []
        if count >= 0xFFFF || start >= wide || size >= wide {
            bytes.little(UInt32(0x0606_4B50))
            bytes.little(UInt64(44))
            bytes.little(UInt16(3 << 8 | 45))
            bytes.little(UInt16(45))
            bytes.little(UInt64(0))
            bytes.little(UInt64(count))
            bytes.little(UInt64(count))
            bytes.little(UInt64(size))
            bytes.little(UInt64(start))
            bytes.little(UInt32(0x0706_4B50))
            bytes.little(UInt32(0))
            bytes.little(UInt64(end))
            bytes.little(UInt32(1))
        }
        bytes.little(UInt32(0x0605_4B50))
        bytes.little(UInt32(0))
        bytes.little(UInt16(clamping: count))
        bytes.little(UInt16(clamping: count))
        bytes.little(UInt32(clamping: size))
        bytes.little(UInt32(clamping: start))
        bytes.little(UInt16(0))
        return bytes
    }

    private func appendSizes(to bytes: inout [UInt8]) {
        bytes.little(checksum.value)
        bytes.little(UInt32(truncatingIfNeeded: compressedSize))
        bytes.little(UInt32(truncatingIfNeeded: size))
    }

    /// The date and time of MS-DOS, brought to 1980…2107.
    static func dosDate(_ seconds: Int64) -> (date: UInt16, time: UInt16) {
        let bounded = min(max(seconds, 315_532_800), 4_354_819_198)
        let (days, second) = bounded.quotientAndRemainder(dividingBy: 86_400)
        // Howard Hinnant, "chrono-compatible low-level date algorithms": civil_from_days, for days after 1970.
        let shifted = days + 719_468
        let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (
            UInt16(truncatingIfNeeded: (year - 1980) << 9 | month << 5 | day),
            UInt16(truncatingIfNeeded: (second / 3_600) << 11 | (second / 60 % 60) << 5 | second % 60 / 2)
        )
    }
}

extension [UInt8] {
    /// Appends an integer, its lowest byte first.
    mutating func little(_ value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.littleEndian) { append(contentsOf: $0) }
    }
}
