import Maillage

/// The page of an invitation: says what is offered, and to take it signed in with the address that received it.
enum InvitationPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let (secret, now) = (try visit.secret(), visit.now)
        // The secret came by mail: who holds it may read what it offers.
        let invitation = try await visit.read { try InvitationStore.open(secret, at: now, $0) }
        return visit.invitation(
            "Invitation", title: invitation.map { "Invitation\u{202F}: \($0.placeName)" },
            words: invitation.map {
                [
                    "On vous propose le rôle «\u{A0}\($0.role.label)\u{A0}» pour le lieu «\u{A0}\($0.placeName)\u{A0}»."
                ]
            }, path: Paths.invitation(secret), lifetime: "quatorze jours")
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
