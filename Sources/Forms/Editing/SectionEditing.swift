extension FormEditing {
    /// Edits of sections.
    static func sections(_ edit: FormEdit, _ form: Form) throws(FormEditRefusal) -> EditedForm {
        switch edit {
        case .addSection(let title, let after): return try add(title, after: after, form)
        case .section(let key, let title, let intro, let maturities, let shownIf):
            var changed = form
            let place = try index(of: key, form)
            changed.sections[place].title = title
            changed.sections[place].intro = intro
            changed.sections[place].maturities = maturities
            changed.sections[place].shownIf = shownIf
            guard changed != form else { throw unchanged }
            return EditedForm(changed, "Section « \(title) » changée", place: key)
        case .moveSection(let key, let direction):
            var changed = form
            let place = try index(of: key, form)
            let target = direction == .up ? place - 1 : place + 1
            guard form.sections.indices.contains(target) else {
                throw FormEditRefusal("Cette section est déjà \(direction == .up ? "la première" : "la dernière").")
            }
            changed.sections.swapAt(place, target)
            let words = direction == .up ? "montée" : "descendue"
            return EditedForm(changed, "Section « \(form.sections[place].title) » \(words)", place: key)
        case .removeSection(let key):
            var changed = form
            let removed = changed.sections.remove(at: try index(of: key, form))
            let keys = Set(removed.questions.map(\.key))
            return EditedForm(
                changed, "Section « \(removed.title) » supprimée", orphans: FormReaders.labels(of: keys, in: changed))
        case .copySection(let key, let source): return try copy(key, source, form)
        default: throw unchanged
        }
    }

    static func index(of section: String, _ form: Form) throws(FormEditRefusal) -> Int {
        guard let place = form.sections.firstIndex(where: { $0.key == section }) else { throw gone("Cette section") }
        return place
    }

    private static func add(
        _ title: String, after: String?, _ form: Form
    ) throws(FormEditRefusal) -> EditedForm {
        guard form.sections.count < maxSections else {
            throw FormEditRefusal("Un formulaire a \(maxSections) sections au plus.")
        }
        var changed = form
        let key = FormKey.proposed(from: title, taken: Set(form.sections.map(\.key)), fallback: "section")
        var place = form.sections.count
        if let after { place = try index(of: after, form) + 1 }
        changed.sections.insert(FormSection(key, title), at: place)
        return EditedForm(changed, "Section « \(title) » ajoutée", place: key)
    }

    private static func copy(_ key: String, _ source: Form, _ form: Form) throws(FormEditRefusal) -> EditedForm {
        guard let section = source.sections.first(where: { $0.key == key }) else { throw gone("Cette section") }
        guard form.sections.count < maxSections else {
            throw FormEditRefusal("Un formulaire a \(maxSections) sections au plus.")
        }
        let wanted = section.questions.map(\.key).filter { form.question($0) == nil }
        guard !wanted.isEmpty || section.questions.isEmpty else {
            throw FormEditRefusal("Toutes les questions de cette section sont déjà dans le formulaire.")
        }
        var changed = form
        var own = section
        own.key = FormKey.proposed(from: section.key, taken: Set(form.sections.map(\.key)), fallback: "section")
        own.questions = []
        changed.sections.append(own)
        changed = QuestionSet.copy(wanted, from: source, into: changed, section: own.key)
        return EditedForm(changed, "Section « \(section.title) » copiée", place: own.key)
    }
}
