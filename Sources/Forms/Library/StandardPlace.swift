/// The place, what is done there, who does it together, and what is attached.
extension StandardQuestions {
    public static let place: [Question] = [
        Question(
            "lieu_fiche", "Fiche du lieu dans l’annuaire", .place,
            help: "Si le lieu y figure déjà, ses réponses sont reprises.",
            prefill: .url("lieu"), maturities: [emergence, open]),
        Question(
            "lieu_mobilite", "Le lieu est",
            .oneOf(options(["fixe": "Fixe", "itinerant": "Itinérant", "inconnu": "Pas encore décidé"])),
            .required, prefill: .place("itinerance")),
        Question(
            "lieu_adresse", "Adresse du lieu", .address, .requiredIf(.maturity(open)),
            help: "Si elle est connue.", shownIf: .chosen("lieu_mobilite", "fixe"), prefill: .place("adresse")),
        Question(
            "lieu_communes", "Communes desservies",
            .group(columns: [Question("commune", "Commune", .commune, .required)], minRows: 1, maxRows: 60), .required,
            shownIf: .chosen("lieu_mobilite", "itinerant")),
        Question(
            "lieu_surface", "Surface bâtie (m²)", .number(min: .zero, max: ExactNumber(100_000)),
            shownIf: .chosen("lieu_mobilite", "fixe"), prefill: .place("surface_batie"), maturities: [emergence, open]),
        Question(
            "lieu_occupation", "Occupation des locaux",
            .oneOf(
                options([
                    "proprietaire": "Propriétaire", "locataire-marche": "Locataire au prix du marché",
                    "locataire-modere": "Locataire à prix modéré", "gracieux": "Mise à disposition gracieuse",
                    "temporaire": "Sans titre ou temporaire", "autre": "Pas encore réglée",
                ])), .requiredIf(.maturity(open)), shownIf: .chosen("lieu_mobilite", "fixe"),
            prefill: .place("statut_occupation"), maturities: [emergence, open]),
        Question("lieu_travaux", "Des travaux sont-ils prévus ?".narrow, .yesNo, maturities: [emergence, open]),
        Question(
            "lieu_travaux_montant", "Coût estimé des travaux", .money(min: 0), .required,
            shownIf: .yes("lieu_travaux"), maturities: [emergence, open]),
    ]

    public static let offer: [Question] = [
        Question(
            "offre_services", "Services proposés",
            .severalOf(
                options([
                    "coworking": "Travailler sur place", "reunion": "Salles à louer", "fabrication": "Fabriquer",
                    "reparation": "Réparer, réemployer", "mediation-numerique": "Se faire aider avec le numérique",
                    "formation": "Apprendre, se former", "culture": "Culture", "debats": "Rencontres et débats",
                    "restauration": "Boire et manger", "services-publics": "Démarches et services publics",
                    "accompagnement": "Accompagnement de projets",
                ]), min: 1), .required, prefill: .place("services")),
        Question(
            "offre_numerique", "Activités numériques", .longText(maxLength: 1_000),
            help: "Ce que le lieu fera avec le numérique, et avec qui.",
            shownIf: .contains(Reference("offre_services"), "mediation-numerique")),
        Question(
            "offre_heures", "Heures d’ouverture par semaine", .number(min: .zero, max: ExactNumber(168), decimals: 1),
            .requiredIf(.maturity(open)), help: "Prévues, si le lieu n’est pas ouvert.", maturities: [emergence, open]),
        Question(
            "offre_ouvert_depuis", "Ouvert depuis", .date(), .required, prefill: .place("date_ouverture"),
            maturities: [open]),
        Question(
            "offre_frequentation", "Personnes accueillies par an", .number(min: .zero), .required, maturities: [open]),
        Question(
            "offre_complementarite", "Ce que le projet apporte aux lieux voisins", .longText(maxLength: 1_500),
            help: "Ce que vous pourriez mettre en commun avec eux, et ce que vous cherchez.",
            maturities: [emergence, open]),
    ]

    public static let audiences = Question(
        "projet_publics", "Publics",
        .severalOf(
            options([
                "tous": "Tous publics", "enfants": "Familles, enfants", "jeunes": "Jeunes", "seniors": "Seniors",
                "entreprises": "Entreprises et indépendants", "associations": "Associations",
                "demandeurs-emploi": "Demandeurs d’emploi",
            ])), .required, prefill: .place("publics"))

    public static let community = Question(
        "projet_collectif", "Le collectif et sa façon de décider", .longText(maxLength: 1_500), .required,
        help: "Qui fait vivre le lieu, comment on y entre, et comment se prennent les décisions.",
        maturities: [emergence, open])

    public static let consortium = Question(
        "consortium", "Plusieurs structures portent-elles le projet ensemble ?".narrow, .yesNo, .required)

    public static let partners = Question(
        "partenaires", "Structures partenaires",
        .group(
            columns: [
                Question("nom", "Structure", .shortText(maxLength: 150), .required),
                Question("siret", "SIRET", .siret),
                Question("role", "Rôle dans le projet", .shortText(maxLength: 200), .required),
                Question(
                    "engagement", "Engagement",
                    .oneOf(options(["confirme": "Confirmé", "sollicite": "Sollicité", "pressenti": "Pressenti"])),
                    .required),
                Question("courriel", "Courriel", .email),
            ], minRows: 1, maxRows: 20), .required, shownIf: .yes("consortium"))

    public static let documents: [Question] = [
        Question(
            "piece_statuts", "Statuts à jour", .attachment(AttachmentRules([.pdf], maxCount: 2)), .required,
            shownIf: .not(
                .chosen("structure_forme", among: ["collectif-citoyen", "collectivites", "micro-entreprise"])),
            maturities: [emergence, open]),
        Question(
            "piece_rib", "Relevé d’identité bancaire",
            .attachment(AttachmentRules([.pdf, .jpeg, .png], validMonths: 3)),
            .requiredIf(.maturity(open)), help: "De moins de trois mois, au nom de la structure.",
            maturities: [emergence, open]),
        Question(
            "piece_comptes", "Comptes du dernier exercice",
            .attachment(AttachmentRules([.pdf, .ods, .xlsx], maxCount: 3)), .required,
            maturities: [open]),
        Question(
            "piece_lettres", "Lettres de soutien", .attachment(AttachmentRules([.pdf], maxCount: 10)),
            shownIf: .yes("consortium")),
    ]
}
