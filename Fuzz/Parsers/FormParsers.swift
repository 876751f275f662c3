import Exchange

@testable import Forms

extension Parser {
    /// Definitions of forms, their conditions, and what people answer.
    static let forms = [definition, formula, answers, fields]

    private static let samples = [StandardQuestions.intentionForm, StandardQuestions.territoryCallForm]

    private static let definition = Parser(
        "form", seeds: { samples.map(FormFile.write) },
        read: { bytes in
            guard let form = given({ try FormFile.read(bytes) }) else { return }
            mustHold(given { try FormFile.read(FormFile.write(form)) } == form, "a form that is read as it is written")
            let isSound = !FormCheck.issues(of: form).contains { $0.severity == .blocking }
            let compiled = given { try CompiledForm(form) }
            mustHold((compiled != nil) == isSound, "a form that is compiled when nothing is against it, and only then")
            if let compiled { _ = FormState(compiled) }
        })

    private static let formula = Parser(
        "formula",
        texts: [
            "maturite = \"operationnel\" et (montant ≥ 75000 ou non repondu(siret))",
            "somme(budget.montant) - subvention * 2 / 3",
            "nombre(budget, avec montant > 10,5) dans (1, 2)", "commune_du_lieu zonage \"zrr\" ou contient(a.b, \"c\")",
            "min(1, max(aujourd_hui, 2026-10-16)) != vide(x)", "((((oui))))",
        ],
        read: { text in
            if let condition = given({ try Condition(text) }) {
                mustHold(
                    given { try Condition(condition.description) } == condition,
                    "a condition that is read as it is written")
            }
            if let formula = given({ try Formula(text) }) {
                mustHold(
                    given { try Formula(formula.description) } == formula, "a computation that is read as it is written"
                )
            }
        })

    private static let answers = Parser(
        "answers",
        seeds: {
            [
                #"{"amount":{"cents":7500000},"date":{"date":"2026-10-16"},"name":"L’Île","siret":"35600000000048","yes":true}"#,
                #"{"choice":{"option":"a"},"n":{"number":"12.5"},"rows":{"rows":[]},"x":{"unread":"12 avril"}}"#, "{}",
            ].map { Array($0.utf8) }
        },
        read: { bytes in
            guard let answers = given({ try Answers(document: bytes) }) else { return }
            mustHold(
                given { try Answers(document: answers.document()) } == answers,
                "answers that are read as they are written")
            guard let compiled = given({ try CompiledForm(StandardQuestions.territoryCallForm) }) else { return }
            _ = FormState(compiled, answers: answers).problems
        })

    private static let fields = Parser(
        "fields",
        seeds: {
            let keys = StandardQuestions.territoryCallForm.questions.map(\.key)
            let values = ["1 250,50 €", "16/10/2026", "oui", "35600000000048", "a@b.fr", "1er mars 2021", "-3"]
            return [
                keys.enumerated().map { "\($1)=\(values[$0 % values.count])" }.joined(separator: "&"),
                keys.map { "\($0).0.a=1&\($0).from=1/1/2026&\($0).to=2/1/2026" }.joined(separator: "&"),
            ].map { Array($0.utf8) }
        },
        read: { bytes in
            let form = StandardQuestions.territoryCallForm
            guard let sent = given({ try URLEncodedForm(parsing: bytes) }),
                let reading = given({ try FormFields.read(sent.fields, form: form, current: Answers()) })
            else { return }
            var answers = Answers()
            for (key, value) in reading.changes { answers[key] = value }
            mustHold(
                given { try Answers(document: answers.document()) } == answers,
                "answers that are read as they are written")
            guard let compiled = given({ try CompiledForm(form) }) else { return }
            _ = FormState(compiled, answers: answers).problems
        })
}
