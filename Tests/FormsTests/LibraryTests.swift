import Exchange
import Testing

@testable import Forms

@Suite struct LibraryTests {
    private static let forms = [
        StandardQuestions.intentionForm, StandardQuestions.territoryCallForm, StandardQuestions.threeYearCallForm,
    ]

    @Test(arguments: LibraryTests.forms)
    func everyFormHoldsTogetherAndReadsBack(_ form: Form) throws {
        #expect(FormCheck.issues(of: form) == [])
        #expect(try FormFile.read(FormFile.write(form)) == form)
    }

    @Test func anIntentionGrowsIntoACandidacyWithoutTypingAgain() {
        let kept = StandardQuestions.intentionForm.questions.map(\.key).filter { $0 != "ouverture_prevue" }
        for form in [StandardQuestions.territoryCallForm] {
            for key in kept { #expect(form.question(key) != nil, "\(key) in \(form.key)") }
        }
    }

    @Test func aBudgetIsHeldToItsRules() throws {
        var state = FormState(
            try CompiledForm(StandardQuestions.territoryCallForm),
            environment: FormEnvironment(maturity: StandardQuestions.open))
        func table(_ rows: KeyValuePairs<String, Int>) -> AnswerValue {
            .rows(rows.map { AnswerRow($0.key, ["montant": .money($0.value * 100)]) })
        }
        func line(_ key: String, _ origin: String, _ state: String, _ amount: Int) -> AnswerRow {
            AnswerRow(
                key,
                [
                    "financeur": .text(key), "origine": .text(origin), "etat": .text(state),
                    "montant": .money(amount * 100),
                ])
        }
        state.set([
            ("charges", table(["60": 4_000, "64": 6_000])), ("produits", table(["70": 1_000, "74": 8_000])),
            ("plan", .rows([line("region", "public", "demande", 8_500), line("fonds", "propre", "acquis", 1_500)])),
        ])
        #expect(state.computed("ecart_budget") == ExactNumber(-1_000))
        #expect(state.isViolated("equilibre"))
        #expect(state.computed("part_publique") == ExactNumber("0.85"))
        #expect(state.isViolated("plafond_public"))
        #expect(state.computed("part_acquise") == ExactNumber("0.15"))
        #expect(!state.isViolated("plan_couvre"))
        state.set([
            ("produits", table(["70": 2_000, "74": 8_000])),
            ("plan", .rows([line("region", "public", "demande", 8_000), line("fonds", "propre", "acquis", 2_000)])),
        ])
        #expect(!state.isViolated("equilibre"))
        #expect(!state.isViolated("plafond_public"))
        state.set([
            ("benevolat", .flag(true)), ("emplois_benevoles", table(["864": 500])),
            ("contributions_benevoles", table(["870": 400])),
        ])
        #expect(state.isViolated("benevolat_equilibre"))
        state.set("benevolat", to: .flag(false))
        #expect(!state.isViolated("benevolat_equilibre"), "what is hidden binds nobody")
    }

    @Test func theAmountStaysBetweenFloorAndCeiling() throws {
        var state = FormState(try CompiledForm(StandardQuestions.threeYearCallForm))
        func years(_ amounts: Int...) -> AnswerValue {
            .rows(amounts.enumerated().map { AnswerRow("an\($0 + 1)", ["montant": .money($1 * 100)]) })
        }
        state.set([("montant_demande", .money(150_000_00)), ("demande_annuelle", years(50_000, 50_000, 50_000))])
        #expect(["montant_bornes", "annees_total", "annee_max"].allSatisfy { !state.isViolated($0) })
        state.set([("montant_demande", .money(150_000_01)), ("demande_annuelle", years(50_001, 49_999, 50_000))])
        #expect(["montant_bornes", "annees_total", "annee_max"].allSatisfy { state.isViolated($0) })
        #expect(
            state.problems(of: "montant_demande").map(\.message)
                == ["Le montant demandé va de 75\u{202F}000\u{202F}€ à 150\u{202F}000\u{202F}€."])
        state.set("montant_demande", to: .money(74_999_99))
        #expect(state.isViolated("montant_bornes"))
    }

    @Test func anIntentionIsAskedForNoAccounts() throws {
        let compiled = try CompiledForm(StandardQuestions.territoryCallForm)
        let intention = FormState(compiled, environment: FormEnvironment(maturity: StandardQuestions.intention))
        #expect(!intention.isSectionShown("economie"))
        #expect(!intention.isShown("piece_comptes"))
        let open = FormState(compiled, environment: FormEnvironment(maturity: StandardQuestions.open))
        #expect(open.isSectionShown("economie"))
        #expect(open.isRequired("piece_comptes"))
        #expect(open.isRequired("piece_rib"))
    }
}
