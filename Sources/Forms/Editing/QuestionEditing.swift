extension FormEditing {
    /// Edits of questions and columns.
    static func questions(_ edit: FormEdit, _ form: Form) throws(FormEditRefusal) -> EditedForm {
        switch edit {
        case .addQuestion(let question, let section, let after): return try add(question, section, after, form)
        case .addColumn(let column, let table): return try add(column, to: table, form)
        case .question(let spot, let question): return try replace(spot, question, form)
        case .moveQuestion(let spot, let direction):
            return spot.column == nil ? try move(spot.question, direction, form) : try moveColumn(spot, direction, form)
        case .placeQuestion(let key, let section, let before): return try place(key, section, before, form)
        case .duplicateQuestion(let spot): return try duplicate(spot, form)
        case .removeQuestion(let spot): return try remove(spot, form)
        case .copyQuestions(let keys, let source, let section):
            _ = try index(of: section, form)
            let wanted = keys.filter { source.question($0) != nil }
            guard !wanted.isEmpty else { throw FormEditRefusal("Choisissez au moins une question à copier.") }
            let copied = QuestionSet.copy(wanted, from: source, into: form, section: section)
            let count = copied.questions.count - form.questions.count
            return EditedForm(copied, count == 1 ? "Une question copiée" : "\(count) questions copiées", place: section)
        default: throw unchanged
        }
    }

    private static func add(
        _ question: Question, _ section: String, _ after: String?, _ form: Form
    ) throws(FormEditRefusal) -> EditedForm {
        var question = question
        let home = try index(of: section, form)
        if question.key.isEmpty { question.key = FormKey.proposed(from: question.label, taken: form.takenKeys) }
        guard form.question(question.key) == nil else {
            throw FormEditRefusal("Une question porte déjà la clé « \(question.key) ».")
        }
        var changed = form
        var spot = form.sections[home].questions.count
        if let after {
            guard let found = form.sections[home].questions.firstIndex(where: { $0.key == after }) else {
                throw gone("La question qui précède")
            }
            spot = found + 1
        }
        changed.sections[home].questions.insert(question, at: spot)
        return EditedForm(changed, "Question « \(question.label) » ajoutée", place: section + "." + question.key)
    }

    private static func add(_ column: Question, to table: String, _ form: Form) throws(FormEditRefusal) -> EditedForm {
        var column = column
        let (home, spot) = try find(table, form)
        var changed = form
        let kind = form.sections[home].questions[spot].kind
        guard kind.hasRows else { throw FormEditRefusal("Cette question n’a pas de colonnes.") }
        let taken = Set(kind.columns.map(\.key))
        if column.key.isEmpty { column.key = FormKey.proposed(from: column.label, taken: taken, fallback: "colonne") }
        guard !taken.contains(column.key) else {
            throw FormEditRefusal("Une colonne porte déjà la clé « \(column.key) ».")
        }
        changed.sections[home].questions[spot].kind = kind.with(columns: kind.columns + [column])
        return EditedForm(
            changed, "Colonne « \(column.label) » ajoutée",
            place: [form.sections[home].key, table, column.key].joined(separator: "."))
    }

    static func find(_ key: String, _ form: Form) throws(FormEditRefusal) -> (section: Int, question: Int) {
        for (home, section) in form.sections.enumerated() {
            if let spot = section.questions.firstIndex(where: { $0.key == key }) { return (home, spot) }
        }
        throw gone("Cette question")
    }

    private static func replace(
        _ spot: QuestionSpot, _ question: Question, _ form: Form
    ) throws(FormEditRefusal) -> EditedForm {
        var question = question
        var changed = form
        let (home, rank) = try find(spot.question, form)
        let section = form.sections[home].key
        guard let key = spot.column else {
            question.key = spot.question
            guard form.sections[home].questions[rank] != question else { throw unchanged }
            changed.sections[home].questions[rank] = question
            return EditedForm(changed, "Question « \(question.label) » changée", place: section + "." + question.key)
        }
        var columns = form.sections[home].questions[rank].kind.columns
        guard let place = columns.firstIndex(where: { $0.key == key }) else { throw gone("Cette colonne") }
        question.key = key
        guard columns[place] != question else { throw unchanged }
        columns[place] = question
        changed.sections[home].questions[rank].kind = form.sections[home].questions[rank].kind.with(columns: columns)
        return EditedForm(changed, "Colonne « \(question.label) » changée", place: section + "." + spot.description)
    }

    private static func duplicate(_ spot: QuestionSpot, _ form: Form) throws(FormEditRefusal) -> EditedForm {
        let (home, rank) = try find(spot.question, form)
        guard var copy = form.question(at: spot) else { throw gone("Cette colonne") }
        let words = copy.label
        copy.label += " (copie)"
        guard spot.column != nil else {
            copy.key = FormKey.proposed(from: spot.question, taken: form.takenKeys)
            let added = try add(copy, form.sections[home].key, form.sections[home].questions[rank].key, form)
            return EditedForm(added.form, "Question « \(words) » dupliquée", place: added.place)
        }
        let taken = Set(form.sections[home].questions[rank].kind.columns.map(\.key))
        copy.key = FormKey.proposed(from: copy.key, taken: taken, fallback: "colonne")
        let added = try add(copy, to: spot.question, form)
        return EditedForm(added.form, "Colonne « \(words) » dupliquée", place: added.place)
    }

    private static func remove(_ spot: QuestionSpot, _ form: Form) throws(FormEditRefusal) -> EditedForm {
        var changed = form
        let (home, rank) = try find(spot.question, form)
        guard let removed = form.question(at: spot) else { throw gone("Cette colonne") }
        guard let key = spot.column else {
            changed.sections[home].questions.remove(at: rank)
            return EditedForm(
                changed, "Question « \(removed.label) » supprimée", place: form.sections[home].key,
                orphans: FormReaders.labels(of: [spot.question], in: changed))
        }
        let kind = form.sections[home].questions[rank].kind
        changed.sections[home].questions[rank].kind = kind.with(columns: kind.columns.filter { $0.key != key })
        return EditedForm(
            changed, "Colonne « \(removed.label) » supprimée", place: form.sections[home].key + "." + spot.question)
    }
}
