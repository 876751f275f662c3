import Forms
import Maillage
import Markup

/// Every part, with how far it has come, and what the partners' figures add up to.
struct PartnersView: View {
    var reading: CandidacyReading
    /// Those that are open, by part, as far as the reader speaks there.
    var remarks: [CandidacyPartner.ID: Int] = [:]
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var dossier: CandidacyDossier { reading.dossier }
    private var parts: [CandidacyPart] { dossier.review.parts }

    func render(into html: inout HTML) {
        html.h1("Les parts des partenaires")
        html.p(reading.candidacy.name, .class("lead"))
        html.add(ErrorSummary(problems))
        html.add(CandidacyDeadline(reading: reading))
        html.p(
            "Chaque partenaire remplit sa part et engage sa structure. Personne n’écrit à la place d’un autre\u{202F}; "
                + "la personne qui porte la candidature lit tout, et dépose pour tous.")
        let present = parts.filter(\.isPresent)
        let departed = parts.filter { !$0.isPresent }
        if present.isEmpty {
            html.add(EmptyState("Aucun partenaire pour l’instant"))
        } else {
            html.add(PartsTable(reading: reading, parts: present, remarks: remarks))
        }
        html.add(PartTotals(state: dossier.review.state) { dossier.review.figures(of: $0) })
        if !departed.isEmpty { renderDeparted(departed, into: &html) }
        if dossier.leads, reading.isEditable { renderLead(into: &html) }
        html.p { $0.a("Revenir à la candidature", .href(Paths.candidacy(reading.id))) }
    }

    private func renderDeparted(_ departed: [CandidacyPart], into html: inout HTML) {
        html.section { html in
            html.h2("Partenaires partis")
            html.p("Leurs réponses sont gardées et se lisent. Elles ne comptent plus dans les totaux.", .class("muted"))
            html.ul { html in
                for part in departed {
                    html.li { html in
                        html.a(part.partner.name, .href(Paths.candidacyPart(reading.id, part.partner.id)))
                        if let day = part.partner.leftAt { html.text(", parti le \(Format.day(day))") }
                    }
                }
            }
        }
    }

    private func renderLead(into html: inout HTML) {
        html.section { html in
            html.h2("Ajouter un partenaire")
            html.p { html in
                html.a("Inviter une structure", .href(Paths.candidacy(reading.id, .team)), .class("button"))
            }
            guard dossier.member?.partner == nil, reading.call.settings.deposit.isConsortium else { return }
            html.h3("Votre propre structure")
            html.p("Si votre structure répond aussi aux questions des partenaires, ouvrez sa part.")
            html.writingForm(to: Paths.candidacyParts(reading.id), tokens) { html in
                html.add(
                    TextField(
                        "partenaire", "Nom de votre structure",
                        value: form["partenaire"] ?? reading.candidacy.structure,
                        error: problems.message("partenaire"), maximumLength: 200))
                html.actions { $0.submit("Ouvrir notre part", style: .plain) }
            }
        }
    }
}

/// The partners that take part, with what each one lacks.
struct PartsTable: View {
    var reading: CandidacyReading
    var parts: [CandidacyPart]
    var remarks: [CandidacyPartner.ID: Int] = [:]

    func render(into html: inout HTML) {
        html.add(
            DataTable(
                Format.count(parts.count, "partenaire", "partenaires"), rows: parts, id: "parts",
                columns: [
                    .init("Partenaire") { part, html in
                        html.a(part.partner.name, .href(Paths.candidacyPart(reading.id, part.partner.id)))
                        if part.partner.id == reading.dossier.member?.partner {
                            html.text(" ")
                            html.add(Badge("votre part", .info))
                        }
                        if let open = remarks[part.partner.id] {
                            html.text(" ")
                            html.add(Badge(Format.count(open, "commentaire ouvert", "commentaires ouverts"), .warn))
                        }
                    },
                    .init("Ce qui manque") { part, html in
                        if part.isComplete {
                            html.add(Badge("complète", .good))
                        } else {
                            html.add(Badge(Format.count(part.problems.count, "élément", "éléments"), .warn))
                        }
                    },
                    .init("Engagement") { part, html in
                        let partner = part.partner
                        html.add(Badge(partner.state.label, partner.state == .committed ? .good : .neutral))
                        if let day = partner.committedAt { html.text(" le \(Format.day(day))") }
                    },
                ]))
    }
}

/// The totals computed from the partners' figures, with where each figure comes from and who has not given it (CAND-32).
struct PartTotals: View {
    var state: FormState
    var figures: (Question) -> [PartFigure]

    func render(into html: inout HTML) {
        let totals = state.compiled.form.questions.filter { !$0.partnerFigures.isEmpty && state.isShown($0.key) }
        guard !totals.isEmpty else { return }
        html.section { html in
            html.h2("Les totaux")
            for question in totals {
                html.h3(Format.typography(question.label))
                html.add(PartSources(question: question, state: state, figures: figures(question)))
            }
        }
    }
}

/// One total: its amount, then each partner's figure.
struct PartSources: View {
    var question: Question
    var state: FormState
    var figures: [PartFigure]

    func render(into html: inout HTML) {
        html.p { $0.strong(CandidacyAnswers.computed(question, state) ?? "—") }
        for figure in figures {
            html.ul(.class("plain muted")) { html in
                for line in figure.lines {
                    let value = AnswerText.text(of: figure.question, line.value) ?? ""
                    html.li(
                        "\(line.name)\u{202F}: \(value) («\u{A0}\(Format.typography(figure.question.label))\u{A0}»)")
                }
            }
            if !figure.missing.isEmpty {
                html.p {
                    $0.strong(
                        "Il manque le chiffre de \(Format.list(figure.missing)) («\u{A0}"
                            + "\(Format.typography(figure.question.label))\u{A0}»)\u{202F}: le total ne le compte pas.")
                }
            }
        }
    }
}
