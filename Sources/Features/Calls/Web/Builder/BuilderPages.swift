import Forms
import HTTPTypes
import Maillage
import Markup

/// `/appels/{slug}/formulaire/{stage}`: the form being written, section by section; every action is a form that posts.
enum BuilderPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let (call, maturity, reading) = try await BuilderReading.begun(visit)
        guard let reading else { return start(visit, call, maturity, Problems()) }
        return page(visit, reading, Problems())
    }

    /// One of the small actions: begin, move, duplicate, remove, undo…
    static func act(_ visit: Visit) async throws -> Answer {
        let (call, maturity, reading) = try await BuilderReading.begun(visit)
        guard let reading else { return try await begin(visit, call, maturity) }
        guard let change = change(visit.form, reading.form) else {
            if visit.form["action"] == "abandonner" { return try await drop(visit, reading) }
            return .redirect(to: reading.paths.overview)
        }
        do {
            let outcome = try await BuilderEdit.perform(visit, reading, change)
            let spot = visit.form["question"].flatMap { QuestionSpot($0) }
            // What is done to a column is done from the page of its table.
            let target =
                spot?.column == nil
                ? reading.paths.overview(at: outcome.draft.step.place)
                : reading.paths.question(QuestionSpot(spot?.question ?? "")) + "#colonnes"
            return BuilderEdit.done(outcome, to: target)
        } catch let problems as Problems {
            return page(visit, reading, problems)
        } catch is Conflict {
            let fresh = try await BuilderReading.find(visit)
            return page(visit, fresh, try await BuilderEdit.conflict(visit, fresh), status: .conflict)
        }
    }

    /// The change that a small action asks for; nil when it asks for none.
    static func change(_ form: Fields, _ definition: Form) -> FormDraftChange? {
        let section = form["section"] ?? ""
        let spot = form["question"].flatMap { QuestionSpot($0) }
        switch (form["action"] ?? "", spot) {
        case ("annuler", _): return .undo
        case ("retablir", _): return .redo
        case ("section_haut", _): return .edit(.moveSection(section, .up))
        case ("section_bas", _): return .edit(.moveSection(section, .down))
        case ("section_supprimer", _): return .edit(.removeSection(section))
        case ("haut", let spot?): return .edit(.moveQuestion(spot, .up))
        case ("bas", let spot?): return .edit(.moveQuestion(spot, .down))
        case ("dupliquer", let spot?): return .edit(.duplicateQuestion(spot))
        case ("supprimer", let spot?): return .edit(.removeQuestion(spot))
        case ("placer", let spot?):
            let target = form.text("vers") ?? definition.section(of: spot.question)?.key ?? ""
            return .edit(.placeQuestion(spot.question, section: target, before: form.text("avant")))
        case ("regle_supprimer", _): return .edit(.removeRule(form["regle"] ?? ""))
        default: return nil
        }
    }

    private static func drop(_ visit: Visit, _ reading: BuilderReading) async throws -> Answer {
        do {
            try await visit.perform(
                DropFormDraft(
                    call: reading.call.call.id, maturity: reading.maturity, version: BuilderEdit.version(visit)))
            return .done(
                "Le brouillon est abandonné\u{202F}; le dossier en usage n’a pas changé.",
                to: Paths.call(reading.call.slug, CallSection.Name.forms))
        } catch is Conflict {
            let fresh = try await BuilderReading.find(visit)
            return page(visit, fresh, try await BuilderEdit.conflict(visit, fresh), status: .conflict)
        }
    }

    /// Ready forms to begin with.
    static let samples: [(key: String, form: Form, words: String)] = [
        (
            "intention", StandardQuestions.intentionForm,
            "Quelques questions pour se signaler\u{202F}: qui vous êtes, où, et ce que vous imaginez."
        ),
        (
            "territoire", StandardQuestions.territoryCallForm,
            "Le projet, le lieu, le budget et son plan de financement, les engagements."
        ),
        (
            "trois_ans", StandardQuestions.threeYearCallForm,
            "Un accompagnement sur trois ans, avec des montants par année et un groupement."
        ),
    ]

    private static func begin(_ visit: Visit, _ call: CallReading, _ maturity: String) async throws -> Answer {
        let start: Form?
        switch visit.form["depart"] ?? "" {
        case "vide": start = Form(key: "dossier", title: "Dossier de candidature")
        case let key: start = samples.first { $0.key == key }?.form
        }
        do {
            _ = try await visit.perform(OpenFormDraft(call: call.call.id, maturity: maturity, start: start))
            return .redirect(to: BuilderPaths(slug: call.slug, maturity: maturity).overview)
        } catch let problems as Problems {
            return self.start(visit, call, maturity, problems)
        }
    }

    private static func start(
        _ visit: Visit, _ call: CallReading, _ maturity: String, _ problems: Problems
    ) -> Answer {
        var head = call.head("Formulaire")
        head.breadcrumbs?.parents.append(("Modifier", Link(path: "appels", call.slug, "modifier")))
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        return visit.page(
            head, status: problems.isEmpty ? .ok : .unprocessableContent,
            BuilderStartView(call: call, maturity: maturity, problems: problems, tokens: FormTokens(visit)))
    }

    private static func page(
        _ visit: Visit, _ reading: BuilderReading, _ problems: Problems, status: HTTPResponse.Status? = nil
    ) -> Answer {
        var head = reading.head(nil, problems: problems)
        head.scripts = ["builder.js"]
        return visit.page(
            head, status: status ?? (problems.isEmpty ? .ok : .unprocessableContent),
            BuilderView(reading: reading, problems: problems, tokens: FormTokens(visit)))
    }
}
