import Exchange
import Testing

@testable import Forms

@Suite struct ConditionTests {
    /// A form whose answers conditions are tried on.
    private static let form = SampleForms.form(SampleForms.kinds)

    private static func holds(
        _ text: String, _ answers: [String: AnswerValue] = [:], _ environment: FormEnvironment = FormEnvironment()
    ) throws -> Bool? {
        let condition = try Condition(text)
        let state = FormState(try CompiledForm(form), answers: Answers(answers), environment: environment)
        var resolver = Resolver(questions: state.compiled.questions, index: state.compiled.index)
        return state.holds(try resolver.resolve(condition))
    }

    @Test(arguments: [
        "montant ≥ 75000", "montant < 0.5 et erp = oui", "non (a = oui ou b = non)", "services contient \"fablab\"",
        "famille dans (\"cafe\", \"fablab\")", "commune dans zonage \"QPV 2024\"", "repondu(siret) ou vide(rna)",
        "maturite = \"operationnel\" et forme_juridique ≠ \"scic\"", "ouverture ≤ 2020-10-16",
        "aujourd_hui > ouverture",
        "calendrier.fin - 1 = 2", "somme(budget.cout, avec ligne dans (\"60\", \"61\")) = 3",
        "nombre(partenaires, avec apport > 0) ≥ 2", "min(a, b, 3) + max(a, -2) * (c - 1) / 4 ≠ 0",
        "a - (b - c) = a - b - c", "a / (b * c) > a / b * c", "vrai ou faux", "(a = 1 ou b = 2) et (c = 3 ou d = 4)",
        "« avec un \" dedans » = nom",
    ])
    func aConditionIsPrintedAsItIsRead(_ text: String) throws {
        let condition = try Condition(text)
        #expect(try Condition(condition.description) == condition)
    }

    @Test func theOrdinaryWordsPrintAsTheyWereWritten() throws {
        for text in [
            "montant ≥ 75000 et (erp = oui ou non repondu(siret))", "services contient \"fablab\"",
            "a - (b - c) = 0", "somme(plan.montant, avec etat = \"acquis\") / total ≤ 0.8",
        ] { #expect(try Condition(text).description == text) }
    }

    @Test func accentsSpacesSignsAndPercentagesAreUnderstood() throws {
        #expect(try Condition("répondu(siret)") == Condition("repondu(siret)"))
        #expect(try Condition("maturité = « idee »") == Condition("maturite = \"idee\""))
        #expect(try Condition("aide\u{202F}<=\u{A0}80 %") == Condition("aide ≤ 0.8"))
        #expect(try Condition("a != 100 €") == Condition("a ≠ 100"))
        #expect(try Condition("a <> 2 × 3 ÷ 4 − 1") == Condition("a ≠ 2 * 3 / 4 - 1"))
        #expect(try Condition("erp") == Condition("erp = oui"))
    }

    @Test(arguments: [
        "", "montant >", "et a = 1", "a = 1 b", "a = \"x", "(a = 1", "a dans ()", "a dans (1)", "a contient b", "1 + 1",
        "a.b.c.d = 1", "somme(a, avec b = 1) = 2", "Montant = 1", "a = 1;", "a = 9999999999999", "vide(1)", "a..b = 1",
        "nombre(a.b) = 1", "zonage = 1",
    ])
    func whatMeansNothingIsRefusedWithItsPlace(_ text: String) {
        #expect(throws: SyntaxProblem.self) { try Condition(text) }
    }

    @Test func aHostileConditionIsRefusedWithoutHarm() {
        for text in [
            String(repeating: "(", count: 7_000), String(repeating: "non ", count: 1_900),
            String(repeating: "-", count: 7_000) + "1 = 1", "a" + String(repeating: "+a", count: 3_000) + " = 1",
            String(repeating: "a = 1 ou ", count: 2_000), "a = \u{0}1", "a = 1 \u{FE0F}",
        ] { #expect(throws: SyntaxProblem.self) { try Condition(text) } }
    }

    @Test func numbersAreCompared() throws {
        let answers: [String: AnswerValue] = ["montant": .money(75_000_00)]
        for (text, expected) in [
            ("montant = 75000", true), ("montant ≠ 75000", false), ("montant < 75000", false),
            ("montant ≤ 75000", true),
            ("montant > 74999.99", true), ("montant ≥ 75000.01", false), ("montant * 2 = 150000", true),
            ("montant / 3 = 25000", true), ("montant - 75000 = 0", true), ("montant + surface = 75000", true),
        ] { #expect(try Self.holds(text, answers) == expected, "\(text)") }
        #expect(try Self.holds("montant < 3") == nil, "without an answer a comparison says nothing")
        #expect(try Self.holds("montant / surface > 1", ["montant": .money(100), "surface": .number(.zero)]) == nil)
    }

    @Test func datesAndPeriodsAreCompared() throws {
        let day = try #require(CivilDate(iso: "2020-10-16"))
        let answers: [String: AnswerValue] = [
            "ouverture": .date(day), "calendrier": .period(from: day, to: day.adding(days: 9)),
        ]
        #expect(try Self.holds("ouverture = 2020-10-16", answers) == true)
        #expect(try Self.holds("ouverture < calendrier.fin", answers) == true)
        #expect(try Self.holds("calendrier.debut > ouverture", answers) == false)
        #expect(try Self.holds("calendrier.jours = 10", answers) == true)
        #expect(try Self.holds("aujourd_hui ≥ ouverture", answers, FormEnvironment(today: day)) == true)
        #expect(try Self.holds("aujourd_hui ≥ ouverture", answers) == nil)
    }

    @Test func choicesAreLookedInto() throws {
        let answers: [String: AnswerValue] = [
            "famille": .text("cafe"), "services": .choices(["bar"]), "erp": .flag(false),
        ]
        #expect(try Self.holds("famille = \"cafe\"", answers) == true)
        #expect(try Self.holds("famille dans (\"fablab\", \"bar\")", answers) == false)
        #expect(try Self.holds("services contient \"bar\"", answers) == true)
        #expect(try Self.holds("services contient \"cafe\"", answers) == false)
        #expect(try Self.holds("services contient \"cafe\"") == nil)
        #expect(try Self.holds("erp", answers) == false)
        #expect(try Self.holds("erp = non", answers) == true)
    }

    @Test func whatIsAnsweredOrEmptyIsAlwaysKnown() throws {
        #expect(try Self.holds("repondu(siret)") == false)
        #expect(try Self.holds("vide(siret)") == true)
        #expect(try Self.holds("repondu(siret)", ["siret": .text("x")]) == true)
        #expect(try Self.holds("repondu(siret)", ["siret": .unread("x")]) == false)
        #expect(
            try Self.holds("vide(calendrier.fin)", ["calendrier": .period(from: CivilDate(iso: "2020-01-01"), to: nil)])
                == true)
    }

    // FRM-2
    @Test func unknownMakesNothingTrueNorFalse() throws {
        #expect(try Self.holds("montant > 1 et vrai") == nil)
        #expect(try Self.holds("montant > 1 et faux") == false)
        #expect(try Self.holds("montant > 1 ou vrai") == true)
        #expect(try Self.holds("montant > 1 ou faux") == nil)
        #expect(try Self.holds("non (montant > 1)") == nil)
    }

    @Test func territoryMaturityAndLegalFormComeFromTheEnvironment() throws {
        let lens = AnswerValue.address(AnswerAddress(commune: "Lens", communeCode: "62498"))
        let environment = FormEnvironment(
            maturity: "emergence", legalForm: "association", zonings: ["QPV": ["62498"], "FRR": []])
        #expect(try Self.holds("commune dans zonage \"QPV\"", ["commune": lens], environment) == true)
        #expect(try Self.holds("commune dans zonage \"FRR\"", ["commune": lens], environment) == false)
        #expect(try Self.holds("commune dans zonage \"ZRR\"", ["commune": lens], environment) == nil)
        #expect(try Self.holds("commune dans (\"62498\", \"62510\")", ["commune": lens], environment) == true)
        #expect(try Self.holds("maturite dans (\"emergence\")", [:], environment) == true)
        #expect(try Self.holds("forme_juridique = \"scic\"", [:], environment) == false)
        #expect(try Self.holds("maturite = \"emergence\"") == nil)
    }

    @Test func rowsAreSummedAndCounted() throws {
        let answers: [String: AnswerValue] = [
            "budget": .rows([
                AnswerRow("60", ["quantite": .number(try #require(ExactNumber(3))), "prix": .money(12_50)]),
                AnswerRow("61", ["quantite": .number(try #require(ExactNumber(1))), "prix": .money(100_00)]),
            ]),
            "partenaires": .rows([
                AnswerRow("a", ["nom": .text("Un"), "apport": .money(5_00)]), AnswerRow("b", ["nom": .text("Deux")]),
                AnswerRow("c"),
            ]),
        ]
        #expect(try Self.holds("budget.cout = 137.5", answers) == true)
        #expect(try Self.holds("budget.60.cout = 37.5", answers) == true)
        #expect(try Self.holds("total = 137.5", answers) == true)
        #expect(try Self.holds("somme(budget.cout, avec ligne = \"61\") = 100", answers) == true)
        #expect(try Self.holds("somme(budget.cout, avec quantite > 2) = 37.5", answers) == true)
        #expect(try Self.holds("nombre(partenaires) = 2", answers) == true)
        #expect(try Self.holds("partenaires.lignes = 2", answers) == true)
        #expect(try Self.holds("nombre(partenaires, avec repondu(apport)) = 1", answers) == true)
        #expect(try Self.holds("min(budget.cout, 5, surface) = 5", answers) == true)
        #expect(try Self.holds("max(budget.cout, 5, surface) = 137.5", answers) == true)
        #expect(try Self.holds("somme(surface, montant) = 0", answers) == true)
    }
}
