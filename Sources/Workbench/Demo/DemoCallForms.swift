/// The forms of the demo's calls, as the readable files an organiser would keep.
enum DemoCallForms {
    static func title(_ maturity: String) -> String {
        switch maturity {
        case "intention": "Dossier court, pour une intention"
        case "emergence": "Dossier d’un projet en émergence"
        case "ouvert": "Dossier d’un lieu ouvert"
        default: "Dossier de candidature"
        }
    }

    static let short = file("intention", [carrier, idea])
    static let medium = file("projet", [carrier, idea, people, papers])
    /// For a consortium: the lead says who and what, each partner its place, its figures and its budget.
    static let consortium = file(
        "consortium", [carrier, idea, partner, figures, partnerBudget, together], rules: consortiumRules)
    static let full = file("complet", [carrier, idea, people, place, money, papers])

    private static func file(_ key: String, _ sections: [String], rules: String = "") -> String {
        """
        {"format":"maillage-form","formatVersion":1,"key":"\(key)","title":"Dossier de candidature","version":1,
        "intro":"Répondez simplement\u{202F}: ce que vous savez aujourd’hui suffit pour commencer.",
        "sections":[\(sections.joined(separator: ",\n"))]\(rules)}
        """
    }

    private static let carrier = """
        {"key":"porteur","title":"Qui porte le projet","questions":[
        {"key":"structure","label":"Nom de la structure ou du collectif","kind":"shortText","required":true,"maxLength":200},
        {"key":"siret","label":"Numéro SIRET","kind":"siret","help":"Si la structure existe déjà."},
        {"key":"contact","label":"Personne à joindre","kind":"person","required":true}]}
        """

    private static let idea = """
        {"key":"projet","title":"Le projet","questions":[
        {"key":"nom_projet","label":"Nom du projet","kind":"shortText","required":true,"maxLength":120},
        {"key":"commune","label":"Commune","kind":"commune","required":true},
        {"key":"resume","label":"Le projet en quelques phrases","kind":"longText","required":true,"maxLength":1500,
        "help":"Pour qui, pour quoi faire, avec qui."},
        {"key":"besoins","label":"Ce dont vous auriez besoin","kind":"longText","maxLength":1500}]}
        """

    private static let people = """
        {"key":"collectif","title":"Les gens","questions":[
        {"key":"equipe","label":"Qui est autour de la table, et depuis quand","kind":"longText","required":true,"maxLength":1500},
        {"key":"partenaires","label":"Partenaires","kind":"longText","maxLength":1500},
        {"key":"publics","label":"Publics visés","kind":"longText","required":true,"maxLength":1000}]}
        """

    private static let place = """
        {"key":"lieu","title":"Le lieu","questions":[
        {"key":"adresse","label":"Adresse","kind":"address","required":true},
        {"key":"surface","label":"Surface, en mètres carrés","kind":"number","min":"0"},
        {"key":"ouverture","label":"Heures d’ouverture par semaine","kind":"number","min":"0","max":"168"},
        {"key":"services","label":"Ce que l’on y fait","kind":"longText","required":true,"maxLength":2000}]}
        """

    private static let money = """
        {"key":"budget","title":"Le budget","questions":[
        {"key":"cout","label":"Coût total du projet","kind":"money","required":true,"minCents":0},
        {"key":"montant_demande","label":"Montant demandé","kind":"money","required":true,"minCents":0},
        {"key":"charges","label":"Dépenses prévues","kind":"table","totals":["montant"],
        "columns":[{"key":"montant","label":"Montant","kind":"money","minCents":0}],
        "rows":[{"key":"60","label":"60 – Achats"},{"key":"61","label":"61 – Services extérieurs"},
        {"key":"64","label":"64 – Personnel"},{"key":"65","label":"65 – Autres charges"}]},
        {"key":"plan","label":"Plan de financement","kind":"table","minRows":0,"maxRows":30,"totals":["montant"],
        "help":"Une ligne par financeur. Vous pouvez coller un tableau copié d’un tableur.",
        "columns":[{"key":"financeur","label":"Financeur","kind":"shortText","maxLength":120},
        {"key":"etat","label":"Où en est-on","kind":"oneOf","options":[{"key":"acquis","label":"Acquis"},
        {"key":"demande","label":"Demandé"},{"key":"envisage","label":"Envisagé"}]},
        {"key":"montant","label":"Montant","kind":"money","minCents":0}]},
        {"key":"autres_aides","label":"Autres financements demandés ou obtenus","kind":"longText","maxLength":1500}]}
        """

    private static let papers = """
        {"key":"pieces","title":"Les pièces","questions":[
        {"key":"statuts","label":"Statuts, ou lettre qui présente le collectif","kind":"attachment",
        "accepted":["pdf","odt","docx"],"maxCount":2,"maxBytes":20000000},
        {"key":"rib","label":"RIB","kind":"attachment","accepted":["pdf","jpeg","png"],"validMonths":3,"maxBytes":5000000,
        "help":"De moins de trois mois, au nom de la structure."},
        {"key":"lettres","label":"Lettres de soutien, photos, plans","kind":"attachment",
        "accepted":["pdf","odt","docx","ods","xlsx","jpeg","png"],"maxCount":10,"maxBytes":20000000}]}
        """

    private static let partner = """
        {"key":"identite","title":"Votre lieu","answeredBy":"partners","questions":[
        {"key":"nom_lieu","label":"Nom du lieu","kind":"shortText","required":true,"maxLength":200},
        {"key":"commune_lieu","label":"Commune","kind":"commune","required":true},
        {"key":"role_commun","label":"Ce que votre lieu apporte aux autres","kind":"longText","required":true,"maxLength":1000},
        {"key":"habitants_qpv","label":"Ce que vous faites avec les habitants des quartiers prioritaires","kind":"longText",
        "maxLength":1000,"shownIf":"commune_lieu dans zonage \\"QPV\\""},
        {"key":"lettre_engagement","label":"Lettre d’engagement signée","kind":"attachment","accepted":["pdf","odt","docx"],
        "maxCount":2,"maxBytes":5000000}]}
        """

    private static let figures = """
        {"key":"chiffres","title":"Vos chiffres sur un an","answeredBy":"partners","questions":[
        {"key":"salaries","label":"Salariés","kind":"number","required":true,"min":"0"},
        {"key":"visites","label":"Visites","kind":"number","required":true,"min":"0"},
        {"key":"visites_qpv","label":"Visites de personnes des quartiers prioritaires","kind":"number","required":true,"min":"0"},
        {"key":"visites_rural","label":"Visites de personnes venues de la campagne","kind":"number","required":true,"min":"0"},
        {"key":"surface","label":"Surface, en mètres carrés","kind":"number","required":true,"min":"0"},
        {"key":"heures","label":"Heures d’ouverture par semaine","kind":"number","required":true,"min":"0","max":"168"},
        {"key":"evenements","label":"Événements","kind":"number","required":true,"min":"0"}]}
        """

    private static let partnerBudget = """
        {"key":"budget_part","title":"Votre budget dans le projet","answeredBy":"partners","questions":[
        {"key":"charges","label":"Vos dépenses","kind":"table","required":true,"totals":["montant"],
        "columns":[{"key":"montant","label":"Montant","kind":"money","minCents":0}],
        "rows":[{"key":"salaires","label":"Salaires"},{"key":"achats","label":"Achats et prestations"}]},
        {"key":"budget_lieu","label":"Budget de votre lieu","kind":"computed","formula":"charges.montant","unit":"money"}]}
        """

    private static let together = """
        {"key":"ensemble","title":"Ce que vous faites ensemble","questions":[
        {"key":"pilotage","label":"Comment vous décidez ensemble","kind":"longText","required":true,"maxLength":1500},
        {"key":"total_salaries","label":"Salariés des lieux","kind":"computed","formula":"partenaires.salaries","unit":"number"},
        {"key":"total_visites","label":"Visites par an","kind":"computed","formula":"partenaires.visites","unit":"number"},
        {"key":"total_qpv","label":"Dont quartiers prioritaires","kind":"computed","formula":"partenaires.visites_qpv","unit":"number"},
        {"key":"total_rural","label":"Dont campagne","kind":"computed","formula":"partenaires.visites_rural","unit":"number"},
        {"key":"total_surface","label":"Mètres carrés","kind":"computed","formula":"partenaires.surface","unit":"number"},
        {"key":"total_heures","label":"Heures d’ouverture par semaine","kind":"computed","formula":"partenaires.heures",
        "unit":"number"},
        {"key":"total_evenements","label":"Événements par an","kind":"computed","formula":"partenaires.evenements",
        "unit":"number"},
        {"key":"total_budget","label":"Budget du projet","kind":"computed","formula":"partenaires.budget_lieu","unit":"money"},
        {"key":"montant_demande","label":"Montant demandé","kind":"money","required":true,"minCents":0}]}
        """

    private static let consortiumRules = """
        ,"rules":[{"key":"plusieurs","condition":"partenaires.lignes ≥ 2","message":"Il faut au moins deux lieux.",
        "questions":["montant_demande"]},
        {"key":"demande","condition":"montant_demande ≤ total_budget",
        "message":"Le montant demandé dépasse le budget des lieux.","questions":["montant_demande"]}]
        """
}
