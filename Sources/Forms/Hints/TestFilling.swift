import Exchange

/// Answers that a form accepts, made up: to try a form that is being written, and for demonstrations.
public enum TestFilling {
    /// An answer to every question that is shown once the others are answered, files included (they are names without
    /// bytes). Rules between answers may still be violated.
    ///
    /// - Parameter variant: 0 says yes and takes first choices; others say no in turn, or take other choices.
    public static func answers(
        _ compiled: CompiledForm, environment: FormEnvironment = FormEnvironment(), variant: Int = 0
    ) -> Answers {
        var state = FormState(compiled, environment: environment)
        // An answer may show further questions, which may show further ones: as many rounds as questions at most.
        for _ in 0...compiled.questions.count {
            let waiting = compiled.form.questions.filter { question in
                !question.kind.isComputed && state.isShown(question.key) && state.answers[question.key] == nil
            }
            var changes: [(key: String, value: AnswerValue?)] = []
            for question in waiting {
                if let value = value(question, environment, variant) { changes.append((question.key, value)) }
            }
            guard !changes.isEmpty else { break }
            state.set(changes)
        }
        return state.answers
    }

    private static func value(
        _ question: Question, _ environment: FormEnvironment, _ variant: Int = 0
    ) -> AnswerValue? {
        let day = environment.today ?? CivilDate(daysSince1970: 18_500)
        switch question.kind {
        case .shortText(let limit), .longText(let limit):
            let text = question.example.isEmpty ? "Réponse d’essai" : question.example
            return .text(String(text.prefix(limit)))
        case .number(let least, let most, _): return .number(least ?? most ?? ExactNumber(1) ?? .zero)
        case .money(let least, let most): return .money(max(least ?? 0, min(most ?? 100_000, 100_000)))
        case .date(let least, let most): return .date(least ?? most ?? day)
        case .period(let days): return .period(from: day, to: day.adding(days: min(days ?? 365, 365) - 1))
        case .yesNo: return .flag(variant.isMultiple(of: 2))
        case .oneOf(let options):
            return options.isEmpty ? nil : .text(options[abs(variant / 2) % options.count].key)
        case .severalOf(let options, let least, _): return .choices(options.prefix(max(least ?? 1, 1)).map(\.key))
        case .commune: return .address(AnswerAddress(commune: "Lens", communeCode: "62498"))
        case .address:
            return .address(
                AnswerAddress(street: "1 place de la Gare", postalCode: "62300", commune: "Lens", communeCode: "62498"))
        // The number INSEE gives as an example, and one of the form the register gives.
        case .siret: return .text("73282932000074")
        case .rna: return .text("W621234567")
        case .email: return .text("essai@exemple.fr")
        case .phone: return .text("0321000000")
        case .url: return .text("https://exemple.fr")
        case .place: return .place(AnswerPlace(id: "essai", name: "Lieu d’essai"))
        case .person: return .person(AnswerPerson(firstName: "Camille", name: "Essai", role: "Présidence"))
        case .attachment(let rules):
            let family = rules.accepted.first ?? .pdf
            return .files([
                AnswerFile(
                    id: "essai", name: "essai." + family.rawValue, family: family, bytes: min(rules.maxBytes, 1_000),
                    datedOn: day)
            ])
        case .sworn(_, let version): return .sworn(version: version)
        case .group(let columns, let least, _):
            return .rows((1...max(least, 1)).map { row("r\($0)", columns, environment) })
        case .table(let layout):
            switch layout.rows {
            case .fixed(let rows): return .rows(rows.map { row($0.key, layout.columns, environment) })
            case .free(let least, _):
                return .rows((1...max(least, 1)).map { row("r\($0)", layout.columns, environment) })
            }
        case .computed: return nil
        }
    }

    private static func row(_ key: String, _ columns: [Question], _ environment: FormEnvironment) -> AnswerRow {
        var row = AnswerRow(key)
        for column in columns {
            if let value = value(column, environment) { row.cells[column.key] = value }
        }
        return row
    }
}
