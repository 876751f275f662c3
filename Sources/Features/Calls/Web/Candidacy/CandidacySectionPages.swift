import Exchange
import Forms
import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/dossier/{section}`: the questions of a section. Saved as they are, complete or not; what was typed is
/// never lost.
enum CandidacySectionPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        let section = try section(visit, reading)
        // What the partners answer has a page of its own.
        if section.key == Form.partners, reading.dossier.review.asksPartners {
            return .redirect(to: Paths.candidacyParts(reading.id))
        }
        var view = CandidacySectionView(reading: reading, section: section)
        view.grown = visit.query.text("ligne")
        view.showsProblems = visit.query.has("verifier")
        if visit.wantsData { return try await CandidacySaving.news(visit, reading.side, section) }
        view.proposed = SectionPrefill.values(visit.query, section, reading.candidacy.answers)
        view.carried = SectionPrefill.proposals(in: visit.query)
        return try await page(visit, view)
    }

    static func save(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        let section = try section(visit, reading)
        if visit.wantsData { return try await CandidacySaving.save(visit, reading.side, section) }
        var view = CandidacySectionView(reading: reading, section: section)
        view.typed = visit.form
        view.version = visit.form.int("version") ?? reading.candidacy.version
        if isAboutRemarks(visit.form), !reading.dossier.mayWrite(section.key, at: reading.now) {
            do {
                return try await remark(visit, reading.side, section: section.key)
            } catch let problems as Problems {
                view.problems = problems
                return try await page(visit, view)
            }
        }
        if visit.form.has(QuestionRows.paste) { return try await page(visit, paste(visit, view)) }
        do {
            let saved = try await visit.perform(
                SaveCandidacy(
                    candidacy: reading.id, version: view.version, section: section.key, fields: fields(of: visit.form),
                    shelf: visit.reception.forms))
            if !saved.refused.isEmpty {
                view.reading = try await CandidacyReading.find(visit)
                view.version = saved.candidacy.version
                for problem in saved.refused { view.problems.add(problem.field, Format.typography(problem.message)) }
                return try await page(visit, view)
            }
            if isAboutRemarks(visit.form) {
                view.reading = try await CandidacyReading.find(visit)
                view.version = saved.candidacy.version
                return try await remark(visit, view.reading.side, section: section.key)
            }
            return after(visit, reading, section, hasChanged: !saved.changed.isEmpty)
        } catch let problems as Problems {
            view.problems = problems
            return try await page(visit, view)
        } catch let conflict as CandidacyConflict {
            view.reading = try await CandidacyReading.find(visit)
            view.version = conflict.current
            view.clashes = conflict.clashes
            return try await page(visit, view)
        } catch is Conflict {
            view.version = reading.candidacy.version
            view.problems = Problems(
                "", "Cette page était trop ancienne. Relisez vos réponses ci-dessous, puis enregistrez à nouveau.")
            return try await page(visit, view)
        }
    }

    /// Where one goes after a save: one more row, the next section, or the same one.
    private static func after(
        _ visit: Visit, _ reading: CandidacyReading, _ section: FormSection, hasChanged: Bool
    ) -> Answer {
        let here = Paths.candidacySection(reading.id, section.key)
        if let group = visit.form.text(QuestionRows.add) {
            let key = String(group.prefix { $0 != "." })
            let target = Paths.candidacySection(reading.id, section.key, query: [("ligne", key)])
            return .redirect(to: target + "#" + QuestionField.anchor(of: key))
        }
        if visit.form.has(QuestionRows.remove) { return .redirect(to: here) }
        if let key = AttachmentControl.question(in: visit.form["suite"]) {
            return .redirect(to: Paths.candidacyFiles(reading.id) + "#" + CandidacyFilesView.anchor(of: key))
        }
        let words = hasChanged ? "C’est enregistré." : "Tout est enregistré."
        if visit.form["suite"] == "suivante", let next = next(after: section, reading) {
            return .done(
                words,
                to: Paths.candidacySection(reading.id, next.key, query: SectionPrefill.proposals(in: visit.form)))
        }
        if visit.form["suite"] == "suivante" { return .done(words, to: Paths.candidacy(reading.id)) }
        return .done(words, to: here)
    }

    static func next(after section: FormSection, _ reading: CandidacyReading) -> FormSection? {
        let state = reading.dossier.review.state
        let shown = state.compiled.form.sections.filter { state.isSectionShown($0.key) }
        guard let place = shown.firstIndex(where: { $0.key == section.key }), place + 1 < shown.count else {
            return nil
        }
        return shown[place + 1]
    }

    /// The fields that are answers, without rows in which nothing was typed and the row to take away.
    static func fields(of form: Fields) -> [URLEncodedForm.Field] {
        let removed = form.text(QuestionRows.remove)
        var filled: Set<String> = []
        for field in form.all where !field.value.allSatisfy(\.isWhitespace) {
            let parts = field.name.split(separator: ".")
            if parts.count >= 3 { filled.insert("\(parts[0]).\(parts[1])") }
        }
        var fields: [URLEncodedForm.Field] = []
        for field in form.all {
            let parts = field.name.split(separator: ".")
            if parts.count == 2, parts[1] == "lignes" {
                let row = "\(parts[0]).\(field.value)"
                // A group whose last row goes still says that it has none.
                fields.append(.init(field.name, row == removed || !filled.contains(row) ? "" : field.value))
                continue
            }
            if parts.count >= 3, let removed, field.name.hasPrefix(removed + ".") { continue }
            fields.append(.init(field.name, field.value))
        }
        return fields
    }

    private static func section(_ visit: Visit, _ reading: CandidacyReading) throws -> FormSection {
        let key = try visit.parameter("section")
        let state = reading.dossier.review.state
        guard let section = state.compiled.form.sections.first(where: { $0.key == key }) else { throw Missing() }
        return section
    }

    private static func page(_ visit: Visit, _ view: CandidacySectionView) async throws -> Answer {
        var view = view
        view.company = try await CandidacyCompany.read(visit, view.reading)
        view.tokens = FormTokens(visit)
        view.account = visit.principal.account?.text ?? ""
        let hasErrors = !view.problems.isEmpty || !view.clashes.isEmpty
        var head = view.reading.head(view.section.title, crumb: view.section.title, hasErrors: hasErrors)
        head.scripts = ["form-text.js", "form.js", "rows.js", "saving.js", "counter.js", "suggest.js"]
        let status: HTTPResponse.Status =
            !view.clashes.isEmpty ? .conflict : view.problems.isEmpty ? .ok : .unprocessableContent
        return visit.page(head, status: status, view)
    }
}
