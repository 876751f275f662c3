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
        let member = try await visit.read { try JuryMemberStore.open(secret, at: now, $0) }
        return visit.invitation(
            "Invitation au jury",
            words: member.map { member in
                [
                    "On vous propose\u{202F}: \(member.role.label.lowercased()).",
                    "Ce que vous lirez et noterez reste au jury. Votre fiche, une fois définitive, ne change plus sans la présidence, et "
                        + "personne ne lit les notes des autres avant d’avoir rendu la sienne.",
                ]
            }, acceptance: "Accepter de siéger", path: Paths.juryInvitation(secret), lifetime: "trente jours",
            problems: problems)
    }
}
