import Crypto

/// The bytes of one file to import, read from the beginning each time.
public struct TerritorySource: Sendable {
    /// What reports call it, and the name it is remembered by: the file's own, without its folder.
    public let name: String
    private let chunks: @Sendable (_ each: ([UInt8]) throws -> Bool) throws -> Void

    /// - Parameter chunks: hands over the bytes in pieces of any size, until it is answered false.
    public init(name: String, chunks: @escaping @Sendable (_ each: ([UInt8]) throws -> Bool) throws -> Void) {
        self.name = name
        self.chunks = chunks
    }

    public init(name: String, bytes: [UInt8]) {
        self.init(name: name) { each in _ = try each(bytes) }
    }

    func read(_ each: ([UInt8]) throws -> Bool) throws {
        try chunks(each)
    }

    /// SHA-256 of the bytes, in hexadecimal.
    func digest() throws -> String {
        var hash = SHA256()
        try chunks { chunk in
            hash.update(data: chunk)
            return true
        }
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// The year that the name states, as in `v_commune_2025.csv`; only ever used to date an edition.
    var year: Int? {
        var digits: [UInt8] = []
        for byte in Array(name.utf8) + [0] {
            if byte >= 0x30, byte <= 0x39 {
                digits.append(byte)
            } else {
                if digits.count == 4, let year = Int(String(decoding: digits, as: UTF8.self)),
                    (1990...2100).contains(year)
                {
                    return year
                }
                digits.removeAll()
            }
        }
        return nil
    }
}

/// Why a file is refused as a whole: nothing of it was written.
public struct TerritoryRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    public let file: String
    public let line: Int?
    public let reason: String

    public var description: String {
        line.map { "\(file):\($0): \(reason)" } ?? "\(file): \(reason)"
    }
}
