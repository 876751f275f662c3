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

    /// What a journal holds up to the first frame that does not hold: where that one begins, and the seal before it.
    ///
    /// - Parameters:
    ///   - size: bytes of the journal.
    ///   - piece: so many bytes from a place; one frame at a time, so that a long journal takes no memory.
    static func scan<Failure: Error>(
        size: Int, piece: (_ place: Int, _ count: Int) throws(Failure) -> [UInt8], each: (DepositEntry) -> Void
    ) throws(Failure) -> (end: Int, seal: [UInt8]) {
        var place = header.count
        var seal = firstSeal
        while size - place >= overhead {
            let head = try piece(place, overhead)
            let length = length(head)
            guard head.count == overhead, length <= DepositEntry.longest, length <= size - place - overhead else {
                break
            }
            let payload = try piece(place + overhead, length)
            let next = Array(head.dropFirst(4))
            guard next == Array(SHA256.hash(data: seal + lengthBytes(length) + payload)),
                let entry = DepositEntry(payload: payload)
            else { break }
            each(entry)
            seal = next
            place += overhead + length
        }
        return (place, seal)
    }

    /// The same of bytes in memory.
    static func read(_ bytes: [UInt8]) -> (entries: [DepositEntry], end: Int) {
        var entries: [DepositEntry] = []
        let found = scan(size: bytes.count) {
            Array(bytes[$0..<$0 + $1])
        } each: {
            entries.append($0)
        }
        return (entries, found.end)
    }

    static func length(_ head: [UInt8]) -> Int { head.prefix(4).reduce(0) { $0 << 8 | Int($1) } }

    static func lengthBytes(_ count: Int) -> [UInt8] {
        let length = UInt32(truncatingIfNeeded: count)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> UInt32($0)) }
    }
}
