extension PlaceLayout {
    /// « Lieux de médiation numérique » (LaMednum/standard-mediation-num): the first version, in JSON with `;`, the near-standard
    /// files with ` / `, and 1.0.2 with `|`.
    static let mednum = PlaceLayout(
        "mednum", .mednum, "national schema of places of digital mediation",
        signatures: [
            ["id", "nom", "pivot", "commune"], ["id", "nom", "pivot", "code_postal"],
            ["id", "nom", "services", "commune"],
            ["nom", "commune", "code_postal", "latitude", "longitude", "services"],
        ],
        columns: [
            Column("id", to: .key),
            Column("nom", to: .text(.name)),
            Column("pivot", to: .siret),
            Column("adresse", to: .address),
            Column("complement_adresse", to: .complement),
            Column("code_postal", to: .postalCode),
            Column("commune", to: .communeName),
            Column("code_insee", to: .communeCode),
            Column("latitude", to: .latitude),
            Column("longitude", to: .longitude),
            Column("typologie", to: .codes(.families)),
            Column("telephone", to: .phone),
            Column("courriels", "courriel", to: .email),
            Column("site_web", to: .web(.website)),
            Column("horaires", to: .hours),
            Column("presentation_resume", to: .text(.summary)),
            Column("presentation_detail", to: .text(.description)),
            Column("itinerance", to: .codes(.mobility)),
            Column("structure_parente", to: .text(.structure)),
            Column("date_maj", to: .updated),
            Column("services", to: .codes(.services)),
            Column("publics_specifiquement_adresses", "publics_accueillis", to: .codes(.audiences)),
            Column("prise_en_charge_specifique", to: .codes(.audiences)),
            Column("frais_a_charge", "conditions_acces", "conditions_access", to: .codes(.fees)),
            Column("dispositif_programmes_nationaux", "labels_nationaux", to: .labels),
            Column("formations_labels", to: .labels),
            Column("autres_formations_labels", "labels_autres", to: .labels),
            Column("modalites_acces", to: .codes(.accessModes)),
            Column("fiche_acces_libre", "accessibilite", to: .web(.accessibilityURL)),
            Column("prise_rdv", to: .web(.bookingURL)),
        ])
}
