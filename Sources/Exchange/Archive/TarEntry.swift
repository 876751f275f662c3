/// One file of a tar archive, in the form that every `tar` reads: POSIX.1-1988 `ustar`, and base-256 numbers for files of
/// 8 GiB or more, as GNU tar writes them.
public struct TarEntry: Sendable, Equatable {
    /// Headers and contents begin at multiples of this.
    public static let block = 512
    /// What ends an archive.
    public static let end = [UInt8](repeating: 0, count: 2 * block)

    /// The path inside the archive, `/` between folders.
    public let name: String
    /// In bytes.
    public let size: Int
    /// Seconds since 1970.
    public let modified: Int64

    public init(name: String, size: Int, modified: Int64) {
        self.name = name
        self.size = size
        self.modified = modified
    }

    /// Why a header cannot be written or read.
    public enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
        case longName(String)
        case notAnArchive
        case hostileName(String)
        case notAFile(String)

        public var description: String {
            switch self {
            case .longName(let name): "\(name): the name is too long for an archive"
            case .notAnArchive: "this is not a tar archive, or it is damaged"
            case .hostileName(let name): "\(name): a name that leads out of the archive"
            case .notAFile(let name): "\(name): not a plain file"
            }
        }
    }

    /// Zeros that follow the content, up to the next block.
    public var padding: Int { (Self.block - size % Self.block) % Self.block }

    /// The block before the content.
    public func header() throws(Problem) -> [UInt8] {
        let (prefix, last) = try Self.split(name)
        var header = [UInt8](repeating: 0, count: Self.block)
        func put(_ bytes: some Sequence<UInt8>, at offset: Int) {
            for (index, byte) in bytes.enumerated() { header[offset + index] = byte }
        }
        put(last, at: 0)
        put("0000600".utf8, at: 100)
        put("0000000".utf8, at: 108)
        put("0000000".utf8, at: 116)
        put(Self.number(size), at: 124)
        put(Self.number(Int(max(0, modified))), at: 136)
        put("        0".utf8, at: 148)
        put("ustar\u{0}00".utf8, at: 257)
        put(prefix, at: 345)
        let sum = header.reduce(0) { $0 + Int($1) }
        put((Self.octal(sum, digits: 6) + "\u{0} ").utf8, at: 148)
        return header
    }

    /// Reads a block; nil for the zeros that end an archive. A name that leads out of the archive is refused, and so is
    /// whatever is not a plain file.
    public init?(header: [UInt8]) throws(Problem) {
        guard header.count == Self.block else { throw .notAnArchive }
        if header.allSatisfy({ $0 == 0 }) { return nil }
        var sum = 8 * 32
        for (index, byte) in header.enumerated() where !(148..<156).contains(index) { sum += Int(byte) }
        guard Self.number(header[148..<156]) == sum, header[257..<262].elementsEqual("ustar".utf8),
            let size = Self.number(header[124..<136]), let modified = Self.number(header[136..<148])
        else { throw .notAnArchive }
        let prefix = Self.text(header[345..<500])
        let name = (prefix.isEmpty ? "" : prefix + "/") + Self.text(header[0..<100])
        guard header[156] == UInt8(ascii: "0") || header[156] == 0 else { throw .notAFile(name) }
        guard Self.isSafe(name) else { throw .hostileName(name) }
        self.init(name: name, size: size, modified: Int64(modified))
    }

    /// Whether a path stays inside the folder it is put in.
    static func isSafe(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return !name.isEmpty && name.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
            && parts.allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
    }

    /// The name in its two fields, of 155 and 100 bytes.
    private static func split(_ name: String) throws(Problem) -> (prefix: [UInt8], last: [UInt8]) {
        let bytes = Array(name.utf8)
        guard isSafe(name) else { throw .hostileName(name) }
        if bytes.count <= 100 { return ([], bytes) }
        for index in bytes.indices where bytes[index] == UInt8(ascii: "/") {
            if index <= 155, bytes.count - index - 1 <= 100 {
                return (Array(bytes[..<index]), Array(bytes[(index + 1)...]))
            }
        }
        throw .longName(name)
    }

    private static func octal(_ value: Int, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
    }

    /// A field of twelve bytes: eleven octal digits, or, when they do not suffice, a mark and the number in base 256.
    private static func number(_ value: Int) -> [UInt8] {
        if value < 1 << 33 { return Array(octal(value, digits: 11).utf8) + [0] }
        return [0x80, 0, 0, 0] + (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
    }

    private static func number(_ field: ArraySlice<UInt8>) -> Int? {
        if field.first == 0x80 {
            var value = 0
            for byte in field.dropFirst() {
                guard value >> 54 == 0 else { return nil }
                value = value << 8 | Int(byte)
            }
            return value
        }
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
        guard !digits.isEmpty, digits.count <= 20 else { return nil }
        return Int(String(decoding: digits, as: UTF8.self), radix: 8).flatMap { $0 < 0 ? nil : $0 }
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }
}
