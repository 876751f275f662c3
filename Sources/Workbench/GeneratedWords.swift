/// The words that generated places are made of.
extension GeneratedPlaces {
    static let kinds: [Kind] = [
        Kind(
            word: "Médiathèque", family: "culturel", typology: "BIB", services: ["mediation-numerique", "culture"],
            national: "Maîtrise des outils numériques du quotidien|Loisirs et créations numériques",
            summary: "Lire, écouter, se faire aider avec le numérique."),
        Kind(
            word: "Fablab", family: "fablab", typology: "FABLAB", services: ["fabrication"],
            national: "Loisirs et créations numériques|Accès internet et matériel informatique",
            summary: "Imprimantes 3D, découpe laser et atelier bois ouverts à tous."),
        Kind(
            word: "Coworking", family: "coworking", typology: "TIERS_LIEUX", services: ["coworking", "reunion"],
            national: "Accès internet et matériel informatique",
            summary: "Des bureaux partagés à la journée ou au mois."),
        Kind(
            word: "Ressourcerie", family: "reemploi", typology: "RESSOURCERIE", services: ["reparation"],
            national: "Acquisition de matériel informatique à prix solidaire",
            summary: "Donner, réparer, trouver ce dont on a besoin."),
        Kind(
            word: "Centre social", family: "social", typology: "CS", services: ["convivialite", "enfance"],
            national: "Aide aux démarches administratives|Parentalité et éducation avec le numérique",
            summary: "Un lieu pour se retrouver, à tout âge."),
        Kind(
            word: "Espace numérique", family: "mediation-numerique", typology: "EPN", services: ["mediation-numerique"],
            national: "Aide aux démarches administratives|Utilisation sécurisée du numérique",
            summary: "Ordinateurs en libre accès et ateliers d’initiation."),
        Kind(
            word: "Café associatif", family: "cafe-associatif", typology: "ASSO", services: ["convivialite"],
            national: "Compréhension du monde numérique", summary: "Le café du village, tenu par ses habitants."),
    ]

    static let owners = [
        "des Hortensias", "du Vieux Moulin", "de la Gare", "des Tisserands", "La Fabrique", "L’Étincelle", "Le Phare",
        "La Ruche",
        "des Trois Ponts", "du Marais", "de la Mine", "du Canal", "L’Escale", "La Passerelle", "des Remparts",
        "du Beffroi",
        "de l’Étang", "Les Passeurs", "Le Grand Large", "de la Halle", "des Écluses", "La Grange", "du Verger",
        "L’Atelier commun",
    ]

    static let streets = [
        "rue", "avenue", "place", "boulevard", "impasse", "allée", "chemin", "rue du Général", "rue du Docteur", "quai",
    ]

    static let people = [
        "Jean Jaurès", "Louise Michel", "Victor Hugo", "Émile Zola", "Simone Veil", "Pasteur", "Gambetta",
        "Marie Curie",
        "de la République", "de Verdun", "des Écoles", "du Moulin", "de l’Église", "Faidherbe", "Léon Blum",
        "George Sand",
        "Jules Ferry", "des Lilas", "du 8 Mai 1945", "Pierre Brossolette",
    ]

    static let hours = [
        "Mo-Fr 09:00-12:00,14:00-17:00", "Mo-Fr 08:30-12:00,13:30-17:00", "Tu-Sa 10:00-18:00",
        "Mo-Fr 09:00-18:00; Sa 10:00-12:00", "We 09:00-12:00,14:00-18:00; Sa 09:00-12:00",
        "Mo-Th 08:30-12:30,13:30-17:30",
        "Tu 14:00-18:00; Th 14:00-18:00; Fr 17:00-21:00", "Mo-Su 10:00-19:00", "Sa 10:00-17:00", "",
    ]

    static let sentences = [
        "Ouvert à toutes et à tous.", "Ateliers chaque semaine, sur inscription.", "Adhésion à prix libre.",
        "Accessible en fauteuil roulant.", "Un café est offert à la première visite.", "Au cœur du quartier.",
    ]
}
