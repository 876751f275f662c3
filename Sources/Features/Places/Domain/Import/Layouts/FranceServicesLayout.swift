extension PlaceLayout {
    /// The offices of France services, with one column of hours a day.
    static let franceServices = PlaceLayout(
        "france-services", .mednum, "list of France services offices",
        signatures: [["id_fs", "lib_fs"]],
        constants: [.families: .codes(["services-publics"]), .services: .codes(["services-publics"])],
        columns: [
            Column("id_fs", to: .key),
            Column("lib_fs", to: .text(.name)),
            Column("adresse", to: .address),
            Column("complement_adresse", to: .complement),
            Column("code_postal", to: .postalCode),
            Column("lib_com", to: .communeName),
            Column("insee_com", to: .communeCode),
            Column("insee_dep", to: .departement),
            Column("latitude", to: .latitude),
            Column("longitude", to: .longitude),
            Column("mail", to: .email),
            Column("telephone", to: .phone),
            Column("h_lundi", to: .weekday(0)),
            Column("h_mardi", to: .weekday(1)),
            Column("h_mercredi", to: .weekday(2)),
            Column("h_jeudi", to: .weekday(3)),
            Column("h_vendredi", to: .weekday(4)),
            Column("h_samedi", to: .weekday(5)),
            Column("commentaire", to: .more(.hoursNote, "")),
            Column("itinerance", to: .codes(.mobility)),
            Column("groupe", to: .more(.description, "Groupe")),
            Column("labellisation", to: .labels),
        ])
}
