import Exchange
import Testing

@testable import Forms

@Suite struct FormFieldsTests {
    private static let form = SampleForms.form(SampleForms.kinds)

    private static func read(
        _ fields: [(String, String)], current: Answers = Answers()
    ) throws -> (Answers, FormFields.Reading) {
        let reading = try FormFields.read(
            fields.map { URLEncodedForm.Field($0.0, $0.1) }, form: form, current: current)
        var answers = current
        for change in reading.changes { answers[change.key] = change.value }
        return (answers, reading)
    }

    private static func value(_ key: String, _ fields: [(String, String)]) throws -> AnswerValue? {
        let (answers, reading) = try read(fields)
        #expect(reading.unknown == [])
        return answers[key]
    }

    @Test func eachKindIsReadFromItsFields() throws {
        #expect(try Self.value("nom", [("nom", " Chez\r\nnous ")]) == .text("Chez nous"))
        #expect(try Self.value("resume", [("resume", "Un\r\n\u{7}deux\n ")]) == .text("Un\ndeux"))
        #expect(try Self.value("surface", [("surface", "12,5")]) == ExactNumber("12.5").map { .number($0) })
        #expect(try Self.value("montant", [("montant", "12 500,50 €")]) == .money(12_500_50))
        let day = try #require(CivilDate(iso: "2020-10-16"))
        #expect(try Self.value("ouverture", [("ouverture", "16/10/2020")]) == .date(day))
        #expect(
            try Self.value("calendrier", [("calendrier.debut", "2020-10-16"), ("calendrier.fin", "")])
                == .period(from: day, to: nil))
        #expect(try Self.value("erp", [("erp", "oui")]) == .flag(true))
        #expect(try Self.value("famille", [("famille", "cafe")]) == .text("cafe"))
        #expect(
            try Self.value(
                "services", [("services", ""), ("services", "bar"), ("services", "cafe"), ("services", "bar")])
                == .choices(["cafe", "bar"]))
        #expect(
            try Self.value("commune", [("commune.commune", "Lens"), ("commune.commune_code", "62498")])
                == .address(AnswerAddress(commune: "Lens", communeCode: "62498")))
        #expect(
            try Self.value(
                "adresse", [("adresse.rue", "1 rue"), ("adresse.code_postal", "62 300"), ("adresse.commune", "Lens")])
                == .address(AnswerAddress(street: "1 rue", postalCode: "62300", commune: "Lens")))
        #expect(try Self.value("siret", [("siret", "732 829 320\u{A0}00074")]) == .text("73282932000074"))
        #expect(try Self.value("rna", [("rna", "w751234567")]) == .text("W751234567"))
        #expect(try Self.value("courriel", [("courriel", " a@b.fr ")]) == .text("a@b.fr"))
        #expect(try Self.value("telephone", [("telephone", "+32 (470) 00-00.00")]) == .text("+32470000000"))
        #expect(try Self.value("telephone", [("telephone", "+33 3 21 00 00 00")]) == .text("0321000000"))
        #expect(try Self.value("site", [("site", "exemple.fr/a")]) == .text("https://exemple.fr/a"))
        #expect(try Self.value("site", [("site", "javascript:alert(1)")]) == .text("javascript:alert(1)"))
        #expect(
            try Self.value("lieu", [("lieu.nom", "Ici"), ("lieu.nom_code", "7f3k")])
                == .place(AnswerPlace(id: "7f3k", name: "Ici")))
        #expect(try Self.value("lieu", [("lieu", "7f3k")]) == .place(AnswerPlace(id: "7f3k")))
        #expect(
            try Self.value(
                "contact", [("contact.prenom", "Anne"), ("contact.nom", "Lo"), ("contact.telephone", "03 21 00 00 00")])
                == .person(AnswerPerson(firstName: "Anne", name: "Lo", phone: "0321000000")))
        #expect(try Self.value("honneur", [("honneur", ""), ("honneur", "2")]) == .sworn(version: 2))
    }

    // FRM-6
    @Test func whatIsNotUnderstoodIsKeptAsTyped() throws {
        #expect(try Self.value("montant", [("montant", "beaucoup")]) == .unread("beaucoup"))
        #expect(try Self.value("erp", [("erp", "peut-être")]) == .unread("peut-être"))
        let period = try Self.value("calendrier", [("calendrier.debut", "16/10/2020"), ("calendrier.fin", "bientôt")])
        #expect(period == .unread("16/10/2020\nbientôt"))
        let question = try #require(Self.form.question("calendrier"))
        #expect(FormFields.fields(of: question, period).map(\.value) == ["16/10/2020", "bientôt"])
    }

    @Test func aQuestionWithoutAFieldKeepsItsAnswer() throws {
        let current = Answers(["nom": .text("Ici"), "montant": .money(5), "services": .choices(["bar"])])
        let (answers, _) = try Self.read([("nom", ""), ("services", "")], current: current)
        #expect(answers.values == ["montant": .money(5)])
    }

    @Test func everyAnswerComesBackFromItsFields() throws {
        for (key, value) in AnswerKindTests.good {
            let question = try #require(Self.form.question(key))
            if case .attachment = question.kind { continue }
            let reading = try FormFields.read(FormFields.fields(of: question, value), form: Self.form)
            #expect(reading.unknown == [])
            let read = reading.changes.first?.value
            let expected: AnswerValue = key == "resume" ? .text("Deux\nlignes") : value
            #expect(read == expected || read?.isEmpty == expected.isEmpty && key == "budget", "\(key)")
        }
    }

    @Test func cellsAreNamedByRowAndColumn() throws {
        let (answers, reading) = try Self.read([
            ("budget.60.quantite", "3"), ("budget.60.prix", "12,50"), ("budget.61.prix", "cher"),
            ("budget.60.cout", "9"),
        ])
        #expect(reading.unknown == ["budget.60.cout"], "what is computed is not entered")
        #expect(
            answers["budget"]
                == .rows([
                    AnswerRow(
                        "60", ["quantite": try #require(ExactNumber(3).map { .number($0) }), "prix": .money(12_50)]),
                    AnswerRow("61", ["prix": .unread("cher")]),
                ]))
        #expect(reading.changes.count == 1)
    }

    @Test func rowsListedAreTheRowsThatStay() throws {
        let current = Answers([
            "partenaires": .rows(["a", "b", "c"].map { AnswerRow($0, ["nom": .text($0), "apport": .money(1)]) })
        ])
        let (one, _) = try Self.read([("partenaires.b.nom", "B")], current: current)
        guard case .rows(let rows) = one["partenaires"] else { throw Missing() }
        #expect(rows.map(\.key) == ["a", "b", "c"], "an autosave of one cell keeps the other rows")
        #expect(rows[1].cells == ["nom": .text("B"), "apport": .money(1)])
        let (two, _) = try Self.read(
            [
                ("partenaires.lignes", "c"), ("partenaires.lignes", "d"), ("partenaires.d.nom", "D"),
                ("partenaires.lignes", "a"),
            ],
            current: current)
        guard case .rows(let listed) = two["partenaires"] else { throw Missing() }
        #expect(listed.map(\.key) == ["c", "d", "a"])
        let (none, _) = try Self.read([("partenaires.lignes", "")], current: current)
        #expect(none["partenaires"] == nil)
    }

    private struct Missing: Error {}

    // FRM-7
    @Test func aPasteOfTenMegabytesIsRefusedAndChangesNothing() throws {
        let paste = String(repeating: "a", count: 10_000_000)
        #expect(throws: FormFields.TooHeavy(bytes: 10_000_003)) { try Self.read([("nom", paste)]) }
        let heavy = String(repeating: "a", count: 300_000)
        let current = Answers(["nom": .text("Ici")])
        let (answers, reading) = try Self.read(
            [("nom", heavy), ("resume", "court"), ("partenaires.a.nom", heavy)], current: current)
        #expect(answers.values == ["nom": .text("Ici"), "resume": .text("court")])
        #expect(reading.refused.map(\.field) == ["nom", "partenaires.a.nom"])
    }

    @Test func aTextTooLongIsKeptWholeAndSaid() throws {
        let long = String(repeating: "é", count: 2_000)
        let (answers, _) = try Self.read([("resume", long)])
        #expect(answers["resume"] == .text(long))
        let state = FormState(try CompiledForm(Self.form), answers: answers)
        #expect(state.problems(of: "resume").map(\.message) == ["1\u{202F}980 caractères de trop, sur 20."])
    }

    @Test func hostileNamesAreLeftAside() throws {
        let names = [
            "", ".", "..", "nom.", ".nom", "inconnu", "budget.60.quantite.x.y.z", String(repeating: "a.", count: 1_000),
            "é",
            "total", "rib", "budget..prix", "budget.É.prix", "budget.60.secret", "partenaires", "nom.x",
        ]
        let (answers, reading) = try Self.read(names.map { ($0, "1") })
        #expect(answers.isEmpty)
        #expect(reading.unknown.count >= 5)
        let many = (0..<2_000).map { ("partenaires.r\($0).nom", "x") }
        let (rows, _) = try Self.read(many)
        guard case .rows(let list) = rows["partenaires"] else { throw Missing() }
        #expect(list.count == FormCheck.maxRows)
    }
}
