import Maillage

/// Invented places of the Nord, the Aisne and the Oise, edge cases included. All are fictitious.
extension DemoPlace {
    static let north: [DemoPlace] = [
        DemoPlace(
            "La Condition Partagée (démo)", "Roubaix", "Friche culturelle : ateliers, scène, cantine et toit-jardin.",
            ["culturel", "ateliers-artisanaux", "foodlab"], ["culture", "fabrication", "restauration", "debats"],
            "We-Su 11:00-19:00", at: "14 place des Métiers", in: ["MEL", "REM"],
            more: [
                .accessibility: .text("oui"),
                .accessibilityFacts: .codes(["entree-plain-pied", "boucle-magnetique", "lsf"]),
                .openData: .flag(true), .companion: .flag(true),
            ]),
        DemoPlace(
            "Le Métier à Tisser (démo)", "Tourcoing", "Makerspace textile et couture créative.",
            ["fablab", "ateliers-artisanaux"],
            ["fabrication", "formation", "reparation"], "Tu-Sa 10:00-18:00", at: "25 rue de la Navette",
            in: ["MEL", "REM"]),
        DemoPlace(
            "La Courée (démo)", "Lille", "Coworking solidaire dans une courée réhabilitée.", ["coworking", "social"],
            ["coworking", "accompagnement", "convivialite"], "Mo-Fr 08:30-19:00", at: "9 cour des Brodeuses",
            in: ["MEL"],
            more: [
                .accessibility: .text("partiel"), .connection: .text("fibre"), .openData: .flag(true),
                .email: .text("bonjour@lacouree.example.org"), .phone: .text("0320000001"),
                .contactName: .text("Camille, à l’accueil"), .privateFields: .codes(["contact", "telephone"]),
            ]),
        DemoPlace(
            "Atelier Zéro Panne (démo)", "Lille",
            "Repair café tous les samedis : petit électroménager, vélos, couture.",
            ["reemploi"], ["reparation", "convivialite"], "Sa 14:00-18:00", at: "51 rue des Tournevis",
            in: ["MEL", "TEC"],
            more: [.fees: .codes(["prix-libre"]), .audiences: .codes(["tous"]), .openEdition: .flag(true)]),
        DemoPlace(
            "Le Numérik d’Ascq (démo)", "Villeneuve-d'Ascq", "Médiation numérique et prêt de matériel reconditionné.",
            ["mediation-numerique"], ["mediation-numerique", "acces-internet"], "Mo-Fr 09:00-12:00,14:00-17:30",
            at: "3 allée de la Technologie", in: ["MEL", "INC"], more: [.fees: .codes(["gratuit"])]),
        DemoPlace(
            "FabMarcq (démo)", "Marcq-en-Barœul", "Fablab et espace entreprises.", ["fablab", "coworking"],
            ["fabrication", "coworking", "accompagnement"], "24/7", at: "60 avenue du Prototype", in: ["MEL", "ENT"],
            more: [.accessModes: .codes(["adherents"])]),
        DemoPlace(
            "La Lys Commune (démo)", "Armentières", "Jardin partagé, four à pain et cantine du mercredi.",
            ["nourricier", "foodlab"],
            ["alimentation", "convivialite"], "We 10:00-17:00; Sa 09:00-12:00", at: "Quai de la Dérivation",
            in: ["FLA", "ALI"]),
        DemoPlace(
            "Le Mont des Faiseurs (démo)", "Cassel", "Atelier d’artisans et gîte de télétravail au sommet du mont.",
            ["ateliers-artisanaux", "coworking"], ["fabrication", "coworking"], "Mo-Sa 09:00-18:00",
            at: "2 Grand’Place",
            in: ["FLA"]),
        DemoPlace(
            "L’Estaminet des Communs (démo)", "Bailleul", "Café culturel : concerts, débats, jeux flamands.",
            ["cafe-associatif"],
            ["convivialite", "culture", "debats"], "Th-Su 17:00-23:30", at: "8 rue du Houblon", in: ["FLA", "CAF"]),
        DemoPlace(
            "Les Ateliers du Rail (démo)", "Hazebrouck", "Ancien dépôt : bois, métal, vélo et formation.",
            ["ateliers-artisanaux", "reemploi"], ["fabrication", "reparation", "formation"], "Tu-Fr 09:00-17:00",
            at: "1 rue des Aiguilleurs", in: ["FLA"]),
        DemoPlace(
            "L’Aa Partagée (démo)", "Gravelines", "Tiers-lieu nautique : coworking, voile et réparation de bateaux.",
            ["coworking", "reemploi"], ["coworking", "reparation"], "Mo-Fr 09:00-17:00; Sa 10:00-16:00",
            at: "Bassin Vauban",
            in: ["LIT"]),
        DemoPlace(
            "La Pévèle en Commun (démo)", "Orchies", "Coworking, crèche parentale et point relais.",
            ["coworking", "social"], ["coworking", "enfance", "services-publics"], "Mo-Fr 07:30-19:00",
            at: "12 rue du Carillon",
            in: ["DPE"]),
        DemoPlace(
            "Le Beffroi des Bidouilleurs (démo)", "Douai", "Hackerspace : électronique, logiciels libres et radio.",
            ["fablab"], ["fabrication", "formation"], "Tu,Th 18:00-23:00; Sa 14:00-19:00", at: "7 rue du Carillonneur",
            in: ["DPE", "REM"], more: [.openEdition: .flag(true)]),
        DemoPlace(
            "La Ferme des Carrières (démo)", "Mons-en-Pévèle", "Espace-test agricole et boutique à la ferme.",
            ["nourricier"],
            ["alimentation", "formation", "transition"], "Fr 15:00-19:00; Sa 09:00-12:30", at: "Route de la Bataille",
            in: ["DPE", "ALI"]),
        DemoPlace(
            "La Verrière de l’Escaut (démo)", "Valenciennes",
            "Coworking et théâtre de poche dans une ancienne verrerie.",
            ["coworking", "culturel"], ["coworking", "culture", "reunion"], "Mo-Fr 09:00-19:00",
            at: "33 rue des Souffleurs",
            in: ["VAL"]),
        DemoPlace(
            "Usine à Gens (démo)", "Denain", "Centre social, régie de quartier et recyclerie.", ["social", "reemploi"],
            ["reparation", "enfance", "mediation-numerique"], "Mo-Fr 08:30-18:00", at: "4 rue du Laminoir",
            in: ["VAL", "INC"]),
        DemoPlace(
            "Le Chevalement (démo)", "Condé-sur-l'Escaut", "Lieu fermé en 2025 ; sa page reste, pour mémoire.",
            ["coworking"], ["coworking"], at: "Carreau Ledoux", in: ["VAL"], maturity: .closed,
            more: [.closedOn: .text("2025-06-30"), .openedOn: .text("2018"), .closingReason: .text("locaux")]),
        DemoPlace(
            "La Sambrienne (démo)", "Maubeuge", "Manufacture de proximité : céramique, bois, métal.",
            ["ateliers-artisanaux", "fablab"], ["fabrication", "formation"], "Mo-Fr 08:00-17:00",
            at: "10 rue des Faïenciers",
            in: ["SAT", "REM"], more: [.labels: .rows([["label": "Manufacture de proximité", "du": "2023-01-01"]])]),
        DemoPlace(
            "Le Bocage Habité (démo)", "Avesnes-sur-Helpe", "Café-librairie, salle commune et télétravail.",
            ["cafe-associatif", "coworking"], ["restauration", "culture", "coworking"],
            "We-Sa 09:00-19:00; Su 10:00-13:00",
            at: "5 place du Kiosque", in: ["SAT", "CAF"]),
        DemoPlace(
            "Verre & Vert (démo)", "Fourmies", "Écologie et sobriété : éco-musée vivant, atelier solaire, compost.",
            ["livinglab", "reemploi"], ["transition", "formation"], "Tu-Sa 10:00-17:00", at: "2 rue de la Filature",
            in: ["SAT", "TEC"]),
        DemoPlace(
            "Forêt de Services (démo)", "Trélon", "Maison de services : démarches, télémédecine, coworking.",
            ["services-publics", "coworking"], ["services-publics", "sante", "coworking"],
            "Mo-Fr 09:00-12:30,13:30-17:00",
            at: "1 place de la Mairie", in: ["SAT", "INC"]),
    ]

    static let south: [DemoPlace] = [
        DemoPlace(
            "Le Familistère des Faiseurs (démo)", "Guise", "Fablab et habitat partagé.", ["fablab"],
            ["fabrication", "formation"],
            "We-Sa 10:00-18:00", at: "3 rue des Poêles", in: ["SAT"]),
        DemoPlace(
            "La Thiérache à Vélo (démo)", "Hirson", "Atelier vélo, gare réhabilitée et café de départ.",
            ["reemploi", "cafe-associatif"],
            ["reparation", "restauration"], "Apr-Oct Tu-Su 09:00-18:00; Nov-Mar Sa 10:00-16:00", at: "Ancienne gare",
            in: ["SAT"]),
        DemoPlace(
            "Projet Grange Commune (démo)", "Vervins",
            "Une grange, dix voisins, un four à pain : le projet cherche ses murs.",
            ["nourricier", "cafe-associatif"], ["alimentation"], in: ["SAT", "FON"], maturity: .emergence,
            seenBy: .funders),
        DemoPlace(
            "La Montagne Couronnée (démo)", "Laon", "Coworking en ville haute et salle d’exposition.",
            ["coworking", "culturel"],
            ["coworking", "culture"], "Mo-Fr 09:00-18:00", at: "20 rue du Rempart", in: ["SAI"]),
        DemoPlace(
            "L’Atelier du Canal (démo)", "Saint-Quentin", "Ressourcerie et ateliers de réparation.", ["reemploi"],
            ["reparation", "fabrication"], "Tu-Sa 09:30-18:00", at: "44 quai Gayant", in: ["SAI", "TEC"]),
        DemoPlace(
            "Le Vase Partagé (démo)", "Soissons", "Espace de travail et boutique d’artisans.",
            ["coworking", "ateliers-artisanaux"],
            ["coworking", "fabrication"], "Mo-Sa 09:00-19:00", at: "12 rue de l’Arquebuse", in: ["SAI"],
            more: [.accessibility: .text("oui")]),
        DemoPlace(
            "La Fable Commune (démo)", "Château-Thierry", "Bibliothèque de rue, café et ateliers d’écriture.",
            ["cafe-associatif", "culturel"], ["culture", "restauration", "convivialite"], "We-Su 10:00-19:00",
            at: "8 rue du Corbeau",
            in: ["SAI", "CAF"]),
        DemoPlace(
            "Langue Vivante (démo)", "Villers-Cotterêts", "Apprendre le français et le numérique ensemble.",
            ["formation", "mediation-numerique"], ["formation", "mediation-numerique"], "Mo-Fr 09:00-12:00,13:30-16:30",
            at: "1 allée Royale", in: ["SAI", "INC"], more: [.audiences: .codes(["allophones", "adultes"])]),
        DemoPlace(
            "La Manufacture du Beauvaisis (démo)", "Beauvais", "Fablab, tapisserie contemporaine et incubateur.",
            ["fablab", "ateliers-artisanaux"], ["fabrication", "accompagnement"], "Mo-Fr 09:00-18:00; Sa 10:00-13:00",
            at: "16 rue des Lissiers", in: ["OIS", "REM"]),
        DemoPlace(
            "Connecterie de la Brèche (démo)", "Clermont", "Coworking rural, imprimerie associative.", ["coworking"],
            ["coworking", "fabrication"], "Mo-Fr 08:30-18:30", at: "5 rue de la Presse", in: ["OIS"]),
        DemoPlace(
            "Les Deux Rives (démo)", "Creil", "Maison des habitants : cuisine, jeux, aide aux démarches.",
            ["social", "foodlab"],
            ["enfance", "services-publics", "restauration"], "Mo-Sa 09:00-18:00", at: "29 quai d’Aval",
            in: ["OIS", "INC"]),
        DemoPlace(
            "Clairière (démo)", "Compiègne", "Coworking en lisière de forêt ; sieste autorisée.", ["coworking"],
            ["coworking", "sante"], "Mo-Fr 08:00-20:00", at: "2 avenue de la Futaie", in: ["OIS", "ENT"],
            more: [.fees: .codes(["payant"]), .openedOn: .text("2022-09")]),
        DemoPlace(
            "Le Verger aux Outils (démo)", "Noyon", "Outillothèque, verger conservatoire et presse à jus.",
            ["nourricier", "reemploi"],
            ["alimentation", "reparation"], "Sa 09:00-17:00", at: "Chemin des Pommiers", in: ["OIS", "ALI"]),
        DemoPlace(
            "Tiers-lieu intercommunal pour la transition écologique, la coopération, la réparation et la fête du village (démo)",
            "Crépy-en-Valois", "Un nom très long, pour voir comment les listes s’en sortent.", ["livinglab"],
            ["transition", "debats", "reparation"], "Mo-Su 10:00-18:00", in: ["OIS"]),
        DemoPlace(
            "Projet X (démo)", "Senlis", "Un projet que son équipe ne montre encore à personne.", ["coworking"],
            ["coworking"],
            in: ["OIS"], maturity: .intention, seenBy: .hidden),
        DemoPlace(
            "La Tabletterie (démo)", "Méru", "Musée-atelier : nacre, boutons et découpe laser.",
            ["ateliers-artisanaux", "fablab"],
            ["fabrication", "culture"], "We-Su 14:00-18:00; Dec 25 off; Jan 01 off", at: "51 rue de la Nacre",
            in: ["OIS"]),
    ]
}
