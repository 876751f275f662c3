import Maillage

/// The page of an invitation: says what is offered, and to take it signed in with the address that received it.
enum InvitationPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let (secret, now) = (try visit.secret(), visit.now)
        // The secret came by mail: who holds it may read what it offers.
        guard let invitation = try await visit.read({ try InvitationStore.open(secret, at: now, $0) }) else {
            return visit.page("Invitation", status: .gone) { html in
                html.h1("Cette invitation ne peut plus servir")
                html.p(
                    "Elle a plus de quatorze jours, elle a déjà servi, ou elle a été reprise. Demandez-en une autre.")
            }
        }
        let tokens = FormTokens(visit)
        let isSignedIn = visit.principal.isSignedIn
        return visit.page("Invitation") { html in
            html.h1("Invitation\u{202F}: \(invitation.placeName)")
            html.p(
                "On vous propose le rôle «\u{A0}\(invitation.role.label)\u{A0}» pour le lieu "
                    + "«\u{A0}\(invitation.placeName)\u{A0}»."
            )
            if isSignedIn {
                html.writingButton("Accepter", to: Paths.invitation(secret), tokens, style: .primary)
            } else {
                html.p(
                    "Connectez-vous avec l’adresse qui a reçu l’invitation\u{202F}; le compte se crée au passage "
                        + "s’il n’existe pas."
                )
                html.p {
                    $0.a(
                        "Me connecter et revenir ici", .href(Paths.signIn(then: Paths.invitation(secret))),
                        .class("button button-primary"))
                }
            }
        }
    }

    static func accept(_ visit: Visit) async throws -> Answer {
        let invitation = try await visit.perform(AcceptInvitation(visit.secret()))
        let words =
            "Vous avez maintenant le rôle «\u{A0}\(invitation.role.label)\u{A0}» pour "
            + "«\u{A0}\(invitation.placeName)\u{A0}»."
        // The session's secret changes at the next request, since rights rose (ACC-19).
        return .done(words, to: Paths.account)
    }
}
