import Exchange
import Testing

@testable import Forms

@Suite struct FormCheckTests {
    private static func kinds(_ questions: [Question], rules: [FormRule] = []) -> [FormIssue.Kind] {
        FormCheck.issues(of: SampleForms.form(questions, rules: rules)).map(\.kind)
    }

    private static func a(_ kind: QuestionKind) -> Question { Question("a", "A", kind) }

    @Test func aGoodFormHasNoIssue() {
        #expect(FormCheck.issues(of: SampleForms.form(SampleForms.kinds)) == [])
    }

    @Test func keysAreSoundAndUnique() {
        #expect(Self.kinds([Self.a(.yesNo), Self.a(.siret)]) == [.duplicateKey])
        for key in ["", "A", "é", "1a", "a b", "a.b", String(repeating: "a", count: 61)] {
            #expect(Self.kinds([Question(key, "A", .yesNo)]) == [.invalidKey], "\(key)")
        }
        #expect(Self.kinds([Question("somme", "A", .yesNo)]) == [.reservedKey])
        #expect(Self.kinds([Self.a(.oneOf(SampleForms.options + [SampleForms.options[0]]))]) == [.duplicateKey])
        #expect(Self.kinds([Self.a(.oneOf([QuestionOption("É", "É")]))]) == [.invalidKey])
        #expect(Self.kinds([Self.a(.group(columns: [Self.a(.yesNo), Self.a(.url)]))]) == [.duplicateKey])
        #expect(Self.kinds([Self.a(.group(columns: [Question("lignes", "L", .yesNo)]))]) == [.reservedKey])
        let double = FormSection("s", "S", questions: [])
        #expect(
            FormCheck.issues(of: Form(key: "f", title: "F", sections: [double, double])).map(\.kind) == [
                .duplicateKey, .nothingAsked,
            ])
    }

    @Test func impossibleLimitsAreSeen() {
        let impossible: [QuestionKind] = [
            .shortText(maxLength: 0), .longText(maxLength: 200_000), .number(min: ExactNumber(2), max: ExactNumber(1)),
            .number(decimals: 7), .money(min: 2, max: 1), .period(maxDays: 0),
            .date(min: CivilDate(daysSince1970: 1), max: CivilDate(daysSince1970: 0)),
            .severalOf(SampleForms.options, min: 3), .severalOf(SampleForms.options, min: 2, max: 1),
            .attachment(AttachmentRules(maxBytes: 0)), .attachment(AttachmentRules(maxCount: 0)),
            .attachment(AttachmentRules(validMonths: 0)),
            .group(columns: [Question("b", "B", .yesNo)], minRows: 3, maxRows: 2),
            .sworn(text: "Oui.", version: 0),
        ]
        for kind in impossible { #expect(Self.kinds([Self.a(kind)]) == [.impossibleBounds], "\(kind)") }
    }

    @Test func whatIsEmptyOrRefusedIsSeen() {
        #expect(Self.kinds([Self.a(.oneOf([]))]) == [.emptyChoices])
        #expect(Self.kinds([Self.a(.attachment(AttachmentRules([])))]) == [.emptyChoices])
        #expect(Self.kinds([Self.a(.group(columns: []))]) == [.emptyChoices])
        #expect(Self.kinds([Question("a", "", .yesNo)]) == [.missingText])
        #expect(Self.kinds([Self.a(.sworn(text: "", version: 1))]) == [.missingText])
        #expect(Self.kinds([]) == [.nothingAsked])
        let inner = Question("b", "B", .attachment(AttachmentRules()))
        #expect(Self.kinds([Self.a(.group(columns: [inner]))]) == [.refusedColumn])
        let table = TableLayout(
            columns: [Question("b", "B", .yesNo)], rows: .fixed([TableRow("1", "Un")]), totals: ["b"])
        #expect(Self.kinds([Self.a(.table(table))]) == [.unknownReference])
        let many = (0...FormCheck.maxQuestions).map { Question("q\($0)", "Q", .yesNo) }
        #expect(Self.kinds(many) == [.tooMuch])
    }

    @Test(arguments: [
        ("b = 1", FormIssue.Kind.unknownReference), ("n.debut = 1", .unknownReference), ("t.z = 1", .unknownReference),
        ("t.1.x = 1", .unknownReference), ("f.9.x = 1", .unknownReference), ("nombre(n) = 1", .unknownReference),
        ("somme(t.y, avec x > 1) = 1", .unknownReference), ("ligne = \"1\"", .unknownReference),
        ("n = \"x\"", .wrongType), ("n = oui", .wrongType), ("n = 2020-01-01", .wrongType), ("c > \"x\"", .wrongType),
        ("y < oui", .wrongType), ("s = \"x\"", .wrongType), ("c contient \"x\"", .wrongType),
        ("n dans (\"x\")", .wrongType),
        ("p = 1", .wrongType), ("t.y = 1", .wrongType), ("n dans zonage \"QPV\"", .wrongType),
        ("somme(c) = 1", .wrongType),
        ("c + 1 = 2", .wrongType), ("c = \"z\"", .unknownOption), ("\"z\" = c", .unknownOption),
        ("c dans (\"x\", \"z\")", .unknownOption), ("s contient \"z\"", .unknownOption), ("y", .wrongType),
        ("n", .wrongType),
    ])
    func whatConditionsSayIsChecked(_ text: String, _ kind: FormIssue.Kind) throws {
        let options = ["x", "y"].map { QuestionOption($0, $0) }
        let columns = [Question("x", "X", .number()), Question("y", "Y", .shortText())]
        let questions = [
            Question("n", "N", .number()), Question("c", "C", .oneOf(options)), Question("s", "S", .severalOf(options)),
            Question("p", "P", .person), Question("y", "Y", text == "y" ? .siret : .yesNo),
            Question("t", "T", .table(TableLayout(columns: columns, rows: .free(min: 0, max: 3)))),
            Question("f", "F", .table(TableLayout(columns: columns, rows: .fixed([TableRow("1", "Un")])))),
        ]
        let shown = questions + [Question("z", "Z", .yesNo, shownIf: try Condition(text))]
        #expect(Self.kinds(shown).contains(kind))
        let required = questions + [Question("z", "Z", .yesNo, .requiredIf(try Condition(text)))]
        #expect(Self.kinds(required).contains(kind))
        #expect(Self.kinds(questions, rules: [FormRule("r", try Condition(text), message: "Non.")]).contains(kind))
        #expect(throws: FormIssues.self) { try CompiledForm(SampleForms.form(shown)) }
    }

    // FRM-5
    @Test func aCircleIsShownWithItsPath() throws {
        let questions = [
            Question("a", "A", .yesNo, shownIf: try Condition("b")),
            Question("b", "B", .yesNo, shownIf: try Condition("c")),
            Question("c", "C", .yesNo, shownIf: try Condition("a")),
        ]
        let issues = FormCheck.issues(of: SampleForms.form(questions))
        #expect(issues.map(\.kind) == [.cycle])
        #expect(issues.first?.message.contains("a → b → c → a") == true)
        #expect(issues.first?.place == "tout.a")
        #expect(Self.kinds([Question("a", "A", .computed(try Formula("a + 1"), unit: .number))]) == [.cycle])
        let section = FormSection("s", "S", shownIf: try Condition("a"), questions: [Question("a", "A", .yesNo)])
        let own = FormCheck.issues(of: Form(key: "f", title: "F", sections: [section]))
        #expect(own.first?.message.contains("section s → a → section s") == true)
        let columns = [
            Question("x", "X", .computed(try Formula("y + 1"), unit: .number)),
            Question("y", "Y", .computed(try Formula("x + 1"), unit: .number)),
        ]
        #expect(Self.kinds([Self.a(.group(columns: columns))]) == [.cycle])
        let total = [Question("x", "X", .computed(try Formula("a.x + 1"), unit: .number))]
        #expect(Self.kinds([Self.a(.group(columns: total))]) == [.cycle])
    }

    @Test func beingRequiredMakesNoCircle() throws {
        // Each is required once the other is answered: nobody waits for anybody.
        #expect(
            Self.kinds([
                Question("a", "A", .yesNo, .requiredIf(try Condition("repondu(b)"))),
                Question("b", "B", .yesNo, .requiredIf(try Condition("repondu(a)"))),
            ]) == [])
    }

    @Test(arguments: [
        "faux", "c = \"x\" et c = \"y\"", "c = \"x\" et c ≠ \"x\"", "non (c dans (\"x\", \"y\"))", "n > 3 et n < 3",
        "n > 100",
        "n = 4 et n ≠ 4", "b et non b", "b = oui et b = non", "vide(c) et c = \"x\"",
        "s contient \"x\" et non (s contient \"x\")",
        "maturite = \"idee\"", "repondu(jamais)", "c = \"x\" et (jamais = oui ou n > 100)", "5 > n et n ≥ 6",
    ])
    func aQuestionThatCannotBeReachedIsRefused(_ text: String) throws {
        let options = ["x", "y"].map { QuestionOption($0, $0) }
        let questions = [
            Question("c", "C", .oneOf(options)), Question("n", "N", .number(max: ExactNumber(99))),
            Question("b", "B", .yesNo),
            Question("s", "S", .severalOf(options)), Question("jamais", "Jamais", .yesNo, shownIf: .constant(false)),
            Question("z", "Z", .yesNo, shownIf: try Condition(text), maturities: ["operationnel"]),
        ]
        #expect(FormCheck.issues(of: SampleForms.form(questions)).map(\.place) == ["tout.jamais", "tout.z"])
    }

    @Test(arguments: [
        "c = \"x\" ou c = \"y\"", "non (c = \"x\")", "n ≥ 3 et n ≤ 3", "n > 98", "vide(c)",
        "maturite = \"operationnel\"",
        "s contient \"x\" et s contient \"y\"", "vide(jamais)", "jamais = oui ou b", "n ≠ 4 et n > 3",
        "non repondu(jamais)",
    ])
    func aQuestionThatCanBeReachedIsNot(_ text: String) throws {
        let options = ["x", "y"].map { QuestionOption($0, $0) }
        let questions = [
            Question("c", "C", .oneOf(options)), Question("n", "N", .number(max: ExactNumber(99))),
            Question("b", "B", .yesNo),
            Question("s", "S", .severalOf(options)), Question("jamais", "Jamais", .yesNo, shownIf: .constant(false)),
            Question("z", "Z", .yesNo, shownIf: try Condition(text), maturities: ["operationnel"]),
        ]
        #expect(FormCheck.issues(of: SampleForms.form(questions)).map(\.place) == ["tout.jamais"])
    }

    @Test func theQuestionsOfASectionNeverShownAreNotComplainedOfOneByOne() throws {
        let hidden = FormSection(
            "s", "S", shownIf: .constant(false), questions: [Question("a", "A", .yesNo), Question("b", "B", .yesNo)])
        let after = FormSection("t", "T", questions: [Question("c", "C", .yesNo, shownIf: try Condition("a"))])
        let issues = FormCheck.issues(of: Form(key: "f", title: "F", sections: [hidden, after]))
        #expect(issues.map(\.place) == ["s", "t.c"])
    }

    @Test func aKnotOfAlternativesIsNotExploredForEver() throws {
        let questions = (0..<30).map { Question("q\($0)", "Q", .yesNo) }
        let pairs = (0..<15).map { Condition.any([.answered(Reference("q\($0)")), .empty(Reference("q\($0 + 15)"))]) }
        let last = Question("z", "Z", .yesNo, shownIf: .all(pairs))
        #expect(Self.kinds(questions + [last]) == [])
    }
}
