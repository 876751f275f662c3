import HTTPTypes
import Maillage
import Markup

/// What the holder of an invitation reads: what is offered, and the way to take it, signed in with the address that received it.
struct InvitationOffer: View {
    var title: String
    /// What is offered, a sentence each.
    var words: [String]
    /// The words of the button.
    var acceptance = "Accepter"
    /// The invitation's own address, where it is accepted too.
    var path: String
    var isSignedIn: Bool
    var problems = Problems()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.h1(title)
        html.add(ErrorSummary(problems))
        for sentence in words { html.p(sentence) }
        if isSignedIn {
            html.writingButton(acceptance, to: path, tokens, style: .primary)
        } else {
            html.p(
                "Connectez-vous avec l’adresse qui a reçu l’invitation\u{202F}; le compte se crée au passage s’il n’existe pas."
            )
            html.p {
                $0.a("Me connecter et revenir ici", .href(Paths.signIn(then: path)), .class("button button-primary"))
            }
        }
    }
}

extension Visit {
    /// The page of an invitation; of one that may no longer be accepted when `words` is nil.
    ///
    /// - Parameters:
    ///   - head: the title of the page.
    ///   - title: over what is offered, when it says more than the page's own.
    ///   - lifetime: how long such an invitation lasts, in words.
    func invitation(
        _ head: String, title: String? = nil, words: [String]?, acceptance: String = "Accepter", path: String,
        lifetime: String, problems: Problems = Problems()
    ) -> Answer {
        guard let words else {
            return page("Invitation", status: .gone) { html in
                html.h1("Cette invitation ne peut plus servir")
                html.p("Elle a plus de \(lifetime), elle a déjà servi, ou elle a été reprise. Demandez-en une autre.")
            }
        }
        return page(
            PageHead(head), status: problems.isEmpty ? .ok : .unprocessableContent,
            InvitationOffer(
                title: title ?? head, words: words, acceptance: acceptance, path: path,
                isSignedIn: principal.isSignedIn, problems: problems, tokens: FormTokens(self)))
    }
}
