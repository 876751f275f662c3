/// Questions that calls ask again and again, in words of our own, to be picked one by one.
///
/// Keys are in French, as they are seen in files and addresses; they stay the same from one call to the next, so that an
/// earlier candidacy can fill the next.
public enum StandardQuestions {
    /// Keys of maturities, as the sheets of places have them.
    public static let intention = "intention"
    public static let emergence = "emergence"
    public static let open = "ouvert"

    static func options(_ pairs: KeyValuePairs<String, String>) -> [QuestionOption] {
        pairs.map { QuestionOption($0.key, $0.value) }
    }

    public static let legalForms = options([
        "association": "Association", "collectif-citoyen": "Collectif sans personnalité juridique",
        "collectivites": "Collectivité ou groupement", "scic": "SCIC", "scop": "SCOP", "sarl-sa-sas": "SARL, SA ou SAS",
        "etablissement-public": "Établissement public", "fondation": "Fondation", "gip": "Groupement d’intérêt public",
        "cae": "Coopérative d’activité et d’emploi", "micro-entreprise": "Entreprise individuelle", "autre": "Autre",
    ])

    public static let sectors = options([
        "mediation-numerique": "Médiation numérique", "culture": "Culture", "artisanat": "Artisanat et métiers d’art",
        "sport": "Sport et bien-être", "sante": "Santé", "reemploi": "Réemploi et réparation",
        "alimentation": "Alimentation", "energie": "Énergie et climat", "education": "Éducation et formation",
        "autre": "Autre",
    ])

    // MARK: Who carries it

    /// Identity of the structure, to be filled from the register.
    public static let identity: [Question] = [
        Question(
            "structure_nom", "Nom de la structure", .shortText(maxLength: 150), .required,
            help: "Le nom qui figure dans ses statuts.", prefill: .structure("nom")),
        Question(
            "structure_forme", "Forme juridique", .oneOf(legalForms), .required, prefill: .structure("mode_gestion")),
        Question(
            "structure_siret", "SIRET", .siret,
            .requiredIf(.not(.chosen("structure_forme", among: ["association", "collectif-citoyen"]))),
            help: "Quatorze chiffres. Une association qui n’emploie personne peut ne pas en avoir.",
            example: "732 829 320 00074", shownIf: .not(.chosen("structure_forme", "collectif-citoyen")),
            prefill: .structure("siret")),
        Question(
            "structure_rna", "Numéro RNA", .rna, help: "Il figure sur le récépissé de la préfecture.",
            example: "W621234567",
            shownIf: .chosen("structure_forme", "association"), prefill: .structure("rna")),
        Question("structure_adresse", "Adresse du siège", .address, .required, prefill: .structure("adresse")),
        Question(
            "structure_creation", "Date de création", .date(), prefill: .structure("date_creation"),
            maturities: [emergence, open]),
    ]

    /// Who signs, and who answers the telephone.
    public static let people: [Question] = [
        Question(
            "representant", "Personne qui engage la structure", .person, .required,
            help: "Présidence, gérance ou personne qui a reçu pouvoir de signer."),
        Question(
            "contact_autre", "Une autre personne suit le dossier", .yesNo, .required),
        Question("contact", "Personne qui suit le dossier", .person, .required, shownIf: .yes("contact_autre")),
    ]

    // MARK: The project

    public static let title = Question(
        "projet_titre", "Titre du projet", .shortText(maxLength: 120), .required,
        help: "Quelques mots que tout le monde comprend.", prefill: .candidacy("projet_titre"))

    public static let summary = Question(
        "projet_resume", "Le projet en bref", .longText(maxLength: 1_500), .required,
        help: "Ce que vous voulez ouvrir ou développer, pour qui, et ce qui va changer.",
        prefill: .candidacy("projet_resume"))

    public static let need = Question(
        "projet_besoin", "Le besoin constaté", .longText(maxLength: 2_000), .required,
        help: "Ce que vous avez observé autour de vous, et comment vous le savez.", prefill: .candidacy("projet_besoin")
    )

    public static let sectorsOfProject = Question(
        "projet_secteurs", "Domaines d’activité", .severalOf(sectors, min: 1, max: 5), .required,
        prefill: .place("secteurs"))

    public static let otherSector = Question(
        "projet_secteur_autre", "Quel autre domaine ?".narrow, .shortText(maxLength: 120), .required,
        shownIf: .contains(Reference("projet_secteurs"), "autre"))

    public static let commune = Question(
        "projet_commune", "Commune du projet", .commune, .required,
        help: "Pour un lieu itinérant, la commune d’où il part.", prefill: .place("commune"))

    // MARK: Time

    public static let calendar = Question(
        "projet_calendrier", "Début et fin prévus", .period(maxDays: 1_461), .required, help: "Quatre ans au plus.")

    public static let milestones = Question(
        "projet_etapes", "Grandes étapes",
        .group(
            columns: [
                Question("etape", "Étape", .shortText(maxLength: 150), .required, example: "Ouverture de l’atelier"),
                Question("date", "Date prévue", .date(), .required),
            ], maxRows: 12), maturities: [emergence, open])

    // MARK: Commitments

    public static let commitments: [Question] = [
        Question(
            "engagement_exact", "Exactitude",
            .sworn(text: "Je certifie que ce dossier est exact et complet.", version: 1),
            .required),
        Question(
            "engagement_pouvoir", "Pouvoir de signer",
            .sworn(text: "Je suis en droit d’engager la structure qui dépose ce dossier.", version: 1), .required),
        Question(
            "engagement_regularite", "Déclarations sociales et fiscales",
            .sworn(
                text: "La structure est à jour de ses déclarations et de ses paiements sociaux et fiscaux.", version: 1),
            .required, maturities: [emergence, open]),
        Question(
            "engagement_republicain", "Contrat d’engagement républicain",
            .sworn(
                text: "La structure a souscrit le contrat d’engagement républicain et le respecte.", version: 1),
            .required, shownIf: .chosen("structure_forme", among: ["association", "fondation"]),
            maturities: [emergence, open]),
    ]
}
