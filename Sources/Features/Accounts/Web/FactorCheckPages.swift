import Maillage
import Markup

/// Shows the second factor again, before a page that asks for it (ACC-28).
enum FactorCheckPages {
    static func show(_ visit: Visit) async throws -> Answer {
        page(visit, then: Paths.local(visit.query["vers"]))
    }

    static func check(_ visit: Visit) async throws -> Answer {
        let destination = Paths.local(visit.form["vers"])
        if let problem = try await problem(with: visit.form["code"] ?? "", visit) {
            return page(visit, then: destination, Problems("code", problem))
        }
        return .redirect(to: destination ?? Paths.account)
    }

    private static func page(_ visit: Visit, then destination: String?, _ problems: Problems = Problems()) -> Answer {
        visit.personalPage(
            "Confirmez par un code", problems: problems,
            FactorCheckView(destination: destination, problems: problems, tokens: FormTokens(visit)))
    }

    /// What is wrong with a code typed in this session; nil when it is right.
    static func problem(with typed: String, _ visit: Visit) async throws -> String? {
        let act = ShowFactor(
            typed: typed, session: try visit.ownSession(), seal: visit.reception.keys.factors, head: visit.head)
        return FactorWords.problem(try await visit.perform(act))
    }
}

struct FactorCheckView: View {
    var destination: String?
    var problems = Problems()
    var tokens: FormTokens

    static let sample = FactorCheckView(destination: "/mon-compte/donnees.zip", tokens: .sample)

    func render(into html: inout HTML) {
        html.h1("Confirmez par un code")
        html.add(ErrorSummary(problems))
        html.p("Ce que vous demandez est délicat, et votre second facteur a été montré il y a plus d’un quart d’heure.")
        html.writingForm(to: Paths.secondFactorCheck, tokens) { html in
            if let destination { html.add(HiddenField("vers", destination)) }
            html.add(FactorCodeField("code", takesRecovery: true, error: problems.message("code")))
            html.actions { $0.submit("Continuer") }
        }
        html.p { $0.a("Retour à mon compte", .href(Paths.account)) }
    }
}
