extension PlaceColumn {
    /// Every column, in the order of the files.
    public static let all: [PlaceColumn] = identity + whereabouts + opening + offer + structure + contact + sharing

    private static let identity = [
        PlaceColumn("id", "Identifiant permanent", .text, always: true) { .text($0.id.text) },
        PlaceColumn(
            "slug", "Fin de l’adresse de la page\u{202F}: peut changer, l’ancienne redirige", .text, always: true
        ) {
            .text($0.slug)
        },
        PlaceColumn("url", "Page du lieu", .address, always: true) { .text($0.page) },
        PlaceColumn("name", "Nom du lieu", .text, always: true) { .text($0.sheet.name) },
        text("summary", .summary),
        text("description", .description),
        PlaceColumn("maturity", "Étape de la vie du lieu", .code(.maturities), always: true) {
            .text($0.sheet.maturity.rawValue)
        },
        codes("families", .families, .families),
        text("other_family", .otherFamily),
    ]

    private static let whereabouts = [
        codes("mobility", .mobility, .mobilities),
        PlaceColumn("commune_code", "Code INSEE de la commune (un texte)", .text) { .optional($0.site?.commune) },
        PlaceColumn("commune_name", "Nom de la commune", .text) { .optional($0.site?.communeName) },
        PlaceColumn("postal_code", "Code postal (un texte)", .text) { .optional($0.site?.postalCode) },
        PlaceColumn("address", "Numéro et rue", .text) { .optional($0.site?.address) },
        PlaceColumn("address_complement", "Complément d’adresse", .text) { .optional($0.site?.complement) },
        PlaceColumn("latitude", "Latitude en degrés (WGS\u{A0}84)", .decimal) {
            $0.site?.point.map { .decimal($0.latitude) } ?? .none
        },
        PlaceColumn("longitude", "Longitude en degrés (WGS\u{A0}84)", .decimal) {
            $0.site?.point.map { .decimal($0.longitude) } ?? .none
        },
        PlaceColumn("location_precision", "D’où vient le point", .code(.precisions)) { .optional($0.site?.precision) },
        rows("sites", .sites, "Toutes les adresses, la principale d’abord"),
        rows("stops", .stops, "Étapes d’un lieu itinérant"),
        PlaceColumn("circles", "Codes des cercles du réseau", .list) { .list($0.circles) },
    ]

    private static let opening = [
        text("opening_hours", .hours, "Horaires, dans la syntaxe d’OpenStreetMap"),
        text("opening_hours_note", .hoursNote),
        rows("closures", .closures, "Fermetures et ouvertures exceptionnelles"),
        codes("access_modes", .accessModes, .accessModes),
        codes("fees", .fees, .fees),
        text("booking_url", .bookingURL, kind: .address),
    ]

    private static let offer = [
        codes("services", .services, .services),
        codes("audiences", .audiences, .audiences),
        codes("sectors", .sectors, .sectors),
        text("wheelchair_access", .accessibility, kind: .code(.accessibility)),
        codes("accessibility_facts", .accessibilityFacts, .accessibilityFacts),
        text("acceslibre_url", .accessibilityURL, kind: .address),
        text("connection", .connection, kind: .code(.connections)),
    ]

    private static let structure = [
        text("structure", .structure),
        text("legal_form", .legalForm, kind: .code(.legalForms)),
        text("other_legal_form", .otherLegalForm),
        text("siret", .siret, "SIRET de la structure (un texte)"),
        text("rna", .rna),
        text("structure_created_on", .formalitiesDate, kind: .date),
        text("opened_on", .openedOn, kind: .date),
        text("closed_on", .closedOn, kind: .date),
        text("closing_reason", .closingReason, kind: .code(.closingReasons)),
        number("built_area_m2", .builtArea),
        number("outdoor_area_m2", .outdoorArea),
        text("tenure", .tenure, kind: .code(.tenures)),
        text("tenure_ends_on", .tenureEnds, kind: .date),
    ]

    private static let contact = [
        text("email", .email),
        text("phone", .phone),
        text("website", .website, kind: .address),
        rows("links", .links, "Autres liens"),
        text("video_url", .video, kind: .address),
        rows("labels", .labels, "Labels et leurs dates"),
        rows("figures", .figures, "Chiffres publiés par le lieu"),
    ]

    private static let sharing = [
        PlaceColumn("supports_projects", SheetField.companion.label, .flag) { flag(.companion, $0) },
        PlaceColumn("open_edition", SheetField.openEdition.label, .flag) { flag(.openEdition, $0) },
        PlaceColumn("open_data", "La fiche entre dans les fichiers ouverts", .flag, always: true) {
            .flag($0.isOpenData)
        },
        PlaceColumn("created_at", "Création de la fiche (UTC)", .instant, always: true) { .instant($0.createdAt) },
        PlaceColumn("updated_at", "Dernière modification (UTC)", .instant, always: true) { .instant($0.updatedAt) },
        PlaceColumn("verified_at", "Dernière confirmation par une personne (UTC)", .instant) {
            $0.verifiedAt.map { .instant($0) } ?? .none
        },
        PlaceColumn(
            "sources", "D’où viennent les valeurs\u{202F}; «\u{A0}network\u{A0}» pour les personnes du réseau", .list
        ) {
            .list($0.sources)
        },
    ]

    private static func text(_ name: String, _ field: SheetField, _ meaning: String? = nil, kind: Kind = .text)
        -> PlaceColumn
    {
        PlaceColumn(name, meaning ?? field.label, kind) { .optional($0.sheet[field]?.text) }
    }

    private static func number(_ name: String, _ field: SheetField) -> PlaceColumn {
        PlaceColumn(name, field.label, .integer) { $0.sheet[field]?.number.map { .integer($0) } ?? .none }
    }

    private static func codes(_ name: String, _ field: SheetField, _ list: ReferenceList) -> PlaceColumn {
        PlaceColumn(name, field.label, .codes(list)) { .list($0.sheet.codes(field)) }
    }

    private static func rows(_ name: String, _ field: SheetField, _ meaning: String) -> PlaceColumn {
        let members = (PlaceRows.names[field] ?? [:]).values.sorted()
        return PlaceColumn(name, meaning, .rows(members)) { PlaceRows.value(field, of: $0.sheet) }
    }

    private static func flag(_ field: SheetField, _ place: PublicPlace) -> Value {
        place.sheet[field]?.flag.map { .flag($0) } ?? .none
    }
}
