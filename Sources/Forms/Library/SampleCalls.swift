/// Whole forms, ready to be used or changed: what the demo calls ask.
extension StandardQuestions {
    /// A first word, in ten minutes: who, what, where. Everything it asks has the key it has in the full forms, so that an
    /// intention grows into a candidacy without typing again.
    public static let intentionForm = Form(
        key: "intention", title: "Dire une intention",
        intro: "Dix minutes suffisent. Vos réponses seront reprises si vous déposez ensuite un dossier complet.",
        sections: [
            FormSection(
                "porteur", "Vous",
                questions: [
                    Question(
                        "structure_nom", "Nom de votre structure ou de votre collectif", .shortText(maxLength: 150),
                        .required),
                    people[0],
                ]),
            FormSection("projet", "Votre idée", questions: [title, summary, sectorsOfProject, otherSector, commune]),
            FormSection(
                "suite", "La suite",
                questions: [
                    Question(
                        "aide_cherchee", "Ce qui vous aiderait le plus", .severalOf(help, min: 1, max: 3),
                        help: "Trois réponses au plus."),
                    Question(
                        "ouverture_prevue", "Ouverture souhaitée", .date(), help: "Même très approximative."),
                ]),
        ])

    private static let help = options([
        "locaux": "Trouver un local", "collectif": "Réunir un collectif", "modele": "Trouver un équilibre économique",
        "financement": "Chercher des financements", "juridique": "Choisir une forme juridique",
        "reseau": "Rencontrer d’autres lieux",
    ])

    /// A call of a group of communes that looks for projects at three maturities, the less advanced being asked less.
    public static let territoryCallForm = Form(
        key: "ami_territoire", title: "Dossier de candidature au réseau de tiers-lieux",
        intro: "Ce qui est demandé dépend de l’avancement de votre projet. Rien n’est éliminatoire à ce stade.",
        sections: [
            FormSection("porteur", "Qui porte le projet", questions: identity + people + [consortium, partners]),
            FormSection(
                "projet", "Le projet",
                questions: [title, summary, need, sectorsOfProject, otherSector, commune, audiences, community]),
            FormSection("lieu", "Le lieu", questions: place),
            FormSection("offre", "Ce qu’on y fait", questions: offer),
            FormSection("calendrier", "Le calendrier", questions: [calendar, milestones]),
            FormSection(
                "economie", "Le modèle économique",
                intro: "Des ordres de grandeur suffisent pour un projet en émergence.",
                maturities: [emergence, open],
                questions: [expenses, income, balance] + voluntary + [financing, publicShare, securedShare]),
            FormSection(
                "accompagnement", "L’accompagnement",
                questions: [Question("aide_cherchee", "Aide souhaitée", .severalOf(help))]),
            FormSection("pieces", "Pièces", questions: documents),
            FormSection("engagements", "Engagements", questions: commitments),
        ], rules: budgetRules + [publicAidCap(80)])

    /// A call that gives 75,000 to 150,000 € over three years, with a priority for the districts of city policy.
    public static let threeYearCallForm = Form(
        key: "fabrique", title: "Dossier de candidature sur trois ans",
        sections: [
            FormSection("porteur", "Qui porte le projet", questions: identity + people + [consortium, partners]),
            FormSection(
                "projet", "Le projet",
                questions: [title, summary, need, sectorsOfProject, otherSector, commune, community]),
            FormSection(
                "lieu", "Le lieu",
                questions: place + [
                    Question(
                        "quartier_prioritaire", "Le lieu est-il dans un quartier prioritaire ?".narrow, .yesNo,
                        .required,
                        help: "L’adresse exacte compte : une commune peut n’être concernée qu’en partie.".narrow),
                    Question(
                        "quartier_nom", "Nom du quartier", .shortText(maxLength: 120), .required,
                        shownIf: .yes("quartier_prioritaire")),
                ]),
            FormSection("offre", "Ce qu’on y fait", questions: offer),
            FormSection(
                "montants", "La demande",
                questions: [
                    asked, yearly, yearlyGap,
                    Question(
                        "part_annuelle_max", "Plus forte année",
                        .computed(
                            .greatest(
                                ["an1", "an2", "an3"].map { .reference(Reference("demande_annuelle", $0, "montant")) }),
                            unit: .money)),
                ]),
            FormSection(
                "economie", "Le budget des trois ans",
                questions: [expenses, income, balance] + voluntary + [financing, publicShare, securedShare]),
            FormSection("pieces", "Pièces", questions: documents),
            FormSection("engagements", "Engagements", questions: commitments),
        ],
        rules: budgetRules + [
            publicAidCap(80), amountBetween(75_000, 150_000),
            FormRule(
                "annees_total", .comparison(.of("ecart_annees"), .equal, .whole(0)),
                message: "La somme des trois années doit être égale au montant demandé.",
                questions: ["demande_annuelle", "ecart_annees"]),
            FormRule(
                "annee_max", .comparison(.of("part_annuelle_max"), .atMost, .whole(50_000)),
                message: "Au plus 50\u{202F}000\u{202F}€ par an.", questions: ["demande_annuelle"]),
        ])

    private static let yearly = Question(
        "demande_annuelle", "Répartition par année",
        .table(
            TableLayout(
                columns: [Question("montant", "Montant", .money(min: 0))],
                rows: .fixed([
                    TableRow("an1", "Première année"), TableRow("an2", "Deuxième année"),
                    TableRow("an3", "Troisième année"),
                ]),
                totals: ["montant"])), .required)

    private static let yearlyGap = Question(
        "ecart_annees", "Reste à répartir",
        .computed(.arithmetic(.minus, .of("montant_demande"), .of("demande_annuelle", "montant")), unit: .money))
}
