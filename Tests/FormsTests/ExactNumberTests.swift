import Testing

@testable import Forms

@Suite struct ExactNumberTests {
    private func number(_ text: String) throws -> ExactNumber { try #require(ExactNumber(text)) }

    @Test(arguments: ["0", "-1", "12.5", "0.000001", "-999999999999.999999", "1000000000000"])
    func aNumberIsWrittenAsItIsRead(_ text: String) throws { #expect(try number(text).description == text) }

    @Test(arguments: [
        "", "-", ".5", "5.", "1.2.3", "1e3", "+1", " 1", "1000000000000.000001", "0.0000001", "99999999999999999999999",
        "1,5", "٣", "--1",
    ])
    func whatIsNotANumberIsNil(_ text: String) { #expect(ExactNumber(text) == nil) }

    @Test func sumsAreExact() throws {
        #expect(try number("0.1").adding(number("0.2")) == number("0.3"))
        #expect(try number("-0.1").subtracting(number("0.2")) == number("-0.3"))
        #expect(try number("1000000000000").adding(number("0.000001")) == nil)
    }

    // FRM-4
    @Test func productsAndQuotientsRoundHalfAwayFromZero() throws {
        #expect(try number("0.001").multiplied(by: number("0.0005")) == number("0.000001"))
        #expect(try number("-0.001").multiplied(by: number("0.0005")) == number("-0.000001"))
        #expect(try number("0.001").multiplied(by: number("0.0004")) == .zero)
        #expect(try number("2").divided(by: number("3")) == number("0.666667"))
        #expect(try number("-2").divided(by: number("3")) == number("-0.666667"))
        #expect(try number("1").divided(by: .zero) == nil)
        #expect(try number("1000000000000").multiplied(by: number("1.000001")) == nil)
        #expect(try number("1000000000000").divided(by: number("0.000001")) == nil)
        #expect(try number("1000000000000").multiplied(by: number("1000000000000")) == nil)
    }

    @Test func centsRoundAndNeverTrap() throws {
        #expect(try number("12.345").cents == 1235)
        #expect(try number("-12.345").cents == -1235)
        #expect(try number("12.344999").cents == 1234)
        #expect(ExactNumber(cents: .max) == nil)
        #expect(ExactNumber(cents: .min) == nil)
        #expect(ExactNumber(.max) == nil)
        #expect(ExactNumber(millionths: .min) == nil)
        #expect(ExactNumber(cents: 12_50)?.description == "12.5")
    }

    @Test func decimalsAreCounted() throws {
        #expect(try number("12").decimals == 0)
        #expect(try number("12.5").decimals == 1)
        #expect(try number("0.000001").decimals == 6)
        #expect(try number("12").whole == 12)
        #expect(try number("12.5").whole == nil)
    }
}
