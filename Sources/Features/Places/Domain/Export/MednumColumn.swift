import Exchange

/// A column of the national schema « Lieux de médiation numérique » (LaMednum/standard-mediation-num, 1.0.2; `pivot` and
/// `date_maj` may be empty as in 2.0.0). Several values are separated by `|`.
public struct MednumColumn: Sendable {
    public let name: String
    let value: @Sendable (PublicPlace) -> String

    private init(_ name: String, _ value: @escaping @Sendable (PublicPlace) -> String) {
        self.name = name
        self.value = value
    }

    /// The schema wants an address, a postal code and a commune: places without one are not in the file.
    static func holds(_ place: PublicPlace) -> Bool {
        guard let site = place.site else { return false }
        return !site.communeName.isEmpty && !site.postalCode.isEmpty && !site.address.isEmpty
    }

    public static let all: [MednumColumn] = [
        MednumColumn("id") { $0.id.text },
        MednumColumn("pivot") { $0.sheet.text(.siret) },
        MednumColumn("nom") { $0.sheet.name },
        MednumColumn("commune") { $0.site?.communeName ?? "" },
        MednumColumn("code_postal") { $0.site?.postalCode ?? "" },
        MednumColumn("code_insee") { $0.site?.commune ?? "" },
        MednumColumn("adresse") { $0.site?.address ?? "" },
        MednumColumn("complement_adresse") { $0.site?.complement ?? "" },
        MednumColumn("latitude") { ($0.site?.point).map { Site.degrees($0.latitude) } ?? "" },
        MednumColumn("longitude") { ($0.site?.point).map { Site.degrees($0.longitude) } ?? "" },
        MednumColumn("typologie") { words($0.sheet.codes(.families), MednumWords.types) },
        MednumColumn("telephone") { MednumWords.phone($0.sheet.text(.phone)) },
        MednumColumn("courriels") { $0.sheet.text(.email) },
        MednumColumn("site_web") { $0.sheet.text(.website) },
        MednumColumn("horaires") { $0.sheet.text(.hours) },
        MednumColumn("presentation_resume") { MednumWords.shortened($0.sheet.text(.summary), 280) },
        MednumColumn("presentation_detail") { $0.sheet.text(.description) },
        MednumColumn("source") { $0.sources.joined(separator: ", ") },
        MednumColumn("itinerance") { words($0.sheet.codes(.mobility), MednumWords.mobilities) },
        MednumColumn("structure_parente") { $0.sheet.text(.structure) },
        MednumColumn("date_maj") { MednumWords.day($0.verifiedAt ?? $0.updatedAt) },
        MednumColumn("services") { words($0.sheet.codes(.services), MednumWords.services) },
        MednumColumn("publics_specifiquement_adresses") { words($0.sheet.codes(.audiences), MednumWords.audiences) },
        MednumColumn("prise_en_charge_specifique") { words($0.sheet.codes(.audiences), MednumWords.care) },
        MednumColumn("frais_a_charge") { words($0.sheet.codes(.fees), MednumWords.fees) },
        MednumColumn("dispositif_programmes_nationaux") { MednumWords.labels($0, in: MednumWords.programmes) },
        MednumColumn("formations_labels") { MednumWords.labels($0, in: MednumWords.trainings) },
        MednumColumn("autres_formations_labels") { MednumWords.otherLabels($0) },
        MednumColumn("modalites_acces") { place in
            var modes = place.sheet.codes(.accessModes).compactMap { MednumWords.access[$0] }
            if !place.sheet.text(.bookingURL).isEmpty { modes.append("Prendre un RDV en ligne") }
            return modes.joined(separator: "|")
        },
        MednumColumn("modalites_accompagnement") { _ in "" },
        MednumColumn("fiche_acces_libre") { $0.sheet.text(.accessibilityURL) },
        MednumColumn("prise_rdv") { $0.sheet.text(.bookingURL) },
    ]

    /// What the schema's list calls our codes; those it has no word for are left out.
    private static func words(_ codes: [String], _ words: [String: String]) -> String {
        var seen = Set<String>()
        return codes.compactMap { words[$0] }.filter { seen.insert($0).inserted }.joined(separator: "|")
    }
}
