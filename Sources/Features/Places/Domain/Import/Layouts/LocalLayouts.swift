/// Files of territories, each with its own words.
extension PlaceLayout {
    /// Gironde, 2019: X holds the latitude and Y the longitude; the postal code is inside the address.
    static let gironde = PlaceLayout(
        "gironde", .mednum, "places of Gironde",
        signatures: [["Lieu", "Adresse postale", "Coord. X", "Coord. Y"]],
        columns: [
            Column("Lieu", to: .text(.name)),
            Column("Adresse postale", to: .address),
            Column("Libellé 2", to: .complement),
            Column("Commune", to: .communeName),
            Column("Coord. X", to: .latitude),
            Column("Coord. Y", to: .longitude),
            Column("Type Structure", to: .codes(.legalForm)),
            Column("Email", to: .email),
            Column("Téléphone", to: .phone),
            Column("Site internet", to: .web(.website)),
            Column("services", to: .codes(.services)),
            Column("equipements", to: .more(.description, "Équipements")),
            Column("Description", to: .text(.description)),
            Column("Dernière MAJ", to: .updated),
        ])

    /// Mulhouse: the export of the city's portal, with the point as text and answers in Oui and Non.
    static let mulhouse = PlaceLayout(
        "mulhouse", .mednum, "places of Mulhouse",
        signatures: [["nom_structure", "geom", "commune"]],
        columns: [
            Column("nom_structure", to: .text(.name)),
            Column("adresse", to: .address),
            Column("compl_adresse", to: .complement),
            Column("code_postal", to: .postalCode),
            Column("commune", to: .communeName),
            Column("geom", to: .latitudeLongitude),
            Column("telephone", to: .phone),
            Column("adresse_mail", to: .email),
            Column("site_web", to: .web(.website)),
            Column("jours_horaires_ouverture", to: .proseHours),
            Column("type_de_structure", to: .codes(.families)),
            Column("type_public", to: .codes(.audiences)),
            Column("tarif_acces_equipement", to: .codes(.fees)),
            Column("acces_equipement_numerique_et_internet", to: .flag(.services, code: "acces-internet")),
            Column("accompagnement_pour_des_demarches_en_ligne", to: .flag(.services, code: "services-publics")),
            Column("formations_ateliers", to: .flag(.services, code: "formation")),
            Column("type_equipement", to: .more(.description, "Équipement")),
            Column("contenu_niveau_formations_ateliers", to: .more(.description, "Ateliers")),
        ])

    /// The structures that host digital advisers, 2022: codes are numbers, the address has a line for the city.
    static let adviserHosts = PlaceLayout(
        "conseillers-numeriques", .mednum, "structures that host digital advisers",
        signatures: [["raison_sociale", "nb_cnfs", "insee_com"]],
        constants: [
            .services: .codes(["mediation-numerique"]), .labels: .rows([["label": "Conseiller numérique"]]),
        ],
        columns: [
            Column("id", to: .key),
            Column("raison_sociale", to: .text(.name)),
            Column("siret", to: .siret),
            Column("adresse", to: .address),
            Column("code_postal_bis", "code_postal", to: .postalCode),
            Column("code_postal", to: .postalCode),
            Column("commune_insee", to: .communeName),
            Column("insee_com", to: .communeCode),
            Column("insee_dep", to: .departement),
            Column("latitude", to: .latitude),
            Column("longitude", to: .longitude),
            Column("result_label", to: .geocoded),
            Column("france_services", to: .flag(.families, code: "services-publics")),
        ])

    /// Digital places of Bourgogne-Franche-Comté, 2020: an edition without identifiers, then one with `bfc_id`.
    static let bourgogneFrancheComte = PlaceLayout(
        "bfc", .csv, "digital places of Bourgogne-Franche-Comté",
        signatures: [["nom_structure", "ville", "lon", "lat", "code_label"]],
        columns: [
            Column("bfc_id", to: .key),
            Column("nom_structure", to: .text(.name)),
            Column("adresse", to: .address),
            Column("code_postal", to: .postalCode),
            Column("ville", to: .communeName),
            Column("departement", to: .departement),
            Column("lat", to: .latitude),
            Column("lon", to: .longitude),
            Column("url_lieu", to: .web(.website)),
            Column("contact_email", to: .email),
            Column("contact_tel", to: .phone),
            Column("def_typo", to: .codes(.families)),
            Column("def_label", "code_label", to: .labels),
            Column("horaires", to: .proseHours),
        ])
}
