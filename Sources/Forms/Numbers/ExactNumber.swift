/// A decimal number kept exactly, to the millionth, between −10¹² and 10¹².
///
/// Sums and differences are exact; products and quotients are rounded half away from zero to the millionth. What leaves
/// the range is nil, never a trap. `Sources/Public/form.js` computes the same with `BigInt`.
public struct ExactNumber: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The number times 1,000,000.
    public let millionths: Int64

    /// Greatest distance from zero, in millionths.
    public static let limit: Int64 = 1_000_000_000_000_000_000
    public static let zero = ExactNumber(unchecked: 0)

    private static let unit: Int64 = 1_000_000

    private init(unchecked millionths: Int64) { self.millionths = millionths }

    public init?(millionths: Int64) {
        guard millionths >= -Self.limit, millionths <= Self.limit else { return nil }
        self.millionths = millionths
    }

    public init?(_ whole: Int) {
        let (product, overflow) = Int64(whole).multipliedReportingOverflow(by: Self.unit)
        guard !overflow else { return nil }
        self.init(millionths: product)
    }

    /// An amount of money.
    public init?(cents: Int) {
        let (product, overflow) = Int64(cents).multipliedReportingOverflow(by: 10_000)
        guard !overflow else { return nil }
        self.init(millionths: product)
    }

    /// Reads `-12`, `12.5`: ASCII digits, a point, at most six decimals; nil otherwise.
    public init?(_ text: some StringProtocol) {
        var bytes = Array(text.utf8.prefix(24))[...]
        guard text.utf8.count <= 22 else { return nil }
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes = bytes.dropFirst() }
        guard let first = bytes.first, first != UInt8(ascii: "."), bytes.last != UInt8(ascii: ".") else { return nil }
        var value: Int64 = 0
        var decimals: Int?
        for byte in bytes {
            if byte == UInt8(ascii: "."), decimals == nil {
                decimals = 0
                continue
            }
            guard byte >= 48, byte <= 57, value <= Self.limit else { return nil }
            if let count = decimals {
                guard count < 6 else { return nil }
                decimals = count + 1
            }
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, tens <= Int64.max - 9 else { return nil }
            value = tens + Int64(byte - 48)
        }
        for _ in (decimals ?? 0)..<6 {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow else { return nil }
            value = tens
        }
        self.init(millionths: isNegative ? -value : value)
    }

    /// The amount in cents, rounded half away from zero.
    public var cents: Int {
        let (quotient, rest) = millionths.quotientAndRemainder(dividingBy: 10_000)
        return Int(quotient) + (rest >= 5_000 ? 1 : rest <= -5_000 ? -1 : 0)
    }

    /// The whole number, when it is one.
    public var whole: Int? { millionths % Self.unit == 0 ? Int(millionths / Self.unit) : nil }

    /// How many decimals it takes to write the number, 0 to 6.
    public var decimals: Int {
        var rest = (millionths % Self.unit).magnitude
        guard rest != 0 else { return 0 }
        var count = 6
        while rest % 10 == 0 {
            rest /= 10
            count -= 1
        }
        return count
    }

    public func adding(_ other: ExactNumber) -> ExactNumber? {
        // Both are within the limit, so the sum of the integers cannot overflow.
        ExactNumber(millionths: millionths + other.millionths)
    }

    public func subtracting(_ other: ExactNumber) -> ExactNumber? {
        ExactNumber(millionths: millionths - other.millionths)
    }

    public func multiplied(by other: ExactNumber) -> ExactNumber? {
        quotient(
            of: millionths.magnitude.multipliedFullWidth(by: other.millionths.magnitude), by: UInt64(Self.unit),
            isNegative: (millionths < 0) != (other.millionths < 0))
    }

    /// Nil when the other is zero.
    public func divided(by other: ExactNumber) -> ExactNumber? {
        quotient(
            of: millionths.magnitude.multipliedFullWidth(by: UInt64(Self.unit)), by: other.millionths.magnitude,
            isNegative: (millionths < 0) != (other.millionths < 0))
    }

    private func quotient(
        of dividend: (high: UInt64, low: UInt64), by divisor: UInt64, isNegative: Bool
    ) -> ExactNumber? {
        // The quotient fits in 64 bits exactly when the high word is under the divisor.
        guard dividend.high < divisor else { return nil }
        var (quotient, rest) = divisor.dividingFullWidth(dividend)
        if rest >= divisor - rest {
            guard quotient < UInt64.max else { return nil }
            quotient += 1
        }
        guard quotient <= UInt64(Self.limit) else { return nil }
        return ExactNumber(millionths: isNegative ? -Int64(quotient) : Int64(quotient))
    }

    public static func < (left: ExactNumber, right: ExactNumber) -> Bool { left.millionths < right.millionths }

    /// `-12.5`: a point, no zero at the end.
    public var description: String {
        let (whole, rest) = millionths.magnitude.quotientAndRemainder(dividingBy: UInt64(Self.unit))
        var text = (millionths < 0 ? "-" : "") + String(whole)
        if rest > 0 {
            let digits = String(rest)
            text += "." + String(repeating: "0", count: 6 - digits.count) + digits
            while text.hasSuffix("0") { text.removeLast() }
        }
        return text
    }
}
