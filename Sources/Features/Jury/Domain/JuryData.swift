/// What Jury keeps, table by table (PRIV-1).
public enum JuryData {
    public static let declarations = [
        juryTable, juryCriterionTable, juryMemberTable, juryConflictTable, juryAssignmentTable, jurySheetTable,
        juryNoteTable, juryReopeningTable, juryItemTable, juryMoveTable, juryMinutesTable,
    ]

    private static let juryTable = DataDeclaration(
        "jury", .jury, "Les jurys\u{202F}: leur date, leur lieu, leurs règles.",
        of: [.agents],
        naming: ["revealed_by"],
        other: ["state", "place"],
        term: .with("call"),
        closing: .unnamed, export: .under("acts"))

    private static let juryCriterionTable = DataDeclaration(
        "jury_criterion", .jury, "Les critères de notation.",
        other: ["code", "label", "guide"])

    private static let juryMemberTable = DataDeclaration(
        "jury_member", .jury, "Les membres du jury, leur organisme, leur présence.",
        of: [.agents, .correspondents],
        naming: ["body", "email", "secret_hash", "left_reason", "account_id", "invited_by"],
        other: ["role", "presence"],
        term: .unnamed(
            after: .months(12),
            since: DataDeclaration.Since(
                "invited_at", "l’invitation restée sans réponse", when: "account_id IS NULL AND email <> ''")),
        closing: .kept(DossierTerms.why), export: .under("juries"))

    private static let juryConflictTable = DataDeclaration(
        "jury_conflict", .jury, "Les liens d’intérêt déclarés ou trouvés.",
        of: [.agents, .candidates],
        naming: ["words", "reason", "decided_by"],
        other: ["nature", "state"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("juries"))

    private static let juryAssignmentTable = DataDeclaration(
        "jury_assignment", .jury, "Qui lit quel dossier.",
        of: [.agents],
        naming: ["member_id"],
        other: [],
        term: .with("candidacy"),
        closing: .unnamed, export: .under("juries"))

    private static let jurySheetTable = DataDeclaration(
        "jury_sheet", .jury, "Les grilles de notation.",
        of: [.agents, .candidates],
        naming: ["comment"],
        other: ["state", "salt", "commitment"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("juries"))

    private static let juryNoteTable = DataDeclaration(
        "jury_note", .jury, "Les notes, critère par critère.",
        of: [.agents, .candidates],
        naming: ["comment"],
        other: ["criterion"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("juries"))

    private static let juryReopeningTable = DataDeclaration(
        "jury_reopening", .jury, "Les grilles rouvertes, et pourquoi.",
        of: [.agents],
        naming: ["reason", "former", "account_id"],
        other: ["commitment"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("acts"))

    private static let juryItemTable = DataDeclaration(
        "jury_item", .jury, "L’ordre du jour du jury, et son avis.",
        of: [.agents, .candidates],
        naming: ["audition_words", "words", "advised_by"],
        other: ["advice"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("acts"))

    private static let juryMoveTable = DataDeclaration(
        "jury_move", .jury, "Les déplacements dans le classement, motivés.",
        of: [.agents, .candidates],
        naming: ["reason", "account_id"],
        other: [],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("acts"))

    private static let juryMinutesTable = DataDeclaration(
        "jury_minutes", .jury, "Le procès-verbal signé.",
        of: [.agents],
        naming: ["text", "signer", "signed_by"],
        other: ["fingerprint"],
        term: .with("call"),
        closing: .kept(DossierTerms.why), export: .under("acts"))
}
