import Exchange
import Testing

@testable import Forms

@Suite struct AnswerTextTests {
    private static func text(_ key: String, _ value: AnswerValue) throws -> String {
        let question = try #require(SampleForms.form(SampleForms.kinds).question(key))
        return AnswerText.text(value, for: question).replacing("\u{202F}", with: " ")
    }

    @Test func anAnswerIsWrittenAsPeopleReadIt() throws {
        let day = try #require(CivilDate(iso: "2020-10-16"))
        #expect(try Self.text("famille", .text("cafe")) == "Café")
        #expect(try Self.text("famille", .text("ancien")) == "ancien")
        #expect(try Self.text("services", .choices(["cafe", "bar"])) == "Café, Bar")
        #expect(try Self.text("montant", .money(12_500_50)) == "12 500,50 €")
        #expect(try Self.text("surface", .number(try #require(ExactNumber("-0.5")))) == "−0,5")
        #expect(try Self.text("ouverture", .date(day)) == "16/10/2020")
        #expect(try Self.text("calendrier", .period(from: day, to: day)) == "du 16/10/2020 au 16/10/2020")
        #expect(try Self.text("calendrier", .period(from: nil, to: day)) == "jusqu’au 16/10/2020")
        #expect(
            try Self.text("adresse", .address(AnswerAddress(street: "1 rue", postalCode: "62300", commune: "Lens")))
                == "1 rue, 62300 Lens")
        #expect(
            try Self.text("contact", .person(AnswerPerson(firstName: "Anne", name: "Lo", phone: "03"))) == "Anne Lo, 03"
        )
        #expect(try Self.text("montant", .unread("beaucoup")) == "beaucoup")
        #expect(
            try Self.text("budget", .rows([AnswerRow("60", ["prix": .money(3_00)]), AnswerRow("61")]))
                == "Achats – Prix : 3 €")
    }

    @Test func aComputedNumberIsWrittenInItsUnit() throws {
        func text(_ number: String, _ unit: ComputedUnit) throws -> String {
            AnswerText.text(try #require(ExactNumber(number)), unit: unit).replacing("\u{202F}", with: " ")
        }
        #expect(try text("0.8", .percent) == "80 %")
        #expect(try text("0.33333", .percent) == "33,3 %")
        #expect(try text("-0.0005", .percent) == "−0,1 %")
        #expect(try text("1234.565", .money) == "1 234,57 €")
        #expect(try text("1234.5", .number) == "1 234,5")
    }
}
