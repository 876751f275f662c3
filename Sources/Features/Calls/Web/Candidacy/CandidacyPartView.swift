import Maillage
import Markup

/// One partner's part: its sections, what it lacks, its people and its commitment.
struct CandidacyPartView: View {
    var reading: PartReading
    var members: [CandidacyMember] = []
    var names: [Account.ID: String] = [:]
    var company = CandidacyCompany()
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var partner: CandidacyPartner { reading.partner }
    private var whole: CandidacyReading { reading.whole }

    func render(into html: inout HTML) {
        html.p(.class("row")) {
            $0.add(Badge(partner.state.label, partner.state == .committed ? .good : .neutral))
        }
        html.h1(partner.name)
        html.p(.class("lead")) { html in
            html.text("Sa part dans «\u{A0}")
            html.a(reading.candidacy.name, .href(Paths.candidacy(reading.candidacy.id)))
            html.text("\u{A0}»")
        }
        html.add(ErrorSummary(problems))
        html.add(CandidacyDeadline(reading: whole))
        if !reading.part.isPresent {
            html.p {
                $0.strong(
                    "Ce partenaire ne participe plus. Ses réponses sont gardées, et ne comptent pas dans les totaux.")
            }
        } else if !reading.mayWrite {
            html.p(
                "Vous lisez cette part sans pouvoir l’écrire\u{202F}: elle appartient à \(partner.name).",
                .class("muted"))
        }
        html.add(CandidacyDuties(side: reading.side, company: company))
        renderSections(into: &html)
        renderShortfalls(into: &html)
        if reading.part.isPresent { renderCommitment(into: &html) }
        if !reading.mayWrite {
            html.add(
                CandidacyAnswers(
                    state: reading.part.state, sections: reading.part.state.compiled.form.sections,
                    links: .own(reading.candidacy.id)))
        }
        renderPeople(into: &html)
        html.p { $0.a("Toutes les parts", .href(Paths.candidacyParts(reading.candidacy.id))) }
    }

    private func renderSections(into html: inout HTML) {
        let state = reading.part.state
        html.section { html in
            html.h2("À remplir par le partenaire")
            html.ol(.class("progress")) { html in
                for section in state.compiled.form.sections where state.isSectionShown(section.key) {
                    let progress = state.progress(of: section.key)
                    html.li { html in
                        html.a(
                            section.title,
                            .href(Paths.partSection(reading.candidacy.id, partner.id, section.key)))
                        html.text(" ")
                        if progress.blocking == 0 {
                            html.add(Badge("complet", .good))
                        } else {
                            html.add(
                                Badge(
                                    "\(Format.number(progress.requiredAnswered)) sur \(Format.number(progress.required))",
                                    .warn))
                        }
                    }
                }
            }
            html.ul { html in
                if state.compiled.form.asksForFiles {
                    html.li { $0.a("Pièces à joindre à cette part", .href(reading.side.files)) }
                }
                if reading.part.isPresent {
                    html.li { $0.a("Qui écrit quoi", .href(reading.side.page(.parts))) }
                }
                html.li { $0.a("Qui a écrit quoi", .href(reading.side.history())) }
            }
        }
    }

    private func renderShortfalls(into html: inout HTML) {
        let shortfalls = whole.dossier.review.shortfalls(of: reading.part)
        guard !shortfalls.isEmpty, reading.part.isPresent else { return }
        html.section { html in
            html.h2("Il manque " + Format.count(shortfalls.count, "élément", "éléments"))
            html.ul { html in
                for shortfall in shortfalls {
                    html.li { html in
                        html.a(
                            Format.typography(shortfall.about),
                            .href(CandidacyShortfalls.link(shortfall.place, of: reading.candidacy.id)))
                        html.text("\u{202F}: \(shortfall.message)")
                    }
                }
            }
        }
    }

    private func renderCommitment(into html: inout HTML) {
        html.section { html in
            html.h2("L’engagement de \(partner.name)")
            if let day = partner.committedAt {
                html.p(
                    "Engagement pris le \(Format.day(day)). Changer une réponse de cette part, ou ne plus participer, y met fin."
                )
            } else if !reading.part.isComplete {
                html.p("L’engagement se prend quand rien ne manque à cette part.")
            } else if reading.mayCommit {
                html.writingForm(to: Paths.partCommitment(reading.candidacy.id, partner.id), tokens) { html in
                    html.add(
                        CheckBox(
                            "engagement",
                            "\(partner.name) prend part à ce projet si la candidature est retenue, sa part est exacte, et je "
                                + "peux le dire en son nom.",
                            error: problems.message("engagement")))
                    html.actions { $0.submit("Engager \(partner.name)") }
                }
            } else {
                html.p("Le partenaire ne s’est pas encore engagé. Lui seul peut le faire.")
            }
        }
    }

    private func renderPeople(into html: inout HTML) {
        let dossier = whole.dossier
        html.section { html in
            html.h2("Qui remplit cette part")
            html.ul { html in
                for member in members {
                    let known = dossier.leads || reading.isOwn ? member.email : "Une personne invitée"
                    let what = member.commits ? "engage le partenaire" : "écrit sa part"
                    html.li { html in
                        html.text(
                            "\(member.account.flatMap { names[$0] } ?? known)\u{202F}: \(what)"
                                + (member.account == nil ? ", invitation envoyée" : "") + " ")
                        let isMine = member.id == dossier.member?.id
                        if isMine || dossier.leads || (reading.mayCommit && !member.commits) {
                            html.writingButton(
                                isMine ? "Ne plus participer" : "Retirer",
                                to: Paths.candidacyDeparture(reading.candidacy.id, member.id), tokens, style: .quiet)
                        }
                    }
                }
            }
            guard whole.isEditable, dossier.leads || reading.mayCommit else { return }
            html.h3(reading.part.isPresent ? "Inviter quelqu’un d’autre" : "Faire revenir ce partenaire")
            html.writingForm(to: reading.path, tokens) { html in
                html.add(
                    TextField(
                        "courriel", "Son adresse électronique", value: form["courriel"],
                        error: problems.message("courriel"), kind: .email, autocomplete: "off"))
                html.add(
                    CheckBox(
                        "engage", "Cette personne peut engager \(partner.name)", isChecked: form.has("engage"),
                        isRequired: false))
                html.actions { $0.submit("Envoyer l’invitation", style: .plain) }
            }
        }
    }
}
