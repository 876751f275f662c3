/// A score as an exact fraction: a mean of notes is never rounded before it is compared.
public struct ExactScore: Sendable, Hashable, Comparable {
    /// At least 0.
    public let numerator: Int
    /// At least 1; both have no common divisor.
    public let denominator: Int

    public static let zero = ExactScore(reduced: 0, 1)
    /// The largest numerator and denominator that are taken.
    public static let limit = 1_000_000_000_000

    /// Nil when negative, divided by nothing, or past `limit`.
    public init?(_ numerator: Int, over denominator: Int = 1) {
        guard numerator >= 0, denominator > 0, numerator <= Self.limit, denominator <= Self.limit else { return nil }
        let divisor = Integers.gcd(numerator, denominator)
        self.init(reduced: numerator / divisor, denominator / divisor)
    }

    private init(reduced numerator: Int, _ denominator: Int) {
        self.numerator = numerator
        self.denominator = denominator
    }

    public static func < (left: ExactScore, right: ExactScore) -> Bool {
        let first = left.numerator.multipliedFullWidth(by: right.denominator)
        let second = right.numerator.multipliedFullWidth(by: left.denominator)
        return first.high == second.high ? first.low < second.low : first.high < second.high
    }
}

/// Whole numbers without traps.
enum Integers {
    /// The greatest common divisor; at least 1.
    static func gcd(_ left: Int, _ right: Int) -> Int {
        var (left, right) = (left.magnitude, right.magnitude)
        while right != 0 { (left, right) = (right, left % right) }
        return max(Int(clamping: left), 1)
    }

    /// Nil when it does not fit.
    static func lcm(_ left: Int, _ right: Int) -> Int? {
        product(left / gcd(left, right), right)
    }

    static func product(_ left: Int, _ right: Int) -> Int? {
        let (value, overflows) = left.multipliedReportingOverflow(by: right)
        return overflows ? nil : value
    }

    /// Clamped when it does not fit.
    static func sum(_ left: Int, _ right: Int) -> Int {
        let (value, overflows) = left.addingReportingOverflow(right)
        return overflows ? (right > 0 ? .max : .min) : value
    }
}
