extension PlaceLayout {
    /// The national list of the State's Mission Coworking, 2019: CSV, and GeoJSON whose point is read as LAT and LONG.
    static let cget = PlaceLayout(
        "cget", .cget, "national list of tiers-lieux of 2019",
        signatures: [["ID", "NOM_TL", "INSEECOM"], ["NOM_TL", "TYPO", "CP"]],
        columns: [
            Column("ID", to: .key),
            Column("NOM_TL", to: .text(.name)),
            Column("ADRESSE", to: .address),
            Column("CP", to: .postalCode),
            Column("INSEECOM", to: .communeCode),
            Column("COMINIT", to: .communeName),
            Column("NOMCOM", to: .communeName),
            Column("INSEEDEP", to: .departement),
            Column("LAT", "latitude", to: .latitude),
            Column("LONG", "longitude", to: .longitude),
            Column("GEOCOD", to: .geocoded),
            Column("WEB", to: .web(.website)),
            Column("TWITTER", to: .link("Twitter", host: "twitter.com")),
            Column("FACEBOOK", to: .link("Facebook", host: "www.facebook.com")),
            Column("TYPO", to: .codes(.families)),
            Column("MAIL", to: .personal),
            Column("CONTACT", to: .personal),
        ])
}
