import Exchange
import Testing

@testable import Forms

@Suite struct FormStateTests {
    private static func state(
        _ questions: [Question], _ answers: [String: AnswerValue] = [:], rules: [FormRule] = [],
        _ environment: FormEnvironment = FormEnvironment()
    ) throws -> FormState {
        FormState(
            try CompiledForm(SampleForms.form(questions, rules: rules)), answers: Answers(answers),
            environment: environment)
    }

    // FRM-1
    @Test func aHiddenAnswerIsKeptAndCountsForNothing() throws {
        var state = try Self.state(
            [
                Question("aide", "Aide", .yesNo),
                Question("montant", "Montant", .money(), shownIf: try Condition("aide")),
                Question("total", "Total", .computed(try Formula("somme(montant, 10)"), unit: .money)),
            ], ["aide": .flag(true), "montant": .money(500_00)])
        #expect(state.computed("total") == ExactNumber(510))
        state.set("aide", to: .flag(false))
        #expect(!state.isShown("montant"))
        #expect(state.computed("total") == ExactNumber(10))
        #expect(state.answers["montant"] == .money(500_00))
        #expect(state.dormantKeys == ["montant"])
        state.set("aide", to: .flag(true))
        #expect(state.computed("total") == ExactNumber(510))
    }

    @Test func whatIsHiddenHidesWhatDependsOnIt() throws {
        var state = try Self.state([
            Question("a", "A", .yesNo), Question("b", "B", .yesNo, shownIf: try Condition("a")),
            Question("c", "C", .shortText(), .required, shownIf: try Condition("b")),
        ])
        state.set([("a", .flag(true)), ("b", .flag(true))])
        #expect(state.isShown("c"))
        #expect(state.progress.required == 1)
        state.set("a", to: nil)
        #expect(!state.isShown("c"))
        #expect(state.isComplete)
    }

    @Test func depthFollowsTheMaturity() throws {
        let questions = [
            Question("idee", "Idée", .shortText(), .required),
            Question("comptes", "Comptes", .money(), .required, maturities: ["operationnel"]),
        ]
        var state = try Self.state(questions)
        #expect(state.isShown("comptes"), "nothing is hidden while the maturity is unknown")
        state.set(FormEnvironment(maturity: "intention"))
        #expect(!state.isShown("comptes"))
        state.set(FormEnvironment(maturity: "operationnel"))
        #expect(state.progress.required == 2)
    }

    @Test func whatIsRequiredAndMissingIsSaid() throws {
        var state = try Self.state([
            Question("nom", "Nom", .shortText(), .required), Question("autre", "Autre", .yesNo),
            Question("lequel", "Lequel", .shortText(), .requiredIf(try Condition("autre"))),
        ])
        #expect(state.problems.map(\.kind) == [.missing])
        state.set("autre", to: .flag(true))
        #expect(state.problems.map(\.question) == ["nom", "lequel"])
        #expect(!state.isComplete)
        state.set([("nom", .text("Ici")), ("lequel", .text("Là"))])
        #expect(state.isComplete)
        #expect(state.progress.requiredAnswered == 2)
    }

    @Test func rulesBindSeveralAnswers() throws {
        let rules = [
            FormRule("equilibre", try Condition("charges = produits"), message: "Le budget n’est pas équilibré."),
            FormRule(
                "plafond", try Condition("aide / charges ≤ 80 %"), message: "L’aide dépasse 80 %.", severity: .remark,
                questions: ["aide"]),
        ]
        var state = try Self.state(
            ["charges", "produits", "aide"].map { Question($0, $0, .money()) }, rules: rules)
        #expect(state.problems.isEmpty, "nothing is said before there is something to compare")
        state.set([("charges", .money(1_000_00)), ("produits", .money(900_00)), ("aide", .money(801_00))])
        #expect(state.isViolated("equilibre"))
        #expect(state.problems(of: "produits").map(\.message) == ["Le budget n’est pas équilibré."])
        #expect(state.problems(of: "aide").map(\.kind) == [.rule("plafond")])
        #expect(state.progress.blocking == 1)
        state.set("produits", to: .money(1_000_00))
        #expect(state.isComplete, "a remark prevents nothing")
        #expect(state.problems.count == 1)
        state.set("aide", to: .money(800_00))
        #expect(state.problems.isEmpty)
    }

    @Test func aRuleAppliesOnlyWhenItSays() throws {
        let rule = FormRule("r", try Condition("a ≥ 10"), when: try Condition("b"), message: "Trop peu.")
        var state = try Self.state([Question("a", "A", .number()), Question("b", "B", .yesNo)], rules: [rule])
        state.set("a", to: .number(.zero))
        #expect(!state.isViolated("r"))
        state.set("b", to: .flag(true))
        #expect(state.isViolated("r"))
    }

    @Test func aComputationThatLeavesItsRangeIsSaidAndTrapsNothing() throws {
        var state = try Self.state([
            Question("a", "A", .money()), Question("b", "B", .computed(try Formula("a * a * a"), unit: .number)),
            Question("c", "C", .computed(try Formula("somme(b, 1)"), unit: .number)),
        ])
        state.set("a", to: .money(900_000_000_000_00))
        #expect(state.computed("b") == nil)
        #expect(state.problems.map(\.question) == ["b", "c"])
        state.set("a", to: .money(.max))
        #expect(state.problems(of: "a").count == 1)
        state.set("a", to: .money(.min))
        #expect(state.problems(of: "a").count == 1)
    }

    @Test func rowsOfATableFollowTheirOwnConditions() throws {
        let table = Question(
            "plan", "Plan",
            .table(
                TableLayout(
                    columns: [
                        Question(
                            "etat", "État", .oneOf(["acquis", "demande"].map { QuestionOption($0, $0) }), .required),
                        Question("montant", "Montant", .money(), .required),
                        Question("date", "Date", .date(), .required, shownIf: try Condition("etat = \"acquis\"")),
                    ], rows: .free(min: 1, max: 2), totals: ["montant"])))
        var state = try Self.state([table])
        state.set(
            "plan", to: .rows([AnswerRow("r1", ["etat": .text("acquis"), "montant": .money(5_00)]), AnswerRow("r2")]))
        #expect(state.isCellShown("plan", row: "r1", column: "date"))
        #expect(!state.isCellShown("plan", row: "r2", column: "date"))
        #expect(state.problems.map(\.field) == ["plan.r1.date"])
        #expect(state.total("plan", "montant") == ExactNumber(5))
        state.set(
            "plan", to: .rows(["a", "b", "c"].map { AnswerRow($0, ["etat": .text("rien"), "montant": .unread("x")]) }))
        #expect(state.problems.count == 7, "three rows of two problems, and one row too many")
    }

    @Test func anAnswerToNoQuestionIsKept() throws {
        var state = try Self.state([Question("a", "A", .yesNo)], ["ancienne": .text("réponse")])
        state.set("inconnue", to: .money(3))
        #expect(state.answers.keys == ["ancienne", "inconnue"])
        #expect(state.dormantKeys == ["ancienne", "inconnue"])
    }
}
