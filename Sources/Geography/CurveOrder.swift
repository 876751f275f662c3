/// Sorting by Morton code.
enum CurveOrder {
    private static let digitBits: UInt64 = 11
    private static let radix = 1 << 11

    /// Sorts codes, taking the slots along; equal codes keep their order. A radix sort: linear, and steady in debug
    /// builds too. Digits on which all codes agree are skipped.
    static func sort(_ codes: inout [UInt64], with slots: inout [Int32]) {
        guard codes.count > 1, codes.count == slots.count else { return }
        var otherCodes = codes
        var otherSlots = slots
        let mask = UInt64(radix - 1)
        for shift in stride(from: UInt64(0), to: 64, by: Int(digitBits)) {
            var starts = [Int](repeating: 0, count: radix)
            for code in codes { starts[Int(code >> shift & mask)] += 1 }
            if starts.contains(codes.count) { continue }
            var total = 0
            for digit in 0..<radix {
                let size = starts[digit]
                starts[digit] = total
                total += size
            }
            for index in codes.indices {
                let digit = Int(codes[index] >> shift & mask)
                otherCodes[starts[digit]] = codes[index]
                otherSlots[starts[digit]] = slots[index]
                starts[digit] += 1
            }
            swap(&codes, &otherCodes)
            swap(&slots, &otherSlots)
        }
    }
}
