import Maillage

/// What the demo's calls say. Invented, save the facts of the calls they are drawn from: dates, amounts, stages.
enum DemoCallTexts {
    static func lens(_ calendar: CallCalendar) -> [CallSection] {
        var texts = CallPresentation()
        texts.context = """
            L’agglomération s’est dotée en juin 2018 d’une feuille de route numérique. Elle veut faire naître un réseau de \
            tiers-lieux, pour l’emploi et les activités nouvelles.
            """
        texts.objectives = """
            – repérer les intentions, les projets qui se montent et les lieux déjà ouverts
            – rendre les offres complémentaires d’une commune à l’autre
            – réunir une communauté de lieux qui partagent leurs moyens
            """
        texts.definitions = """
            Un tiers-lieu est ici une communauté qui fait vivre un espace ouvert, fixe ou itinérant, où se croisent des gens \
            qui ne se seraient pas rencontrés ailleurs : atelier partagé, ressourcerie, bureau commun, fablab, café de réparation…
            """
        texts.sectors = ["mediation-numerique", "culture", "artisanat", "sport", "sante", "reemploi", "autre"]
        var territory = CallTerritory()
        territory.areas = [.init(.epci, "246200364", "CA de Lens - Liévin")]
        territory.edition = "2020"
        var deposit = CallDeposit()
        deposit.isOnline = true
        deposit.isByEmail = true
        return [
            .identity(
                CallIdentity(
                    title: "Tiers-lieux de Lens-Liévin (démo)", nature: .interest,
                    organiser: "Communauté d’agglomération de Lens-Liévin (démo)", service: "Mission numérique",
                    serviceAddress: "21 rue de l’Exemple, 62300 Lens", email: "ami-tiers-lieux@agglo.example",
                    summary:
                        "Repérer les intentions, les projets en émergence et les lieux ouverts du territoire, pour en faire un réseau."
                )),
            .presentation(texts), .territory(territory), .calendar(calendar), .deposit(deposit),
            .conditions([
                EligibilityCondition(
                    .maturity(["intention", "emergence", "ouvert"]),
                    words: "Le dossier est plus court pour une intention.")
            ]),
            .criteria([
                CallCriterion("", "Complémentarité avec les autres lieux", weight: 30),
                CallCriterion("", "Communauté réunie autour du projet", weight: 40),
                CallCriterion("", "Activités et emplois nouveaux", weight: 30),
            ]),
        ]
    }

    static func factories(_ calendar: CallCalendar) -> [CallSection] {
        var money = CallEnvelope()
        (money.floor, money.ceiling, money.months) = (7_500_000, 15_000_000, 36)
        (money.envelope, money.winners) = (4_500_000_000, 300)
        money.remark = "Le montant tient compte de l’offre de services et de l’endroit où le lieu est installé."
        var texts = CallPresentation()
        texts.context =
            "Un programme public aide les lieux où l’on apprend, fabrique et travaille ensemble, partout dans le pays."
        texts.objectives = """
            – trois cents fabriques, ouvertes ou en projet, dont cent cinquante en quartier prioritaire
            – le temps pour chacune de trouver son équilibre économique
            – une attention particulière au numérique sous toutes ses formes
            """
        return [
            .identity(
                CallIdentity(
                    title: "Fabriques de territoire (démo)", nature: .interest,
                    organiser: "Agence nationale des lieux (démo)", service: "Pôle Fabriques",
                    serviceAddress: "1 rue de l’Essai, 75007 Paris", email: "fabriques@agence.example",
                    phone: "01 00 00 00 00",
                    summary: "Trois ans d’aide à des lieux ressources pour les autres tiers-lieux de leur territoire.")),
            .presentation(texts), .calendar(calendar), .envelope(money),
            .conditions([
                EligibilityCondition(
                    .legalForm([
                        "association", "collectivites", "scic", "scop", "sarl-sa-sas", "etablissement-public",
                        "fondation",
                        "gip",
                    ]), words: "La structure existe à la date du dépôt."),
                EligibilityCondition(.siret),
                EligibilityCondition(
                    .zoning(kind: "QPV", edition: ""), isBlocking: false,
                    words: "La moitié des fabriques sont attendues dans ces quartiers."),
                EligibilityCondition(.amount(floor: 7_500_000, ceiling: 15_000_000)),
            ]),
            .attachments([
                CallAttachment("", "Statuts signés", requiredIf: "si la structure est une association ou une société"),
                CallAttachment("", "Budget prévisionnel sur trois ans", kinds: ["pdf", "ods", "xlsx"]),
                CallAttachment("", "Comptes de l’année passée", requiredIf: "si la structure a plus d’un an"),
                CallAttachment("", "Lettres des partenaires", isRequired: false, kinds: ["pdf", "zip"]),
            ]),
            .criteria([
                CallCriterion(
                    "", "Rôle de ressource pour le territoire", guide: "Qui vient, d’où, et pour apprendre quoi.",
                    weight: 35),
                CallCriterion(
                    "", "Solidité du collectif", guide: "Gouvernance, partenaires, salariés et bénévoles.", weight: 25),
                CallCriterion("", "Modèle économique", guide: "Ce qui fait vivre le lieu après l’aide.", weight: 25),
                CallCriterion("", "Place du numérique", weight: 15),
            ]),
            .committee([
                CallJuror("Agence nationale des lieux (démo)", role: "préside"), CallJuror("La préfecture de région"),
                CallJuror("Le réseau régional des tiers-lieux", role: "voix consultative"),
            ]),
        ]
    }

    static func consortium(_ calendar: CallCalendar) -> [CallSection] {
        var money = CallEnvelope()
        (money.ceiling, money.envelope, money.months, money.publicAidRate) = (15_000_000, 45_000_000, 36, 8_000)
        var territory = CallTerritory()
        territory.areas = [.init(.departement, "80", "Somme"), .init(.departement, "02", "Aisne")]
        territory.edition = "2024"
        var deposit = CallDeposit()
        deposit.isConsortium = true
        var texts = CallPresentation()
        texts.objectives = """
            Soutenir des lieux qui répondent ensemble : un chef de file, des partenaires, chacun avec ses actions, ses chiffres \
            et sa part du budget.
            """
        return [
            .identity(
                CallIdentity(
                    title: "Fabrique numérique à plusieurs (démo)", nature: .projects,
                    organiser: "Fondation des Deux-Rives (démo)", service: "Programme Lieux",
                    serviceAddress: "6 quai de l’Exemple, 80000 Amiens", email: "lieux@deux-rives.example",
                    phone: "03 22 00 00 00",
                    summary: "Pour des consortiums de tiers-lieux d’un même bassin de vie, jusqu’à six lieux et plus.")),
            .presentation(texts), .territory(territory), .calendar(calendar), .envelope(money), .deposit(deposit),
            .conditions([
                EligibilityCondition(.maturity(["emergence", "ouvert", "perennisation"])),
                EligibilityCondition(.siret, words: "Pour le chef de file."),
                EligibilityCondition(.publicAid(atMost: 8_000)),
            ]),
            .attachments([
                CallAttachment("", "Lettre d’engagement de chaque partenaire"),
                CallAttachment("", "Budget du consortium", kinds: ["ods", "xlsx"]),
            ]),
            .criteria([
                CallCriterion("", "Ce que l’on fait mieux ensemble", weight: 40),
                CallCriterion("", "Part donnée à chaque lieu", weight: 30),
                CallCriterion("", "Publics touchés", weight: 30),
            ]),
            .committee([
                CallJuror("Fondation des Deux-Rives (démo)"), CallJuror("Le Département"),
                CallJuror("Un lieu hors appel"),
            ]),
        ]
    }

    static var helpingHandMoney: CallEnvelope {
        var money = CallEnvelope()
        (money.floor, money.ceiling, money.envelope) = (200_000, 1_000_000, 10_000_000)
        (money.months, money.aidRate) = (12, 7_000)
        return money
    }

    static func helpingHand(_ calendar: CallCalendar) -> [CallSection] {
        var territory = CallTerritory()
        territory.areas = [.init(.region, "32", "Hauts-de-France")]
        territory.edition = "2024"
        var texts = CallPresentation()
        texts.context =
            "Les premiers mois d’un lieu coûtent avant de rapporter : un local à aménager, des outils, du temps."
        texts.exclusions = "– l’achat d’un bâtiment\n– les dépenses engagées avant le dépôt du dossier"
        texts.payment = "– 70 % à la signature de la convention\n– 30 % sur un bilan de deux pages"
        return [
            .identity(
                CallIdentity(
                    title: "Coup de pouce aux lieux qui démarrent (démo)", nature: .projects,
                    organiser: "Réseau des tiers-lieux (démo)", service: "Animation du réseau",
                    serviceAddress: "8 rue du Carreau, 62300 Lens", email: "coup-de-pouce@reseau.example",
                    phone: "03 21 00 00 00", summary: "De 2 000 à 10 000 € pour ouvrir, équiper ou relancer un lieu.")),
            .presentation(texts), .territory(territory), .calendar(calendar), .envelope(helpingHandMoney),
            .conditions([
                EligibilityCondition(.maturity(["intention", "emergence", "ouvert"])),
                EligibilityCondition(.amount(floor: 200_000, ceiling: 1_000_000)),
            ]),
            .attachments([CallAttachment("", "Devis des principaux achats", kinds: ["pdf", "jpg"])]),
            .criteria([
                CallCriterion("", "Utilité pour les habitants", weight: 50),
                CallCriterion("", "Faisabilité", weight: 30),
                CallCriterion("", "Ouverture et gouvernance", weight: 20),
            ]),
            .committee([CallJuror("Le réseau des tiers-lieux"), CallJuror("Deux lieux tirés au sort")]),
        ]
    }

    static func commons(_ calendar: CallCalendar) -> [CallSection] {
        var money = CallEnvelope()
        (money.ceiling, money.months) = (2_500_000, 18)
        var deposit = CallDeposit()
        deposit.isSealed = true
        return [
            .identity(
                CallIdentity(
                    title: "Communs des tiers-lieux (démo)", nature: .projects,
                    organiser: "Réseau des tiers-lieux (démo)", email: "communs@reseau.example",
                    summary: "Documenter, ouvrir et partager ce que les lieux inventent : plans, méthodes, logiciels.")),
            .calendar(calendar), .envelope(money), .deposit(deposit),
            .criteria([
                CallCriterion("", "Réutilisation par d’autres", weight: 60),
                CallCriterion("", "Documentation", weight: 40),
            ]),
        ]
    }
}
