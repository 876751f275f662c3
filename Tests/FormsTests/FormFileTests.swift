import Exchange
import Testing

@testable import Forms

@Suite struct FormFileTests {
    private static func sample() throws -> Form {
        var form = SampleForms.form(SampleForms.kinds)
        form.intro = "Bonjour."
        form.sections[0].maturities = ["emergence"]
        form.sections[0].questions[0].help = "Tel qu’il est écrit sur la porte."
        form.sections[0].questions[0].example = "La Ruche"
        form.sections[0].questions[0].requirement = .required
        form.sections[0].questions[0].prefill = .place("name")
        form.sections[0].questions[1].requirement = .requiredIf(try Condition("erp"))
        form.sections[0].questions[1].shownIf = try Condition("montant ≥ 500 et famille = \"cafe\"")
        form.sections[0].questions[1].maturities = ["emergence"]
        form.rules = [
            FormRule(
                "r", try Condition("total ≤ montant * 0.8"), when: try Condition("erp"), message: "Trop.",
                severity: .remark, questions: ["total"])
        ]
        form.sections.append(
            FormSection(
                "suite", "Suite", intro: "Fin.", shownIf: try Condition("erp = non"),
                questions: [
                    Question(
                        "plan", "Plan",
                        .table(
                            TableLayout(
                                columns: [Question("x", "X", .money())], rows: .free(min: 1, max: 9), totals: ["x"])))
                ]))
        return form
    }

    @Test func aFormReadsBackAsItWasWritten() throws {
        let form = try Self.sample()
        let bytes = FormFile.write(form)
        #expect(try FormFile.read(bytes) == form)
        #expect(FormFile.write(try FormFile.read(bytes)) == bytes)
    }

    @Test(arguments: 0..<20)
    func anyFormReadsBack(_ seed: Int) throws {
        var random = RandomForms(UInt64(seed))
        let form = random.form(questions: 60)
        #expect(try FormFile.read(FormFile.write(form)) == form)
    }

    @Test func theFileIsReadable() throws {
        let text = String(decoding: FormFile.write(try Self.sample()), as: UTF8.self)
        #expect(text.hasPrefix("{\n  \"format\": \"maillage-form\",\n  \"formatVersion\": 1,\n"))
        #expect(text.contains("\"shownIf\": \"montant ≥ 500 et famille = \\\"cafe\\\"\""))
        #expect(text.split(separator: "\n").allSatisfy { $0.count < 160 })
    }

    private static func problems(_ text: String) -> [String] {
        do throws(FormFileProblems) {
            _ = try FormFile.read(Array(text.utf8))
            return []
        } catch {
            return error.list.map(\.description)
        }
    }

    @Test func aProblemNamesItsLineAndColumn() throws {
        let text = """
            {"format": "maillage-form", "key": "f", "title": "F",
             "sections": [
               {"key": "s", "title": "S", "questions": [
                 {"key": "a", "label": "A", "kind": "montant"},
                 {"key": "b", "label": "B", "kind": "money", "shownIf": "a >"},
                 {"key": "c", "kind": "money", "maxLength": 3}
               ]}
             ], "couleur": 1}
            """
        #expect(
            Self.problems(text) == [
                "ligne 8, colonne 16\u{202F}: «\u{202F}couleur\u{202F}» n’a pas de sens ici.",
                "ligne 4, colonne 41\u{202F}: «\u{202F}montant\u{202F}» n’est pas une sorte de question.",
                "ligne 5, colonne 61\u{202F}: Condition «\u{202F}a >\u{202F}», après 3 octets\u{202F}: Il manque le nom d’une question.",
                "ligne 6, colonne 49\u{202F}: «\u{202F}maxLength\u{202F}» n’a pas de sens ici.",
                "ligne 6, colonne 6\u{202F}: Il manque «\u{202F}label\u{202F}».",
            ])
        #expect(
            Self.problems("{\"format\": \"maillage-form\",\n \"format\": 1}").first?.hasPrefix("ligne 2, colonne 2")
                == true)
    }

    @Test(arguments: [
        "", "{}", "[]", "null", "{\"format\": \"autre\"}", "{\"format\": \"maillage-form\"}",
        "{\"format\": \"maillage-form\", \"formatVersion\": 2, \"key\": \"f\", \"title\": \"F\", \"sections\": []}",
        "{\"format\": \"maillage-form\", \"key\": 1, \"title\": {}, \"sections\": {}}",
        "{\"format\": \"maillage-form\", \"key\": \"f\", \"title\": \"F\", \"sections\": [1, {}, {\"questions\": [[]]}]}",
        "{\"format\": \"maillage-form\", \"key\": \"f\", \"title\": \"F\", \"sections\": [], \"rules\": [{}, {\"condition\": \"(\"}]}",
    ])
    func aFileOfAnotherKindIsRefused(_ text: String) { #expect(!Self.problems(text).isEmpty) }

    @Test func aDamagedFileNeverTraps() throws {
        let whole = FormFile.write(try Self.sample())
        var chance = Chance(3)
        for _ in 0..<300 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &chance) {
                let place = Int.random(in: 0..<bytes.count, using: &chance)
                switch Int.random(in: 0..<3, using: &chance) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &chance)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &chance), at: place)
                }
            }
            do throws(FormFileProblems) {
                _ = FormCheck.issues(of: try FormFile.read(bytes))
            } catch {
                #expect(!error.list.isEmpty)
            }
        }
        for end in stride(from: 0, to: whole.count, by: 97) {
            #expect(throws: FormFileProblems.self) { try FormFile.read(Array(whole[..<end])) }
        }
    }
}
