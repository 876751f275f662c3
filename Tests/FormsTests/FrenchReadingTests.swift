import Exchange
import Testing

@testable import Forms

@Suite struct FrenchReadingTests {
    @Test(arguments: [
        ("12 500,50", "12500.5"), ("12\u{202F}500,50", "12500.5"), ("1\u{A0}250", "1250"), ("1250", "1250"),
        (" 12.5 ", "12.5"), ("-3", "-3"), ("− 3,25", "-3.25"), ("1.250.000,5", "1250000.5"),
        ("1,250,000.5", "1250000.5"),
        ("1 250 000", "1250000"), ("0,5", "0.5"), ("007", "7"), ("1.250.000", "1250000"), ("12 500,125", "12500.125"),
    ])
    func aNumberIsReadAsItIsTypedInFrench(_ text: String, _ expected: String) {
        #expect(FrenchReading.number(text)?.description == expected)
    }

    @Test(arguments: [
        "", " ", "douze", "1 25", "12 50 0", "1,2,3", "1.2.3", "1.250", "1,250", "12..5", ",5", "5,", "1 2500", "1-2",
        "--1",
        "1e3", "0x10", "١٢", "1,5,", "1.250,5.5", "1234 567", String(repeating: "9", count: 40), "1 ,5",
    ])
    func whatIsNotANumberOrCouldBeTwoIsNotRead(_ text: String) { #expect(FrenchReading.number(text) == nil) }

    @Test(arguments: [
        ("12 500,50 €", 12_500_50), ("75 k€", 75_000_00), ("1,25 M€", 1_250_000_00), ("1 250 euros", 1_250_00),
        ("3 EUR", 3_00), ("1,125 k€", 1_125_00), ("0", 0), ("-12,5€", -12_50), ("12\u{202F}500\u{202F}€", 12_500_00),
    ])
    func anAmountIsReadInCents(_ text: String, _ cents: Int) { #expect(FrenchReading.cents(text) == cents) }

    @Test(arguments: ["", "€", "1,255", "1.250", "1,001 €", "12 €uros", "beaucoup", "9 999 999 999 999 €"])
    func whatIsNoAmountIsNotRead(_ text: String) { #expect(FrenchReading.cents(text) == nil) }

    @Test(arguments: [
        "16/10/2020", "2020-10-16", "16-10-2020", "16.10.2020", "16/10/20", " 16 / 10 / 2020 ", "16 octobre 2020",
        "16 Octobre 2020", "16\u{A0}octobre 2020",
    ])
    func aDateIsReadAsItIsTyped(_ text: String) { #expect(FrenchReading.date(text)?.description == "2020-10-16") }

    // FRM-8
    @Test func theFirstOfAMonthAndMonthsWithoutAccentsAreRead() {
        #expect(FrenchReading.date("1er février 2021")?.description == "2021-02-01")
        #expect(FrenchReading.date("2 aout 2021")?.description == "2021-08-02")
    }

    @Test(arguments: [
        "", "16/10", "32/10/2020", "29/02/2021", "10/16/2020", "16/10/020", "2020", "demain", "16/10/2020 12:00",
        "0/0/0000", "16 octobre",
    ])
    func whatIsNoDateIsNotRead(_ text: String) { #expect(FrenchReading.date(text) == nil) }

    @Test(arguments: 0..<200)
    func whatIsWrittenIsReadBack(_ seed: Int) throws {
        var chance = Chance(UInt64(seed))
        let number = try #require(
            ExactNumber(millionths: Int64.random(in: -10_000_000_000_000...10_000_000_000_000, using: &chance)))
        #expect(FrenchReading.number(FrenchText.number(number), refusesThreeDecimals: false) == number)
        let cents = Int.random(in: -100_000_000...100_000_000, using: &chance)
        #expect(FrenchReading.cents(FrenchText.euros(cents)) == cents)
        let date = CivilDate(daysSince1970: Int.random(in: 0...40_000, using: &chance))
        #expect(FrenchReading.date(FrenchText.date(date)) == date)
    }
}
