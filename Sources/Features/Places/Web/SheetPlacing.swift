import Geography
import Maillage

/// « Placer sur la carte d’après l’adresse »: the form comes back with the point that the geocoder proposes, said in words.
/// Nothing is saved, and no point is put where the commune says otherwise.
struct SheetPlacing: Sendable, Equatable {
    /// The row of addresses it is about, from 0.
    var row: Int
    var sentence: String
    var isPlaced = false

    /// The name of the buttons; their value is the row.
    static let button = "placer"

    /// A hidden field beside the point: the point proposed and how fine it is, so that it is not taken for one placed by hand.
    static func name(_ row: Int) -> String { "\(SheetField.sites.rawValue).\(row).propose" }

    /// How fine the point of a row is when it is still the one proposed; nil when somebody moved it since.
    static func precision(ofRow row: Int, _ cells: [String: String], in form: Fields) -> String? {
        let parts = form[name(row)]?.split(separator: " ", maxSplits: 2).map(String.init) ?? []
        guard parts.count == 3, parts[0] == cells["latitude"], parts[1] == cells["longitude"],
            ["numero", "rue", "commune"].contains(parts[2])
        else { return nil }
        return parts[2]
    }

    /// The form with the point proposed for the row whose button was pressed; nil when none was.
    static func answer(to form: Fields, _ reception: Reception) async -> (form: Fields, placing: SheetPlacing)? {
        guard let row = form.text(button).flatMap({ WrittenNumber.whole($0.utf8) }), row < 100 else { return nil }
        func cell(_ column: String) -> String { form.text("\(SheetField.sites.rawValue).\(row).\(column)") ?? "" }
        let gazetteer = reception.gazetteer.present
        let commune = gazetteer.resolve(
            name: cell("commune_nom"), postalCode: cell("code_postal"), code: cell("commune_nom_code")
        ).commune
        guard !cell("adresse").isEmpty, commune != nil || !cell("commune_nom").isEmpty else {
            return (form, SheetPlacing(row: row, sentence: "Écrivez d’abord l’adresse et la commune."))
        }
        let words = [cell("adresse"), cell("code_postal"), commune?.name ?? cell("commune_nom")]
        let outcome = await reception.geocoder.find(
            words.filter { !$0.isEmpty }.joined(separator: " "), postalCode: cell("code_postal"))
        switch outcome {
        case .unavailable:
            return (
                form,
                SheetPlacing(
                    row: row,
                    sentence: "Le service d’adresses n’a pas répondu\u{202F}: écrivez la position, ou enregistrez "
                        + "sans elle.")
            )
        case .unknown:
            return (
                form,
                SheetPlacing(
                    row: row, sentence: "Cette adresse n’a pas été trouvée\u{202F}: le point n’a pas été placé.")
            )
        case .found(let found): return proposing(found, row, commune, form, gazetteer)
        }
    }

    private static func proposing(
        _ found: FoundAddress, _ row: Int, _ commune: Commune?, _ form: Fields, _ gazetteer: Gazetteer
    ) -> (form: Fields, placing: SheetPlacing) {
        if let commune, let metres = gazetteer.contradiction(of: found.point, withCommune: commune.code) {
            let sentence =
                "L’adresse trouvée, «\u{A0}\(found.label)\u{A0}», est à \(Format.distance(metres: metres)) de "
                + "\(commune.name)\u{202F}: vérifiez l’adresse ou la commune. Le point n’a pas été placé."
            return (form, SheetPlacing(row: row, sentence: sentence))
        }
        let (latitude, longitude) = (
            Maillage.Site.degrees(found.point.latitude), Maillage.Site.degrees(found.point.longitude)
        )
        let prefix = "\(SheetField.sites.rawValue).\(row)."
        let written = [
            prefix + "latitude": latitude, prefix + "longitude": longitude,
            name(row): "\(latitude) \(longitude) \(found.kind.precision)",
        ]
        let kept = form.all.filter { written[$0.name] == nil }
        let added = written.sorted { $0.key < $1.key }.map { Fields.Field(name: $0.key, value: $0.value) }
        let fineness =
            switch found.kind {
            case .houseNumber: "au numéro"
            case .street, .locality: "à la rue ou au lieu-dit, pas au numéro"
            case .municipality: "au centre de la commune\u{202F}: la rue n’a pas été trouvée"
            }
        var sentence = "Point proposé \(fineness), pour «\u{A0}\(found.label)\u{A0}»."
        if let commune, !found.commune.isEmpty, found.commune != commune.code, !found.city.isEmpty {
            sentence += " Cette adresse est donnée à \(found.city), tout près de \(commune.name)."
        } else if commune == nil {
            sentence += " La commune écrite n’est pas connue du registre\u{202F}: vérifiez le point."
        }
        return (
            Fields(kept + added),
            SheetPlacing(row: row, sentence: sentence + " Il sera gardé avec la fiche.", isPlaced: true)
        )
    }
}
