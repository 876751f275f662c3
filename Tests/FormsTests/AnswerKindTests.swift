import Exchange
import Testing

@testable import Forms

/// Every kind of question, with an answer it accepts and those it does not.
@Suite struct AnswerKindTests {
    static let day = CivilDate(daysSince1970: 18_551)

    private static func messages(_ key: String, _ value: AnswerValue) throws -> [String] {
        let state = FormState(
            try CompiledForm(SampleForms.form(SampleForms.kinds)), answers: Answers([key: value]),
            environment: FormEnvironment(today: day))
        return state.problems(of: key).map(\.message)
    }

    static let good: [(String, AnswerValue)] = [
        ("nom", .text("Dix signes.".prefix(10).description)), ("resume", .text("Deux\r\nlignes")),
        ("surface", .number(ExactNumber("12.5") ?? .zero)), ("montant", .money(100_00)), ("ouverture", .date(day)),
        ("calendrier", .period(from: day, to: day.adding(days: 365))), ("erp", .flag(false)),
        ("famille", .text("cafe")),
        ("services", .choices(["cafe", "bar"])),
        ("commune", .address(AnswerAddress(commune: "Ajaccio", communeCode: "2A004"))),
        (
            "adresse",
            .address(AnswerAddress(street: "1 rue", postalCode: "62300", commune: "Lens", communeCode: "62498"))
        ),
        ("siret", .text("73282932000074")), ("rna", .text("W751234567")), ("courriel", .text("a.b+c@exemple.fr")),
        ("telephone", .text("+32470000000")), ("site", .text("https://exemple.fr:8443/a?b#c")),
        ("lieu", .place(AnswerPlace(id: "7f3k"))),
        ("contact", .person(AnswerPerson(firstName: "Anne", name: "Lo", email: "a@b.fr", phone: "0321000000"))),
        ("rib", .files([AnswerFile(id: "f", name: "rib.pdf", family: .pdf, bytes: 9, datedOn: day)])),
        ("partenaires", .rows([AnswerRow("a", ["nom": .text("Un")])])),
        ("budget", .rows([AnswerRow("60", ["quantite": .number(.zero), "prix": .money(3)])])),
        ("honneur", .sworn(version: 2)),
    ]

    @Test func everyKindHasAnAnswerThatPasses() throws {
        let tried = Set(Self.good.map(\.0)).union(["total"])
        #expect(tried == Set(SampleForms.kinds.map(\.key)))
        for (key, value) in Self.good { #expect(try Self.messages(key, value) == [], "\(key)") }
    }

    static let bad: [(String, AnswerValue)] = [
        ("nom", .text("Onze signes")), ("nom", .text("a\nb")), ("resume", .text(String(repeating: "é", count: 21))),
        ("surface", .number(ExactNumber("0.25") ?? .zero)), ("surface", .number(ExactNumber(-1) ?? .zero)),
        ("surface", .number(ExactNumber(1_001) ?? .zero)), ("montant", .money(99_99)), ("montant", .money(5_000_01)),
        ("ouverture", .date(CivilDate(daysSince1970: 0))), ("calendrier", .period(from: nil, to: day)),
        ("calendrier", .period(from: day, to: nil)), ("calendrier", .period(from: day, to: day.adding(days: -1))),
        ("calendrier", .period(from: day, to: day.adding(days: 366))), ("famille", .text("bar")),
        ("services", .choices(["cafe", "fablab", "bar"])), ("services", .choices(["rien"])),
        ("commune", .address(AnswerAddress(commune: "Quelque part"))),
        ("commune", .address(AnswerAddress(communeCode: "2C004"))),
        ("adresse", .address(AnswerAddress(postalCode: "6230", commune: "Lens", communeCode: "62498"))),
        ("siret", .text("73282932000075")), ("rna", .text("751234567")), ("courriel", .text("a@b")),
        ("courriel", .text("a@b@c.fr")), ("courriel", .text("<a>@b.fr")), ("telephone", .text("12")),
        ("telephone", .text("03 21")), ("site", .text("exemple.fr")), ("site", .text("https://a@exemple.fr")),
        ("site", .text("javascript:alert(1)")), ("lieu", .place(AnswerPlace(id: nil, name: "Chez nous"))),
        ("contact", .person(AnswerPerson(firstName: "Anne"))),
        ("contact", .person(AnswerPerson(name: "Lo", email: "a"))),
        ("contact", .person(AnswerPerson(name: "Lo", phone: "1"))),
        ("rib", .files([AnswerFile(id: "f", name: "rib.png", family: .png, bytes: 9)])),
        ("rib", .files([AnswerFile(id: "f", name: "rib.pdf", family: .pdf, bytes: 1_000_001)])),
        ("rib", .files([AnswerFile(id: "f", name: "r", family: .pdf, bytes: 9, datedOn: day.adding(days: -93))])),
        ("rib", .files(["a", "b"].map { AnswerFile(id: $0, name: $0, family: .pdf, bytes: 9) })),
        ("partenaires", .rows([AnswerRow("a", ["apport": .money(3)])])),
        ("partenaires", .rows(["a", "b", "c", "d"].map { AnswerRow($0, ["nom": .text($0)]) })),
        ("honneur", .sworn(version: 1)),
    ]

    @Test func everyKindRefusesWhatItMust() throws {
        for (key, value) in Self.bad { #expect(try Self.messages(key, value).count == 1, "\(key) \(value)") }
    }

    @Test func whatWasNotUnderstoodOrIsOfAnotherTypeIsSaidForEveryKind() throws {
        for question in SampleForms.kinds where !question.kind.isComputed {
            #expect(try Self.messages(question.key, .unread("???")).count == 1, "\(question.key)")
            let other: AnswerValue = question.key == "erp" ? .text("oui") : .flag(true)
            #expect(try Self.messages(question.key, other).count == 1, "\(question.key)")
        }
    }

    @Test func aDocumentIsSpokenOfByItsNameAndAge() throws {
        let file = AnswerFile(id: "f", name: "rib.pdf", family: .pdf, bytes: 9, datedOn: Self.day.adding(days: -100))
        #expect(try Self.messages("rib", .files([file])) == ["«\u{202F}rib.pdf\u{202F}» date de plus de 3 mois."])
        #expect(try Self.messages("montant", .money(5_000_01)) == ["Au plus 5\u{202F}000\u{202F}€."])
    }
}
