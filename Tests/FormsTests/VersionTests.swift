import Exchange
import Testing

@testable import Forms

@Suite struct VersionTests {
    private static let old = SampleForms.form([
        Question("nom", "Nom", .shortText()), Question("montant", "Montant", .number(decimals: 2)),
        Question("famille", "Famille", .oneOf(SampleForms.options)), Question("parti", "Parti", .shortText()),
        Question("jour", "Jour", .shortText()), Question("honneur", "Honneur", .sworn(text: "A", version: 1)),
        Question(
            "plan", "Plan",
            .group(columns: [Question("qui", "Qui", .shortText()), Question("combien", "Combien", .shortText())])),
    ])

    private static let new: Form = {
        var form = SampleForms.form(
            [
                Question("nom", "Nom du lieu", .shortText(), .required), Question("montant", "Montant", .money()),
                Question("famille", "Famille", .oneOf([SampleForms.options[1], QuestionOption("bar", "Bar")])),
                Question("jour", "Jour", .date()), Question("honneur", "Honneur", .sworn(text: "B", version: 2)),
                Question(
                    "plan", "Plan",
                    .group(columns: [Question("qui", "Qui", .shortText()), Question("combien", "Combien", .money())])),
                Question("neuve", "Neuve", .yesNo),
            ], rules: [FormRule("r", .constant(true), message: "Règle.")])
        form.version = 2
        return form
    }()

    @Test func whatChangedIsSaidPiecebyPiece() {
        let changes = FormDifference.between(Self.old, Self.new)
        #expect(
            changes.map(\.key) == [
                "nom", "nom", "montant", "famille", "jour", "honneur", "plan.combien", "neuve", "parti", "r",
            ])
        #expect(
            changes.map(\.kind) == [
                .label, .requirement, .kind, .options, .kind, .statement, .kind, .added, .removed, .ruleAdded,
            ])
        #expect(changes[3].message.contains("nouveaux choix «\u{202F}Bar\u{202F}»"))
        #expect(changes[3].message.contains("choix retirés «\u{202F}Café\u{202F}»"))
        #expect(FormDifference.between(Self.new, Self.new) == [])
    }

    @Test func sectionsConditionsAndLimitsAreComparedToo() throws {
        var form = Self.old
        form.sections[0].title = "Autre"
        form.sections[0].questions[0].shownIf = try Condition("montant > 1")
        form.sections[0].questions[0].maturities = ["ouvert"]
        form.sections[0].questions[0].help = "Aide"
        form.sections[0].questions[1].kind = .number(max: ExactNumber(3), decimals: 2)
        form.sections.append(FormSection("neuve", "Neuve", questions: [form.sections[0].questions.remove(at: 3)]))
        #expect(
            FormDifference.between(Self.old, form).map(\.kind)
                == [.sectionChanged, .help, .condition, .maturities, .limits, .sectionAdded, .moved])
        #expect(FormDifference.between(form, Self.old).map(\.kind).contains(.sectionRemoved))
    }

    // FRM-10 FRM-11
    @Test func aDraftMovesWithNothingLost() throws {
        let answers = Answers([
            "nom": .text("Ici"), "montant": .number(try #require(ExactNumber("12.5"))), "famille": .text("cafe"),
            "parti": .text("gardé"), "jour": .text("16/10/2020"), "honneur": .sworn(version: 1),
            "plan": .rows([
                AnswerRow("a", ["qui": .text("Un"), "combien": .text("12 500 €")]),
                AnswerRow("b", ["qui": .text("Deux"), "combien": .text("beaucoup")]),
            ]),
        ])
        let moved = AnswerMigration(answers, from: Self.old, to: Self.new)
        #expect(moved.answers["montant"] == .money(12_50))
        #expect(moved.answers["jour"] == CivilDate(iso: "2020-10-16").map { .date($0) })
        #expect(moved.answers["parti"] == .text("gardé"))
        #expect(moved.answers["famille"] == .text("cafe"), "the former choice stays to be seen")
        #expect(
            moved.answers["plan"]
                == .rows([
                    AnswerRow("a", ["qui": .text("Un"), "combien": .money(12_500_00)]),
                    AnswerRow("b", ["qui": .text("Deux"), "combien": .unread("beaucoup")]),
                ]))
        #expect(
            moved.notes.map(\.question) == ["nom", "montant", "famille", "jour", "honneur", "plan", "neuve", "parti"])
        #expect(
            moved.notes.map(\.kind)
                == [.changed, .converted, .toReview, .converted, .toReview, .toReview, .added, .removed])
        let state = FormState(try CompiledForm(Self.new), answers: moved.answers)
        #expect(Set(state.problems.map(\.question)) == ["famille", "honneur", "plan"])
    }

    @Test func everyKindOfAnswerSurvivesEveryChangeOfKind() {
        for (key, value) in AnswerKindTests.good {
            for question in SampleForms.kinds {
                let conversion = AnswerConversion.convert(value, to: question.kind)
                #expect(!conversion.value.isEmpty, "\(key) to \(question.key)")
                if conversion.outcome != .lost {
                    #expect(AnswerTypes.accepts(conversion.value, for: question.kind), "\(key) to \(question.key)")
                }
            }
        }
    }

    @Test func aVersionThatAsksTheSameChangesNothing() {
        let answers = Answers(Dictionary(AnswerKindTests.good.map { ($0.0, $0.1) }) { first, _ in first })
        let form = SampleForms.form(SampleForms.kinds)
        let moved = AnswerMigration(answers, from: form, to: form)
        #expect(moved.answers == answers)
        #expect(moved.notes == [])
    }

    @Test func aCopiedQuestionSaysWhatItNeeds() throws {
        let source = SampleForms.form([
            Question("a", "A", .yesNo), Question("b", "B", .number(), shownIf: try Condition("a")),
            Question("c", "C", .computed(try Formula("b * 2"), unit: .number)),
            Question("d", "D", .money(), .requiredIf(try Condition("c > 1"))),
        ])
        let target = SampleForms.form([Question("a", "A", .yesNo), Question("d", "Autre", .url)])
        let copy = try #require(QuestionCopy(of: "d", from: source, into: target, section: "tout"))
        #expect(copy.key == "d_2")
        #expect(copy.missing == ["c", "b"])
        #expect(copy.form.questions.map(\.key) == ["a", "d", "d_2"])
        #expect(FormCheck.issues(of: copy.form).map(\.kind) == [.unknownReference])
        #expect(QuestionCopy(of: "z", from: source, into: target, section: "tout") == nil)
        #expect(QuestionCopy(of: "a", from: source, into: target, section: "ailleurs") == nil)
    }
}
