/// A whole number as large as it must be: exact sums of fractions outgrow 64 bits.
struct WholeNumber: Sendable, Equatable, Comparable {
    /// Base 2³², the least significant first, without zeros at the end.
    private var digits: [UInt32]

    init(_ value: Int) {
        self.init(magnitude: UInt64(value.magnitude))
    }

    init(magnitude: UInt64) {
        digits = [UInt32(truncatingIfNeeded: magnitude), UInt32(truncatingIfNeeded: magnitude >> 32)]
        trim()
    }

    /// The value when it holds in 64 bits.
    var small: UInt64? {
        switch digits.count {
        case 0: 0
        case 1: UInt64(digits[0])
        case 2: UInt64(digits[1]) << 32 | UInt64(digits[0])
        default: nil
        }
    }

    static func + (left: WholeNumber, right: WholeNumber) -> WholeNumber {
        var (sum, carry) = (left, UInt64(0))
        for place in 0..<max(left.digits.count, right.digits.count) {
            if place == sum.digits.count { sum.digits.append(0) }
            let added = place < right.digits.count ? UInt64(right.digits[place]) : 0
            let total = UInt64(sum.digits[place]) + added + carry
            sum.digits[place] = UInt32(truncatingIfNeeded: total)
            carry = total >> 32
        }
        if carry > 0 { sum.digits.append(UInt32(carry)) }
        return sum
    }

    static func * (left: WholeNumber, right: WholeNumber) -> WholeNumber {
        var product = WholeNumber(0)
        product.digits = Array(repeating: 0, count: left.digits.count + right.digits.count)
        for (place, digit) in left.digits.enumerated() {
            var carry: UInt64 = 0
            for (other, factor) in right.digits.enumerated() {
                // At most (2³² − 1)² + 2 (2³² − 1), which is 2⁶⁴ − 1.
                let total = UInt64(digit) * UInt64(factor) + UInt64(product.digits[place + other]) + carry
                product.digits[place + other] = UInt32(truncatingIfNeeded: total)
                carry = total >> 32
            }
            product.digits[place + right.digits.count] = UInt32(truncatingIfNeeded: carry)
        }
        product.trim()
        return product
    }

    static func < (left: WholeNumber, right: WholeNumber) -> Bool {
        if left.digits.count != right.digits.count { return left.digits.count < right.digits.count }
        for place in left.digits.indices.reversed() where left.digits[place] != right.digits[place] {
            return left.digits[place] < right.digits[place]
        }
        return false
    }

    private mutating func trim() {
        while digits.last == 0 { digits.removeLast() }
    }
}
