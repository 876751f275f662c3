import Maillage

/// The Amiens six, with the figures their consortium published, and invented places of the Somme, the coast and the mining basin.
/// Every place but the six is fictitious, and says so in its name or its summary.
extension DemoPlace {
    private static let published = "Candidature « Fabrique numérique de territoire » du Grand Amiénois"

    static let amiens: [DemoPlace] = [
        DemoPlace(
            "La Machinerie", "Amiens",
            "Coworking, fablab et café : chef de file du consortium des tiers-lieux d’Amiens.",
            ["coworking", "fablab", "cafe-associatif"],
            ["coworking", "fabrication", "reunion", "formation", "restauration"],
            "Mo-Fr 09:00-19:00", in: ["SOM", "REM"],
            more: [
                .structure: .text("La Machinerie"), .legalForm: .text("association"),
                .labels: .rows([["label": "Fabrique numérique de territoire"]]),
                .companion: .flag(true), .openData: .flag(true),
                .builtArea: .number(750),
                .figures: .rows([
                    ["nom": "Surface du lieu", "valeur": "750", "unite": "m²", "source": published],
                    ["nom": "Salarié·e·s dans les six lieux", "valeur": "28", "source": published],
                    ["nom": "Visites par an dans les six lieux", "valeur": "14000", "source": published],
                    ["nom": "Personnes venues des quartiers prioritaires", "valeur": "2000", "source": published],
                    ["nom": "Personnes venues du milieu rural", "valeur": "5000", "source": published],
                    ["nom": "Surface des six lieux", "valeur": "5000", "unite": "m²", "source": published],
                    ["nom": "Heures d’ouverture par semaine", "valeur": "200", "unite": "h", "source": published],
                    ["nom": "Événements par an", "valeur": "250", "source": published],
                ]),
            ]),
        DemoPlace(
            "ALCO, centre social d’Amiens Nord", "Amiens", "Centre social : accueil, ateliers et vie de quartier.",
            ["social", "mediation-numerique"], ["mediation-numerique", "enfance", "convivialite"], in: ["SOM", "INC"]),
        DemoPlace(
            "La Briqueterie", "Amiens", "Lieu de création et de diffusion artistique.", ["culturel"],
            ["culture", "debats"],
            in: ["SOM"]),
        DemoPlace(
            "L’Île aux Fruits", "Amiens", "Ferme urbaine et maraîchage au cœur des hortillonnages.", ["nourricier"],
            ["alimentation", "transition", "convivialite"], in: ["SOM", "ALI"]),
        DemoPlace(
            "Le LAM, Lieu Artistique Mutualisé", "Amiens", "Ateliers d’artistes partagés.",
            ["culturel", "ateliers-artisanaux"],
            ["culture", "fabrication"], in: ["SOM"]),
        DemoPlace(
            "La Maison du Colonel", "Amiens", "Maison de quartier ouverte aux initiatives des habitants.",
            ["social", "cafe-associatif"], ["convivialite", "reparation", "restauration"], in: ["SOM", "CAF"]),
    ]

    static let west: [DemoPlace] = [
        DemoPlace(
            "Le Phare à Idées (démo)", "Dunkerque",
            "Atelier de fabrication face au port, ouvert aux curieux le samedi.",
            ["fablab", "reemploi"], ["fabrication", "reparation", "formation"],
            "Tu-Fr 14:00-19:00; Sa 10:00-18:00; PH off", at: "12 quai des Essais", in: ["LIT", "REM"],
            more: [
                .accessibility: .text("oui"), .accessibilityFacts: .codes(["entree-plain-pied", "sanitaires"]),
                .fees: .codes(["prix-libre"]), .audiences: .codes(["tous", "jeunes"]),
                .openData: .flag(true), .website: .text("https://phare-a-idees.example.org"),
            ]),
        DemoPlace(
            "La Dentelle Partagée (démo)", "Calais",
            "Coworking et atelier textile dans une ancienne fabrique de dentelle.",
            ["coworking", "ateliers-artisanaux"], ["coworking", "fabrication", "reunion"], "Mo-Fr 08:30-18:30",
            at: "3 rue des Navettes", in: ["LIT", "ENT"],
            more: [.accessibility: .text("partiel"), .fees: .codes(["payant"]), .connection: .text("fibre")]),
        DemoPlace(
            "Café du Bout du Quai (démo)", "Boulogne-sur-Mer",
            "Café associatif : soirées jeux, repas du jeudi et coups de main.",
            ["cafe-associatif"], ["restauration", "convivialite", "reparation"],
            "We-Su 10:00-22:00; Fr,Sa 10:00-01:00", at: "41 rue du Bassin", in: ["LIT", "CAF"],
            more: [.accessibility: .text("oui"), .fees: .codes(["gratuit"])]),
        DemoPlace(
            "Le Cabas d’Opale (démo)", "Étaples", "Épicerie coopérative et cuisine partagée.",
            ["foodlab", "cafe-associatif"],
            ["alimentation", "restauration"], "Tu-Sa 09:30-12:30,15:00-19:00", at: "7 place des Filets",
            in: ["LIT", "ALI"]),
        DemoPlace(
            "Les Dunes qui travaillent (démo)", "Berck", "Espace de travail saisonnier : ouvert d’avril à octobre.",
            ["coworking"], ["coworking", "acces-internet"], "Apr-Oct Mo-Fr 09:00-18:00; Nov-Mar off",
            at: "1 allée du Sable",
            in: ["LIT"]),
        DemoPlace(
            "La Remparterie (démo)", "Montreuil", "Atelier vélo et bibliothèque d’objets au pied des remparts.",
            ["reemploi"],
            ["reparation", "transition"], "Sa 10:00-12:00,14:00-17:00", at: "22 rue de la Porte", in: ["LIT", "TEC"]),
        DemoPlace(
            "Le Bus des Sept Vallées (démo)", "",
            "Médiation numérique itinérante : le bus passe dans quatre bourgs chaque semaine.",
            ["mediation-numerique", "services-publics"], ["mediation-numerique", "services-publics"],
            in: ["LIT", "INC"],
            more: [
                .mobility: .codes(["itinerant"]),
                .stops: .rows([
                    [
                        "commune_nom": "Hesdin", "commune": "62447", "endroit": "Place d’Armes",
                        "horaires": "Mo 09:00-12:00",
                    ],
                    ["commune_nom": "Montreuil", "commune": "62588", "endroit": "Gare", "horaires": "Tu 09:00-12:00"],
                    [
                        "commune_nom": "Crécy-en-Ponthieu", "commune": "80222", "endroit": "Halle",
                        "horaires": "We 14:00-17:00",
                    ],
                    [
                        "commune_nom": "Berck", "commune": "62108", "endroit": "Médiathèque",
                        "horaires": "Th 09:00-12:00",
                    ],
                ]),
                .fees: .codes(["gratuit"]), .audiences: .codes(["seniors", "tous"]),
            ]),
        DemoPlace(
            "La Fosse commune numérique (démo)", "Lens", "Fablab et école de code au pied d’un terril.",
            ["fablab", "formation"],
            ["fabrication", "formation", "coworking"], "Mo-Fr 09:00-18:00; We 09:00-21:00", at: "8 rue du Carreau",
            in: ["LEN", "REM"], more: [.accessibility: .text("oui"), .companion: .flag(true), .openData: .flag(true)]),
        DemoPlace(
            "Le Grand Triage (démo)", "Liévin", "Ressourcerie, matériauthèque et repair café.", ["reemploi"],
            ["reparation", "transition", "fabrication"], "We-Sa 10:00-18:00", at: "15 rue des Berlines",
            in: ["LEN", "TEC"],
            more: [.accessibility: .text("oui"), .fees: .codes(["sous-condition"])]),
        DemoPlace(
            "Terril en Herbe (démo)", "Loos-en-Gohelle",
            "Jardin d’essai et cantine : on cultive, on cuisine, on apprend.",
            ["nourricier", "foodlab"], ["alimentation", "transition", "formation"], "Mo,We,Fr 09:00-16:00",
            at: "Chemin des Jumelles", in: ["LEN", "ALI"]),
        DemoPlace(
            "L’Atelier Sainte-Barbe (démo)", "Hénin-Beaumont",
            "Ateliers bois et métal partagés entre artisans et voisins.",
            ["ateliers-artisanaux"], ["fabrication", "formation"], "Tu-Sa 08:00-18:00", at: "30 rue des Lampistes",
            in: ["LEN"],
            more: [.accessModes: .codes(["adherents", "rdv"]), .fees: .codes(["sous-condition"])]),
        DemoPlace(
            "Projet Halle 9 (démo)", "Carvin", "Un collectif d’habitants veut rouvrir une halle ferroviaire.",
            ["culturel", "coworking"], ["debats"], in: ["LEN", "FON"], maturity: .intention, seenBy: .circle),
        DemoPlace(
            "La Cabine (démo)", "Bruay-la-Buissière", "Studio de podcast, salle de répétition et médiation culturelle.",
            ["culturel"], ["culture", "formation", "reunion"], "Mo-Fr 14:00-22:00; SH off", at: "5 rue du Stade",
            in: ["LEN"]),
        DemoPlace(
            "Le Comptoir d’Artois (démo)", "Arras", "Coworking au-dessus d’un café, à deux pas des places.",
            ["coworking", "cafe-associatif"], ["coworking", "reunion", "restauration"],
            "Mo-Fr 08:00-20:00; Sa 09:00-13:00",
            at: "17 rue de la Taillerie", in: ["LEN", "ENT"],
            more: [.accessibility: .text("non"), .connection: .text("fibre")]),
        DemoPlace(
            "Les Trois Ponts (démo)", "Béthune",
            "Trois adresses, une équipe : coworking, atelier et boutique partagée.",
            ["coworking", "fablab"], ["coworking", "fabrication"], "Mo-Fr 09:00-18:00", in: ["LEN"],
            more: [
                .sites: .rows([
                    site("Béthune", "2 rue du Beffroi", "Coworking"), site("Auchel", "9 rue des Houillères", "Atelier"),
                    site("Bruay-la-Buissière", "1 place de la Halle", "Boutique"),
                ])
            ]),
        DemoPlace(
            "La Station Marais (démo)", "Saint-Omer", "Fabrication numérique, prototypage et incubateur.",
            ["fablab", "coworking"], ["fabrication", "accompagnement", "reunion"], "Mo-Fr 09:00-18:00",
            at: "4 rue des Faiseurs d’Eau",
            in: ["FLA", "REM"]),
        DemoPlace(
            "La Maison des Allées (démo)", "Abbeville", "Espace public numérique et salon de thé solidaire.",
            ["mediation-numerique", "cafe-associatif"], ["mediation-numerique", "restauration", "acces-internet"],
            "Mo-Fr 09:00-17:00; PH off", at: "11 allée des Tilleuls", in: ["SOM", "INC"],
            more: [.fees: .codes(["gratuit"])]),
        DemoPlace(
            "Baie Coopérative (démo)", "Saint-Valery-sur-Somme",
            "Coworking avec vue, fermé pour travaux jusqu’au printemps.",
            ["coworking"], ["coworking"], "Mo-Fr 09:00-18:00", at: "6 quai du Romerel", in: ["SOM"], maturity: .paused,
            more: [.closures: .rows([["du": "2026-10-01", "au": "2027-03-31", "motif": "travaux"]])]),
        DemoPlace(
            "L’Hortillon Malin (démo)", "Amiens",
            "Bricothèque de quartier, portée par des habitants, sans horaires fixes.",
            ["reemploi"], ["reparation"], at: "Quartier Saint-Leu", in: ["SOM", "TEC"],
            more: [.hoursNote: .text("Sur appel : on vous ouvre quand on est là.")]),
        DemoPlace(
            "La Filature des Possibles (démo)", "Doullens",
            "Ancienne filature : ateliers, résidence d’artistes et marché mensuel.",
            ["ateliers-artisanaux", "culturel"], ["fabrication", "culture"], "Th-Sa 10:00-18:00; Su[1] 09:00-13:00",
            at: "2 rue des Bobines", in: ["SOM"], more: [.builtArea: .number(3200), .tenure: .text("gracieux")]),
        DemoPlace(
            "Le Poilu Connecté (démo)", "Albert", "Coworking rural et salle de visioconférence.", ["coworking"],
            ["coworking", "reunion"], "Mo-Fr 08:30-12:30,13:30-18:00", at: "18 rue de l’Aviation", in: ["SOM"]),
    ]
}
