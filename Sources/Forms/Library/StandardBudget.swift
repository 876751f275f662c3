/// The budget and the financing plan that French grant files ask for, by the accounts of the associations' chart
/// (classes 6 and 7, volunteer contributions 86 and 87; the same as on Cerfa form 12156).
extension StandardQuestions {
    private static func amount(_ label: String) -> [Question] {
        // The form wants whole euros; cents are accepted, since a pasted sheet may have some.
        [Question("montant", label, .money(min: 0))]
    }

    public static let expenses = Question(
        "charges", "Charges prévues",
        .table(
            TableLayout(
                columns: amount("Montant"),
                rows: .fixed([
                    TableRow("60", "60 – Achats"), TableRow("61", "61 – Services extérieurs"),
                    TableRow("62", "62 – Autres services extérieurs"), TableRow("63", "63 – Impôts et taxes"),
                    TableRow("64", "64 – Personnel"), TableRow("65", "65 – Autres charges de gestion"),
                    TableRow("66", "66 – Charges financières"), TableRow("67", "67 – Charges exceptionnelles"),
                    TableRow("68", "68 – Dotations"), TableRow("69", "69 – Impôt sur les bénéfices, participation"),
                ]), totals: ["montant"])), .required,
        help: "En euros, taxes comprises si vous ne récupérez pas la TVA. Laissez vide ce qui ne vous concerne pas.")

    public static let income = Question(
        "produits", "Produits prévus",
        .table(
            TableLayout(
                columns: amount("Montant"),
                rows: .fixed([
                    TableRow("70", "70 – Ventes et prestations"), TableRow("73", "73 – Dotations de tarification"),
                    TableRow("74", "74 – Subventions"), TableRow("75", "75 – Cotisations, dons, autres produits"),
                    TableRow("76", "76 – Produits financiers"), TableRow("77", "77 – Produits exceptionnels"),
                    TableRow("78", "78 – Reprises"), TableRow("79", "79 – Transferts de charges"),
                ]), totals: ["montant"])), .required,
        help: "La subvention que vous demandez ici se compte au 74, avec les autres.")

    /// Volunteer work and gifts in kind, on both sides.
    public static let voluntary: [Question] = [
        Question("benevolat", "Le projet compte-t-il du bénévolat ou des dons en nature ?".narrow, .yesNo, .required),
        Question(
            "emplois_benevoles", "86 – Emploi des contributions volontaires",
            .table(
                TableLayout(
                    columns: amount("Valeur"),
                    rows: .fixed([
                        TableRow("860", "Secours en nature"),
                        TableRow("861", "Mise à disposition de biens et services"),
                        TableRow("862", "Prestations"), TableRow("864", "Personnel bénévole"),
                    ]), totals: ["montant"])), .required, shownIf: .yes("benevolat")),
        Question(
            "contributions_benevoles", "87 – Contributions volontaires",
            .table(
                TableLayout(
                    columns: amount("Valeur"),
                    rows: .fixed([
                        TableRow("870", "Bénévolat"), TableRow("871", "Prestations en nature"),
                        TableRow("875", "Dons en nature"),
                    ]), totals: ["montant"])), .required, shownIf: .yes("benevolat")),
    ]

    public static let balance = Question(
        "ecart_budget", "Écart entre produits et charges",
        .computed(
            .arithmetic(.minus, .of("produits", "montant"), .of("charges", "montant")), unit: .money),
        help: "Zéro quand le budget est équilibré.")

    /// Who pays, how much, and how sure it is.
    public static let financing = Question(
        "plan", "Plan de financement",
        .table(
            TableLayout(
                columns: [
                    Question("financeur", "Financeur", .shortText(maxLength: 120), .required, example: "Département"),
                    Question(
                        "origine", "Origine",
                        .oneOf(
                            options([
                                "public": "Aide publique", "prive": "Fondation, mécénat", "pret": "Prêt",
                                "propre": "Fonds propres, recettes",
                            ])), .required),
                    Question(
                        "etat", "Où en est-on ?".narrow,
                        .oneOf(options(["acquis": "Acquis", "demande": "Demandé", "envisage": "Envisagé"])), .required),
                    Question("montant", "Montant", .money(min: 0), .required),
                    Question(
                        "decision", "Date de la décision", .date(), shownIf: .chosen("etat", "acquis")),
                ], rows: .free(min: 1, max: 30), totals: ["montant"])), .required,
        help: "Une ligne par financeur, celui à qui vous écrivez compris.")

    public static let asked = Question(
        "montant_demande", "Montant demandé", .money(min: 0), .required, help: "Pour toute la durée du projet.")

    private static let publicAid = Formula.columnSum(
        table: "plan", column: "montant", where: .chosen("origine", "public"))

    public static let publicShare = Question(
        "part_publique", "Part des aides publiques",
        .computed(.arithmetic(.over, publicAid, .of("charges", "montant")), unit: .percent))

    public static let securedShare = Question(
        "part_acquise", "Part déjà acquise du plan de financement",
        .computed(
            .arithmetic(
                .over, .columnSum(table: "plan", column: "montant", where: .chosen("etat", "acquis")),
                .of("plan", "montant")), unit: .percent))

    /// What a budget must satisfy.
    public static let budgetRules: [FormRule] = [
        FormRule(
            "equilibre", .comparison(.of("charges", "montant"), .equal, .of("produits", "montant")),
            message: "Le total des produits doit être égal au total des charges."),
        FormRule(
            "benevolat_equilibre",
            .comparison(.of("emplois_benevoles", "montant"), .equal, .of("contributions_benevoles", "montant")),
            message: "Les comptes 86 et 87 doivent avoir le même total."),
        FormRule(
            "plan_couvre", .comparison(.of("plan", "montant"), .equal, .of("charges", "montant")),
            message: "Le plan de financement doit couvrir exactement les charges."),
    ]

    /// Public aid at most that share of the expenses, in hundredths.
    public static func publicAidCap(_ hundredths: Int) -> FormRule {
        FormRule(
            "plafond_public", .comparison(.of("part_publique"), .atMost, .percent(hundredths)),
            message: "Les aides publiques dépassent \(hundredths) % des charges.".narrow,
            questions: ["plan", "part_publique"])
    }

    /// The amount asked, between a floor and a ceiling in whole euros.
    public static func amountBetween(_ floor: Int, _ ceiling: Int) -> FormRule {
        FormRule(
            "montant_bornes",
            .all([
                .comparison(.of("montant_demande"), .atLeast, .whole(floor)),
                .comparison(.of("montant_demande"), .atMost, .whole(ceiling)),
            ]),
            message: "Le montant demandé va de \(FrenchText.euros(floor * 100)) à \(FrenchText.euros(ceiling * 100)).")
    }
}
