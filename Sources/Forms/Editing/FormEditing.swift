/// Applies edits to a form. Pure: the same edit of the same form always gives the same form, or the same refusal.
///
/// An edit may leave a form that does not hold together (a condition that reads a question now gone): `FormCheck` says so, and
/// nothing is published until it is put right.
public enum FormEditing {
    public static let maxSections = 60

    /// The form after the edit.
    ///
    /// - Throws: `FormEditRefusal` when what the edit speaks of is no longer there, or when it would change nothing.
    public static func apply(_ edit: FormEdit, to form: Form) throws(FormEditRefusal) -> EditedForm {
        switch edit {
        case .head, .replace: try whole(edit, form)
        case .addSection, .section, .moveSection, .removeSection, .copySection: try sections(edit, form)
        case .addQuestion, .addColumn, .question, .moveQuestion, .placeQuestion, .duplicateQuestion, .removeQuestion,
            .copyQuestions:
            try questions(edit, form)
        case .addRule, .rule, .removeRule: try rules(edit, form)
        }
    }

    /// Whether an edit thought on one form means the same on a later one: what it touches has not changed meanwhile.
    public static func holds(_ edit: FormEdit, thoughtOn shown: Form, appliedTo present: Form) -> Bool {
        func same<T: Equatable>(_ part: (Form) -> T) -> Bool { part(shown) == part(present) }
        switch edit {
        case .replace: return shown == present
        case .head: return same { [$0.title, $0.intro] }
        case .addSection, .moveSection, .copySection: return same { $0.sections.map(\.key) }
        case .section(let key, _, _, _, _): return same { $0.bare(key) }
        case .removeSection(let key): return same { form in form.sections.first { $0.key == key } }
        case .addQuestion(_, let section, _), .copyQuestions(_, _, let section):
            return same { form in form.sections.first { $0.key == section }?.questions.map(\.key) }
        case .addColumn(_, let table): return same { $0.question(table)?.kind.columns.map(\.key) }
        case .question(let spot, _), .removeQuestion(let spot): return same { $0.question(at: spot) }
        case .moveQuestion, .placeQuestion:
            return same { form in form.sections.map { [$0.key] + $0.questions.map(\.key) } }
        case .duplicateQuestion(let spot):
            return same { $0.question(at: spot) } && same { $0.section(of: spot.question)?.questions.map(\.key) }
                && same { $0.question(spot.question)?.kind.columns.map(\.key) }
        case .addRule: return same { $0.rules.map(\.key) }
        case .rule(let key, _), .removeRule(let key): return same { form in form.rules.first { $0.key == key } }
        }
    }

    private static func whole(_ edit: FormEdit, _ form: Form) throws(FormEditRefusal) -> EditedForm {
        var form = form
        switch edit {
        case .head(let title, let intro):
            guard form.title != title || form.intro != intro else { throw unchanged }
            form.title = title
            form.intro = intro
            return EditedForm(form, "Titre et introduction changés")
        case .replace(var other, let words):
            other.key = form.key
            other.version = form.version
            guard other != form else { throw unchanged }
            return EditedForm(other, words)
        default: throw unchanged
        }
    }

    private static func rules(_ edit: FormEdit, _ form: Form) throws(FormEditRefusal) -> EditedForm {
        var form = form
        switch edit {
        case .addRule(var rule):
            if rule.key.isEmpty {
                rule.key = FormKey.proposed(
                    from: rule.message, taken: Set(form.rules.map(\.key)), fallback: "regle")
            }
            form.rules.append(rule)
            return EditedForm(form, "Règle ajoutée : \(rule.message)", place: "regles." + rule.key)
        case .rule(let key, var rule):
            guard let index = form.rules.firstIndex(where: { $0.key == key }) else { throw gone("Cette règle") }
            rule.key = key
            guard form.rules[index] != rule else { throw unchanged }
            form.rules[index] = rule
            return EditedForm(form, "Règle changée : \(rule.message)", place: "regles." + key)
        case .removeRule(let key):
            guard let index = form.rules.firstIndex(where: { $0.key == key }) else { throw gone("Cette règle") }
            let rule = form.rules.remove(at: index)
            return EditedForm(form, "Règle supprimée : \(rule.message)")
        default: throw unchanged
        }
    }

    static var unchanged: FormEditRefusal { FormEditRefusal("Rien ne change.") }

    static func gone(_ what: String) -> FormEditRefusal {
        FormEditRefusal("\(what) n’existe plus : quelqu’un l’a peut-être supprimée. Relisez le formulaire.")
    }
}

extension Form {
    /// A section without its questions.
    fileprivate func bare(_ key: String) -> FormSection? {
        guard var section = sections.first(where: { $0.key == key }) else { return nil }
        section.questions = []
        return section
    }
}
