import Testing

@testable import Forms

/// A form of which each partner answers some sections.
@Suite struct FormPartTests {
    private static func form(_ total: String = "partenaires.budget") throws -> Form {
        Form(
            key: "commun", title: "À plusieurs",
            sections: [
                FormSection(
                    "lieu", "Le lieu",
                    questions: [
                        Question("charges", "Charges", .table(Self.table), .required),
                        Question(
                            "budget", "Budget", .computed(.reference(Reference("charges", "montant")), unit: .money)),
                        Question("qpv", "En quartier prioritaire", .yesNo, .required),
                        Question("mot", "Un mot", .longText()),
                    ], answeredBy: .partners),
                FormSection(
                    "ensemble", "Ensemble",
                    questions: [Question("total", "Total", .computed(try Formula(total), unit: .money))]),
            ],
            rules: [
                FormRule("un", try Condition("charges.montant ≥ 100"), message: "Trop peu."),
                FormRule("deux", try Condition("partenaires.lignes ≥ 2"), message: "Il faut être deux."),
            ])
    }

    private static let table = TableLayout(
        columns: [Question("montant", "Montant", .money())], rows: .fixed([TableRow("60", "Achats")]),
        totals: ["montant"])

    @Test func itReadsBackAsItWasWritten() throws {
        let form = try Self.form()
        let bytes = FormFile.write(form)
        #expect(String(decoding: bytes, as: UTF8.self).contains("\"answeredBy\""))
        #expect(try FormFile.read(bytes) == form)
        #expect(FormCheck.issues(of: form).isEmpty)
    }

    @Test func itIsTwoForms() throws {
        let form = try Self.form()
        let part = try #require(form.partForm)
        #expect(part.sections.map(\.key) == ["lieu"] && part.rules.map(\.key) == ["un"])
        #expect(form.leadForm.sections.map(\.key) == [Form.partners, "ensemble"])
        #expect(form.leadForm.rules.map(\.key) == ["deux"])
        let columns = form.leadForm.question(Form.partners)?.kind.columns.map(\.key)
        #expect(columns == [Form.partnerName, "budget", "qpv"], "a table and a long text have no place in a row")
        #expect(form.leadForm.leadForm == form.leadForm && !form.leadForm.hasParts)
        #expect(SampleForms.form(SampleForms.kinds).leadForm == SampleForms.form(SampleForms.kinds))
    }

    @Test func figuresOfPartsAddUp() throws {
        let form = try Self.form("somme(partenaires.budget, avec qpv)")
        let part = try CompiledForm(try #require(form.partForm))
        func row(_ key: String, _ cents: Int, _ qpv: Bool) -> AnswerRow {
            FormState(
                part,
                answers: Answers([
                    "charges": .rows([AnswerRow("60", ["montant": .money(cents)])]), "qpv": .flag(qpv),
                    "mot": .text("Bonjour"),
                ])
            ).partnerRow(key, name: "Lieu \(key)")
        }
        let rows = [row("a", 20_000, true), row("b", 30_050, false), row("c", 1, true)]
        #expect(rows[1].cells["budget"] == .money(30_050) && rows[1].cells["mot"] == nil)
        let state = FormState(
            try CompiledForm(form), answers: Answers([Form.partners: .rows(rows)]))
        #expect(state.computed("total") == ExactNumber(cents: 20_001))
        #expect(state.problems.isEmpty, "the group is checked in the parts")
        #expect(form.question("total")?.partnerFigures == ["budget"])
        let alone = FormState(try CompiledForm(form), answers: Answers([Form.partners: .rows([rows[0]])]))
        #expect(alone.problems.map(\.message) == ["Il faut être deux."])
        let empty = FormState(part).partnerRow("d", name: "Vide")
        #expect(empty.cells == [Form.partnerName: .text("Vide")])
    }

    @Test func bothSidesAreChecked() throws {
        func kinds(_ change: (inout Form) -> Void) throws -> [FormIssue.Kind] {
            var form = try Self.form()
            change(&form)
            return FormCheck.issues(of: form).map(\.kind)
        }
        #expect(try kinds { $0.sections[1].questions[0].key = "budget" }.contains(.duplicateKey))
        #expect(try kinds { $0.sections[1].key = "lieu" }.contains(.duplicateKey))
        #expect(try kinds { $0.sections[1].key = Form.partners }.contains(.reservedKey))
        #expect(try kinds { $0.sections[0].questions[3].key = Form.partnerName }.contains(.reservedKey))
        // A partner attaches its own documents: they have no place in a row of the lead's group.
        #expect(try kinds { $0.sections[0].questions[3].kind = .attachment(AttachmentRules()) }.isEmpty)
        var asking = try Self.form()
        asking.sections[0].questions[3].kind = .attachment(AttachmentRules())
        let (key, group) = (asking.sections[0].questions[3].key, asking.leadForm.question(Form.partners))
        #expect(asking.partForm?.question(key) != nil)
        #expect(group?.kind.columns.contains { $0.key == key } == false)
        // A side does not read the questions of the other, but for the group.
        let direct = try Condition("budget ≥ 1")
        #expect(try kinds { $0.sections[1].shownIf = direct }.contains(.unknownReference))
        let across = try Condition("total ≥ 1")
        #expect(try kinds { $0.sections[0].shownIf = across }.contains(.unknownReference))
        let noSuch = try Formula("partenaires.mot")
        #expect(
            try kinds { $0.sections[1].questions[0].kind = .computed(noSuch, unit: .money) }
                .contains(.unknownReference))
    }

    @Test func aZoningIsAskedOfTheCommuneOfThePlace() throws {
        let condition = try Condition("commune_du_lieu dans zonage \"QPV\"")
        #expect(condition.description == "commune_du_lieu dans zonage \"QPV\"")
        let form = SampleForms.form([Question("quartier", "Quartier", .shortText(), shownIf: condition)])
        #expect(FormCheck.issues(of: form).isEmpty && form.zoningNames == ["QPV"])
        let compiled = try CompiledForm(form)
        func isAsked(_ commune: String?, _ zonings: [String: Set<String>]) -> Bool {
            FormState(compiled, environment: FormEnvironment(zonings: zonings, placeCommune: commune)).isShown(
                "quartier")
        }
        #expect(isAsked("62498", ["QPV": ["62498"]]))
        #expect(!isAsked("62510", ["QPV": ["62498"]]) && !isAsked(nil, ["QPV": ["62498"]]) && !isAsked("62498", [:]))
    }

    @Test func anUnknownRespondentIsRefused() throws {
        let text = String(decoding: FormFile.write(try Self.form()), as: UTF8.self)
            .replacingOccurrences("\"partners\"", "\"voisins\"")
        #expect(throws: FormFileProblems.self) { try FormFile.read(Array(text.utf8)) }
    }
}

extension String {
    fileprivate func replacingOccurrences(_ old: String, _ new: String) -> String {
        replacing(old, with: new)
    }
}
