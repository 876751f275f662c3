import Crypto

/// The frames of the deposit journal: length (4 bytes, the highest first), SHA-256 of the seal before, of the length and of
/// the payload (32 bytes), payload. Each seal covers the one before: nothing can be taken out or changed places.
enum DepositFrame {
    /// The first bytes of the file; their SHA-256 is the seal before the first frame.
    static let header = Array("MAILLAGE DEPOSITS 1\n".utf8)
    static let overhead = 36

    static let firstSeal = Array(SHA256.hash(data: header))

    /// A frame and its seal.
    static func make(_ payload: [UInt8], after seal: [UInt8]) -> (bytes: [UInt8], seal: [UInt8]) {
        let length = lengthBytes(payload.count)
        let next = Array(SHA256.hash(data: seal + length + payload))
        return (length + next + payload, next)
    }

    /// What the bytes of a journal hold: the entries up to the first frame that does not hold, where it begins, and the
    /// seal before it.
    static func read(_ bytes: [UInt8]) -> (entries: [DepositEntry], end: Int, seal: [UInt8]) {
        var entries: [DepositEntry] = []
        var place = header.count
        var seal = firstSeal
        while bytes.count - place >= overhead {
            let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            let start = place + overhead
            guard length <= DepositEntry.longest, length <= bytes.count - start else { break }
            let payload = Array(bytes[start..<start + length])
            let next = Array(bytes[place + 4..<start])
            guard next == Array(SHA256.hash(data: seal + lengthBytes(length) + payload)),
                let entry = DepositEntry(payload: payload)
            else { break }
            entries.append(entry)
            seal = next
            place = start + length
        }
        return (entries, place, seal)
    }

    private static func lengthBytes(_ count: Int) -> [UInt8] {
        let length = UInt32(truncatingIfNeeded: count)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> UInt32($0)) }
    }
}
