import Exchange
import HTTPTypes
import Maillage
import Markup
import Storage

/// `/etat` and its twin for machines, and the probe of a balancer (SRV-2): what everybody may know, in words. No path, no name, no size.
enum StatePages {
    /// Asks the database the simplest question; false when it does not answer.
    private static func databaseAnswers(_ visit: Visit) async -> Bool {
        do {
            return try await visit.read { try $0.count("SELECT 1") } == 1
        } catch {
            visit.reception.log.error("the database does not answer", metadata: ["error": "\(error)"])
            return false
        }
    }

    static func page(_ visit: Visit) async throws -> Answer {
        let isUp = await databaseAnswers(visit)
        let health = await visit.reception.health.current(visit.reception)
        let proofs = isUp ? try await ServiceProof.published(visit) : []
        return visit.page("État du service", status: isUp ? .ok : .serviceUnavailable) { html in
            html.h1("État du service")
            html.p(
                isUp ? "Le service fonctionne." : "Le service ne peut pas lire ses données pour le moment.",
                .class("lead"))
            html.add(DefinitionList(HealthWords(health: health).facts(isUp: isUp)))
            html.p { html in
                html.text("Mesuré le \(Moment.text(health.at).dropFirst(3)). ")
                html.a("La même page pour les machines (JSON)", .href(Paths.serviceStateFile))
            }
            if !proofs.isEmpty {
                html.section { html in
                    html.h2("Preuves de service des appels clos")
                    html.p(
                        "Pour chaque appel terminé, comment allait le service pendant les vingt-quatre heures d’avant la limite, "
                            + "minute par minute, chaque mesure scellée par la précédente.")
                    html.ul { html in
                        for proof in proofs {
                            html.li { $0.a(proof.title, .href(Paths.serviceProof(proof.slug))) }
                        }
                    }
                }
            }
            if visit.principal.isOperator {
                html.p { $0.a("Exploitation\u{202F}: les détails et les alertes", .href(Paths.operations)) }
            }
        }
    }

    static func file(_ visit: Visit) async throws -> Answer {
        let isUp = await databaseAnswers(visit)
        let health = await visit.reception.health.current(visit.reception)
        var json = JSONWriter()
        json.beginObject()
        json.member("status", isUp ? "ok" : "unavailable")
        json.member("version", ProgramVersion.name)
        json.member("started_at", health.startedAt.iso)
        json.member("measured_at", health.at.iso)
        json.member("database", isUp ? "answers" : "silent")
        json.member("standby", health.standby.rawValue)
        json.member("last_backup_at", health.lastBackup?.iso)
        json.member("oldest_mail_at", health.sendsMail ? health.oldestMail?.iso : nil)
        json.member("sends_mail", health.sendsMail)
        json.member("clock_is_synchronised", health.clockIsSynchronised)
        json.member("scanner", HealthWords.scanner(health.scanner))
        json.member("disk", HealthWords.disk(health.disk).machine)
        json.endObject()
        json.lineBreak()
        return Answer.json(json.bytes, status: isUp ? .ok : .serviceUnavailable).with(.cacheControl, "no-store")
    }

    static func health(_ visit: Visit) async throws -> Answer {
        let isUp = await databaseAnswers(visit)
        var json = JSONWriter()
        json.beginObject()
        let isLeaving = visit.reception.leaving.isSaid
        json.member("status", isLeaving ? "leaving" : isUp ? "ok" : "unavailable")
        json.member("database", visit.reception.database.dialect.rawValue)
        if let node = visit.reception.settings.node { json.member("node", node) }
        json.endObject()
        return Answer.json(json.bytes, status: isUp && !isLeaving ? .ok : .serviceUnavailable)
            .with(.cacheControl, "no-store")
    }
}

/// The health of the service in words.
struct HealthWords {
    var health: Health

    func facts(isUp: Bool) -> [DefinitionList.Fact] {
        [
            .init("En marche depuis", Moment.text(health.startedAt)),
            .init("Version", ProgramVersion.name),
            .init("Base de données", isUp && health.databaseAnswers ? "répond" + standby : "ne répond pas"),
            .init("Dernière sauvegarde", backup),
            .init("Courriels", mail),
            .init("Horloge", clock),
            .init("Antivirus", antivirus),
            .init("Place sur le disque", Self.disk(health.disk).words),
        ]
    }

    /// What the database's answer is completed with.
    var standby: String {
        switch health.standby {
        case .none: ""
        case .awaited: ", et chaque écriture attend un second serveur"
        case .forgotten: ", mais n’attend pas son second serveur"
        }
    }

    var backup: String {
        if let last = health.lastBackup { return Format.ago(last, health.at) }
        return health.backupHours == nil ? "non réglée dans ce programme" : "aucune encore"
    }

    var mail: String {
        guard health.sendsMail else { return "aucun envoi réglé" }
        guard let oldest = health.oldestMail else { return "tous partis" }
        return "le plus ancien attend depuis \(Format.duration(minutes: Int((health.at - oldest).seconds / 60)))"
    }

    var clock: String {
        switch health.clockIsSynchronised {
        case true?: "synchronisée"
        case false?: "non synchronisée"
        case nil: "la machine ne le dit pas"
        }
    }

    var antivirus: String {
        switch health.scanner {
        case .none: "aucun"
        case .answers: "en marche"
        case .silent: "ne répond pas, les documents attendent d’être examinés"
        }
    }

    static func scanner(_ scanner: Health.Scanner) -> String {
        switch scanner {
        case .none: "none"
        case .answers: "answers"
        case .silent: "silent"
        }
    }

    /// In words for people and machines, never in bytes.
    static func disk(_ room: Health.Room?) -> (words: String, machine: String) {
        guard let room else { return ("inconnue", "unknown") }
        if room.part < HealthRules.leastPart || room.free < HealthRules.leastBytes { return ("faible", "low") }
        return room.part < 0.25 ? ("suffisante", "enough") : ("large", "ample")
    }
}
