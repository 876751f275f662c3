/// What the kernel keeps, table by table (PRIV-1).
public enum KernelData {
    public static let declarations = [
        journalTable, letterTable, retentionNoticeTable, serviceProbeTable, serviceMinuteTable, serviceAlertTable,
        networkChangeTable, jobLeaseTable, writingTurnTable,
    ]

    private static let journalTable = DataDeclaration(
        "journal", .security, "Qui a fait quoi, quand, sur quoi\u{202F}: des numéros et des codes, jamais un nom.",
        of: [.members],
        naming: ["actor"],
        other: ["verb", "subject_kind", "details", "hash"],
        term: .kept(
            "preuve\u{202F}: chaque ligne scelle la précédente, aucune ne peut être retirée sans que cela se voie"),
        closing: .unnamed, export: .under("acts"))

    private static let letterTable = DataDeclaration(
        "letter", .mail, "Les courriels qui attendent de partir, et ceux qui viennent de partir.",
        of: [.correspondents],
        naming: ["recipient", "subject", "text", "last_error"],
        other: ["state"],
        term: .erased(
            after: .days(90),
            since: DataDeclaration.Since(
                "created_at", "l’écriture du courriel (30 jours s’il est parti)", when: "state <> 'en_attente'")),
        closing: .erased, export: .under("letters"))

    private static let retentionNoticeTable = DataDeclaration(
        "retention_notice", .security, "Les courriels de prévenance avant un effacement\u{202F}: à quel compte, quand.",
        of: [.members, .candidates],
        naming: ["subject"],
        other: ["kind"],
        term: .with("account"),
        closing: .erased, export: .absent("le courriel lui-même est dans votre boîte"))

    private static let serviceProbeTable = DataDeclaration(
        "service_probe", .security, "L’essai d’écriture de chaque minute.", other: [])

    private static let serviceMinuteTable = DataDeclaration(
        "service_minute", .security, "Comment allait le service, minute par minute.",
        other: ["outcome", "previous", "hash"])

    private static let serviceAlertTable = DataDeclaration(
        "service_alert", .security, "Ce dont l’exploitation a été prévenue.", other: ["kind", "words", "node"])

    private static let networkChangeTable = DataDeclaration(
        "network_change", .security,
        "Ce que les actes ont changé, pour les autres machines du réseau\u{202F}: des numéros, jamais un nom.",
        of: [.members],
        naming: ["subjects"],
        other: [],
        term: .erased(
            after: .days(2),
            since: DataDeclaration.Since(
                "at", "l’acte (la dernière ligne reste)",
                when: "sequence < (SELECT MAX(sequence) FROM network_change)")),
        closing: .kept("deux jours\u{202F}: les autres machines l’apprennent ainsi"),
        export: .absent("des numéros que le journal de vos actes donne aussi"))

    private static let jobLeaseTable = DataDeclaration(
        "job_lease", .security, "Laquelle des machines du réseau fait un travail de la maison.",
        other: ["job", "holder"])

    private static let writingTurnTable = DataDeclaration(
        "writing_turn", .security, "Le tour d’écriture des machines du réseau\u{202F}: toujours vide.", other: [])
}
