import HTTPTypes
import Maillage
import Markup

/// `/jury/invitations/{secret}`: says what is offered, and to take it signed in with the address that received it.
enum JuryInvitationPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func accept(_ visit: Visit) async throws -> Answer {
        do {
            let jury = try await visit.perform(JoinJury(visit.secret()))
            let principal = visit.principal
            let call = try await visit.read { try CallStore.call(principal, jury.call, $0) }
            return .done(
                "Vous siégez dans ce jury. Dites dès maintenant si un lien vous rattache à un candidat.",
                to: call.map { Paths.jury(JuryAddress($0, jury.wave), .conflicts) } ?? Paths.home)
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let (secret, now) = (try visit.secret(), visit.now)
        // The secret came by mail: who holds it may read what it offers, and no more.
        guard let member = try await visit.read({ try JuryMemberStore.open(secret, at: now, $0) }) else {
            return visit.page("Invitation", status: .gone) { html in
                html.h1("Cette invitation ne peut plus servir")
                html.p("Elle a plus de trente jours, elle a déjà servi, ou elle a été reprise. Demandez-en une autre.")
            }
        }
        let tokens = FormTokens(visit)
        let isSignedIn = visit.principal.isSignedIn
        return visit.page(PageHead("Invitation au jury"), status: problems.isEmpty ? .ok : .unprocessableContent) {
            html in
            html.h1("Invitation au jury")
            html.add(ErrorSummary(problems))
            html.p("On vous propose\u{202F}: \(member.role.label.lowercased()).")
            html.p(
                "Ce que vous lirez et noterez reste au jury. Votre fiche, une fois définitive, ne change plus sans la présidence, et "
                    + "personne ne lit les notes des autres avant d’avoir rendu la sienne.")
            if isSignedIn {
                html.writingButton("Accepter de siéger", to: Paths.juryInvitation(secret), tokens, style: .primary)
            } else {
                html.p(
                    "Connectez-vous avec l’adresse qui a reçu l’invitation\u{202F}; le compte se crée au passage s’il n’existe pas."
                )
                html.p {
                    $0.a(
                        "Me connecter et revenir ici", .href(Paths.signIn(then: Paths.juryInvitation(secret))),
                        .class("button button-primary"))
                }
            }
        }
    }
}
