extension FormEditing {
    static func move(
        _ key: String, _ direction: FormEdit.Direction, _ form: Form
    ) throws(FormEditRefusal) -> EditedForm {
        var changed = form
        let (home, rank) = try find(key, form)
        let question = form.sections[home].questions[rank]
        switch direction {
        case .up where rank > 0: changed.sections[home].questions.swapAt(rank, rank - 1)
        case .down where rank + 1 < form.sections[home].questions.count:
            changed.sections[home].questions.swapAt(rank, rank + 1)
        case .up where home > 0:
            changed.sections[home].questions.remove(at: rank)
            changed.sections[home - 1].questions.append(question)
        case .down where home + 1 < form.sections.count:
            changed.sections[home].questions.remove(at: rank)
            changed.sections[home + 1].questions.insert(question, at: 0)
        default:
            throw FormEditRefusal("Cette question est déjà \(direction == .up ? "la première" : "la dernière").")
        }
        let words = direction == .up ? "montée" : "descendue"
        let section = changed.section(of: key)?.key ?? form.sections[home].key
        return EditedForm(changed, "Question « \(question.label) » \(words)", place: section + "." + key)
    }

    static func moveColumn(
        _ spot: QuestionSpot, _ direction: FormEdit.Direction, _ form: Form
    ) throws(FormEditRefusal) -> EditedForm {
        var changed = form
        let (home, rank) = try find(spot.question, form)
        let kind = form.sections[home].questions[rank].kind
        var columns = kind.columns
        guard let place = columns.firstIndex(where: { $0.key == spot.column }) else { throw gone("Cette colonne") }
        let target = direction == .up ? place - 1 : place + 1
        guard columns.indices.contains(target) else {
            throw FormEditRefusal("Cette colonne est déjà \(direction == .up ? "la première" : "la dernière").")
        }
        columns.swapAt(place, target)
        changed.sections[home].questions[rank].kind = kind.with(columns: columns)
        let words = direction == .up ? "avancée" : "reculée"
        return EditedForm(
            changed, "Colonne « \(columns[target].label) » \(words)",
            place: form.sections[home].key + "." + spot.description)
    }

    static func place(
        _ key: String, _ section: String, _ before: String?, _ form: Form
    ) throws(FormEditRefusal) -> EditedForm {
        var changed = form
        let (home, rank) = try find(key, form)
        let target = try index(of: section, form)
        let question = changed.sections[home].questions.remove(at: rank)
        var spot = changed.sections[target].questions.count
        if let before, before != key {
            guard let found = changed.sections[target].questions.firstIndex(where: { $0.key == before }) else {
                throw gone("La question qui suit")
            }
            spot = found
        } else if before == key {
            spot = min(rank, spot)
        }
        changed.sections[target].questions.insert(question, at: spot)
        guard changed != form else { throw unchanged }
        let words = home == target ? "déplacée" : "déplacée dans « \(form.sections[target].title) »"
        return EditedForm(changed, "Question « \(question.label) » \(words)", place: section + "." + key)
    }
}

/// What reads a question: the conditions and computations to look at when it goes.
public enum FormReaders {
    /// The labels of the questions, sections and rules that read one of these questions, in the order of the form.
    public static func labels(of keys: Set<String>, in form: Form) -> [String] {
        func reads(_ mentions: [Mention]) -> Bool {
            mentions.contains { keys.contains($0.reference.key) && $0.table == nil }
        }
        func reads(_ question: Question) -> Bool {
            let own = Set(question.kind.columns.map(\.key))
            var mentions = (question.shownIf?.mentions ?? []) + (question.requirement.condition?.mentions ?? [])
            if case .computed(let formula, _) = question.kind { mentions += formula.mentions }
            if reads(mentions) { return true }
            return question.kind.columns.contains { column in
                var inner = (column.shownIf?.mentions ?? []) + (column.requirement.condition?.mentions ?? [])
                if case .computed(let formula, _) = column.kind { inner += formula.mentions }
                return reads(inner.filter { !own.contains($0.reference.key) })
            }
        }
        var found: [String] = []
        for section in form.sections {
            if reads(section.shownIf?.mentions ?? []) { found.append(section.title) }
            found += section.questions.filter { !keys.contains($0.key) && reads($0) }.map(\.label)
        }
        for rule in form.rules where reads(rule.condition.mentions + (rule.when?.mentions ?? [])) {
            found.append(rule.message)
        }
        return found
    }
}

/// Several questions copied at once, each with what it reads.
enum QuestionSet {
    /// Those of `keys` always come, under another key when theirs is taken; what they read comes when the form lacks it, and
    /// before them.
    static func copy(_ keys: [String], from source: Form, into form: Form, section: String) -> Form {
        var result = form
        var done: Set<String> = []
        for key in keys where !done.contains(key) {
            if result.question(key) == nil,
                let copied = QuestionCopy(of: key, from: source, into: result, section: section)
            {
                for missing in copied.missing.reversed() where result.question(missing) == nil {
                    guard !keys.contains(missing),
                        let with = QuestionCopy(of: missing, from: source, into: result, section: section)
                    else { continue }
                    result = with.form
                    done.insert(missing)
                }
            }
            if let copied = QuestionCopy(of: key, from: source, into: result, section: section) { result = copied.form }
            done.insert(key)
        }
        return result
    }
}
