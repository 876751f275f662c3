/// What Funding keeps, table by table (PRIV-1).
public enum FundingData {
    public static let declarations = [
        funderTable, funderAgentTable, fundingEnvelopeTable, fundingLineTable, fundingEventTable, agreementTable,
        agreementVersionTable, agreementArticleTable, agreementSignatureTable, bankAccountTable, instalmentTable,
        agreementShareTable, agreementPassingTable, fundingReportTable, reportIndicatorTable, reportAccountTable,
    ]

    private static let funderTable = DataDeclaration(
        "funder", .funding, "Les financeurs.",
        of: [.agents],
        naming: ["created_by"],
        other: ["name", "kind", "siret"],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .unnamed, export: .under("acts"))

    private static let funderAgentTable = DataDeclaration(
        "funder_agent", .funding, "Les personnes qui agissent pour un financeur.",
        of: [.agents],
        naming: ["account_id"],
        other: [],
        term: .with("funder"),
        closing: .unnamed, export: .under("funder_agencies"))

    private static let fundingEnvelopeTable = DataDeclaration(
        "funding_envelope", .funding, "Les enveloppes.",
        of: [.agents],
        naming: ["created_by"],
        other: ["label"],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .unnamed, export: .under("acts"))

    private static let fundingLineTable = DataDeclaration(
        "funding_line", .funding, "Les aides\u{202F}: à qui, de qui, combien, pour quoi.",
        of: [.candidates],
        naming: ["beneficiary", "siret", "rna", "object", "reference", "created_by"],
        other: [
            "scheme", "form", "purpose", "state", "asked_on", "granted_on", "agreed_on", "paid_on",
            "settled_on",
        ],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .kept("pièce de la comptabilité publique"), export: .under("candidacies"))

    private static let fundingEventTable = DataDeclaration(
        "funding_event", .funding, "L’histoire de chaque aide.",
        of: [.agents],
        naming: ["words", "account_id"],
        other: ["kind", "happened_on"],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .kept("pièce de la comptabilité publique"), export: .under("acts"))

    private static let agreementTable = DataDeclaration(
        "agreement", .funding, "Les conventions.",
        of: [.agents],
        naming: ["end_reason", "created_by"],
        other: ["number", "state", "activated_on", "ended_on"],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .kept("pièce de la comptabilité publique"), export: .under("agreement_signatures"))

    private static let agreementVersionTable = DataDeclaration(
        "agreement_version", .funding, "Les versions d’une convention.",
        of: [.agents],
        naming: ["reason", "written_by"],
        other: ["starts_on", "fingerprint"],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .kept("pièce de la comptabilité publique"), export: .under("acts"))

    private static let agreementArticleTable = DataDeclaration(
        "agreement_article", .funding, "Les articles d’une convention.",
        of: [.candidates],
        naming: ["text"],
        other: ["code"],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .kept("pièce de la comptabilité publique"), export: .under("agreement_signatures"))

    private static let agreementSignatureTable = DataDeclaration(
        "agreement_signature", .funding, "Les signatures.",
        of: [.candidates, .agents],
        naming: ["quality", "account_id"],
        other: ["side", "fingerprint"],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .kept("pièce de la comptabilité publique"), export: .under("agreement_signatures"))

    private static let bankAccountTable = DataDeclaration(
        "bank_account", .funding, "Les comptes bancaires donnés pour être payé.",
        of: [.candidates],
        naming: ["iban", "holder", "proposed_by", "verified_by"],
        other: [],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .kept("pièce de la comptabilité publique"), export: .under("bank_accounts_given"))

    private static let instalmentTable = DataDeclaration(
        "instalment", .funding, "Les versements, qui les contrôle et qui les ordonne.",
        of: [.agents],
        naming: ["reason", "proof", "checked_by", "ordered_by"],
        other: ["label", "trigger_kind", "due_on", "state", "order_number", "paid_on"],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .kept("pièce de la comptabilité publique"), export: .under("acts"))

    private static let agreementShareTable = DataDeclaration(
        "agreement_share", .funding, "La part de chaque partenaire.",
        of: [.candidates],
        naming: ["name", "siret"],
        other: [],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .kept("pièce de la comptabilité publique"),
        export: .absent("part d’une structure, non d’une personne"))

    private static let agreementPassingTable = DataDeclaration(
        "agreement_passing", .funding, "Les reversements entre partenaires.",
        of: [.candidates],
        naming: ["proof", "account_id"],
        other: ["happened_on"],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .kept("pièce de la comptabilité publique"), export: .under("acts"))

    private static let fundingReportTable = DataDeclaration(
        "funding_report", .funding, "Les bilans.",
        of: [.candidates, .agents],
        naming: ["narrative", "reason", "submitted_by", "decided_by"],
        other: ["kind", "due_on", "state"],
        term: .kept("pièce de la comptabilité publique, gardée dix ans après la fin de la convention"),
        closing: .kept("pièce de la comptabilité publique"), export: .under("acts"))

    private static let reportIndicatorTable = DataDeclaration(
        "report_indicator", .funding, "Les indicateurs d’un bilan.",
        other: ["label", "evidence"])

    private static let reportAccountTable = DataDeclaration(
        "report_account", .funding, "Les comptes d’un bilan.",
        other: ["code", "remark"])
}
