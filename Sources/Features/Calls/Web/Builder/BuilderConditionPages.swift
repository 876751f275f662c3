import Forms
import HTTPTypes
import Maillage
import Markup

/// `…/question/{question}/affichee`, `…/obligatoire`, `…/section/{section}/condition`: a condition, clause by clause, or as a
/// formula. Nothing is written until it is saved.
enum BuilderConditionPages {
    static func shown(_ visit: Visit) async throws -> Answer { try await show(visit, .shown) }
    static func required(_ visit: Visit) async throws -> Answer { try await show(visit, .required) }
    static func saveShown(_ visit: Visit) async throws -> Answer { try await save(visit, .shown) }
    static func saveRequired(_ visit: Visit) async throws -> Answer { try await save(visit, .required) }

    static func section(_ visit: Visit) async throws -> Answer {
        let condition = try await ofSection(visit)
        return page(visit, condition, clauses(condition), Problems())
    }

    static func saveSection(_ visit: Visit) async throws -> Answer { try await save(visit, try await ofSection(visit)) }

    private static func show(_ visit: Visit, _ role: BuilderCondition.Role) async throws -> Answer {
        let condition = try await ofQuestion(visit, role)
        return page(visit, condition, clauses(condition), Problems())
    }

    private static func save(_ visit: Visit, _ role: BuilderCondition.Role) async throws -> Answer {
        try await save(visit, try await ofQuestion(visit, role))
    }

    private static func ofQuestion(_ visit: Visit, _ role: BuilderCondition.Role) async throws -> BuilderCondition {
        let reading = try await BuilderReading.find(visit)
        let (spot, question) = try BuilderQuestionPages.found(visit, reading)
        if role == .required, question.kind.isComputed { throw Missing() }
        return BuilderCondition(target: .question(spot, role), reading: reading)
    }

    private static func ofSection(_ visit: Visit) async throws -> BuilderCondition {
        let reading = try await BuilderReading.find(visit)
        let key = try visit.parameter("section")
        guard reading.form.sections.contains(where: { $0.key == key }) else { throw Missing() }
        return BuilderCondition(target: .section(key), reading: reading)
    }

    /// The clauses of the present condition; nil when it says more than clauses can.
    private static func clauses(_ condition: BuilderCondition) -> Clauses? {
        guard let present = condition.present else { return Clauses() }
        return Clauses(present, in: condition.reading.form, table: condition.table)
    }

    private static func save(_ visit: Visit, _ condition: BuilderCondition) async throws -> Answer {
        let form = visit.form
        var typed = clauses(typed: form, condition)
        switch form["action"] ?? "" {
        case "ajouter":
            if let subject = form.text("nouveau").map({ Clause.Subject($0) }) {
                // The comparison one means most often: the first of those that suit.
                let tests = condition.kind(of: subject).map { Clause.tests(for: $0) }
                typed.list.append(Clause(subject, tests?.first ?? .isAmong))
            }
            return page(visit, condition, typed, Problems())
        case let action where action.hasPrefix("retirer"):
            if let number = Int(action.dropFirst(7)), typed.list.indices.contains(number) {
                typed.list.remove(at: number)
            }
            return page(visit, condition, typed, Problems())
        case "apercu":
            return page(visit, condition, typed, problems(typed, condition), isPreview: true, status: .ok)
        case "aucune": return try await write(visit, condition, nil, typed)
        case "formule":
            do {
                return try await write(visit, condition, try Condition(form["formule"] ?? ""), clauses(condition))
            } catch let problem as SyntaxProblem {
                return page(visit, condition, clauses(condition), Problems("formule", problem.message))
            }
        default:
            let problems = problems(typed, condition)
            guard problems.isEmpty else { return page(visit, condition, typed, problems) }
            let made = try typed.condition(in: condition.reading.form, table: condition.table)
            return try await write(visit, condition, made, typed)
        }
    }

    private static func problems(_ typed: Clauses, _ condition: BuilderCondition) -> Problems {
        do {
            _ = try typed.condition(in: condition.reading.form, table: condition.table)
            return Problems()
        } catch { return Problems("valeur.\(error.index)", error.message) }
    }

    private static func clauses(typed form: Fields, _ condition: BuilderCondition) -> Clauses {
        var clauses = Clauses(Clauses.Joint(rawValue: form["lien"] ?? "") ?? .all)
        for index in 0..<20 {
            guard let subject = form.text("sujet.\(index)") else { break }
            let test = form["test.\(index)"].flatMap { Clause.Test(rawValue: $0) } ?? .answered
            let values = form.values("valeur.\(index)").filter { !$0.allSatisfy(\.isWhitespace) }
            clauses.list.append(Clause(Clause.Subject(subject), test, test.needsValue ? values : []))
        }
        return clauses
    }

    private static func write(
        _ visit: Visit, _ condition: BuilderCondition, _ made: Condition?, _ typed: Clauses?
    ) async throws -> Answer {
        guard let edit = condition.edit(made) else { throw Missing() }
        if made == condition.present { return .redirect(to: condition.back) }
        do {
            let outcome = try await BuilderEdit.perform(visit, condition.reading, .edit(edit))
            return BuilderEdit.done(outcome, to: condition.back)
        } catch let problems as Problems {
            return page(visit, condition, typed, problems)
        } catch is Conflict {
            var fresh = condition
            fresh.reading = try await BuilderReading.find(visit)
            return page(visit, fresh, typed, try await BuilderEdit.conflict(visit, fresh.reading), status: .conflict)
        }
    }

    private static func page(
        _ visit: Visit, _ condition: BuilderCondition, _ clauses: Clauses?, _ problems: Problems,
        isPreview: Bool = false, status: HTTPResponse.Status? = nil
    ) -> Answer {
        let view = BuilderConditionView(
            condition: condition, clauses: clauses, problems: problems, isPreview: isPreview,
            formula: visit.form["formule"], tokens: FormTokens(visit))
        var head = condition.reading.head(view.title, problems: problems)
        head.scripts = ["builder.js"]
        return visit.page(head, status: status ?? BuilderText.status(problems), view)
    }
}
