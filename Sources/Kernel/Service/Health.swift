/// What the service knows of its own health at a moment. Facts alone: `HealthRules` says which of them ask for somebody.
public struct Health: Sendable, Equatable {
    public enum Scanner: Sendable, Equatable { case none, answers, silent }

    /// Whether a commit waits for a second server of the database; `forgotten` where it should and does not.
    public enum Standby: String, Sendable, Equatable { case none, awaited, forgotten }

    public var at: Instant
    public var startedAt: Instant
    public var databaseAnswers = true
    public var standby = Standby.none
    /// Of the disk that holds the data, in bytes; nil when it could not be asked.
    public var disk: Room?
    /// When the newest backup was made; nil when there is none.
    public var lastBackup: Instant?
    /// How many hours from one backup to the next; nil when the site makes none by itself.
    public var backupHours: Int?
    public var sendsMail = false
    public var waitingMail = 0
    /// When the oldest letter that is due and waits was written.
    public var oldestMail: Instant?
    public var abandonedMail = 0
    /// Whether the machine's clock follows another one; nil when the machine does not say.
    public var clockIsSynchronised: Bool?
    public var scanner = Scanner.none
    /// When the certificate of the public address ends; nil when there is none or it could not be asked.
    public var certificateEnd: Instant?
    /// Whether the certificate that the site holds was replaced by one that cannot serve.
    public var certificateIsRefused = false
    /// Files of the vault found missing or altered by the last check.
    public var damagedFiles = 0

    public struct Room: Sendable, Equatable {
        public var free: Int64
        public var total: Int64

        public init(free: Int64, total: Int64) {
            self.free = free
            self.total = total
        }

        public var part: Double { total > 0 ? Double(free) / Double(total) : 0 }
    }

    public init(at: Instant, startedAt: Instant) {
        self.at = at
        self.startedAt = startedAt
    }
}

/// What an operator is told of.
public enum AlertKind: String, Sendable, CaseIterable {
    case disk = "disque"
    case backup = "sauvegarde"
    case mail = "courriel"
    case certificate = "certificat"
    case clock = "horloge"
    case scanner = "antivirus"
    case file = "fichier"
    case standby = "second-serveur"

    /// What one machine has of its own, where several serve one network; the rest is the network's, and told once.
    public static let ofMachine: Set<AlertKind> = [.clock, .scanner]

    public var label: String {
        switch self {
        case .disk: "Place sur le disque"
        case .backup: "Sauvegardes"
        case .mail: "Courriels"
        case .certificate: "Certificat du site"
        case .clock: "Horloge de la machine"
        case .scanner: "Antivirus"
        case .file: "Fichiers gardés"
        case .standby: "Second serveur de la base"
        }
    }
}

/// Something of the service's health that asks for somebody, in a French sentence that says what to do.
public struct HealthFinding: Sendable, Equatable {
    public let kind: AlertKind
    public let words: String

    public init(_ kind: AlertKind, _ words: String) {
        self.kind = kind
        self.words = words
    }
}

/// From what an operator is called (SRV-3).
public enum HealthRules {
    public static let leastPart = 0.10
    public static let leastBytes: Int64 = 1 << 30
    static let mailPatience = Instant.Span.hours(1)
    static let certificateNotice = Instant.Span.days(14)

    public static func findings(_ health: Health) -> [HealthFinding] {
        [disk, backup, mail, certificate, clock, scanner, file, standby].compactMap { $0(health) }
    }

    private static func disk(_ health: Health) -> HealthFinding? {
        guard let room = health.disk, room.part < leastPart || room.free < leastBytes else { return nil }
        return HealthFinding(
            .disk,
            "Il reste moins d’un dixième ou moins d’un gibioctet sur le disque des données\u{202F}: libérez de la place ou "
                + "agrandissez-le avant que les dépôts soient refusés.")
    }

    private static func backup(_ health: Health) -> HealthFinding? {
        guard let hours = health.backupHours else { return nil }
        let limit = Instant.Span.hours(Int64(hours) * 2 + 1)
        let since = health.lastBackup ?? health.startedAt
        guard health.at - since > limit else { return nil }
        return HealthFinding(
            .backup,
            (health.lastBackup == nil
                ? "Aucune sauvegarde n’a été faite depuis le démarrage"
                : "La dernière sauvegarde a plus de deux fois l’âge réglé")
                + "\u{202F}: lisez le journal du programme, et vérifiez le dossier des sauvegardes.")
    }

    private static func mail(_ health: Health) -> HealthFinding? {
        guard health.sendsMail else { return nil }
        let isStuck = health.oldestMail.map { health.at - $0 > mailPatience } ?? false
        guard isStuck || health.abandonedMail > 0 else { return nil }
        return HealthFinding(
            .mail,
            isStuck
                ? "Des courriels attendent depuis plus d’une heure\u{202F}: le programme d’envoi les refuse ou ne répond pas."
                : "Des courriels ont été abandonnés après trois jours d’essais\u{202F}: voyez la liste des courriers.")
    }

    private static func certificate(_ health: Health) -> HealthFinding? {
        if health.certificateIsRefused {
            return HealthFinding(
                .certificate,
                "Le nouveau certificat du site ne peut pas servir et l’ancien reste en place\u{202F}: lisez le journal du programme, "
                    + "et corrigez les fichiers.")
        }
        guard let end = health.certificateEnd, end - health.at < certificateNotice else { return nil }
        return HealthFinding(
            .certificate,
            end <= health.at
                ? "Le certificat du site a expiré\u{202F}: les navigateurs refusent la page."
                : "Le certificat du site expire dans moins de deux semaines\u{202F}: son renouvellement ne s’est pas fait."
        )
    }

    private static func clock(_ health: Health) -> HealthFinding? {
        guard health.clockIsSynchronised == false else { return nil }
        return HealthFinding(
            .clock,
            "L’horloge de la machine ne suit aucune référence\u{202F}: l’heure des dépôts peut être fausse. Mettez en route la "
                + "synchronisation (timedatectl set-ntp true).")
    }

    private static func scanner(_ health: Health) -> HealthFinding? {
        guard health.scanner == .silent else { return nil }
        return HealthFinding(
            .scanner, "L’antivirus ne répond pas\u{202F}: les documents déposés attendent d’être examinés.")
    }

    private static func file(_ health: Health) -> HealthFinding? {
        guard health.damagedFiles > 0 else { return nil }
        return HealthFinding(
            .file,
            "Des fichiers gardés manquent ou sont abîmés\u{202F}: lancez «\u{A0}maillage check\u{A0}», puis reprenez-les dans une "
                + "sauvegarde.")
    }

    private static func standby(_ health: Health) -> HealthFinding? {
        guard health.standby == .forgotten else { return nil }
        return HealthFinding(
            .standby,
            "PostgreSQL n’attend pas son second serveur\u{202F}: ce qui est accepté n’est que sur un disque. Voyez où en est la "
                + "réplication, puis réglez synchronous_standby_names.")
    }
}
