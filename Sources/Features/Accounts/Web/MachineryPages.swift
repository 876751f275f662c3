import Maillage
import Markup

/// What the operator watches: the letters that wait, and the journal of acts.
enum MachineryPages {
    /// Where the operator's menu leads.
    static func show(_ visit: Visit) async throws -> Answer {
        guard AccountRights.maySeeLetters(visit.principal) else { throw Denied() }
        let (waiting, alerts) = try await visit.read {
            (try Outbox.pending(200, $0).count, try ServiceAlerts.latest(30, $0))
        }
        let health = await visit.reception.health.current(visit.reception)
        let backups = BackupState.read(dataDirectory: visit.reception.settings.dataDirectory)
        return visit.personalPage(
            "Exploitation",
            OperationsView(waiting: waiting, alerts: alerts, health: health, isBackupFailing: backups.isFailing))
    }

    static func letters(_ visit: Visit) async throws -> Answer {
        guard AccountRights.maySeeLetters(visit.principal) else { throw Denied() }
        let letters = try await visit.read { try Outbox.pending(200, $0) }
        let isSending = visit.reception.settings.mailCommand != nil
        return visit.personalPage("Courriers en attente", LettersView(letters: letters, isSending: isSending))
    }

    static func journal(_ visit: Visit) async throws -> Answer {
        guard AccountRights.maySeeJournal(visit.principal) else { throw Denied() }
        let view = try await visit.read { reader in
            let lines = try Journal.latest(200, reader)
            let shown = lines.filter { !ConfidentialLines.holds($0) }
            let names = try AccountStore.names(Array(Set(shown.compactMap(\.actor))), reader)
            return JournalView(lines: lines, names: names, isConfidential: ConfidentialLines.holds)
        }
        return visit.personalPage("Journal", view)
    }
}

struct LettersView: View {
    var letters: [Outbox.Summary]
    /// Whether a mail program is set.
    var isSending: Bool

    static let sample = LettersView(
        letters: [
            Outbox.Summary(
                id: Identifier(1), recipient: "lea@exemple.fr", subject: "Votre lien de connexion", state: .waiting,
                attempts: 2,
                createdAt: Instant(seconds: 1_790_000_000), lastError: "délai dépassé")
        ], isSending: true)

    func render(into html: inout HTML) {
        html.h1("Courriers en attente")
        if !isSending {
            html.p(
                "Aucun programme d’envoi n’est réglé (MAILLAGE_MAIL_COMMAND)\u{202F}: les courriers s’accumulent ici.")
        }
        guard !letters.isEmpty else {
            html.add(EmptyState("Tout est parti", "Aucun courrier n’attend."))
            return
        }
        html.add(
            DataTable(
                "Les courriers qui attendent ou n’ont pas pu partir", rows: letters,
                columns: [
                    .init("Destinataire", text: { $0.recipient }),
                    .init("État", text: { $0.state == .abandoned ? "abandonné" : "en attente" }),
                    .init("Essais", isNumber: true, text: { String($0.attempts) }),
                    .init("Écrit", text: { Moment.text($0.createdAt) }),
                    .init("Dernière erreur", text: { $0.lastError }),
                ]))
    }
}

struct JournalView: View {
    var lines: [Journal.Line]
    var names: [Account.ID: String]
    /// The lines that say who works on what nobody else may know of: they stand with their number and their seal alone.
    var isConfidential: @Sendable (Journal.Line) -> Bool = { _ in false }

    func render(into html: inout HTML) {
        html.h1("Journal")
        html.p("Les derniers actes, du plus récent au plus ancien. Chaque ligne scelle celle d’avant.")
        guard !lines.isEmpty else {
            html.add(EmptyState("Rien encore", "Le premier acte écrira la première ligne."))
            return
        }
        html.add(
            DataTable(
                "Les derniers actes du réseau", rows: lines,
                columns: [
                    .init("N°", isNumber: true, text: { String($0.sequence) }),
                    .init("Quand", text: { Moment.text($0.at) }),
                    .init(
                        "Qui",
                        text: { line in
                            if isConfidential(line) { return "confidentiel" }
                            return line.actor.map { names[$0] ?? $0.text } ?? "Visiteur ou programme"
                        }),
                    .init("Acte", text: { isConfidential($0) ? "sur une candidature" : $0.verb }),
                    .init(
                        "Sur",
                        text: { line in
                            guard !isConfidential(line) else { return nil }
                            return line.subject.map { "\(line.subjectKind ?? "") \(Identifier<Journal>($0).text)" }
                        }),
                    .init("Détails", text: { isConfidential($0) ? nil : $0.details }),
                ]))
    }
}
