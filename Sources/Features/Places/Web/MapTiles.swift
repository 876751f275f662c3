import Geography
import Maillage

/// `GET /api/v1/map/{z}/{x}/{y}`: what a map draws in one tile, for everybody alike: only places that everybody sees.
enum MapTiles {
    static func serve(_ visit: Visit) async throws -> Answer {
        guard let z = WrittenNumber.whole(try visit.parameter("z").utf8),
            let x = WrittenNumber.whole(try visit.parameter("x").utf8),
            let y = WrittenNumber.whole(try visit.parameter("y").utf8),
            let tile = Tile(z: z, x: x, y: y)
        else { throw Missing() }
        let fields = try PlaceQueryFields(visit.query).checked()
        let kept = visit.reception.maps.tile(tile, fields, of: visit.reception.directory, now: visit.now)
        return kept.answer(to: visit)
    }

    /// How the machine interface documents it.
    static let operation = Route.Operation(
        "Les lieux d’une tuile de la carte, groupés",
        query: parameters)

    /// The filters that every list of places takes.
    static let parameters: [Route.Operation.Parameter] = [
        .init("q", "string", "Mots cherchés dans le nom, la commune, les services et les textes."),
        .init("kind", "string", "Familles de lieux, par codes séparés par des virgules."),
        .init("service", "string", "Services rendus, par codes."),
        .init("audience", "string", "Publics accueillis, par codes."),
        .init("maturity", "string", "Étapes de vie du lieu, par codes."),
        .init("accessibility", "string", "Accessibilité, par codes."),
        .init("circle", "string", "Cercles, par identifiants."),
        .init("commune", "string", "Code INSEE d’une commune."),
        .init("epci", "string", "SIREN d’une intercommunalité."),
        .init("departement", "string", "Codes de départements."),
        .init("region", "string", "Codes de régions."),
        .init("near", "string", "latitude,longitude en degrés."),
        .init("radius", "number", "Rayon en mètres autour de near."),
        .init("open_at", "string", "Ouverts à cet instant (ISO 8601)."),
        .init("updated_since", "string", "Mis à jour depuis cet instant (ISO 8601)."),
    ]
}
