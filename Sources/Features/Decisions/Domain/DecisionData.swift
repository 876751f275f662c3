/// What Decisions keeps, table by table (PRIV-1).
public enum DecisionData {
    public static let declarations = [
        selectionPlanTable, selectionEntryTable, selectionRunTable, decisionTable, decisionReasonTable,
        decisionLetterTable, decisionAppealTable, decisionPublicationTable, resultConsentTable,
    ]

    private static let selectionPlanTable = DataDeclaration(
        "selection_plan", .decisions, "Les contraintes de la sélection.",
        of: [.agents],
        naming: ["updated_by"],
        other: ["rules"],
        term: .with("call"),
        closing: .unnamed, export: .under("acts"))

    private static let selectionEntryTable = DataDeclaration(
        "selection_entry", .decisions, "Les notes et montants présentés à la sélection.",
        of: [.candidates],
        naming: ["tags"],
        other: ["territory"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .absent("la note est montrée avec la décision"))

    private static let selectionRunTable = DataDeclaration(
        "selection_run", .decisions, "Les calculs de sélection, rejouables.",
        of: [.agents],
        naming: ["run_by"],
        other: ["fingerprint", "inputs", "result"],
        term: .with("call"),
        closing: .unnamed, export: .under("acts"))

    private static let decisionTable = DataDeclaration(
        "decision", .decisions, "Les décisions, leurs motifs, leurs courriers.",
        of: [.candidates, .agents],
        naming: ["conditions", "body", "deliberation", "departure", "letter", "recorded_by", "notified_by"],
        other: ["origin", "outcome", "decided_on"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("decisions"))

    private static let decisionReasonTable = DataDeclaration(
        "decision_reason", .decisions, "Les motifs d’une décision.",
        of: [.candidates],
        naming: ["reason"],
        other: ["question"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("decisions"))

    private static let decisionLetterTable = DataDeclaration(
        "decision_letter", .decisions, "Les courriers types, et qui les signe.",
        of: [.agents],
        naming: ["signatory", "updated_by"],
        other: ["retained", "waiting", "refused", "routes"],
        term: .with("call"),
        closing: .kept(DossierTerms.why), export: .under("acts"))

    private static let decisionAppealTable = DataDeclaration(
        "decision_appeal", .decisions, "Les recours et leurs réponses.",
        of: [.candidates, .agents],
        naming: ["grounds", "answer", "lodged_by", "answered_by"],
        other: ["channel", "state"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("appeals"))

    private static let decisionPublicationTable = DataDeclaration(
        "decision_publication", .decisions, "Les résultats publiés.",
        of: [.agents],
        naming: ["published_by"],
        other: [],
        term: .with("call"),
        closing: .unnamed, export: .under("acts"))

    private static let resultConsentTable = DataDeclaration(
        "result_consent", .decisions, "L’accord donné à la publication d’un résultat.",
        of: [.candidates],
        naming: ["consented_by"],
        other: [],
        term: .with("candidacy"),
        closing: .unnamed, export: .under("published_projects"))
}
