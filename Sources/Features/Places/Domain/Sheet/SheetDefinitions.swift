extension SheetField {
    /// Every field, in the order of the form.
    public static let definitions: [Definition] = [
        field(.name, .identity, "Nom du lieu", .line(limit: 120)),
        field(
            .summary, .identity, "Résumé", .longText(limit: 300),
            "Une ou deux phrases : elles sont montrées dans les listes."),
        field(.description, .identity, "Description", .longText(limit: 6_000)),
        field(.maturity, .identity, "Étape", .choice(.maturities)),
        field(.families, .identity, "Familles", .choices(.families)),
        field(.otherFamily, .identity, "Autre famille", .line(limit: 120)),
        field(.mobility, .whereabouts, "Fixe ou itinérant", .choices(.mobilities)),
        field(
            .sites, .whereabouts, "Adresses", .rows(siteColumns, limit: 20),
            "Un lieu peut avoir plusieurs adresses, ou aucune s’il est itinérant ou en projet."),
        field(.stops, .whereabouts, "Tournée", .rows(stopColumns, limit: 40), "Les étapes d’un lieu itinérant."),
        field(
            .hours, .opening, "Horaires d’ouverture", .openingHours,
            "Par exemple : Mo-Fr 09:00-18:00; Sa 10:00-12:00; PH off."),
        field(.hoursNote, .opening, "Précisions sur les horaires", .longText(limit: 500)),
        field(.closures, .opening, "Fermetures et ouvertures exceptionnelles", .rows(closureColumns, limit: 30)),
        field(.accessModes, .opening, "Modalités d’accès", .choices(.accessModes)),
        field(.fees, .opening, "Prix", .choices(.fees)),
        field(.bookingURL, .opening, "Prise de rendez-vous", .webAddress),
        field(.services, .offer, "Services", .choices(.services)),
        field(.audiences, .offer, "Publics", .choices(.audiences)),
        field(.sectors, .offer, "Secteurs", .choices(.sectors)),
        field(.accessibility, .accessibility, "Accessible en fauteuil roulant", .choice(.accessibility)),
        field(.accessibilityFacts, .accessibility, "Ce qui est prévu", .choices(.accessibilityFacts)),
        field(
            .accessibilityURL, .accessibility, "Fiche acceslibre", .webAddress,
            "L’adresse de la fiche sur acceslibre.beta.gouv.fr."),
        field(.connection, .accessibility, "Connexion à internet", .choice(.connections)),
        field(.structure, .operating, "Structure porteuse", .line(limit: 200)),
        field(.legalForm, .operating, "Mode de gestion", .choice(.legalForms)),
        field(.otherLegalForm, .operating, "Autre mode de gestion", .line(limit: 120)),
        field(.siret, .operating, "SIRET", .siret, "14 chiffres."),
        field(.rna, .operating, "Numéro RNA", .rna, "W suivi de 9 chiffres, pour une association."),
        field(.formalitiesDate, .operating, "Création de la structure", .partialDate),
        field(.openedOn, .operating, "Ouverture du lieu", .partialDate),
        field(.closedOn, .operating, "Fermeture du lieu", .partialDate),
        field(.closingReason, .operating, "Motif de fermeture", .choice(.closingReasons)),
        field(.builtArea, .operating, "Surface bâtie", .number(unit: "m²", limit: 1_000_000)),
        field(.outdoorArea, .operating, "Surface extérieure", .number(unit: "m²", limit: 100_000_000)),
        field(.tenure, .operating, "Statut d’occupation", .choice(.tenures), mayBePrivate: true),
        field(.tenureEnds, .operating, "Fin du contrat d’occupation", .partialDate, mayBePrivate: true),
        field(.email, .contact, "Courriel", .email, mayBePrivate: true),
        field(.phone, .contact, "Téléphone", .phone, mayBePrivate: true),
        field(.contactName, .contact, "Personne à contacter", .line(limit: 120), mayBePrivate: true),
        field(.website, .contact, "Site web", .webAddress),
        field(.links, .contact, "Autres liens", .rows(linkColumns, limit: 20)),
        field(.video, .contact, "Vidéo", .webAddress),
        field(.labels, .recognition, "Labels", .rows(labelColumns, limit: 20)),
        field(.figures, .recognition, "Chiffres publiés", .rows(figureColumns, limit: 30)),
        field(.companion, .sharing, "Prêt à accompagner d’autres projets", .flag),
        field(.openData, .sharing, "La fiche entre dans le fichier ouvert", .flag),
        field(.openEdition, .sharing, "Chacun peut modifier la fiche", .flag),
        field(.privateFields, .sharing, "Champs non publics", .fields),
    ]

    private static let siteColumns = [
        Column("libelle", "Nom de l’adresse", .line(limit: 120)),
        Column("adresse", "Numéro et rue", .line(limit: 200)),
        Column("complement", "Complément", .line(limit: 200)),
        Column("code_postal", "Code postal", .line(limit: 5)),
        Column("commune_nom", "Commune", .line(limit: 120)),
        Column("commune", "Code de la commune", .commune),
        Column("latitude", "Latitude", .latitude),
        Column("longitude", "Longitude", .longitude),
        Column("precision", "Précision", .choice(.precisions)),
    ]

    private static let stopColumns = [
        Column("commune_nom", "Commune", .line(limit: 120), required: true),
        Column("commune", "Code de la commune", .commune),
        Column("endroit", "Endroit", .line(limit: 200)),
        Column("horaires", "Quand", .openingHours),
    ]

    private static let closureColumns = [
        Column("du", "Du", .date, required: true),
        Column("au", "Au", .date, required: true),
        Column("horaires", "Ouvert malgré tout (par exemple 10:00-12:00)", .openingHours),
        Column("motif", "Motif", .line(limit: 200)),
    ]

    private static let linkColumns = [
        Column("nom", "Nom", .line(limit: 80)),
        Column("adresse", "Adresse web", .webAddress, required: true),
    ]

    private static let labelColumns = [
        Column("label", "Label", .line(limit: 120), required: true),
        Column("du", "Depuis", .date),
        Column("au", "Jusqu’au", .date),
        Column("preuve", "Preuve", .webAddress),
    ]

    private static let figureColumns = [
        Column("nom", "Ce qui est compté", .line(limit: 120), required: true),
        Column("valeur", "Valeur", .number, required: true),
        Column("unite", "Unité", .line(limit: 40)),
        Column("annee", "Année", .number),
        Column("source", "Source", .line(limit: 200)),
    ]

    private static func field(
        _ field: SheetField, _ section: Section, _ label: String, _ kind: Kind, _ help: String = "",
        mayBePrivate: Bool = false
    ) -> Definition {
        Definition(field: field, section: section, label: label, kind: kind, help: help, mayBePrivate: mayBePrivate)
    }
}
