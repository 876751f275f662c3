import Maillage
import Markup

/// « Exploitation »: what asks for the operator, the machine's figures, and the ways to the rest.
struct OperationsView: View {
    var waiting: Int
    var alerts: [ServiceAlert]
    var health: Health
    var isBackupFailing = false

    static let sample: OperationsView = {
        let at = Instant(seconds: 1_790_000_000)
        var health = Health(at: at, startedAt: at - .days(3))
        health.disk = Health.Room(free: 4 << 30, total: 80 << 30)
        return OperationsView(waiting: 2, alerts: [], health: health)
    }()

    func render(into html: inout HTML) {
        html.h1("Exploitation")
        let open = alerts.filter { $0.clearedAt == nil }
        html.section { html in
            html.h2("À voir")
            if open.isEmpty { html.p("Rien ne demande votre attention.") }
            for alert in open {
                html.div(.class("flash flash-error")) { html in
                    html.p { html in
                        html.strong(Self.label(alert))
                        html.text(", depuis \(Format.ago(alert.raisedAt, health.at)). \(alert.words)")
                    }
                }
            }
        }
        html.section { html in
            html.h2("La machine")
            html.add(DefinitionList(HealthWords(health: health).facts(isUp: health.databaseAnswers) + figures))
        }
        html.section { html in
            html.h2("Suivre et agir")
            html.ul { html in
                html.li { html in
                    html.a("Courriers en attente", .href(Paths.letters))
                    html.text("\u{202F}: " + (waiting == 0 ? "aucun" : Format.count(waiting, "courrier", "courriers")))
                }
                html.li { html in
                    html.a("Sauvegardes", .href(Paths.backups))
                    if isBackupFailing { html.text("\u{202F}: la dernière a échoué") }
                }
                html.li { $0.a("Comptes et rôles", .href(Paths.accounts)) }
                html.li { $0.a("Prendre un rôle en urgence", .href(Paths.emergency)) }
                html.li { $0.a("Journal des actes", .href(Paths.journal)) }
                html.li { $0.a("Registre des traitements", .href(Paths.processingRegister)) }
                html.li { $0.a("État du service", .href(Paths.serviceState)) }
            }
        }
        let past = alerts.filter { $0.clearedAt != nil }
        if !past.isEmpty {
            html.add(
                DataTable(
                    "Ce qui est rentré dans l’ordre", rows: past, id: "passees",
                    columns: [
                        .init("Quoi", text: { Self.label($0) }),
                        .init("Depuis", text: { Format.moment($0.raisedAt) }),
                        .init("Jusqu’à", text: { $0.clearedAt.map { Format.moment($0) } }),
                    ]))
        }
    }

    private static func label(_ alert: ServiceAlert) -> String {
        alert.kind.label + (alert.node.isEmpty ? "" : " (\(alert.node))")
    }

    /// What the public page says in words alone.
    private var figures: [DefinitionList.Fact] {
        [
            .init("Place libre", health.disk.map { Format.fileSize(bytes: Int($0.free)) }),
            .init("Sauvegarde la plus récente", health.lastBackup.map { Format.moment($0) }),
            .init("Certificat du site, jusqu’au", health.certificateEnd.map { Format.day($0) }),
            .init("Courriels abandonnés depuis hier", Format.number(health.abandonedMail)),
        ]
    }
}
