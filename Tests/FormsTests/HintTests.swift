import Testing

@testable import Forms

@Suite struct HintTests {
    @Test func aPlainFormHasNoHint() {
        let form = SampleForms.form([Question("nom", "Nom du lieu", .shortText(), .required, help: "Tel qu’on le dit.")]
        )
        let hints = WritingHints(form)
        #expect(hints.hints == [])
        #expect(hints.questions == 1)
        #expect(hints.required == 1)
        #expect(hints.minutes == 1)
    }

    @Test func longLabelsHardHelpAndManyChoicesAreSaid() {
        let hard =
            "L’opérationnalisation multidimensionnelle des problématiques institutionnelles nécessite une contextualisation"
            + " préalable des dynamiques organisationnelles territorialisées et une caractérisation méthodologique"
            + " approfondie des interdépendances socioéconomiques constitutives."
        let long = String(repeating: "mot ", count: 40) + "."
        let form = SampleForms.form([
            Question("a", String(repeating: "a", count: 120), .yesNo), Question("b", "B", .shortText(), help: hard),
            Question("c", "C", .shortText(), help: long),
            Question("d", "D", .oneOf((0..<20).map { QuestionOption("o\($0)", "O") })),
            Question("e", "E", .longText(maxLength: 9_000)),
            Question("f", "F", .group(columns: (0..<8).map { Question("c\($0)", "C", .yesNo) })),
        ])
        let places = WritingHints(form).hints.map(\.place)
        #expect(places == ["tout.a", "tout.b", "tout.c", "tout.d", "tout.e", "tout.e", "tout.f"])
    }

    @Test func easyFrenchReadsEasierThanHardFrench() throws {
        let easy = try #require(ReadingLevel("Dites qui vient. Dites quand. Le lieu est-il ouvert le soir ?").ease)
        let hard = try #require(
            ReadingLevel("L’institutionnalisation progressive des expérimentations territoriales innovantes.").ease)
        #expect(easy > 80)
        #expect(hard < 20)
        #expect(ReadingLevel("").ease == nil)
        #expect(ReadingLevel.syllables("maison") == 2)
        #expect(ReadingLevel.syllables("table") == 1)
        #expect(ReadingLevel.syllables("le") == 1)
        #expect(ReadingLevel.syllables("b") == 1)
    }

    @Test func anIntentionIsShorterThanACandidacy() {
        let form = StandardQuestions.territoryCallForm
        let short = WritingHints(form, maturity: StandardQuestions.intention)
        let full = WritingHints(form, maturity: StandardQuestions.open)
        #expect(short.questions < full.questions)
        #expect(short.minutes < full.minutes)
        #expect(WritingHints(StandardQuestions.intentionForm).minutes <= 15)
    }
}
