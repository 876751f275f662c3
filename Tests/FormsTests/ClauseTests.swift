import Exchange
import Testing

@testable import Forms

/// Conditions composed clause by clause, and said in French.
@Suite struct ClauseTests {
    static let form = Form(
        key: "f", title: "F",
        sections: [
            FormSection(
                "s", "S",
                questions: [
                    Question("aide", "Une aide ?", .yesNo), Question("montant", "Montant", .money()),
                    Question("surface", "Surface", .number()), Question("debut", "Début", .date()),
                    Question(
                        "statut", "Statut",
                        .oneOf([QuestionOption("asso", "Association"), QuestionOption("scic", "SCIC")])),
                    Question(
                        "activites", "Activités",
                        .severalOf([QuestionOption("cafe", "Café"), QuestionOption("fab", "Fabrication")])),
                    Question("ville", "Commune", .commune),
                    Question("part", "Part", .computed(.arithmetic(.over, .of("montant"), .whole(2)), unit: .percent)),
                    Question(
                        "charges", "Charges",
                        .table(
                            TableLayout(
                                columns: [Question("cout", "Coût", .money()), Question("sur", "Sûr ?", .yesNo)],
                                rows: .free(min: 0, max: 5)))),
                    Question("texte", "Texte", .shortText()),
                ])
        ])

    private static let sentences: [(String, String)] = [
        ("aide", "« Une aide ? » est oui"),
        ("aide = non", "« Une aide ? » est non"),
        ("montant ≥ 75000", "« Montant » est au moins 75\u{202F}000 €"),
        ("surface < 12.5", "« Surface » est moins de 12,5"),
        ("debut ≥ 2026-10-16", "« Début » est à partir de le 16/10/2026"),
        ("statut = \"asso\"", "« Statut » est « Association »"),
        ("statut ≠ \"asso\"", "« Statut » n’est pas « Association »"),
        ("statut dans (\"asso\", \"scic\")", "« Statut » est « Association » ou « SCIC »"),
        ("non statut dans (\"asso\", \"scic\")", "« Statut » n’est ni « Association » ni « SCIC »"),
        ("activites contient \"cafe\"", "« Activités » comprend « Café »"),
        ("non activites contient \"cafe\"", "« Activités » ne comprend pas « Café »"),
        ("repondu(texte)", "« Texte » a une réponse"), ("vide(texte)", "« Texte » est sans réponse"),
        ("ville dans zonage \"QPV 2024\"", "« Commune » est dans le zonage « QPV 2024 »"),
        ("maturite dans (\"ouvert\", \"ferme\")", "l’étape du projet est « En service » ou « ferme »"),
        ("part ≤ 80 %", "« Part » est au plus 80 %"),
        (
            "aide et (surface > 10 ou repondu(texte))",
            "« Une aide ? » est oui et (« Surface » dépasse 10 ou « Texte » a une réponse)"
        ),
        ("montant = charges.cout", "« Montant » est le total de « Coût » dans « Charges »"),
        ("charges.lignes > 2", "le nombre de lignes de « Charges » dépasse 2"),
    ]

    @Test(arguments: sentences.indices)
    func saidInFrench(_ index: Int) throws {
        let (text, expected) = Self.sentences[index]
        let sentence = ConditionSentence(Self.form, maturities: ["ouvert": "En service"])
        #expect(sentence.text(try Condition(text)) == expected.replacing(" de le ", with: " du ").narrow)
    }

    @Test func computationsAreSaidToo() throws {
        let sentence = ConditionSentence(Self.form)
        #expect(
            sentence.text(try Formula("somme(charges.cout, avec sur = oui) / montant"))
                == "la somme de le total de « Coût » dans « Charges » où « Sûr ? » est oui ÷ « Montant »"
                .replacing("de le total", with: "du total").narrow)
    }

    /// What clauses can say comes back as the same condition; what they cannot stays a formula.
    @Test(arguments: [
        "aide = oui", "aide = non", "montant ≥ 75000", "montant ≠ 0.5", "surface < 1250", "debut > 2026-10-16",
        "statut = \"asso\"", "statut ≠ \"scic\"", "statut dans (\"asso\", \"scic\")",
        "non statut dans (\"asso\", \"scic\")", "activites contient \"cafe\"", "non activites contient \"fab\"",
        "activites contient \"cafe\" ou activites contient \"fab\"", "repondu(texte)", "vide(ville)",
        "ville dans zonage \"QPV 2024\"", "non ville dans zonage \"QPV 2024\"", "maturite = \"ouvert\"",
        "maturite dans (\"ouvert\", \"emergence\")", "forme_juridique = \"scic\"", "part ≤ 0.8",
        "aide = oui et montant ≥ 75000 et repondu(texte)", "aide = oui ou statut = \"asso\"",
    ])
    func clausesReadBack(_ text: String) throws {
        let condition = try Condition(text)
        let clauses = try #require(Clauses(condition, in: Self.form))
        #expect(try clauses.condition(in: Self.form)?.description == condition.description)
    }

    @Test(arguments: [
        "montant = charges.cout", "aide = oui et (surface > 1 ou repondu(texte))", "charges.lignes > 2",
        "montant + surface > 3", "debut ≥ aujourd_hui", "vrai", "non (aide = oui et surface > 1)", "part ≤ 0.83333",
    ])
    func theRestStaysAFormula(_ text: String) throws {
        #expect(Clauses(try Condition(text), in: Self.form) == nil)
    }

    @Test func whatCannotBeReadSaysWhichClause() throws {
        func message(_ clauses: [Clause]) -> (Int, String)? {
            do {
                _ = try Clauses(.all, clauses).condition(in: Self.form)
                return nil
            } catch { return (error.index, error.message) }
        }
        let good = Clause(.question("aide"), .isYes)
        for (clause, word) in [
            (Clause(.question("lune"), .isYes), "Choisissez une question"),
            (Clause(.question("aide"), .atLeast, ["3"]), "ne se compare pas"),
            (Clause(.question("montant"), .atLeast, ["beaucoup"]), "montant"),
            (Clause(.question("montant"), .atLeast, []), "valeur"),
            (Clause(.question("debut"), .atLeast, ["hier"]), "date"),
            (Clause(.question("surface"), .atLeast, ["x"]), "nombre"),
            (Clause(.question("part"), .atMost, ["x"]), "pourcentage"),
            (Clause(.question("statut"), .isAmong, ["sarl"]), "n’est pas un choix"),
            (Clause(.question("statut"), .isAmong, []), "au moins une réponse"),
            (Clause(.maturity, .isYes), "est"),
            (Clause(.question("ville"), .inZoning, [" "]), "valeur"),
        ] {
            let said = message([good, clause])
            #expect(said?.0 == 1 && said?.1.contains(word) == true, "\(clause): \(String(describing: said))")
        }
        #expect(try Clauses().condition(in: Self.form) == nil, "no clause is no condition")
    }

    @Test func aColumnReadsItsOwnRow() throws {
        let clauses = Clauses(.all, [Clause(.question("cout"), .atLeast, ["1 000"])])
        #expect(try clauses.condition(in: Self.form, table: "charges")?.description == "cout ≥ 1000")
        #expect(throws: Clause.Unreadable.self) { try clauses.condition(in: Self.form) }
        let sentence = ConditionSentence(Self.form, table: "charges")
        #expect(sentence.text(try Condition("cout ≥ 1000")) == "« Coût » est au moins 1\u{202F}000 €".narrow)
    }
}
