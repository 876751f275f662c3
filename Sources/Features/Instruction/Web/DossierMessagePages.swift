import HTTPTypes
import Maillage
import Markup

/// `/candidatures/{id}/instruction/messages`: what the team and the candidate say to each other.
enum DossierMessagePages {
    static func show(_ visit: Visit) async throws -> Answer {
        try await page(visit, Problems())
    }

    static func send(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        do {
            _ = try await visit.perform(
                SendInstructionMessage(
                    candidacy: id, side: .instruction, text: visit.form["message"] ?? "", head: visit.head))
            return .done("Le message est envoyé.", to: Paths.dossier(id, .messages))
        } catch let problems as Problems {
            return try await page(visit, problems)
        }
    }

    static func markRead(_ visit: Visit) async throws -> Answer {
        let id = try visit.identifier("id", of: Candidacy.ID.self)
        try await visit.perform(MarkMessagesRead(candidacy: id, side: .instruction))
        return .done("C’est noté.", to: Paths.dossier(id, .messages))
    }

    private static func page(_ visit: Visit, _ problems: Problems) async throws -> Answer {
        let reading = try await DossierReading.find(visit)
        let (form, tokens) = (visit.form, FormTokens(visit))
        let view = DossierMessagesView(reading: reading, problems: problems, form: form, tokens: tokens)
        return reading.answer(visit, "Messages", problems, view)
    }
}

/// The messages of a dossier, as its team reads them.
struct DossierMessagesView: View {
    var reading: DossierReading
    var problems = Problems()
    var form = Fields()
    var tokens = FormTokens.sample

    func render(into html: inout HTML) {
        html.add(DossierTop(reading: reading, title: "Messages", path: Paths.dossier(reading.id, .messages)))
        html.add(ErrorSummary(problems))
        if reading.instruction.unread > 0 {
            html.writingButton(
                "Marquer comme lus", to: Paths.dossierMessagesRead(reading.id), tokens, style: .plain)
        }
        let messages = reading.dossier.messages
        if messages.isEmpty { html.p("Aucun message pour l’instant.", .class("muted")) }
        html.add(
            MessageList(
                messages: messages, own: .instruction,
                name: { message in
                    message.side == .candidate
                        ? reading.name(message.author) + ", candidat" : reading.name(message.author)
                }))
        if reading.dossier.candidacy.holder == nil {
            html.p("Ce dossier n’a pas été déposé en ligne\u{202F}: personne ne lirait vos messages.")
        } else {
            html.add(
                MessageForm(
                    action: Paths.dossier(reading.id, .messages), value: form["message"],
                    error: problems.message("message"), tokens: tokens,
                    help: "La personne qui porte la candidature en est prévenue par courriel, sans le texte."))
        }
    }
}

/// A conversation, the oldest first.
struct MessageList: View {
    var messages: [InstructionMessage]
    /// The side that reads.
    var own: InstructionMessage.Side
    var name: (InstructionMessage) -> String

    func render(into html: inout HTML) {
        guard !messages.isEmpty else { return }
        html.ol(.class("plain stack")) { html in
            for message in messages {
                html.li(.class("card")) { html in
                    html.p(.class("row")) { html in
                        html.strong(name(message))
                        html.time(Format.moment(message.at), .datetime(Format.machine(message.at)))
                        if message.readAt == nil, message.side != own { html.add(Badge("non lu", .info)) }
                    }
                    html.paragraphs(message.text)
                    if message.side == own, let read = message.readAt {
                        html.p("Lu le \(Format.moment(read)).", .class("muted"))
                    }
                }
            }
        }
    }
}

/// One message to write.
struct MessageForm: View {
    var action: String
    var value: String?
    var error: String?
    var tokens: FormTokens
    var help: String

    func render(into html: inout HTML) {
        html.writingForm(to: action, tokens) { html in
            html.add(TextArea("message", "Votre message", value: value, help: help, error: error, rows: 5))
            html.actions { $0.submit("Envoyer") }
        }
    }
}
