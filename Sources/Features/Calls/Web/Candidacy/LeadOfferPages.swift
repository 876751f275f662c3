import Maillage
import Markup

/// `/candidatures/{id}/porteur`: the lead of a candidacy, offered to another, taken back, accepted or refused.
enum LeadOfferPages {
    static func offer(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        guard let member = visit.form.text("personne").flatMap({ CandidacyMember.ID(text: $0) }) else {
            return .redirect(
                to: Paths.candidacy(reading.id, .team),
                flash: FlashMessage(.warning, "Choisissez à qui proposer de porter la candidature."))
        }
        do {
            _ = try await visit.perform(OfferLead(candidacy: reading.id, member: member, head: visit.head))
            return .done(
                "La proposition est partie. Vous portez la candidature tant qu’elle n’est pas acceptée.",
                to: Paths.candidacy(reading.id, .team))
        } catch let problems as Problems {
            return .redirect(
                to: Paths.candidacy(reading.id, .team),
                flash: FlashMessage(.warning, problems.list.first?.message ?? ""))
        }
    }

    static func takeBack(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        try await visit.perform(TakeBackLeadOffer(candidacy: reading.id))
        return .done("La proposition est reprise.", to: Paths.candidacy(reading.id, .team))
    }

    static func answer(_ visit: Visit) async throws -> Answer {
        let reading = try await CandidacyReading.find(visit)
        let accepts = visit.form["accord"] == "oui"
        try await visit.perform(AnswerLeadOffer(candidacy: reading.id, accepts: accepts, head: visit.head))
        return .done(
            accepts
                ? "Vous portez maintenant cette candidature\u{202F}: c’est vous qui la déposez."
                : "Votre refus est transmis.",
            to: Paths.candidacy(reading.id))
    }
}

/// The lead offered, on the page of those who write together.
struct LeadOfferCard: View {
    var reading: CandidacyReading
    var members: [CandidacyMember]
    var names: [Account.ID: String]
    var tokens = FormTokens.sample

    private var dossier: CandidacyDossier { reading.dossier }

    func render(into html: inout HTML) {
        if let offer = dossier.offer, offer.member == dossier.member?.id, !dossier.leads {
            renderAnswer(into: &html)
        } else if dossier.leads, let offer = dossier.offer {
            renderWaiting(offer, into: &html)
        } else if dossier.leads {
            renderOffer(into: &html)
        }
    }

    private func renderAnswer(into html: inout HTML) {
        html.section(.class("card")) { html in
            html.h2("On vous propose de porter cette candidature")
            html.p(
                "Vous la déposeriez, et inviteriez les autres. La personne qui la porte continuerait à écrire avec vous."
            )
            let path = Paths.candidacyLeadAnswer(reading.id)
            html.writingButton("Accepter", to: path, tokens, style: .primary, fields: [("accord", "oui")])
            html.writingButton("Refuser", to: path, tokens, style: .quiet, fields: [("accord", "non")])
        }
    }

    private func renderWaiting(_ offer: LeadOffer, into html: inout HTML) {
        let name = members.first { $0.id == offer.member }?.account.flatMap { names[$0] } ?? "Cette personne"
        html.section(.class("card")) { html in
            html.h2("Vous proposez de transmettre la candidature")
            html.p("\(name) n’a pas encore répondu. Vous la portez jusque-là.")
            html.writingButton(
                "Reprendre la proposition", to: Paths.candidacyLeadBack(reading.id), tokens, style: .quiet)
        }
    }

    private func renderOffer(into html: inout HTML) {
        let able = members.filter {
            $0.isPresent && $0.role != .reader && $0.commits && $0.account != reading.candidacy.holder
        }
        guard !able.isEmpty else { return }
        html.section(.class("card")) { html in
            html.h2("Transmettre la candidature")
            html.p("Une autre personne peut la porter à votre place, si elle l’accepte. Les récépissés restent.")
            html.writingForm(to: Paths.candidacyLead(reading.id), tokens) { html in
                html.add(
                    Choice(
                        "personne", "À qui",
                        options: able.map { Option($0.id.text, $0.account.flatMap { names[$0] } ?? $0.email) },
                        value: nil))
                html.actions { $0.submit("Proposer", style: .plain) }
            }
        }
    }
}
