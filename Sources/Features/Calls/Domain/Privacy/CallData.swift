/// What Calls keeps, table by table (PRIV-1).
public enum CallData {
    public static let declarations = [
        callTable, callTeamTable, callInvitationTable, callWaveTable, callMilestoneTable, callTerritoryTable,
        callEnvelopeTable, callConditionTable, callAttachmentTable, callCriterionTable, callCommitteeTable,
        callRulesVersionTable, callFormTable, callAmendmentTable, callExtensionTable, callQuestionTable,
        callAlertTable, callOpeningTable, callFormDraftTable, callFormStepTable,
    ]

    private static let callTable = DataDeclaration(
        "call", .calls, "Les appels\u{202F}: leur règlement, le service qui les porte et ses coordonnées.",
        of: [.agents],
        naming: ["service_address", "service_email", "service_phone", "cancel_reason", "created_by"],
        other: [
            "slug", "state", "nature", "title", "organiser", "service", "summary", "context", "objectives",
            "definitions", "exclusions", "payment", "provisions", "sectors", "territory_words",
            "territory_edition", "territory_on", "silence_words",
        ],
        term: .kept("document public de l’organisateur"),
        closing: .kept("coordonnées du service qui organise, non d’une personne"), export: .under("acts"))

    private static let callTeamTable = DataDeclaration(
        "call_team", .calls, "Les personnes qui tiennent un appel, depuis quand.",
        of: [.agents],
        naming: ["account_id"],
        other: [],
        term: .with("call"),
        closing: .unnamed, export: .under("call_teams"))

    private static let callInvitationTable = DataDeclaration(
        "call_invitation", .calls, "Les invitations dans l’équipe d’un appel.",
        of: [.correspondents],
        naming: ["email", "secret_hash", "invited_by"],
        other: [],
        term: .unnamed(
            after: .months(12), since: DataDeclaration.Since("invited_at", "l’invitation", when: "email <> ''")),
        closing: .unnamed, export: .under("call_invitations"))

    private static let callWaveTable = DataDeclaration(
        "call_wave", .calls, "Les dates des appels.",
        other: ["label", "zone", "words"])

    private static let callMilestoneTable = DataDeclaration(
        "call_milestone", .calls, "Le calendrier des appels.",
        other: ["kind", "label", "period", "place", "link"])

    private static let callTerritoryTable = DataDeclaration(
        "call_territory", .calls, "Le territoire des appels.",
        other: ["kind", "code", "name"])

    private static let callEnvelopeTable = DataDeclaration(
        "call_envelope", .calls, "Les montants des appels.",
        other: ["remark"])

    private static let callConditionTable = DataDeclaration(
        "call_condition", .calls, "Les conditions des appels.",
        other: ["kind", "parameters", "words"])

    private static let callAttachmentTable = DataDeclaration(
        "call_attachment", .calls, "Les pièces demandées.",
        other: ["code", "label", "required_if", "kinds"])

    private static let callCriterionTable = DataDeclaration(
        "call_criterion", .calls, "Les critères annoncés.",
        other: ["code", "label", "guide"])

    private static let callCommitteeTable = DataDeclaration(
        "call_committee", .calls, "Les organismes du comité.",
        other: ["body", "role"])

    private static let callRulesVersionTable = DataDeclaration(
        "call_rules_version", .calls, "Les versions du règlement.",
        other: ["text", "fingerprint"])

    private static let callFormTable = DataDeclaration(
        "call_form", .calls, "Les formulaires des appels.",
        of: [.agents],
        naming: ["created_by"],
        other: ["maturity", "title", "definition", "digest"],
        term: .with("call"),
        closing: .unnamed, export: .under("acts"))

    private static let callAmendmentTable = DataDeclaration(
        "call_amendment", .calls, "Les rectificatifs publiés.",
        of: [.agents],
        naming: ["reason", "changes", "actor"],
        other: [],
        term: .with("call"),
        closing: .kept("acte public de l’organisateur"), export: .under("acts"))

    private static let callExtensionTable = DataDeclaration(
        "call_extension", .calls, "Les prolongations, et les deux personnes qui les ont décidées.",
        of: [.agents],
        naming: ["reason", "proposed_by", "confirmed_by"],
        other: ["words"],
        term: .with("call"),
        closing: .kept("acte public de l’organisateur"), export: .under("acts"))

    private static let callQuestionTable = DataDeclaration(
        "call_question", .calls, "Les questions posées sur un appel, et leurs réponses.",
        of: [.members],
        naming: ["question", "answer", "asked_by", "answered_by"],
        other: ["state"],
        term: .kept("les réponses publiées valent pour tous les candidats"),
        closing: .kept("question publiée sans nom d’auteur"), export: .under("call_questions"))

    private static let callAlertTable = DataDeclaration(
        "call_alert", .mail, "Les adresses qui demandent à être prévenues des nouveaux appels.",
        of: [.visitors],
        naming: ["email", "secret_hash", "leave_key"],
        other: ["nature", "departement"],
        term: .erased(
            after: .months(36),
            since: DataDeclaration.Since(
                "COALESCE(confirmed_at, created_at)", "la demande (7 jours si elle n’est pas confirmée)")),
        closing: .erased, export: .under("call_alerts"))

    private static let callOpeningTable = DataDeclaration(
        "call_opening", .calls, "L’ouverture des plis d’un appel scellé.",
        of: [.agents],
        naming: ["opened_by"],
        other: [],
        term: .with("call"),
        closing: .unnamed, export: .under("acts"))

    private static let callFormDraftTable = DataDeclaration(
        "call_form_draft", .calls, "Les formulaires en préparation.",
        other: ["maturity"])

    private static let callFormStepTable = DataDeclaration(
        "call_form_step", .calls, "Les étapes de l’écriture d’un formulaire.",
        of: [.agents],
        naming: ["account_id"],
        other: ["definition", "words", "place"],
        term: .kept("qui a écrit quelle question d’un formulaire, pour en répondre"),
        closing: .unnamed, export: .under("acts"))
}
