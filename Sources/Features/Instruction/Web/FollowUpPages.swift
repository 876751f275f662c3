import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/suivi`: what the people of a candidacy are asked after the limit, and what is said to them.
enum FollowUpPages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func send(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        do {
            _ = try await visit.perform(
                SendInstructionMessage(
                    candidacy: id, side: .candidate, text: visit.form["message"] ?? "", head: visit.head))
            return .done("Le message est envoyé.", to: Paths.followUp(id))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func markRead(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        try await visit.perform(MarkMessagesRead(candidacy: id, side: .candidate))
        return .done("C’est noté.", to: Paths.followUp(id))
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        let (principal, shelf) = (visit.principal, visit.reception.forms)
        let followed = try await visit.read { try FollowedInstruction.own(principal, id, shelf: shelf, $0) }
        let head = CandidacyCrumbs.head("Suivi", followed.candidacy, hasErrors: !problems.isEmpty)
        let view = FollowUpView(
            followed: followed, reader: principal.account, now: visit.now, problems: problems, form: visit.form,
            tokens: FormTokens(visit))
        return visit.page(head, status: problems.isEmpty ? .ok : .unprocessableContent, view)
    }
}

/// The head of the pages that a candidate has after the limit.
enum CandidacyCrumbs {
    static func head(_ title: String, _ candidacy: Candidacy, hasErrors: Bool) -> PageHead {
        var head = PageHead(
            "\(title)\u{202F}: \(candidacy.name)", section: "Candidatures",
            breadcrumbs: Breadcrumbs(
                [
                    ("Mes candidatures", Link(path: "candidatures")),
                    (Format.excerpt(candidacy.name, limit: 48), Link(path: "candidatures", candidacy.id.text)),
                ], current: title))
        head.isIndexed = false
        head.hasErrors = hasErrors
        return head
    }
}

/// What a candidate follows: nothing of the team's own notes, opinions and checks.
struct FollowUpView: View {
    var followed: FollowedInstruction
    var reader: Account.ID?
    var now: Instant
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    private var id: Candidacy.ID { followed.candidacy.id }

    func render(into html: inout HTML) {
        html.h1("Suivi")
        html.p(.class("lead")) { $0.a(followed.candidacy.name, .href(Paths.candidacy(id))) }
        html.add(ErrorSummary(problems))
        renderStanding(into: &html)
        renderRequests(into: &html)
        renderMessages(into: &html)
    }

    private func renderStanding(into html: inout HTML) {
        if let refusal = followed.refusal {
            html.section(.class("card")) { html in
                html.h2("Candidature irrecevable")
                html.p("Depuis le \(Format.day(refusal.at)).")
                html.ul { html in for reason in refusal.reasons { html.li(reason.label) } }
                html.paragraphs(refusal.words)
            }
        } else if followed.isWithdrawn {
            html.p("Vous avez retiré cette candidature.")
        } else if followed.requests.contains(where: { $0.state == .open }) {
            html.p { $0.strong("L’organisateur vous demande des compléments.") }
        } else {
            html.p("Votre candidature, récépissé n°\u{A0}\(followed.number), est en cours d’examen.")
        }
    }

    private func renderRequests(into html: inout HTML) {
        guard !followed.requests.isEmpty else { return }
        html.section { html in
            html.h2("Compléments demandés")
            for request in followed.requests.reversed() {
                html.div(.class("card")) { html in
                    html.p(.class("row")) { html in
                        html.strong("Demande du \(Format.day(request.askedAt))")
                        html.add(Badge(words(request), request.state == .answered ? .good : .warn))
                    }
                    if let answered = request.answeredAt {
                        html.p(
                            "Envoyés le \(Receipt.words(of: answered, .paris))"
                                + (request.isLate ? ", après la date limite." : "."))
                    } else {
                        html.p("À envoyer \(DossierDeadline.words(request.closesAt)).")
                    }
                    if !request.words.isEmpty { html.paragraphs(request.words) }
                    html.ul { html in
                        for item in request.items {
                            html.li { html in
                                html.strong(Format.typography(followed.labels[item.question] ?? item.question))
                                html.text("\u{202F}: " + Format.typography(item.reason))
                            }
                        }
                    }
                    if followed.isWritable(request, at: now) {
                        html.p {
                            $0.a("Compléter", .href(Paths.pieces(request)), .class("button button-primary"))
                        }
                    } else if followed.mayWrite, request.state == .answered {
                        html.p { $0.a("Relire ce qui a été envoyé", .href(Paths.pieces(request))) }
                    }
                }
            }
        }
    }

    private func words(_ request: PiecesRequest) -> String {
        switch request.state {
        case .open: "à compléter"
        case .answered: request.isLate ? "envoyés hors délai" : "envoyés"
        case .expired: "délai passé"
        case .cancelled: "demande retirée"
        }
    }

    private func renderMessages(into html: inout HTML) {
        guard followed.mayWrite else { return }
        html.section { html in
            html.h2("Messages")
            if followed.unread > 0 {
                html.writingButton("Marquer comme lus", to: Paths.followUpRead(id), tokens, style: .plain)
            }
            if followed.messages.isEmpty { html.p("Aucun message pour l’instant.", .class("muted")) }
            html.add(
                MessageList(
                    messages: followed.messages, own: .candidate,
                    name: { message in
                        message.side == .instruction
                            ? organiser : message.author == reader ? "Vous" : "Votre équipe"
                    }))
            html.add(
                MessageForm(
                    action: Paths.followUp(id), value: form["message"], error: problems.message("message"),
                    tokens: tokens, help: "L’organisateur le lit sur ce site."))
        }
    }

    private var organiser: String {
        let name = followed.call.settings.identity.organiser
        return name.isEmpty ? "L’organisateur" : name
    }
}
