extension ReferenceList {
    public static let maturities = ReferenceList(
        "maturites",
        [
            Entry("intention", "Intention structurée", "intention structuree", "idee"),
            Entry("emergence", "En émergence", "en creation", "en projet"),
            Entry("ouvert", "Ouvert", "operationnel", "en activite"),
            Entry("perennisation", "Ouvert, en pérennisation", "en perennisation"),
            Entry("pause", "En pause", "suspendu"),
            Entry("ferme", "Fermé", "fermeture definitive"),
        ])

    /// The families of the France Tiers-Lieux form, and those its users miss.
    public static let families = ReferenceList(
        "familles",
        [
            Entry(
                "coworking", "Espace de travail partagé", "coworking", "espace de coworking", "teletravail",
                "bureau partage",
                "tiers lieux a dominante coworking", "espace de travail en commun", "telecentre"),
            Entry(
                "fablab", "Fablab et atelier numérique", "fablab", "fab lab", "makerspace", "hackerspace",
                "tiers lieux a dominante fablab", "atelier de fabrication"),
            Entry(
                "ateliers-artisanaux", "Ateliers artisanaux partagés", "atelier partage", "metiers d art", "artisanat"),
            Entry(
                "culturel", "Lieu culturel", "friche culturelle", "mediation culturelle", "cafe culturel",
                "lieu artistique"),
            Entry("cafe-associatif", "Café associatif, épicerie", "cafe", "cafe de village", "epicerie associative"),
            Entry("reemploi", "Réemploi et réparation", "ressourcerie", "repair cafe", "recyclerie", "materiautheque"),
            Entry(
                "nourricier", "Lieu nourricier, jardin", "jardin partage", "espace test agricole", "ferme", "maraichage"
            ),
            Entry("foodlab", "Foodlab, cuisine partagée", "cuisine partagee", "food lab"),
            Entry("livinglab", "Living lab", "livinglab", "laboratoire vivant"),
            Entry(
                "mediation-numerique", "Médiation numérique", "epn", "espace public numerique", "cyber base",
                "micro folie"),
            Entry("formation", "Lieu d’apprentissage", "campus connecte", "lieux de formation"),
            Entry("social", "Lieu social et solidaire", "centre social", "social place", "garage solidaire"),
            Entry(
                "services-publics", "Services au public", "france services", "maison de services au public", "mairie"),
            Entry("autre", "Autre"),
        ])

    public static let services = ReferenceList(
        "services",
        [
            Entry("coworking", "Travailler sur place", "coworking", "teletravail", "espace de travail"),
            Entry("reunion", "Salles à louer", "salle de reunion", "location de salles", "evenements"),
            Entry("fabrication", "Fabriquer", "fablab", "imprimante 3d", "makerspace", "decoupe laser", "atelier bois"),
            Entry("reparation", "Réparer, réemployer", "repair cafe", "reemploi", "ressourcerie", "atelier velo"),
            Entry(
                "mediation-numerique", "Se faire aider avec le numérique", "inclusion numerique", "mediation numerique",
                "prendre en main un ordinateur", "prendre en main un smartphone ou une tablette",
                "utiliser le numerique au quotidien", "approfondir ma culture numerique",
                "accompagner les demarches de sante",
                "realiser des demarches administratives avec un accompagnement", "promouvoir la citoyennete numerique",
                "developper mon activite professionnelle"),
            Entry(
                "acces-internet", "Accès à internet et au matériel", "acceder a une connexion internet",
                "acceder a du materiel",
                "wifi", "imprimante"),
            Entry(
                "formation", "Apprendre, se former", "formation", "ateliers",
                "devenir autonome dans les demarches administratives"),
            Entry(
                "culture", "Culture et médiation culturelle", "spectacle", "exposition", "mediation culturelle",
                "pratiquer des activites recreatives numeriques"),
            Entry("debats", "Rencontres et débats", "rencontre", "debat", "conference"),
            Entry("convivialite", "Se retrouver", "convivialite", "cafe", "jeux"),
            Entry("restauration", "Boire et manger", "restauration", "cafe restaurant", "cantine"),
            Entry("alimentation", "Alimentation et production", "jardin", "amap", "epicerie", "maraichage"),
            Entry("transition", "Transition écologique", "ecologie", "compost", "energie"),
            Entry("sante", "Santé et bien-être", "bien etre", "sport"),
            Entry("services-publics", "Démarches et services publics", "france services", "point relais", "la poste"),
            Entry(
                "accompagnement", "Accompagnement de projets", "incubateur", "accompagnement entrepreneurs", "pepiniere"
            ),
            Entry(
                "enfance", "Famille et enfance", "parentalite",
                "soutenir la parentalite et l education avec le numerique",
                "ludotheque", "creche"),
        ])

    public static let audiences = ReferenceList(
        "publics",
        [
            Entry("tous", "Tous publics", "tout public"),
            Entry("enfants", "Familles, enfants", "familles enfants", "famille enfant", "enfants"),
            Entry("jeunes", "Jeunes", "jeunes 16 26 ans", "etudiants"),
            Entry("adultes", "Adultes"),
            Entry("seniors", "Seniors", "seniors 65 ans"),
            Entry("femmes", "Uniquement femmes", "femmes"),
            Entry("entreprises", "Entreprises et indépendants", "independants", "entrepreneurs", "salaries"),
            Entry("associations", "Associations"),
            Entry("demandeurs-emploi", "Demandeurs d’emploi", "demandeur d emploi"),
            Entry("allophones", "Personnes allophones", "public langues etrangeres"),
            Entry(
                "handicap", "Personnes en situation de handicap", "surdite", "deficience visuelle", "handicaps moteurs",
                "handicaps psychiques", "handicaps mentaux"),
            Entry("illettrisme", "Personnes en situation d’illettrisme", "personnes en situation d illettrisme"),
        ])

    /// The sectors that the calls of the field name.
    public static let sectors = ReferenceList(
        "secteurs",
        [
            Entry("mediation-numerique", "Médiation numérique"),
            Entry("culture", "Culture"),
            Entry("artisanat", "Artisanat et métiers d’art"),
            Entry("sport", "Sport et bien-être"),
            Entry("sante", "Santé"),
            Entry("reemploi", "Réemploi et réparation"),
            Entry("alimentation", "Alimentation"),
            Entry("energie", "Énergie et climat"),
            Entry("education", "Éducation et formation"),
            Entry("autre", "Autre"),
        ])

    public static let mobilities = ReferenceList(
        "itinerance",
        [Entry("fixe", "Fixe", "non"), Entry("itinerant", "Itinérant", "oui", "itinerant", "bus")])

    public static let accessModes = ReferenceList(
        "modalites_acces",
        [
            Entry("libre", "Accès libre", "en libre acces", "se presenter"),
            Entry("rdv", "Sur rendez-vous", "prendre rdv", "sur inscription"),
            Entry("adherents", "Réservé aux adhérents", "adhesion"),
            Entry("telephone", "Par téléphone", "telephoner"),
            Entry("courriel", "Par courriel", "contacter par mail"),
            Entry("orientation", "Sur orientation d’un professionnel", "ce lieu n accueille pas de public"),
        ])

    public static let fees = ReferenceList(
        "frais_a_charge",
        [
            Entry("gratuit", "Gratuit", "gratuit je peux acceder gratuitement au lieu et a ses services"),
            Entry(
                "sous-condition", "Gratuit sous condition", "gratuit sous condition",
                "adhesion j adhere a l association", "gratuit pour les adherents"),
            Entry("payant", "Payant", "payant l acces au lieu et ou a ses services est payant"),
            Entry("prix-libre", "Prix libre"),
        ])

    public static let accessibility = ReferenceList(
        "accessibilite",
        [
            Entry("oui", "Oui", "accessible"), Entry("partiel", "En partie", "partiellement"), Entry("non", "Non"),
            Entry("inconnu", "Non renseigné", "inconnu"),
        ])

    public static let accessibilityFacts = ReferenceList(
        "accessibilite_faits",
        [
            Entry("entree-plain-pied", "Entrée de plain-pied ou rampe"),
            Entry("sanitaires", "Sanitaires adaptés"),
            Entry("stationnement", "Stationnement adapté à proximité"),
            Entry("boucle-magnetique", "Boucle magnétique"),
            Entry("lsf", "Accueil en langue des signes"),
            Entry("guidage", "Guidage au sol ou balise sonore"),
            Entry("falc", "Documents faciles à lire et à comprendre"),
            Entry("chien-guide", "Chiens guides bienvenus"),
            Entry("calme", "Espace calme"),
        ])

    public static let connections = ReferenceList(
        "connectivite",
        [
            Entry("fibre", "Fibre"), Entry("adsl", "ADSL"), Entry("mobile", "4G ou 5G"),
            Entry("satellite", "Satellite"),
            Entry("aucune", "Aucune"),
        ])

    public static let legalForms = ReferenceList(
        "modes_gestion",
        [
            Entry("association", "Association"),
            Entry("collectif-citoyen", "Collectif citoyen"),
            Entry("collectivites", "Collectivité", "commune", "epci", "departement", "publique"),
            Entry("scic", "SCIC"),
            Entry("scop", "SCOP"),
            Entry("sarl-sa-sas", "SARL, SA ou SAS", "sas", "sarl", "entreprise", "privee"),
            Entry("universites", "Université"),
            Entry("etablissements-scolaires", "Établissement scolaire"),
            Entry("etablissement-public", "Établissement public"),
            Entry("fondation", "Fondation"),
            Entry("gip", "Groupement d’intérêt public"),
            Entry("cae", "Coopérative d’activité et d’emploi"),
            Entry("micro-entreprise", "Entreprise individuelle"),
            Entry("autre", "Autre"),
        ])

    public static let tenures = ReferenceList(
        "statuts_occupation",
        [
            Entry("proprietaire", "Propriétaire"),
            Entry("locataire-marche", "Locataire au prix du marché"),
            Entry("locataire-modere", "Locataire à prix modéré"),
            Entry("gracieux", "Mise à disposition gracieuse"),
            Entry("temporaire", "Sans titre ou temporaire"),
            Entry("autre", "Autre"),
        ])

    public static let closingReasons = ReferenceList(
        "motifs_fermeture",
        [
            Entry("economique", "Équilibre économique"), Entry("locaux", "Perte des locaux"),
            Entry("equipe", "Départ de l’équipe"), Entry("projet-acheve", "Projet arrivé à son terme"),
            Entry("fusion", "Réuni à un autre lieu"), Entry("inconnu", "Non connu"),
        ])

    public static let precisions = ReferenceList(
        "precisions",
        [
            Entry("numero", "Au numéro", "housenumber"), Entry("rue", "À la rue", "street"),
            Entry("commune", "Au centre de la commune", "municipality"), Entry("manuel", "Placé à la main"),
            Entry("source", "Selon la source"), Entry("inconnue", "Non connue"),
        ])
}
