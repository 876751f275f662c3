import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/equipe`: those who write together, and the partners.
enum CandidacyTeamPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, try await CandidacyReading.find(visit), Problems())
    }

    static func invite(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        let form = visit.form
        do {
            guard let role = CandidacyMember.Role(rawValue: form["role"] ?? "") else {
                throw Problems("role", "Dites ce que fera cette personne.")
            }
            _ = try await visit.perform(
                InviteToCandidacy(
                    candidacy: reading.id, email: form["courriel"] ?? "", role: role, sections: form.values("sections"),
                    partner: form["partenaire"] ?? "", head: visit.head, shelf: visit.reception.forms))
            return .done("L’invitation est partie.", to: Paths.candidacy(reading.id, .team))
        } catch let problems as Problems {
            return try await page(visit, reading, problems)
        }
    }

    static func commit(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        do {
            try await visit.perform(
                CommitPartner(
                    candidacy: reading.id, agrees: visit.form["engagement"] != nil, head: visit.head,
                    shelf: visit.reception.forms))
            return .done("Votre structure est engagée.", to: Paths.candidacy(reading.id, .team))
        } catch let problems as Problems {
            return try await page(visit, reading, problems)
        }
    }

    static func leave(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        let member = try visit.identifier("member", of: CandidacyMember.ID.self)
        try await visit.perform(LeaveCandidacy(candidacy: reading.id, member: member, head: visit.head))
        return reading.dossier.leads
            ? .done("C’est fait. Ce qui a été écrit reste.", to: Paths.candidacy(reading.id, .team))
            : .done("Vous ne participez plus à cette candidature.", to: Paths.candidacies)
    }

    private static func page(_ visit: Visit, _ reading: CandidacyReading, _ problems: Problems) async throws -> Answer {
        let id = reading.id
        let (members, names) = try await visit.read { reader in
            let members = try CandidacyMemberStore.members(of: id, reader)
            let people = members.compactMap(\.account) + [reading.candidacy.holder].compactMap(\.self)
            return (members, try AccountStore.names(people, reader))
        }
        let view = CandidacyTeamView(
            reading: reading, members: members, names: names, problems: problems, form: visit.form,
            tokens: FormTokens(visit))
        return visit.page(
            reading.head("Écrire à plusieurs", crumb: "Équipe", hasErrors: !problems.isEmpty),
            status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

struct CandidacyTeamView: View {
    var reading: CandidacyReading
    var members: [CandidacyMember]
    var names: [Account.ID: String]
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var partners: [CandidacyPartner] { reading.dossier.review.partners }
    private var sections: [(key: String, title: String)] {
        reading.dossier.review.state.compiled.form.sections.map { ($0.key, $0.title) }
    }

    func render(into html: inout HTML) {
        html.h1("Écrire à plusieurs")
        html.p(reading.candidacy.name, .class("lead"))
        html.add(ErrorSummary(problems))
        html.ul { html in
            if let holder = reading.candidacy.holder, let name = names[holder] {
                html.li("\(name) porte la candidature, et la dépose.")
            }
            for member in members { html.li { renderMember(member, into: &$0) } }
        }
        if let partner = ownPartner, partner.state != .left {
            if reading.dossier.review.asksPartners {
                html.p { $0.a("Remplir et engager notre part", .href(Paths.candidacyPart(reading.id, partner.id))) }
            } else {
                renderCommitment(partner, into: &html)
            }
        }
        html.add(LeadOfferCard(reading: reading, members: members, names: names, tokens: tokens))
        if reading.dossier.leads { renderInvitation(into: &html) }
    }

    /// The partner for which the reader is here.
    private var ownPartner: CandidacyPartner? {
        reading.dossier.member?.partner.flatMap { id in partners.first { $0.id == id } }
    }

    private func renderCommitment(_ partner: CandidacyPartner, into html: inout HTML) {
        html.section { html in
            html.h2("L’engagement de \(partner.name)")
            if let day = partner.committedAt {
                html.p("Engagement pris le \(Format.day(day)). Ne plus participer y met fin.")
            } else if reading.isEditable {
                html.writingForm(to: Paths.candidacyCommitment(reading.id), tokens) { html in
                    html.add(
                        CheckBox(
                            "engagement",
                            "\(partner.name) prend part à ce projet si la candidature est retenue, et je peux le dire en son nom.",
                            error: problems.message("engagement")))
                    html.actions { $0.submit("Engager \(partner.name)") }
                }
            }
        }
    }

    private func renderMember(_ member: CandidacyMember, into html: inout HTML) {
        // The address is the lead's and the person's own to see; the others read the name.
        let name = member.account.flatMap { names[$0] }
        let known = reading.dossier.leads ? member.email : "Une personne invitée"
        html.strong(name ?? known)
        html.text("\u{202F}: \(member.role.label.lowercased())")
        if let id = member.partner, let partner = partners.first(where: { $0.id == id }) {
            html.text(", \(partner.name) (\(partner.state.label.lowercased()))")
        }
        if !member.sections.isEmpty {
            let titles = sections.filter { member.sections.contains($0.key) }.map(\.title)
            html.text(", pour \(Format.list(titles))")
        }
        if member.account == nil {
            html.text(member.isInvited(at: reading.now) ? ", invitation envoyée" : ", invitation expirée")
        }
        html.text(" ")
        let isOwn = member.id == reading.dossier.member?.id
        if reading.dossier.leads || isOwn {
            html.writingButton(
                isOwn ? "Ne plus participer" : member.account == nil ? "Reprendre l’invitation" : "Retirer",
                to: Paths.candidacyDeparture(reading.id, member.id), tokens, style: .quiet)
        }
    }

    private func renderInvitation(into html: inout HTML) {
        let roles: [CandidacyMember.Role] =
            reading.call.settings.deposit.isConsortium ? [.writer, .reader, .partner] : [.writer, .reader]
        html.section { html in
            html.h2("Inviter quelqu’un")
            html.writingForm(to: Paths.candidacy(reading.id, .team), tokens) { html in
                html.add(
                    TextField(
                        "courriel", "Son adresse électronique", value: form["courriel"],
                        error: problems.message("courriel"), kind: .email, autocomplete: "off"))
                html.add(
                    Choice(
                        "role", "Ce que fera cette personne", options: roles.map { Option($0.rawValue, $0.label) },
                        value: form["role"] ?? CandidacyMember.Role.writer.rawValue, error: problems.message("role")))
                html.add(
                    CheckList(
                        "sections", "Pour écrire\u{202F}: dans quelles sections",
                        options: sections.map { Option($0.key, $0.title) }, values: Set(form.values("sections")),
                        help: "Sans choix, dans toutes."))
                if roles.contains(.partner) {
                    html.add(
                        TextField(
                            "partenaire", "Nom de la structure partenaire", value: form["partenaire"],
                            help: "Pour un partenaire seulement.", error: problems.message("partenaire"),
                            isRequired: false))
                }
                html.actions { $0.submit("Envoyer l’invitation") }
            }
        }
    }
}

/// `/candidatures/invitations/{secret}`: says what is offered, and to take it signed in with the address that received it.
enum CandidacyInvitationPages {
    static func show(_ visit: Visit) async throws -> Answer {
        let (secret, now) = (try visit.secret(), visit.now)
        // The secret came by mail: who holds it may read what it offers, and no more.
        let member = try await visit.read { try CandidacyMemberStore.open(secret, at: now, $0) }
        return visit.invitation(
            "Invitation à une candidature",
            words: member.map { ["On vous propose\u{202F}: \($0.role.label.lowercased())."] },
            path: Paths.candidacyInvitation(secret), lifetime: "vingt et un jours")
    }

    static func accept(_ visit: Visit) async throws -> Answer {
        let id = try await visit.perform(AcceptCandidacyInvitation(visit.secret()))
        return .done("Vous participez maintenant à cette candidature.", to: Paths.candidacy(id))
    }
}
