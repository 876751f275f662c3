import Maillage
import Markup

/// What the operator sees of backups and of the files that are read again.
enum BackupPages {
    static func show(_ visit: Visit) async throws -> Answer {
        guard AccountRights.maySeeLetters(visit.principal) else { throw Denied() }
        let settings = visit.reception.settings
        var view = BackupsView(
            isSet: settings.backupFolder != nil, hours: settings.backupHours,
            isSealed: settings.backupRecipient != nil, hasErasures: settings.erasureLogPath != nil,
            isScrubbing: settings.scrubRate > 0, state: .read(dataDirectory: settings.dataDirectory),
            scrub: .read(dataDirectory: settings.dataDirectory), now: visit.now)
        if let folder = settings.backupFolder {
            do {
                view.copies = try BackupShelf(folder: folder).copies()
            } catch {
                // A shelf that cannot be read is what this page is there to say.
                view.isShelfLost = true
            }
        }
        return visit.personalPage("Sauvegardes", view)
    }
}

struct BackupsView: View {
    /// Whether the site makes backups by itself, and every how many hours.
    var isSet: Bool
    var hours: Int
    var isSealed: Bool
    /// Whether erasures are listed outside of the database.
    var hasErasures: Bool
    var isScrubbing: Bool
    var state: BackupState
    var scrub: ScrubState
    var now: Instant
    var copies: [BackupShelf.Copy] = []
    var isShelfLost = false

    static let sample: BackupsView = {
        var state = BackupState()
        let at = Instant(seconds: 1_790_000_000)
        state.lastSuccess = .init(
            at: at, path: "/backup/maillage-20260921T141320Z.tar.age", bytes: 184_000_000, files: 1_204,
            milliseconds: 5_300, isEncrypted: true)
        state.lastFailure = .init(at: at + .hours(1), reason: "the disk is full")
        return BackupsView(
            isSet: true, hours: 24, isSealed: true, hasErasures: true, isScrubbing: true, state: state,
            scrub: ScrubState(), now: at + .hours(3),
            copies: [.init(path: "/backup/maillage-20260921T141320Z.tar.age", madeAt: at, size: 184_000_000)])
    }()

    func render(into html: inout HTML) {
        html.h1("Sauvegardes")
        guard isSet else {
            html.add(
                EmptyState(
                    "Le site ne se sauvegarde pas lui-même",
                    "Réglez MAILLAGE_BACKUP_FOLDER sur un autre disque\u{202F}: le manuel d’exploitation dit comment."))
            renderFiles(&html)
            return
        }
        renderAlarms(&html)
        html.add(DefinitionList(facts))
        if copies.isEmpty {
            html.p("Aucune sauvegarde n’est encore sur l’étagère.")
        } else {
            html.add(
                DataTable(
                    "Les sauvegardes gardées, de la plus récente à la plus ancienne", rows: Array(copies.prefix(200)),
                    columns: [
                        .init("Prise", text: { Format.moment($0.madeAt) }),
                        .init("Fichier", text: { $0.path.split(separator: "/").last.map(String.init) }),
                        .init("Taille", isNumber: true, text: { Format.fileSize(bytes: $0.size) }),
                        .init(
                            "État",
                            text: { ($0.isFaulty ? "défaut constaté" : "saine") + ($0.isEncrypted ? ", chiffrée" : "") }
                        ),
                    ]))
        }
        renderFiles(&html)
    }

    private func renderAlarms(_ html: inout HTML) {
        if isShelfLost { html.add(FlashMessage(.error, "Le dossier des sauvegardes ne peut pas être lu.")) }
        if state.isFailing, let failure = state.lastFailure {
            html.add(
                FlashMessage(
                    .error,
                    "La dernière tentative a échoué, \(Format.ago(failure.at, now)). Les sauvegardes précédentes sont gardées. "
                        + "Cause\u{202F}: \(failure.reason)"))
        }
        if let age = state.age(at: now), age > .hours(Int64(hours) * 2) {
            html.add(FlashMessage(.warning, "La dernière sauvegarde saine est en retard sur le rythme demandé."))
        }
        if let failure = state.hookFailure {
            html.add(
                FlashMessage(
                    .warning, "L’envoi au dehors a échoué, \(Format.ago(failure.at, now))\u{202F}: \(failure.reason)"))
        }
        if !isSealed {
            html.add(
                FlashMessage(
                    .warning,
                    "Les sauvegardes sont en clair\u{202F}: réglez MAILLAGE_BACKUP_RECIPIENT pour les chiffrer."))
        }
    }

    private var facts: [DefinitionList.Fact] {
        let last = state.lastSuccess
        return [
            .init(
                "Dernière sauvegarde", last.map { "\(Format.moment($0.at)) (\(Format.ago($0.at, now)))" } ?? "aucune"),
            .init(
                "Taille",
                last.map { "\(Format.fileSize(bytes: $0.bytes)), \(Format.count($0.files, "fichier", "fichiers"))" }),
            .init("Durée", last.map { "\(Format.number($0.milliseconds))\u{A0}ms, vérifications comprises" }),
            .init("Rythme", "toutes les \(Format.count(hours, "heure", "heures")), et après chaque clôture d’appel"),
            .init(
                "Effacements",
                hasErasures
                    ? "notés hors de la base, refaits après une restauration"
                    : "non notés hors de la base\u{202F}: une restauration ferait revenir ce qui a été effacé"),
        ]
    }

    private func renderFiles(_ html: inout HTML) {
        html.h2("Relecture des fichiers")
        guard isScrubbing else {
            html.p("La relecture en arrière-plan est arrêtée (MAILLAGE_SCRUB_RATE).")
            return
        }
        if let started = scrub.startedAt {
            html.p(
                "Relecture en cours depuis \(Format.moment(started))\u{202F}: "
                    + "\(Format.count(scrub.files, "fichier relu", "fichiers relus")).")
        }
        if let last = scrub.last {
            html.p(
                "Dernière relecture entière achevée le \(Format.moment(last.endedAt))\u{202F}: "
                    + "\(Format.count(last.files, "fichier", "fichiers")), \(Format.fileSize(bytes: last.bytes)).")
        } else if scrub.startedAt == nil {
            html.p("Aucune relecture n’a encore commencé.")
        }
        guard !scrub.faults.isEmpty else { return }
        let count = Format.count(
            scrub.faults.count, "fichier est abîmé ou manque", "fichiers sont abîmés ou manquent")
        html.add(
            FlashMessage(.error, "\(count). Reprenez-les dans une sauvegarde saine\u{202F}: le manuel dit comment."))
        html.ul { html in
            for file in scrub.faults.prefix(50) { html.li { $0.code(file.text) } }
        }
    }
}
