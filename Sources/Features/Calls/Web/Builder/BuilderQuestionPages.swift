import Forms
import HTTPTypes
import Maillage
import Markup

/// `…/question` and `…/question/{question}`: a question, or a column of a table (`tableau.colonne`).
enum BuilderQuestionPages {
    static func showNew(_ visit: Visit) async throws -> Answer {
        new(visit, try await BuilderReading.find(visit), Problems())
    }

    static func add(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        var problems = Problems()
        let label = BuilderText.line(visit.form["libelle"], "libelle", limit: 300, &problems)
        if label.isEmpty { problems.add("libelle", "Écrivez la question telle que le candidat la lira.") }
        let table = visit.form.text("tableau")
        let known = table == nil ? KindChoice.all : KindChoice.columns
        let word = visit.form["nature"] ?? ""
        guard known.contains(where: { $0.word == word }), let kind = QuestionKind.blank(word), problems.isEmpty else {
            if !known.contains(where: { $0.word == word }) {
                problems.add("nature", "Choisissez ce que le candidat donnera.")
            }
            return new(visit, reading, problems)
        }
        let isRequired = visit.form.has("obligatoire") && word != "computed"
        let question = Question("", label, kind, isRequired ? .required : .optional)
        let edit: FormEdit =
            table.map { .addColumn(question, to: $0) }
            ?? .addQuestion(question, section: visit.form["section"] ?? "", after: visit.form.text("apres"))
        do {
            let outcome = try await BuilderEdit.perform(visit, reading, .edit(edit))
            let place = outcome.draft.step.place
            let next =
                visit.form["suite"] == "formulaire"
                ? reading.paths.overview(at: place) : reading.paths.spot(place, in: outcome.draft.form)
            return BuilderEdit.done(outcome, to: next)
        } catch let problems as Problems {
            return new(visit, reading, problems)
        } catch is Conflict {
            let fresh = try await BuilderReading.find(visit)
            return new(visit, fresh, try await BuilderEdit.conflict(visit, fresh), .conflict)
        }
    }

    private static func new(
        _ visit: Visit, _ reading: BuilderReading, _ problems: Problems, _ status: HTTPResponse.Status? = nil
    ) -> Answer {
        let sent = visit.form.has("nature") || visit.form.has("libelle") ? visit.form : visit.query
        let view = BuilderNewQuestionView(
            reading: reading, form: sent, problems: problems, tokens: FormTokens(visit))
        let head = reading.head(view.title, problems: problems)
        return visit.page(head, status: status ?? BuilderText.status(problems), view)
    }

    static func show(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        let (spot, question) = try found(visit, reading)
        return page(visit, reading, spot, question, nil, Problems())
    }

    static func save(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        let (spot, present) = try found(visit, reading)
        var reader = BuilderQuestionForm(visit.form, present)
        let question = reader.question()
        guard reader.problems.isEmpty else { return page(visit, reading, spot, present, visit.form, reader.problems) }
        do {
            let outcome = try await BuilderEdit.perform(visit, reading, .edit(.question(spot, question)))
            return BuilderEdit.done(outcome, to: after(visit, reading, spot, question, outcome))
        } catch let problems as Problems {
            // Nothing was changed here, and another page was asked for: there is nothing to reproach.
            if question == present, visit.form.text("suite") != nil {
                return .redirect(to: after(visit, reading, spot, question, nil))
            }
            return page(visit, reading, spot, present, visit.form, problems)
        } catch is Conflict {
            let fresh = try await BuilderReading.find(visit)
            let newer = fresh.form.question(at: spot) ?? present
            return page(
                visit, fresh, spot, newer, visit.form, try await BuilderEdit.conflict(visit, fresh), .conflict)
        }
    }

    /// Where one goes after a save: the list, the same page when an option moved, or the page that was asked for.
    private static func after(
        _ visit: Visit, _ reading: BuilderReading, _ spot: QuestionSpot, _ question: Question,
        _ outcome: FormDraftOutcome?
    ) -> String {
        let paths = reading.paths
        if BuilderQuestionForm.moves(visit.form) { return paths.question(spot) + "#choix" }
        switch visit.form["suite"] ?? "" {
        case "affichee": return paths.condition(spot, .shown)
        case "obligatoire": return paths.condition(spot, .required)
        case "nature": return paths.kind(spot)
        case "colonne":
            let section = reading.form.section(of: spot.question)?.key ?? ""
            return paths.newQuestion(in: section, table: spot.question)
        case "ici": return paths.question(spot)
        default: break
        }
        if spot.column != nil { return paths.question(QuestionSpot(spot.question)) + "#colonnes" }
        return paths.overview(at: outcome?.draft.step.place ?? "")
    }

    static func found(_ visit: Visit, _ reading: BuilderReading) throws -> (QuestionSpot, Question) {
        guard let spot = QuestionSpot(try visit.parameter("question")), let question = reading.form.question(at: spot)
        else { throw Missing() }
        return (spot, question)
    }

    private static func page(
        _ visit: Visit, _ reading: BuilderReading, _ spot: QuestionSpot, _ question: Question, _ typed: Fields?,
        _ problems: Problems, _ status: HTTPResponse.Status? = nil
    ) -> Answer {
        let view = BuilderQuestionView(
            reading: reading, spot: spot, question: question,
            fields: typed ?? BuilderQuestionForm.fields(of: question), problems: problems, tokens: FormTokens(visit))
        let head = reading.head(question.label.isEmpty ? "Question" : question.label, problems: problems)
        return visit.page(head, status: status ?? BuilderText.status(problems), view)
    }

    // MARK: Another kind

    static func showKind(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        let (spot, question) = try found(visit, reading)
        return kind(visit, reading, spot, question, Problems())
    }

    static func changeKind(_ visit: Visit) async throws -> Answer {
        let reading = try await BuilderReading.find(visit)
        let (spot, present) = try found(visit, reading)
        let word = visit.form["nature"] ?? ""
        let known = spot.column == nil ? KindChoice.all : KindChoice.columns
        guard known.contains(where: { $0.word == word }), let changed = present.kind.changed(to: word) else {
            return kind(visit, reading, spot, present, Problems("nature", "Choisissez ce que le candidat donnera."))
        }
        var question = present
        question.kind = changed
        do {
            let outcome = try await BuilderEdit.perform(visit, reading, .edit(.question(spot, question)))
            return BuilderEdit.done(outcome, to: reading.paths.question(spot))
        } catch let problems as Problems {
            return kind(visit, reading, spot, present, problems)
        } catch is Conflict {
            let fresh = try await BuilderReading.find(visit)
            let problems = try await BuilderEdit.conflict(visit, fresh)
            return kind(visit, fresh, spot, fresh.form.question(at: spot) ?? present, problems, .conflict)
        }
    }

    private static func kind(
        _ visit: Visit, _ reading: BuilderReading, _ spot: QuestionSpot, _ question: Question, _ problems: Problems,
        _ status: HTTPResponse.Status? = nil
    ) -> Answer {
        let tokens = FormTokens(visit)
        let head = reading.head("Changer ce qui est demandé", problems: problems)
        return visit.page(head, status: status ?? BuilderText.status(problems)) { html in
            html.h1("Changer ce qui est demandé")
            html.p(Format.typography(question.label), .class("lead"))
            html.p(
                "Les choix, les colonnes et les limites sont repris quand c’est possible. Les réponses déjà données aussi, à la publication."
            )
            html.add(ErrorSummary(problems))
            html.writingForm(to: reading.paths.kind(spot), tokens) { html in
                html.add(HiddenField("version", String(reading.draft.version)))
                html.add(
                    BuilderKindChoice(
                        chosen: visit.form["nature"] ?? question.kind.word, isColumn: spot.column != nil,
                        error: problems.message("nature")))
                html.actions { html in
                    html.submit("Changer")
                    html.a("Annuler", .href(reading.paths.question(spot)))
                }
            }
        }
    }
}
