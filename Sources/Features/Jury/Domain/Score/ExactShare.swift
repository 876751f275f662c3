/// A fraction from 0 up, exact: compared by products of whole numbers, never by floating point (JURY-11).
public struct ExactShare: Sendable, Comparable, Hashable {
    private let numerator: WholeNumber
    /// Never zero.
    private let denominator: WholeNumber

    /// `of` is at least 1; a smaller one is read as 1.
    public init(_ part: Int, of whole: Int) {
        self.init(WholeNumber(max(part, 0)), WholeNumber(max(whole, 1)))
    }

    public static let zero = ExactShare(0, of: 1)

    /// Reduced while both numbers hold in 64 bits.
    private init(_ numerator: WholeNumber, _ denominator: WholeNumber) {
        if let top = numerator.small, let bottom = denominator.small {
            let divisor = max(Self.commonDivisor(top, bottom), 1)
            self.numerator = WholeNumber(magnitude: top / divisor)
            self.denominator = WholeNumber(magnitude: bottom / divisor)
        } else {
            self.numerator = numerator
            self.denominator = denominator
        }
    }

    public static func + (left: ExactShare, right: ExactShare) -> ExactShare {
        ExactShare(
            left.numerator * right.denominator + right.numerator * left.denominator,
            left.denominator * right.denominator)
    }

    func divided(by count: Int) -> ExactShare {
        ExactShare(numerator, denominator * WholeNumber(max(count, 1)))
    }

    public static func == (left: ExactShare, right: ExactShare) -> Bool {
        left.numerator * right.denominator == right.numerator * left.denominator
    }

    public static func < (left: ExactShare, right: ExactShare) -> Bool {
        left.numerator * right.denominator < right.numerator * left.denominator
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(scaled(by: 1_000_000))
    }

    /// The mean of some fractions; nil of none.
    static func mean(_ shares: [ExactShare]) -> ExactShare? {
        guard let first = shares.first else { return nil }
        return shares.dropFirst().reduce(first, +).divided(by: shares.count)
    }

    /// The nearest whole number to the fraction taken `scale` times, halves going up; at most 10¹² for a fraction below 1,000.
    public func scaled(by scale: Int) -> Int {
        // q is the greatest with (2q − 1) × denominator ≤ 2 × scale × numerator.
        let target = numerator * WholeNumber(max(scale, 0)) * WholeNumber(2)
        func isReached(_ candidate: Int) -> Bool {
            candidate == 0 || denominator * WholeNumber(2 * candidate - 1) <= target
        }
        var (low, high) = (0, 1)
        while high < Self.most, isReached(high) {
            low = high
            high *= 2
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if isReached(middle) { low = middle } else { high = middle }
        }
        return low
    }

    /// `29/40`, when both numbers are short enough to be read.
    public var fractionText: String? {
        guard let top = numerator.small, let bottom = denominator.small, bottom < 1_000_000 else { return nil }
        return "\(top)/\(bottom)"
    }

    private static let most = 1_000_000_000_000

    private static func commonDivisor(_ left: UInt64, _ right: UInt64) -> UInt64 {
        var (large, small) = (left, right)
        while small != 0 { (large, small) = (small, large % small) }
        return large
    }
}
