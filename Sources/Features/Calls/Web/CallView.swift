import Maillage
import Markup

/// The page of a call: what, for whom, how much, until when; then how it is chosen, and all that was said since.
struct CallView: View {
    var reading: CallReading
    /// What other rooms have for those who keep it.
    var pointers: [LaterRooms.Pointer] = []

    private var call: Call { reading.call }
    private var settings: CallSettings { reading.settings }
    private var slug: String { reading.slug }

    func render(into html: inout HTML) {
        html.p(.class("row")) { html in
            html.add(PhaseBadge(phase: reading.phase))
            html.span(call.nature.label, .class("muted"))
        }
        html.h1(call.title)
        if !settings.identity.organiser.isEmpty { html.p(settings.identity.organiser, .class("lead")) }
        if call.state == .cancelled { renderCancellation(into: &html) }
        if reading.mayEdit { html.add(CallTeamBar(reading: reading)) }
        html.add(LaterPointers(title: "Après le dépôt", pointers: pointers))
        html.div(.class("with-aside")) { html in
            html.aside(.aria("label", "L’essentiel")) { html in renderAside(into: &html) }
            html.div { html in
                renderWhat(into: &html)
                html.add(CallAudienceView(settings: settings, slug: slug))
                renderMoney(into: &html)
                html.add(CallDates(settings: settings, now: reading.now))
                html.add(CallSelection(settings: settings))
                html.add(CallDossier(reading: reading))
                html.add(CallAnswers(reading: reading))
                html.add(CallHistory(reading: reading))
            }
            if settings.identity.hasContact {
                html.aside(.aria("label", "Contact")) { $0.add(CallContact(identity: settings.identity)) }
            }
        }
    }

    private func renderCancellation(into html: inout HTML) {
        html.div(.class("flash flash-error")) { html in
            html.p { html in
                html.strong("Cet appel est annulé")
                if let at = call.cancelledAt { html.text(" depuis le \(Format.day(at))") }
                html.text(". \(Format.typography(call.cancelReason))")
            }
        }
    }

    private func renderAside(into html: inout HTML) {
        html.section(.class("card deadline-card")) { html in
            html.h2("Jusqu’à quand")
            html.add(DeadlineLine(call: call, now: reading.now))
            if call.state != .draft {
                html.p { $0.a("Ajouter les dates à mon agenda", .href("/appels/\(slug).ics")) }
            }
        }
        if call.state != .cancelled {
            html.section(.class("card")) { html in
                html.h2("Répondre")
                if call.settings.deposit.isOnline, reading.phase == .open || reading.phase == .coming {
                    html.p { html in
                        html.a(
                            "Préparer ma candidature", .href(Paths.applyTo(call)), .class("button button-primary"))
                    }
                }
                html.p { html in
                    html.a("Suis-je concerné\u{202F}?", .href(Paths.call(slug, .eligibility)), .class("button"))
                }
                html.p { $0.a("Le dossier type, à lire et à télécharger", .href(Paths.call(slug, .blank))) }
                html.p { $0.a("Le règlement", .href(Paths.call(slug, .rules))) }
                if call.state == .published, settings.waves.contains(where: { $0.closesAt <= reading.now }) {
                    html.p { $0.a("Les résultats", .href(Paths.call(slug, .results))) }
                    html.p { $0.a("Preuve de service", .href("/appels/\(slug)/preuve-de-service")) }
                }
                if call.state != .draft {
                    html.p { $0.a("Vérifier un récépissé", .href(Paths.receiptCheck)) }
                }
            }
        }
    }

    private func renderWhat(into html: inout HTML) {
        let texts = settings.presentation
        html.section { html in
            html.h2("De quoi s’agit-il")
            html.add(PlainProse(text: settings.identity.summary))
            html.add(PlainProse(text: texts.context))
            if !texts.objectives.isEmpty {
                html.h3("Objectifs")
                html.add(PlainProse(text: texts.objectives))
            }
            html.add(Chips(texts.sectors.map { Chip(ReferenceList.sectors.label($0)) }))
            if !texts.definitions.isEmpty {
                html.h3("Ce que l’appel entend par là")
                html.add(PlainProse(text: texts.definitions))
            }
        }
    }

    private func renderMoney(into html: inout HTML) {
        let money = settings.envelope
        let facts = DefinitionList([
            .init("Aide par projet", CallMoney.words(money)),
            .init("Enveloppe de l’appel", money.envelope.map(CallWords.euros)),
            .init("Projets attendus", money.winners.map { Format.number($0) }),
            .init("Part des dépenses prise en charge", money.aidRate.map { CallWords.rate($0) + " au plus" }),
            .init("Toutes aides publiques réunies", money.publicAidRate.map { CallWords.rate($0) + " au plus" }),
        ])
        let texts = settings.presentation
        let isSilent =
            money == CallEnvelope() && texts.exclusions.isEmpty && texts.payment.isEmpty
        guard !isSilent else { return }
        html.section { html in
            html.h2("Combien")
            html.add(facts)
            html.add(PlainProse(text: money.remark))
            if !texts.exclusions.isEmpty {
                html.h3("Ce qui n’est pas pris en charge")
                html.add(PlainProse(text: texts.exclusions))
            }
            if !texts.payment.isEmpty {
                html.h3("Versement")
                html.add(PlainProse(text: texts.payment))
            }
        }
    }
}

extension CallIdentity {
    /// Whether it says whom to ask.
    var hasContact: Bool { !email.isEmpty || !phone.isEmpty || !service.isEmpty }
}

/// Whom to ask.
struct CallContact: View {
    var identity: CallIdentity

    func render(into html: inout HTML) {
        guard identity.hasContact else { return }
        html.section(.class("card")) { html in
            html.h2("Contact")
            html.address { html in
                if !identity.service.isEmpty { html.p(identity.service) }
                if !identity.serviceAddress.isEmpty { html.p(identity.serviceAddress) }
                if let link = Link.mail(identity.email) {
                    html.p(.class("break")) { $0.a(identity.email, .href(link)) }
                }
                if let link = Link.phone(identity.phone) {
                    html.p { $0.a(Format.phone(identity.phone), .href(link)) }
                }
            }
        }
    }
}

/// What those who keep the call may do, on its own page.
struct CallTeamBar: View {
    var reading: CallReading

    func render(into html: inout HTML) {
        let slug = reading.slug
        html.nav(.class("row team-bar no-print"), .aria("label", "Tenir cet appel")) { html in
            if reading.call.state != .cancelled {
                html.a(
                    reading.call.state == .draft ? "Modifier" : "Modifier par un avenant",
                    .href(Paths.call(slug, .edit)), .class("button button-small"))
            }
            if reading.call.state == .draft {
                html.a("Publier…", .href(Paths.call(slug, .publish)), .class("button button-primary button-small"))
            }
            if reading.call.state == .published {
                html.a("Repousser la limite", .href(Paths.call(slug, .extend)), .class("button button-small"))
                html.a(
                    reading.waitingQuestions == 0 ? "Questions" : "Questions (\(reading.waitingQuestions) à traiter)",
                    .href(Paths.call(slug, .questions)), .class("button button-small"))
                html.a("Annuler l’appel", .href(Paths.call(slug, .cancel)), .class("button button-small"))
            }
            if reading.call.state != .draft {
                html.a("Candidatures reçues", .href(Paths.callCandidacies(slug)), .class("button button-small"))
            }
            html.a("Équipe", .href(Paths.call(slug, .team)), .class("button button-small"))
        }
    }
}
