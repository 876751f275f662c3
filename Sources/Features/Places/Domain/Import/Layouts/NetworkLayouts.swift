/// Files of networks of tiers-lieux, and of anybody.
extension PlaceLayout {
    /// GoGoCarto's elements: `/api/elements.json`, with its `data`, and what its own import reads.
    static let gogocarto = PlaceLayout(
        "gogocarto", .gogocarto, "elements of GoGoCarto",
        signatures: [
            ["name", "geo.latitude", "address.addressLocality"], ["name", "geo.latitude", "address.postalCode"],
            ["name", "geo.latitude", "categories"], ["name", "streetAddress", "addressLocality"], ["name", "taxonomy"],
        ],
        columns: [
            Column("id", to: .key),
            Column("name", "title", to: .text(.name)),
            Column("address.streetAddress", "streetAddress", "address", to: .address),
            Column("address.postalCode", "postalCode", to: .postalCode),
            Column("address.addressLocality", "addressLocality", to: .communeName),
            Column("geo.latitude", "latitude", "lat", to: .latitude),
            Column("geo.longitude", "longitude", "long", "lng", "lon", to: .longitude),
            Column("categories", "taxonomy", "categories.name", to: .codes(.families)),
            Column("abstract", "shortDescription", to: .text(.summary)),
            Column("description", to: .text(.description)),
            Column("email", to: .email),
            Column("telephone", "phone", to: .phone),
            Column("website", "siteweb", "url", "website.url", to: .web(.website)),
            Column("openHoursMoreInfos", "openHours", to: .proseHours),
            Column("openHours.Mo", "openHours.Monday", to: .weekday(0)),
            Column("openHours.Tu", "openHours.Tuesday", to: .weekday(1)),
            Column("openHours.We", "openHours.Wednesday", to: .weekday(2)),
            Column("openHours.Th", "openHours.Thursday", to: .weekday(3)),
            Column("openHours.Fr", "openHours.Friday", to: .weekday(4)),
            Column("openHours.Sa", "openHours.Saturday", to: .weekday(5)),
            Column("openHours.Su", "openHours.Sunday", to: .weekday(6)),
            Column("updatedAt", "updated", to: .updated),
            Column("owner", "contactName", to: .personal),
        ])

    /// The live records of the France Tiers-Lieux network, as the State reads them (`_id.$id`, `address.addressLocality`…).
    static let franceTiersLieux = PlaceLayout(
        "france-tiers-lieux", .mednum, "records of France Tiers-Lieux",
        signatures: [["_id.$id", "name"]],
        columns: [
            Column("_id.$id", to: .key),
            Column("name", to: .text(.name)),
            Column("address.streetAddress", to: .address),
            Column("address.postalCode", to: .postalCode),
            Column("address.addressLocality", to: .communeName),
            Column("address.codeInsee", to: .communeCode),
            Column("geo.latitude", to: .latitude),
            Column("geo.longitude", to: .longitude),
            Column("shortDescription", to: .text(.summary)),
            Column("description", to: .text(.description)),
            Column("email", to: .email),
            Column("url", to: .web(.website)),
            Column("tags", to: .codes(.families)),
            Column("updated", to: .updated),
        ])

    /// A file of anybody whose columns have the names one would give them. The mapping file says what this table does not.
    static let plain = PlaceLayout(
        "plain", .csv, "columns recognised by their names",
        // A name alone does not make a place: people and parcels have names too.
        signatures: ["nom", "name", "Nom", "NOM", "title", "nom_lieu", "Nom du lieu", "nom_structure"].flatMap { name in
            [
                "commune", "commune_name", "commune.name", "ville", "city", "Commune", "Ville", "VILLE", "code_postal",
                "postal_code", "Code postal", "adresse", "address", "Adresse", "ADRESSE", "latitude", "lat", "LAT",
                "Latitude", "code_insee", "implantations",
            ].map { [name, $0] }
        },
        columns: [
            Column("id", "ID", "identifiant", "uuid", to: .key),
            Column("nom", "name", "Nom", "NOM", "title", "nom_lieu", "Nom du lieu", "nom_structure", to: .text(.name)),
            Column("adresse", "address", "Adresse", "ADRESSE", "rue", to: .address),
            Column("complement_adresse", "complement", to: .complement),
            Column("code_postal", "postal_code", "cp", "CP", "Code postal", "postalCode", to: .postalCode),
            Column(
                "commune", "ville", "city", "commune_name", "commune.name", "Commune", "Ville", "VILLE",
                to: .communeName),
            Column("code_insee", "code_commune", "commune_code", "commune.code", "insee", to: .communeCode),
            Column("latitude", "lat", "LAT", "Latitude", to: .latitude),
            Column("longitude", "lon", "lng", "long", "LONG", "Longitude", to: .longitude),
            Column("siret", "SIRET", "pivot", to: .siret),
            Column("courriel", "email", "mail", "Email", "Courriel", to: .email),
            Column("telephone", "phone", "tel", "Téléphone", to: .phone),
            Column("site_web", "website", "url", "site", "Site web", to: .web(.website)),
            Column("horaires", "opening_hours", to: .hours),
            Column("description_courte", "summary", "presentation_resume", to: .text(.summary)),
            Column("description", "presentation_detail", "Description", to: .text(.description)),
            Column("familles", "families", "typologie", "categorie", "type", to: .codes(.families)),
            Column("services", to: .codes(.services)),
            Column("structure", to: .text(.structure)),
            Column("maturite", "maturity", to: .choice(.maturity)),
            Column("date_maj", "updated_at", "updated", to: .updated),
            Column("contact", to: .personal),
        ])
}
