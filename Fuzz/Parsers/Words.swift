import Exchange
import Forms

@testable import Maillage
@testable import MaillageWeb

extension Parser {
    /// One field of a page, as somebody types it.
    static let words = [numbers, people, texts]

    private static let numbers = Parser(
        "numbers",
        texts: [
            "12 500,50 €", "75 k€", "1.250.000,5", "-3", "16.10.20", "1er mars 2021", "oui", "35600000000048",
            "W751234567",
            "FR76 3000 6000 0112 3456 7890 189", "15,75", "12;15,5;1000;2000;a,b;Amiens", "9223372036854.775807",
            "2026-02-29",
        ],
        read: { text in
            if let number = FrenchReading.number(text) {
                mustHold(ExactNumber(number.description) == number, "a number that is read as it is written")
            }
            if let number = ExactNumber(text) {
                mustHold(ExactNumber(number.description) == number, "a number that is read as it is written")
            }
            _ = FrenchReading.cents(text)
            if let date = FrenchReading.date(text) {
                mustHold(CivilDate(iso: date.description) == date, "a day that is read as it is written")
            }
            _ = FrenchReading.flag(text)
            if let iban = IBAN.canonical(text) {
                mustHold(IBAN.canonical(iban) == iban, "an account that has one writing")
            }
            _ = OfficialNumbers.isSIRET(text)
            _ = OfficialNumbers.isSIREN(text)
            _ = OfficialNumbers.isRNA(text)
            _ = ScoreText.read(text).map(ScoreText.words)
            if let cents = WrittenAmount.cents(text) {
                mustHold(
                    WrittenAmount.cents(WrittenAmount.text(cents)) == cents, "an amount that is read as it is written")
            }
            var problems = Problems()
            _ = SelectionPaste.read(text, &problems)
            _ = SelectionPaste.numbers(text)
        })

    private static let people = Parser(
        "people",
        texts: [
            "zoe.dubois@exemple.fr", "Zoé DUBOIS", "zoe@réseau-île.fr", "ａ@ｂ.fr", "12 34 56", "ABCD-EFGH 2345",
            "0000000000001",
            "n.0000000000001.fab", "d.0000000000001.4607182418800017408", "03 22 00 00 00", "https://réseau.example/a",
        ],
        read: { text in
            if let address = given({ try EmailAddress(text) }) {
                mustHold(given { try EmailAddress(address.text) } == address, "an address that has one writing")
            }
            _ = given { try PersonName(text) }
            _ = NetworkOrigin(address: text)
            _ = DeviceName.short(text)
            _ = SignInCode(typed: text)
            _ = RecoveryCode(typed: text)
            if let normal = Base32.normal(text, limit: 40) {
                mustHold(Base32.normal(normal, limit: 40) == normal, "one writing")
            }
            _ = DepositKey(text: text)
            if let place = Place.ID(text: text) {
                mustHold(Place.ID(text: place.text) == place, "a number that is read as written")
            }
            _ = given { try SheetRules.phone(text) }
            if let address = given({ try SheetRules.webAddress(text) }) {
                mustHold(given { try SheetRules.webAddress(address) } == address, "an address that has one writing")
            }
            _ = given { try SheetRules.email(text) }
            _ = given { try SheetRules.partialDate(text) }
        })

    private static let texts = Parser(
        "texts",
        texts: [
            "Appel\nRégion\n\nArticle 1 – Objet\nUn texte\n- a\n- b\n\nArticle 2 – Dates\n",
            "l’été à l’Hôtel‑Dieu, œuvres complètes",
            " \u{A0}a\u{200B}\r\n\r\n\tb ", #"[{"what":"a","from":"b","to":"c"}]"#,
        ],
        read: { text in
            let words = Words.folded(text)
            mustHold(words.allSatisfy { Words.folded($0) == [$0] }, "words that are read as they are kept")
            _ = Words.key(text)
            for word in words { _ = Words.stem(word) }
            let line = TextForm.oneLine(text)
            mustHold(TextForm.oneLine(line) == line, "a line that has one writing")
            let paragraphs = TextForm.paragraphs(text)
            mustHold(TextForm.paragraphs(paragraphs) == paragraphs, "a text that has one writing")
            _ = RulesText(reading: text)
            _ = given { try CallChange.read(json: text) }
        })
}
