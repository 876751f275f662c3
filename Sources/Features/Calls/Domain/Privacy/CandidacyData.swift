/// What candidacies keeps, table by table (PRIV-1).
public enum CandidacyData {
    public static let declarations = [
        candidacyTable, candidacySaveTable, candidacyPartnerTable, candidacyMemberTable, candidacyFileTable,
        candidacyDepositTable, candidacyDepositAliasTable, receiptTable, candidacyReminderTable,
        candidacyDepositFileTable, candidacyUploadTable, fileScanTable, safeDocumentTable, candidacyRemarkTable,
        candidacyAssignmentTable, candidacyDigestTable, candidacyPartSaveTable, candidacyHandoverTable,
        receiptHeadTable, receiptHeadLeafTable,
    ]

    private static let candidacyTable = DataDeclaration(
        "candidacy", .candidacies, "Les candidatures\u{202F}: brouillons, réponses, structure, contacts.",
        of: [.candidates],
        naming: [
            "title", "structure", "siret", "depositor", "answers", "withdraw_reason", "decision_reason",
            "holder_id", "decided_by",
        ],
        other: ["maturity", "channel", "state"],
        term: DossierTerms.drafts,
        closing: .kept(DossierTerms.why), export: .under("candidacies"))

    private static let candidacySaveTable = DataDeclaration(
        "candidacy_save", .candidacies, "Chaque enregistrement d’un dossier, et ce qu’il remplaçait.",
        of: [.candidates],
        naming: ["former", "account_id"],
        other: ["section", "question_keys", "seal"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why),
        export: .absent("ce que le dossier disait avant se lit dans son histoire, en ligne"))

    private static let candidacyPartnerTable = DataDeclaration(
        "candidacy_partner", .candidacies, "Les partenaires d’un dossier et leur part.",
        of: [.candidates],
        naming: ["name", "answers", "committed_by"],
        other: ["state"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("candidacies"))

    private static let candidacyMemberTable = DataDeclaration(
        "candidacy_member", .candidacies, "Les personnes invitées à écrire un dossier.",
        of: [.candidates, .correspondents],
        naming: ["sections", "email", "secret_hash", "account_id", "invited_by"],
        other: ["role"],
        term: .unnamed(
            after: .months(12),
            since: DataDeclaration.Since(
                "invited_at", "l’invitation restée sans réponse", when: "account_id IS NULL AND email <> ''")),
        closing: .unnamed, export: .under("candidacy_parts"))

    private static let candidacyFileTable = DataDeclaration(
        "candidacy_file", .candidacies, "Les documents joints.",
        of: [.candidates],
        naming: ["name", "added_by"],
        other: ["question", "family", "digest"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("candidacies"))

    private static let candidacyDepositTable = DataDeclaration(
        "candidacy_deposit", .candidacies, "Ce qui a été déposé, tel que déposé.",
        of: [.candidates],
        naming: ["snapshot", "attachments", "deposited_by"],
        other: ["deposit_key", "verdict", "snapshot_digest"],
        term: .kept("preuve du dépôt, pour le candidat comme pour l’organisateur"),
        closing: .kept(DossierTerms.why), export: .under("candidacies"))

    private static let candidacyDepositAliasTable = DataDeclaration(
        "candidacy_deposit_alias", .candidacies, "Les clés d’un dépôt répété.",
        other: ["deposit_key"])

    private static let receiptTable = DataDeclaration(
        "receipt", .candidacies, "Les récépissés signés.",
        of: [.candidates],
        naming: ["content"],
        other: ["fingerprint", "key_id"],
        term: .kept("récépissé dû par la loi, vérifiable des années plus tard"),
        closing: .kept(DossierTerms.why), export: .under("candidacies"))

    private static let candidacyReminderTable = DataDeclaration(
        "candidacy_reminder", .candidacies, "Les rappels envoyés avant la limite.",
        other: ["kind"])

    private static let candidacyDepositFileTable = DataDeclaration(
        "candidacy_deposit_file", .candidacies, "Les documents de chaque dépôt.",
        other: [])

    private static let candidacyUploadTable = DataDeclaration(
        "candidacy_upload", .candidacies, "Les envois de documents commencés.",
        of: [.candidates],
        naming: ["name", "account_id"],
        other: ["question", "part", "dated_on"],
        term: .erased(after: .days(2), since: DataDeclaration.Since("created_at", "le début de l’envoi")),
        closing: .kept("effacé dans les deux jours"), export: .absent("un envoi inachevé vit deux jours"))

    private static let fileScanTable = DataDeclaration(
        "file_scan", .security, "Ce que l’antivirus a dit d’un fichier, par son empreinte.",
        other: ["digest", "state", "finding"])

    private static let safeDocumentTable = DataDeclaration(
        "safe_document", .candidacies, "Le coffre à documents d’une structure.",
        of: [.members],
        naming: ["name", "added_by"],
        other: ["kind", "family", "digest", "dated_on", "valid_until"],
        term: .kept("coffre de la structure, vidé par elle"),
        closing: .kept("le coffre est celui de la structure"), export: .under("acts"))

    private static let candidacyRemarkTable = DataDeclaration(
        "candidacy_remark", .candidacies, "Les remarques que les auteurs d’un dossier s’écrivent.",
        of: [.candidates],
        naming: ["text", "author_id", "resolved_by"],
        other: ["question"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("remarks"))

    private static let candidacyAssignmentTable = DataDeclaration(
        "candidacy_assignment", .candidacies, "Qui écrit quelle partie d’un dossier.",
        of: [.candidates],
        naming: ["section", "account_id"],
        other: ["question"],
        term: .with("candidacy"),
        closing: .unnamed, export: .absent("son contenu n’est que des numéros, montrés avec ce qu’ils relient"))

    private static let candidacyDigestTable = DataDeclaration(
        "candidacy_digest", .candidacies, "Quand chacun a été prévenu des remarques.",
        of: [.candidates],
        naming: ["account_id"],
        other: [],
        term: .with("candidacy"),
        closing: .unnamed, export: .absent("son contenu n’est que des numéros, montrés avec ce qu’ils relient"))

    private static let candidacyPartSaveTable = DataDeclaration(
        "candidacy_part_save", .candidacies, "Chaque enregistrement de la part d’un partenaire.",
        of: [.candidates],
        naming: ["former", "account_id"],
        other: ["section", "question_keys", "seal"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why),
        export: .absent("ce que la part disait avant se lit dans son histoire, en ligne"))

    private static let candidacyHandoverTable = DataDeclaration(
        "candidacy_handover", .candidacies, "Les passages de main d’un dossier.",
        of: [.candidates],
        naming: ["offered_by"],
        other: ["outcome"],
        term: .with("candidacy"),
        closing: .unnamed, export: .under("acts"))

    private static let receiptHeadTable = DataDeclaration(
        "receipt_head", .candidacies, "La tête signée des récépissés de chaque jour\u{202F}: des empreintes.",
        other: ["closed_day", "content", "fingerprint"])

    private static let receiptHeadLeafTable = DataDeclaration(
        "receipt_head_leaf", .candidacies, "La place de chaque récépissé sous sa tête.",
        other: ["leaf"])
}
