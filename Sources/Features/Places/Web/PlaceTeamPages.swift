import HTTPTypes
import Maillage
import Markup

/// `/lieux/{slug}/equipe`: who keeps the sheet, and invitations.
enum PlaceTeamPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func invite(_ visit: Visit) async throws -> Answer {
        let reading = try await PlaceReading.find(visit)
        let role = visit.form.text("role").flatMap(Role.init) ?? .placeEditor
        do {
            let email = try EmailAddress(visit.form.text("email") ?? "", field: "email")
            _ = try await visit.perform(
                InviteEditor(
                    email, as: role, of: Scope(.place, reading.place.id.number), named: reading.name, head: visit.head))
            return .done("L’invitation part à \(email.text).", to: Paths.place(reading.slug, .team))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func revoke(_ visit: Visit) async throws -> Answer {
        let reading = try await PlaceReading.find(visit)
        try await visit.perform(RevokeInvitation(try visit.identifier("invitation", of: Invitation.ID.self)))
        return .done("L’invitation est retirée.", to: Paths.place(reading.slug, .team))
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await PlaceReading.find(visit)
        let (principal, now) = (visit.principal, visit.now)
        let team = try await visit.read {
            try PlaceTeam.of(Scope(.place, reading.place.id.number), as: principal, at: now, $0)
        }
        let view = PlaceTeamView(
            reading: reading, team: team, form: visit.form, problems: problems, tokens: FormTokens(visit))
        var head = PageHead("Équipe\u{202F}: \(reading.name)", section: "Lieux", breadcrumbs: reading.crumbs("Équipe"))
        head.isIndexed = false
        head.hasErrors = !problems.isEmpty
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

struct PlaceTeamView: View {
    var reading: PlaceReading
    var team: PlaceTeam
    var form: Fields
    var problems: Problems
    var tokens: FormTokens

    func render(into html: inout HTML) {
        html.h1("Équipe")
        html.p(reading.name, .class("lead"))
        html.add(ErrorSummary(problems))
        html.section { html in
            html.h2("Qui tient cette fiche")
            if team.members.isEmpty { html.p("Personne pour l’instant\u{202F}: invitez quelqu’un du lieu.") }
            html.ul(.class("plain")) { html in
                for member in team.members { html.li { render(member, into: &$0) } }
            }
        }
        if !team.invitations.isEmpty {
            html.section { html in
                html.h2("Invitations en attente")
                html.ul(.class("plain")) { html in
                    for invitation in team.invitations {
                        html.li(.class("row row-between")) { html in
                            html.span(
                                "\(invitation.email.text), \(invitation.role.label.lowercased()), jusqu’au \(Format.day(invitation.expiresAt))"
                            )
                            html.writingButton("Retirer", to: Paths.teamInvitation(reading.slug, invitation.id), tokens)
                        }
                    }
                }
            }
        }
        html.section { html in
            html.h2("Inviter quelqu’un")
            html.writingForm(to: Paths.place(reading.slug, .team), tokens) { html in
                html.add(
                    TextField(
                        "email", "Son adresse de courriel", value: form["email"],
                        help: "Un message lui propose d’accepter\u{202F}; il vaut quatorze jours.",
                        error: problems.message("email"),
                        kind: .email, autocomplete: "off"))
                html.add(
                    Choice(
                        "role", "Son rôle",
                        options: [
                            Option(Role.placeEditor.rawValue, Role.placeEditor.label, help: "Modifie la fiche."),
                            Option(
                                Role.placeManager.rawValue, Role.placeManager.label,
                                help: "Décide aussi de la visibilité, des cercles et de l’équipe."),
                        ], value: form.text("role") ?? Role.placeEditor.rawValue, error: problems.message("role")))
                html.actions { $0.submit("Envoyer l’invitation") }
            }
        }
    }

    private func render(_ member: AccountDirectory.Entry, into html: inout HTML) {
        html.strong(member.account.name)
        if let email = member.account.email { html.text(" – \(email.text)") }
        for grant in member.grants {
            html.div(.class("row row-between")) { html in
                html.span(grant.grant.role.label + ", depuis le " + Format.day(grant.since))
                html.writingButton("Mettre fin à ce rôle", to: Paths.revocation(grant.id), tokens)
            }
        }
    }
}
