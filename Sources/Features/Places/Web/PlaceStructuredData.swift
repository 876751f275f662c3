import Exchange
import Maillage
import Markup

/// A place as search engines read it (schema.org): only what everybody may see.
enum PlaceStructuredData {
    /// For `PageHead.structuredData` of a public place's page.
    static func of(_ place: PublicPlace, photos: [PlacePhoto] = [], base: String = "") -> StructuredData {
        let sheet = place.sheet
        let receives = sheet.maturity.receives
        return [
            "@context": "https://schema.org",
            "@type": receives ? "LocalBusiness" : "Place",
            "@id": .text(place.page),
            "url": .text(place.page),
            "name": .text(sheet.name),
            "image": images(photos, base),
            "description": text(sheet, .summary) ?? text(sheet, .description),
            "address": place.site.flatMap(address),
            "geo": place.site?.point.map {
                ["@type": "GeoCoordinates", "latitude": .decimal($0.latitude), "longitude": .decimal($0.longitude)]
            },
            "telephone": text(sheet, .phone),
            "email": text(sheet, .email),
            "sameAs": same(sheet),
            "openingHoursSpecification": receives ? hours(sheet) : nil,
            "isAccessibleForFree": sheet.codes(.fees) == ["gratuit"] ? .flag(true) : nil,
            "amenityFeature": amenities(sheet),
            "parentOrganization": organisation(sheet),
            "foundingDate": text(sheet, .openedOn),
        ]
    }

    private static func text(_ sheet: Sheet, _ field: SheetField) -> StructuredData? {
        .optional(sheet[field]?.text)
    }

    private static func images(_ photos: [PlacePhoto], _ base: String) -> StructuredData? {
        let objects = photos.compactMap { photo -> StructuredData? in
            guard let file = photo.largest else { return nil }
            return [
                "@type": "ImageObject", "contentUrl": .text(base + Paths.photoFile(photo.id, file.width)),
                "width": .number(file.width), "height": .number(file.height),
                "caption": .text(photo.words.alternative), "creditText": .text(photo.words.credit),
                "license": .optional(photo.words.licence.address),
            ]
        }
        return objects.isEmpty ? nil : .list(objects)
    }

    private static func address(_ site: Site) -> StructuredData? {
        guard !site.communeName.isEmpty || !site.address.isEmpty else { return nil }
        func part(_ text: String) -> StructuredData? { text.isEmpty ? nil : .text(text) }
        return [
            "@type": "PostalAddress", "streetAddress": part(site.address), "postalCode": part(site.postalCode),
            "addressLocality": part(site.communeName), "addressCountry": "FR",
        ]
    }

    private static func same(_ sheet: Sheet) -> StructuredData? {
        let addresses = [sheet.text(.website)] + sheet.rows(.links).compactMap { $0["adresse"] }
        let known = addresses.filter { !$0.isEmpty }
        return known.isEmpty ? nil : .list(known.map { .text($0) })
    }

    private static func hours(_ sheet: Sheet) -> StructuredData? {
        let values = sheet.openingHours?.schemaOrg ?? []
        guard !values.isEmpty else { return nil }
        return .list(
            values.map { value in
                [
                    "@type": "OpeningHoursSpecification",
                    "dayOfWeek": value.daysOfWeek.isEmpty ? nil : .list(value.daysOfWeek.map { .text($0) }),
                    "opens": .text(value.opens), "closes": .text(value.closes),
                    "validFrom": .optional(value.validFrom?.description),
                    "validThrough": .optional(value.validThrough?.description),
                ]
            })
    }

    private static func amenities(_ sheet: Sheet) -> StructuredData? {
        var names = sheet.codes(.accessibilityFacts).map(ReferenceList.accessibilityFacts.label)
        if sheet.text(.accessibility) == "oui" { names.append(SheetField.accessibility.label) }
        guard !names.isEmpty else { return nil }
        return .list(names.map { ["@type": "LocationFeatureSpecification", "name": .text($0), "value": .flag(true)] })
    }

    private static func organisation(_ sheet: Sheet) -> StructuredData? {
        guard let name = sheet[.structure]?.text else { return nil }
        let numbers = [("SIRET", sheet.text(.siret)), ("RNA", sheet.text(.rna))].filter { !$0.1.isEmpty }
        return [
            "@type": "Organization", "name": .text(name),
            "identifier": numbers.isEmpty
                ? nil
                : .list(numbers.map { ["@type": "PropertyValue", "propertyID": .text($0.0), "value": .text($0.1)] }),
        ]
    }
}
