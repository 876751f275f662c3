/// What Instruction keeps, table by table (PRIV-1).
public enum InstructionData {
    public static let declarations = [
        instructionTable, instructionEventTable, instructionChecklistTable, instructionCheckTable,
        instructionRequestTable, instructionRequestItemTable, instructionMessageTable, instructionNoteTable,
        instructionOpinionTable, instructionSearchTable,
    ]

    private static let instructionTable = DataDeclaration(
        "instruction", .instruction,
        "L’instruction d’un dossier\u{202F}: qui s’en occupe, où elle en est, ce qui est décidé.",
        of: [.candidates, .agents],
        naming: ["title", "structure", "words", "reasons", "decision_words", "instructor_id", "decided_by"],
        other: ["state", "departement", "commune"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("candidacies"))

    private static let instructionEventTable = DataDeclaration(
        "instruction_event", .instruction, "L’histoire de l’instruction.",
        of: [.agents],
        naming: ["words", "actor_id", "account_id"],
        other: ["kind"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("acts"))

    private static let instructionChecklistTable = DataDeclaration(
        "instruction_checklist", .instruction, "Les points à contrôler.",
        other: ["code", "label"])

    private static let instructionCheckTable = DataDeclaration(
        "instruction_check", .instruction, "Les contrôles faits.",
        of: [.agents],
        naming: ["remark", "account_id"],
        other: ["code", "label", "result"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("acts"))

    private static let instructionRequestTable = DataDeclaration(
        "instruction_request", .instruction, "Les pièces demandées, et les réponses.",
        of: [.candidates, .agents],
        naming: ["words", "former", "answers", "asked_by", "answered_by"],
        other: ["state"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("pieces_requests"))

    private static let instructionRequestItemTable = DataDeclaration(
        "instruction_request_item", .instruction, "Chaque pièce demandée.",
        of: [.candidates],
        naming: ["reason"],
        other: ["question"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("pieces_requests"))

    private static let instructionMessageTable = DataDeclaration(
        "instruction_message", .instruction, "Les messages échangés entre candidat et instruction.",
        of: [.candidates, .agents],
        naming: ["text", "author_id"],
        other: ["side"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("instruction_messages"))

    private static let instructionNoteTable = DataDeclaration(
        "instruction_note", .instruction, "Les notes de travail de l’instruction.",
        of: [.agents, .candidates],
        naming: ["text", "author_id"],
        other: ["kind"],
        term: .with("candidacy"),
        closing: .kept(DossierTerms.why), export: .under("instruction_notes"))

    private static let instructionOpinionTable = DataDeclaration(
        "instruction_opinion", .instruction, "Les avis demandés, à qui, et ce qui est répondu.",
        of: [.agents, .correspondents],
        naming: ["email", "question", "answer", "reason", "account_id", "asked_by"],
        other: ["kind", "state", "position"],
        term: .unnamed(
            after: .months(12),
            since: DataDeclaration.Since(
                "closes_at", "la limite de réponse à l’avis", when: "email <> '' AND account_id IS NULL")),
        closing: .kept(DossierTerms.why), export: .under("opinions"))

    private static let instructionSearchTable = DataDeclaration(
        "instruction_search", .instruction, "Les recherches enregistrées.",
        of: [.agents],
        naming: ["name", "query", "account_id"],
        other: [],
        term: .with("account"),
        closing: .erased, export: .under("instruction_searches"))
}
