/// What does not hold in a deposit journal: an end that a power cut tore, or bytes that were changed afterwards.
///
/// An end is torn when no whole entry follows, and its frame is not whole or holds a zero byte (a block that was never written:
/// an entry has none). Anything else that does not hold was altered, and is never taken for a torn end.
enum DepositDamage {
    /// Bytes of the longest end that may be torn: what is written at once is far shorter.
    static let longestEnd = 256 << 20

    /// Whether these bytes, which begin at the first frame that does not hold and end with the file, are a torn end.
    static func isTorn(_ rest: [UInt8]) -> Bool {
        guard nextFrame(in: rest, from: 1) == nil else { return false }
        guard rest.count >= DepositFrame.overhead else { return true }
        let length = DepositFrame.length(Array(rest.prefix(4)))
        guard length <= DepositEntry.longest, length <= rest.count - DepositFrame.overhead else { return true }
        // An empty frame is a head that was not written.
        return length == 0 || rest[DepositFrame.overhead..<DepositFrame.overhead + length].contains(0)
    }

    /// Every entry that is whole in itself, and the stretches of bytes that are none: for a journal that was altered.
    /// What these entries say is proved by their receipts, not by the chain.
    static func salvage(_ bytes: [UInt8]) -> (entries: [DepositEntry], damages: [Range<Int>]) {
        var entries: [DepositEntry] = []
        var damages: [Range<Int>] = []
        var place = min(DepositFrame.header.count, bytes.count)
        var seal = DepositFrame.firstSeal
        if !bytes.starts(with: DepositFrame.header) { damages.append(0..<place) }
        while place < bytes.count {
            guard let found = entry(in: bytes, at: place) else {
                let next = nextFrame(in: bytes, from: place + 1) ?? bytes.count
                damages.append(place..<next)
                // The frame after is sealed by the one that does not hold: by what its head says.
                seal = Array(bytes[min(place + 4, bytes.count)..<min(place + DepositFrame.overhead, bytes.count)])
                place = next
                continue
            }
            let payload = Array(bytes[place + DepositFrame.overhead..<found.end])
            let own = Array(bytes[place + 4..<place + DepositFrame.overhead])
            // A frame that reads but is not sealed was changed, moved, or follows one that was taken out.
            if DepositFrame.make(payload, after: seal).seal != own { damages.append(place..<found.end) }
            entries.append(found.entry)
            seal = own
            place = found.end
        }
        return (entries, damages)
    }

    private static func nextFrame(in bytes: [UInt8], from start: Int) -> Int? {
        var place = start
        while place + DepositFrame.overhead + 2 <= bytes.count {
            // The head of every payload; inside an entry a quote is written `\"`, never just after a brace.
            if bytes[place + DepositFrame.overhead] == UInt8(ascii: "{"),
                bytes[place + DepositFrame.overhead + 1] == UInt8(ascii: "\""), entry(in: bytes, at: place) != nil
            {
                return place
            }
            place += 1
        }
        return nil
    }

    private static func entry(in bytes: [UInt8], at place: Int) -> (entry: DepositEntry, end: Int)? {
        guard bytes.count - place >= DepositFrame.overhead else { return nil }
        let length = DepositFrame.length(Array(bytes[place..<place + 4]))
        guard length <= DepositEntry.longest, length <= bytes.count - place - DepositFrame.overhead else { return nil }
        let end = place + DepositFrame.overhead + length
        guard let entry = DepositEntry(payload: Array(bytes[place + DepositFrame.overhead..<end])) else { return nil }
        return (entry, end)
    }
}
