import Testing

@testable import Forms

/// Edits of a form being written: what each does, what each refuses, and that nothing else moves.
@Suite struct FormEditTests {
    static let form = Form(
        key: "dossier", title: "Dossier",
        sections: [
            FormSection(
                "projet", "Le projet",
                questions: [
                    Question("titre", "Titre", .shortText(), .required),
                    Question("aide", "Une aide ?", .yesNo),
                    Question("montant", "Montant", .money(min: 0), .requiredIf(.yes("aide")), shownIf: .yes("aide")),
                ]),
            FormSection(
                "budget", "Le budget", shownIf: .yes("aide"),
                questions: [
                    Question(
                        "charges", "Charges",
                        .table(
                            TableLayout(
                                columns: [
                                    Question("poste", "Poste", .shortText()), Question("cout", "Coût", .money()),
                                ], rows: .free(min: 0, max: 5), totals: ["cout"])))
                ]),
        ],
        rules: [FormRule("egal", .comparison(.of("montant"), .atMost, .of("charges", "cout")), message: "Trop.")])

    private func apply(_ edit: FormEdit, to form: Form = Self.form) throws -> EditedForm {
        try FormEditing.apply(edit, to: form)
    }

    private func refusal(_ edit: FormEdit, of form: Form = Self.form) -> String? {
        do {
            _ = try FormEditing.apply(edit, to: form)
            return nil
        } catch { return error.message }
    }

    @Test func theHeadChanges() throws {
        let edited = try apply(.head(title: "Autre", intro: "Bonjour."))
        #expect(
            edited.form.title == "Autre" && edited.form.intro == "Bonjour."
                && edited.form.sections == Self.form.sections)
        #expect(refusal(.head(title: "Dossier", intro: "")) == "Rien ne change.")
    }

    @Test func sectionsAreAddedWhereOneSays() throws {
        let last = try apply(.addSection(title: "Les pièces", after: nil))
        #expect(last.form.sections.map(\.key) == ["projet", "budget", "les_pieces"] && last.place == "les_pieces")
        let middle = try apply(.addSection(title: "Le projet", after: "projet"))
        #expect(middle.form.sections.map(\.key) == ["projet", "le_projet", "budget"])
        #expect(refusal(.addSection(title: "x", after: "lune")) != nil)
        var full = Self.form
        full.sections = (0..<FormEditing.maxSections).map { FormSection("s\($0)", "S") }
        #expect(refusal(.addSection(title: "x", after: nil), of: full)?.contains("60") == true)
    }

    @Test func sectionsChangeMoveAndGo() throws {
        let changed = try apply(.section("projet", title: "P", intro: "i", maturities: ["ouvert"], shownIf: nil))
        #expect(changed.form.sections[0].title == "P" && changed.form.sections[0].questions.count == 3)
        #expect(refusal(.section("projet", title: "Le projet", intro: "", maturities: [], shownIf: nil)) != nil)
        #expect(try apply(.moveSection("budget", .up)).form.sections.map(\.key) == ["budget", "projet"])
        #expect(try apply(.moveSection("projet", .down)).form.sections.map(\.key) == ["budget", "projet"])
        #expect(refusal(.moveSection("projet", .up))?.contains("première") == true)
        #expect(refusal(.moveSection("budget", .down))?.contains("dernière") == true)
        let removed = try apply(.removeSection("projet"))
        #expect(removed.form.sections.map(\.key) == ["budget"])
        #expect(removed.orphans == ["Le budget", "Trop."], "what read it is told")
        for edit: FormEdit in [
            .moveSection("lune", .up), .removeSection("lune"),
            .section("lune", title: "", intro: "", maturities: [], shownIf: nil),
        ] {
            #expect(refusal(edit)?.contains("n’existe plus") == true, "\(edit)")
        }
    }

    @Test func questionsAreAddedWithAKeyOfTheirOwn() throws {
        let added = try apply(
            .addQuestion(Question("", "Une aide ?", .yesNo), section: "projet", after: "titre"))
        #expect(added.form.sections[0].questions.map(\.key) == ["titre", "une_aide", "aide", "montant"])
        #expect(added.place == "projet.une_aide")
        let twin = try apply(.addQuestion(Question("", "Titre", .shortText()), section: "budget", after: nil))
        #expect(twin.form.sections[1].questions.map(\.key) == ["charges", "titre_2"])
        #expect(refusal(.addQuestion(Question("aide", "x", .yesNo), section: "projet", after: nil)) != nil)
        #expect(refusal(.addQuestion(Question("", "x", .yesNo), section: "lune", after: nil)) != nil)
        #expect(refusal(.addQuestion(Question("", "x", .yesNo), section: "projet", after: "charges")) != nil)
    }

    @Test func aQuestionKeepsItsKeyWhateverItBecomes() throws {
        var question = try #require(Self.form.question("aide"))
        question.key = "autre"
        question.label = "Aide ?"
        let edited = try apply(.question(QuestionSpot("aide"), question))
        #expect(edited.form.question("aide")?.label == "Aide ?" && edited.form.question("autre") == nil)
        #expect(refusal(.question(QuestionSpot("titre"), Self.form.sections[0].questions[0])) == "Rien ne change.")
        #expect(refusal(.question(QuestionSpot("lune"), question)) != nil)
    }

    @Test func questionsMoveAcrossSections() throws {
        #expect(try keys(.moveQuestion(QuestionSpot("aide"), .up)) == [["aide", "titre", "montant"], ["charges"]])
        #expect(
            try keys(.moveQuestion(QuestionSpot("montant"), .down)) == [["titre", "aide"], ["montant", "charges"]])
        #expect(
            try keys(.moveQuestion(QuestionSpot("charges"), .up)) == [["titre", "aide", "montant", "charges"], []])
        #expect(refusal(.moveQuestion(QuestionSpot("titre"), .up)) != nil)
        #expect(refusal(.moveQuestion(QuestionSpot("charges"), .down)) != nil)
        #expect(
            try keys(.placeQuestion("titre", section: "budget", before: "charges"))
                == [["aide", "montant"], ["titre", "charges"]])
        #expect(
            try keys(.placeQuestion("montant", section: "projet", before: "titre"))
                == [["montant", "titre", "aide"], ["charges"]])
        #expect(
            try keys(.placeQuestion("titre", section: "projet", before: nil))
                == [["aide", "montant", "titre"], ["charges"]])
        for edit: FormEdit in [
            .placeQuestion("titre", section: "projet", before: "titre"),
            .placeQuestion("montant", section: "projet", before: nil),
            .placeQuestion("titre", section: "lune", before: nil),
            .placeQuestion("titre", section: "budget", before: "aide"),
            .placeQuestion("lune", section: "budget", before: nil),
        ] {
            #expect(refusal(edit) != nil, "\(edit)")
        }
    }

    private func keys(_ edit: FormEdit) throws -> [[String]] {
        try apply(edit).form.sections.map { $0.questions.map(\.key) }
    }

    @Test func aCopyIsBesideItsModel() throws {
        let copy = try apply(.duplicateQuestion(QuestionSpot("aide")))
        #expect(copy.form.sections[0].questions.map(\.key) == ["titre", "aide", "aide_2", "montant"])
        #expect(copy.form.question("aide_2")?.label == "Une aide ? (copie)")
        let column = try apply(.duplicateQuestion(QuestionSpot("charges", column: "cout")))
        #expect(column.form.question("charges")?.kind.columns.map(\.key) == ["poste", "cout", "cout_2"])
        #expect(refusal(.duplicateQuestion(QuestionSpot("charges", column: "lune"))) != nil)
    }

    @Test func columnsAreEditedInTheirTable() throws {
        let added = try apply(.addColumn(Question("", "Quantité", .number()), to: "charges"))
        #expect(added.form.question("charges")?.kind.columns.map(\.key) == ["poste", "cout", "quantite"])
        #expect(added.place == "budget.charges.quantite")
        #expect(refusal(.addColumn(Question("", "x", .number()), to: "titre"))?.contains("colonnes") == true)
        #expect(refusal(.addColumn(Question("cout", "x", .number()), to: "charges")) != nil)
        let spot = QuestionSpot("charges", column: "cout")
        let moved = try apply(.moveQuestion(spot, .up))
        #expect(moved.form.question("charges")?.kind.columns.map(\.key) == ["cout", "poste"])
        #expect(refusal(.moveQuestion(spot, .down)) != nil)
        let changed = try apply(.question(spot, Question("zut", "Prix", .money())))
        #expect(changed.form.question(at: spot)?.label == "Prix")
        let removed = try apply(.removeQuestion(spot))
        guard case .table(let layout) = removed.form.question("charges")?.kind else {
            Issue.record("still a table")
            return
        }
        #expect(layout.columns.map(\.key) == ["poste"] && layout.totals.isEmpty, "the total goes with its column")
        #expect(refusal(.removeQuestion(QuestionSpot("charges", column: "lune"))) != nil)
    }

    @Test func whatGoesIsMissedByWhatReadIt() throws {
        let removed = try apply(.removeQuestion(QuestionSpot("aide")))
        #expect(removed.form.question("aide") == nil)
        #expect(removed.orphans == ["Montant", "Le budget"])
        #expect(!FormCheck.issues(of: removed.form).isEmpty, "and the check says where")
        #expect(try apply(.removeQuestion(QuestionSpot("titre"))).orphans.isEmpty)
        #expect(refusal(.removeQuestion(QuestionSpot("lune"))) != nil)
    }

    @Test func questionsComeWithWhatTheyRead() throws {
        let blank = Form(key: "x", title: "X", sections: [FormSection("a", "A")])
        let copied = try apply(.copyQuestions(["montant"], from: Self.form, section: "a"), to: blank)
        #expect(copied.form.questions.map(\.key) == ["aide", "montant"], "what is read comes before")
        #expect(FormCheck.issues(of: copied.form).isEmpty)
        let twice = try apply(.copyQuestions(["titre"], from: Self.form, section: "projet"))
        #expect(twice.form.sections[0].questions.map(\.key) == ["titre", "aide", "montant", "titre_2"])
        #expect(refusal(.copyQuestions([], from: Self.form, section: "projet")) != nil)
        #expect(refusal(.copyQuestions(["lune"], from: Self.form, section: "projet")) != nil)
        #expect(refusal(.copyQuestions(["titre"], from: Self.form, section: "lune")) != nil)
        let whole = try apply(.copySection("budget", from: Self.form), to: blank)
        #expect(whole.form.sections.map(\.key) == ["a", "budget"] && whole.form.question("charges") != nil)
        #expect(refusal(.copySection("budget", from: Self.form)) != nil, "all of it is there already")
        #expect(refusal(.copySection("lune", from: Self.form)) != nil)
    }

    @Test func rulesComeChangeAndGo() throws {
        let rule = FormRule("", .yes("aide"), message: "Il faut une aide.")
        let added = try apply(.addRule(rule))
        #expect(added.form.rules.map(\.key) == ["egal", "il_faut_une_aide"])
        let changed = try apply(.rule("egal", rule))
        #expect(changed.form.rules.map(\.key) == ["egal"] && changed.form.rules[0].message == rule.message)
        #expect(try apply(.removeRule("egal")).form.rules.isEmpty)
        #expect(refusal(.removeRule("lune")) != nil && refusal(.rule("lune", rule)) != nil)
        #expect(refusal(.rule("egal", Self.form.rules[0])) != nil)
    }

    @Test func anotherFormKeepsTheNameOfThisOne() throws {
        let edited = try apply(.replace(StandardQuestions.intentionForm, words: "Importé"))
        #expect(edited.form.key == "dossier" && edited.form.title == StandardQuestions.intentionForm.title)
        #expect(refusal(.replace(Self.form, words: "Importé")) == "Rien ne change.")
    }

    // FRM-14
    @Test func anEditHoldsWhileItsSpotIsUndisturbed() throws {
        var label = try #require(Self.form.question("titre"))
        label.label = "Nom"
        let elsewhere = try apply(.question(QuestionSpot("titre"), label)).form
        var aide = try #require(Self.form.question("aide"))
        aide.help = "Oui ?"
        let mine = FormEdit.question(QuestionSpot("aide"), aide)
        #expect(FormEditing.holds(mine, thoughtOn: Self.form, appliedTo: elsewhere))
        #expect(!FormEditing.holds(.question(QuestionSpot("titre"), aide), thoughtOn: Self.form, appliedTo: elsewhere))
        #expect(!FormEditing.holds(.removeQuestion(QuestionSpot("titre")), thoughtOn: Self.form, appliedTo: elsewhere))
        #expect(FormEditing.holds(.moveQuestion(QuestionSpot("aide"), .up), thoughtOn: Self.form, appliedTo: elsewhere))
        // The same click twice is not two moves, nor two questions, nor two sections.
        for edit: FormEdit in [
            .moveQuestion(QuestionSpot("aide"), .up), .addSection(title: "A", after: nil),
            .addQuestion(Question("", "A", .yesNo), section: "projet", after: nil), .moveSection("budget", .up),
            .duplicateQuestion(QuestionSpot("aide")), .duplicateQuestion(QuestionSpot("charges", column: "cout")),
            .addColumn(Question("", "A", .yesNo), to: "charges"), .addRule(Self.form.rules[0]),
            .removeRule("egal"), .head(title: "A", intro: ""), .removeSection("projet"),
            .copyQuestions(["titre"], from: Self.form, section: "projet"),
            .placeQuestion("titre", section: "budget", before: nil),
        ] {
            let after = try apply(edit).form
            #expect(!FormEditing.holds(edit, thoughtOn: Self.form, appliedTo: after), "\(edit)")
            #expect(FormEditing.holds(edit, thoughtOn: Self.form, appliedTo: Self.form), "\(edit)")
        }
    }

    @Test func keysAreMadeOfFrenchWords() {
        #expect(FormKey.proposed(from: "Montant demandé (€)", taken: []) == "montant_demande")
        #expect(FormKey.proposed(from: "L’œuvre, où ?", taken: ["l_oeuvre_ou"]) == "l_oeuvre_ou_2")
        #expect(FormKey.proposed(from: "2024", taken: []) == "question")
        #expect(FormKey.proposed(from: "日本", taken: ["question"]) == "question_2")
        #expect(FormKey.proposed(from: "oui", taken: []) == "oui_2", "a word of conditions is no key")
        let long = FormKey.proposed(from: String(repeating: "mot ", count: 60), taken: [])
        #expect(FormKey.isKey(long) && long.utf8.count <= 48)
    }

    @Test func everyKindIsOfferedOnceAndBegins() throws {
        #expect(KindChoice.all.count == 23 && Set(KindChoice.all.map(\.word)).count == 23)
        for choice in KindChoice.all {
            let kind = try #require(QuestionKind.blank(choice.word))
            #expect(kind.word == choice.word)
            let form = Form(
                key: "f", title: "F", sections: [FormSection("s", "S", questions: [Question("q", "Q", kind)])])
            let issues = FormCheck.issues(of: form)
            #expect(issues.isEmpty == !["oneOf", "severalOf"].contains(choice.word), "\(choice.word): \(issues)")
        }
        #expect(QuestionKind.blank("parchemin") == nil)
        for column in KindChoice.columns {
            let table = TableLayout(
                columns: [Question("c", "C", try #require(QuestionKind.blank(column.word)))],
                rows: .free(min: 0, max: 2))
            let form = Form(
                key: "f", title: "F", sections: [FormSection("s", "S", questions: [Question("q", "Q", .table(table))])])
            #expect(!FormCheck.issues(of: form).contains { $0.kind == .refusedColumn }, "\(column.word)")
        }
    }

    @Test func anotherKindKeepsWhatItCan() {
        let options = [QuestionOption("a", "A"), QuestionOption("b", "B")]
        #expect(QuestionKind.oneOf(options).changed(to: "severalOf") == .severalOf(options))
        #expect(QuestionKind.severalOf(options, min: 1).changed(to: "oneOf") == .oneOf(options))
        #expect(QuestionKind.yesNo.changed(to: "oneOf")?.options?.map(\.key) == ["oui", "non"])
        #expect(QuestionKind.shortText(maxLength: 80).changed(to: "longText") == .longText(maxLength: 80))
        #expect(
            QuestionKind.money(min: 100, max: nil).changed(to: "number") == .number(min: ExactNumber(1), decimals: 2))
        #expect(QuestionKind.number(max: ExactNumber(5)).changed(to: "money") == .money(min: nil, max: 500))
        let columns = [Question("a", "A", .yesNo)]
        #expect(QuestionKind.group(columns: columns).changed(to: "table")?.columns == columns)
        #expect(QuestionKind.siret.changed(to: "date") == .date())
        #expect(QuestionKind.siret.changed(to: "lune") == nil)
    }
}
