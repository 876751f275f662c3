/// The words of the sources for the codes of our lists, beyond those that the lists know themselves (`ReferenceList`).
/// Keys are folded (`Words.key`); a value may mean several codes, or none on purpose.
enum PlaceImportWords {
    static func codes(_ folded: String, _ field: SheetField) -> [String]? { tables[field]?[folded] }

    /// What a typology of the national schema says of the offer or of the operator rather than of the kind of place.
    static let tables: [SheetField: [String: [String]]] = [
        .families: families, .services: services, .audiences: audiences, .fees: fees, .accessModes: accessModes,
        .legalForm: legalForms, .mobility: ["oui": ["itinerant"], "non": ["fixe"]],
    ]

    private static let families: [String: [String]] = [
        "tiers lieux": ["coworking"], "tiers lieu": ["coworking"], "espace de cowworking": ["coworking"],
        "lieux de travail et de collaboration": ["coworking"],
        "fabrique": ["fablab"], "lieux de mediation et de fabrication": ["fablab", "mediation-numerique"],
        "lieux de mediation publique": ["mediation-numerique"], "epn": ["mediation-numerique"],
        "enm": ["mediation-numerique"],
        "lieux d information et d acces aux droits": ["services-publics"],
        "lieux information et acces aux droits": ["services-publics"],
        "lieux de formation": ["formation"], "of": ["formation"], "etablissement enseignement": ["formation"],
        "etablissement d enseignement": ["formation"], "bibliotheque universitaire": ["formation"],
        "ressourcerie": ["reemploi"], "es": ["cafe-associatif"],
        "rfs": ["services-publics"], "muni": ["services-publics"], "msap": ["services-publics"],
        "ccas": ["services-publics"],
        "cias": ["services-publics"], "caf": ["services-publics"], "cpam": ["services-publics"],
        "msa": ["services-publics"],
        "cms": ["services-publics"], "ft": ["services-publics"], "la poste": ["services-publics"],
        "bureau de poste": ["services-publics"], "service public": ["services-publics"], "epci": ["services-publics"],
        "cd": ["services-publics"], "dept": ["services-publics"], "reg": ["services-publics"],
        "pref": ["services-publics"],
        "ml": ["services-publics"], "mission locale": ["services-publics"], "pad": ["services-publics"],
        "bij": ["services-publics"], "pij bij": ["services-publics"], "pimms": ["services-publics"],
        "mds": ["services-publics"],
        "cs": ["social"], "csc": ["social"], "evs": ["social"], "mjc": ["social"], "mq": ["social"], "asso": ["social"],
        "ess": ["social"], "centre social": ["social"], "centre social associatif": ["social"],
        "association": ["social"],
        "association et centre social": ["social"],
        "bib": ["culturel"], "bibliotheque": ["culturel"], "mediatheque bibliotheque": ["culturel"],
        "mediatheque": ["culturel"], "relais lecture": ["culturel"],
        "autre": ["autre"],
    ]

    private static let services: [String: [String]] = [
        "aide aux demarches administratives": ["services-publics", "mediation-numerique"],
        "maitrise des outils numeriques du quotidien": ["mediation-numerique"],
        "insertion professionnelle via le numerique": ["mediation-numerique", "formation"],
        "utilisation securisee du numerique": ["mediation-numerique"],
        "parentalite et education avec le numerique": ["mediation-numerique", "enfance"],
        "loisirs et creations numeriques": ["mediation-numerique", "culture"],
        "comprehension du monde numerique": ["mediation-numerique"],
        "acces internet et materiel informatique": ["acces-internet"],
        "acquisition de materiel informatique a prix solidaire": ["reparation"],
        "equiper en materiel informatique": ["reparation"], "s equiper en materiel informatique": ["reparation"],
        "acceder a du materiel": ["acces-internet"], "acceder a une connexion internet": ["acces-internet"],
        "favoriser mon insertion professionnelle": ["formation"],
        "creer avec le numerique": ["culture"],
        "realiser des demarches administratives avec un accompagnemen": ["services-publics"],
        "devenir autonome dans les demarches v2 v15administratives": ["formation"],
        "acces a internet en autonomie": ["acces-internet"],
        "etre accompagne dans ses demarches administratives": ["services-publics"],
        "etre initie aux outils numeriques": ["mediation-numerique"],
        "accompagner les demarches de sante": ["sante", "mediation-numerique"],
        "soutenir la parentalite et l education avec le numerique": ["enfance"],
        "soutenir la parentalite et education avec le numerique": ["enfance"],
        "promouvoir la citoyennete numerique": ["mediation-numerique"],
        "developper mon activite professionnelle": ["accompagnement"],
    ]

    private static let audiences: [String: [String]] = [
        "familles et ou enfants": ["enfants"], "familles": ["enfants"], "famille": ["enfants"], "enfant": ["enfants"],
        "enfants et parents": ["enfants"], "10 21 ans": ["jeunes"], "8 15 ans": ["enfants"],
        "etudiants": ["jeunes"], "surdite": ["handicap"], "deficience visuelle": ["handicap"],
        "deficiance visuelle": ["handicap"],
        "handicaps moteurs": ["handicap"], "handicaps mentaux": ["handicap"], "handicaps psychiques": ["handicap"],
        "illettrisme": ["illettrisme"], "public en situation illettrisme": ["illettrisme"],
        "langues etrangeres anglais": ["allophones"], "langues etrangeres autres": ["allophones"],
        "langues etrangeres": ["allophones"], "public origine etrangere": ["allophones"],
        "associations et benevoles": ["associations"], "seniors": ["seniors"], "seniors 65 ans": ["seniors"],
    ]

    private static let fees: [String: [String]] = [
        "gratuit": ["gratuit"], "payant": ["payant"], "adhesion": ["sous-condition"],
        "gratuit sous condition": ["sous-condition"], "gratuit pour les adherents": ["sous-condition"],
        "gratuit pour les apprenants": ["sous-condition"], "se renseigner": [],
    ]

    private static let accessModes: [String: [String]] = [
        "se presenter": ["libre"], "telephoner": ["telephone"], "contacter par mail": ["courriel"],
        "prendre un rdv en ligne": ["rdv"], "prendre rdv en ligne": ["rdv"],
        "ce lieu n accueille pas de public": ["orientation"], "ce lieu accueille pas de public": ["orientation"],
        "envoyer un mail avec une fiche de prescription": ["orientation"],
    ]

    private static let legalForms: [String: [String]] = [
        "collectivite": ["collectivites"], "pole emploi": ["etablissement-public"], "la poste": ["sarl-sa-sas"],
        "cpam": ["autre"], "msa": ["autre"], "caf": ["autre"], "autre": ["autre"],
    ]

    /// The programmes that the sources abbreviate.
    static let labels: [String: String] = [
        "cnfs": "Conseiller numérique", "conseillers numeriques": "Conseiller numérique",
        "france services": "France services", "france service": "France services",
        "msap": "Maison de services au public",
        "nmm": "Nièvre médiation numérique", "dm": "Réseau Dijon métropole",
        "maison de services au public": "Maison de services au public", "maison france services": "France services",
    ]
}
