import Maillage
import Markup

/// The second step of signing in. The same page whether a second step is waited for or not (ACC-26).
enum SecondStepPages {
    static func show(_ visit: Visit) async throws -> Answer {
        visit.personalPage("Connexion en deux temps", SecondStepView(tokens: FormTokens(visit)))
    }

    static func pass(_ visit: Visit) async throws -> Answer {
        let recovery = visit.form.text("code_secours")
        let act = PassFactor(
            typed: recovery ?? visit.form["code"] ?? "", half: visit.halfSession, seal: visit.reception.keys.factors,
            head: visit.head)
        let problem: String
        switch try await visit.reception.desk.perform(act, as: .visitor) {
        case .opened(let opened): return try await visit.awaiting(nil, in: visit.enter(opened))
        case .gone:
            return visit.awaiting(
                nil,
                in: .redirect(
                    to: Paths.signIn(),
                    flash: FlashMessage(
                        .warning, "La connexion a attendu plus de dix minutes, ou a changé\u{202F}: recommencez-la.")))
        case .wrong: problem = FactorWords.wrong
        case .exhausted(let wait): problem = FactorWords.exhausted(wait)
        }
        let problems = Problems(recovery == nil ? "code" : "code_secours", problem)
        return visit.personalPage(
            "Connexion en deux temps", problems: problems, SecondStepView(problems: problems, tokens: FormTokens(visit))
        )
    }
}

/// « Second facteur »: the code of the application, or a recovery code, or what to do when both are lost.
struct SecondStepView: View {
    var problems = Problems()
    var tokens: FormTokens

    static let sample = SecondStepView(tokens: .sample)

    func render(into html: inout HTML) {
        html.h1("Connexion en deux temps")
        html.add(ErrorSummary(problems))
        html.p("Votre compte est protégé par une application qui donne un code à six chiffres, sur votre téléphone.")
        html.writingForm(to: Paths.secondStep, tokens) { html in
            html.add(FactorCodeField("code", error: problems.message("code")))
            html.actions { $0.submit("Se connecter") }
        }
        html.details(.open(problems.message("code_secours") != nil)) { html in
            html.summary("Je n’ai plus l’application")
            html.writingForm(to: Paths.secondStep, tokens) { html in
                html.add(
                    TextField(
                        "code_secours", "Code de secours",
                        help: "Un de ceux que vous avez imprimés\u{202F}: seize lettres et chiffres.",
                        error: problems.message("code_secours"), autocomplete: "off"))
                html.actions { $0.submit("Se connecter avec ce code", style: .plain) }
            }
            html.p { html in
                html.text("Plus de code non plus\u{202F}? ")
                html.a("Écrivez-nous", .href("/contact"))
                html.text(
                    "\u{202F}: deux personnes de l’administration technique peuvent, ensemble, retirer ce second facteur."
                )
            }
        }
    }
}
