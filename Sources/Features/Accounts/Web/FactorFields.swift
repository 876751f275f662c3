import Maillage
import Markup

/// The field of a code: six digits by the keyboard of digits, or a recovery code where letters must be typed.
struct FactorCodeField: View {
    private let field: TextField

    /// - Parameter takesRecovery: a recovery code may be typed in it too, which is of letters.
    init(_ name: String, takesRecovery: Bool = false, error: String? = nil) {
        field = TextField(
            name, takesRecovery ? "Code de l’application, ou code de secours" : "Code à six chiffres",
            help: takesRecovery
                ? "Six chiffres, ou les seize lettres et chiffres d’un code imprimé."
                : "Celui que montre votre application maintenant.",
            error: error, autocomplete: "one-time-code", isShort: !takesRecovery,
            inputMode: takesRecovery ? nil : "numeric")
    }

    func render(into html: inout HTML) { html.add(field) }
}

/// The ten codes, to be printed or copied, once.
struct RecoveryCodeList: View {
    var codes: [RecoveryCode]
    var network: String

    func render(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("Codes de secours – \(network)")
            html.p(
                "Chacun remplace une fois le code de l’application. Imprimez cette page ou recopiez-les, et gardez-les loin de cet "
                    + "appareil\u{202F}: ils ne seront plus montrés.")
            html.ol(.class("recovery-codes")) { html in
                for code in codes { html.li { $0.code(code.text) } }
            }
        }
    }
}

/// What is wrong with a code, in words.
enum FactorWords {
    static let wrong =
        "Ce n’est pas le bon code. Attendez le suivant, vérifiez l’heure de votre téléphone, ou prenez un code de secours."

    static func exhausted(_ wait: Instant.Span) -> String {
        let minutes = Int(max(1, (wait.seconds + 59) / 60))
        return "Trop de codes faux à la suite. Réessayez dans " + Format.count(minutes, "minute", "minutes") + "."
    }

    /// Nil when it is right.
    static func problem(_ answer: FactorAnswer) -> String? {
        switch answer {
        case .right: nil
        case .wrong: wrong
        case .exhausted(let wait): exhausted(wait)
        }
    }
}
