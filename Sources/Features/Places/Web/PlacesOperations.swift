import Exchange
import Maillage

/// How the machine interface documents places.
enum PlacesOperations {
    static let list = Route.Operation(
        "Les lieux publics du réseau, filtrés, par pages",
        query: filters + [
            .init("sort", "string", "name, relevance (avec q), distance (avec near) ou updated."),
            .init("limit", "integer", "De 1 à 500, 50 par défaut."),
            .init("cursor", "string", "next_cursor de la réponse précédente, pour la même question."),
        ],
        schema: JSONSchema.object([
            ("items", JSONSchema.array(of: item([photos], with: [("distance_m", JSONSchema.type("integer", "null"))]))),
            ("total", JSONSchema.type("integer")),
            ("next_cursor", JSONSchema.type("string", "null")),
        ]))

    static let one = Route.Operation(
        "Un lieu public, par son identifiant ou par la fin de son adresse", schema: item([photos]))

    static let csv = Route.Operation(
        "Le fichier ouvert des lieux, en CSV (UTF-8, virgules)", query: filters, answers: "text/csv",
        schema: JSONSchema.type("string"))

    static let mednum = Route.Operation(
        "Le fichier ouvert des lieux, au schéma national «\u{A0}Lieux de médiation numérique\u{A0}»", query: filters,
        answers: "text/csv", schema: JSONSchema.type("string"))

    static let xlsx = Route.Operation(
        "Le fichier ouvert des lieux, en classeur", query: filters,
        answers: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

    static let geojson = Route.Operation(
        "Le fichier ouvert des lieux, en GeoJSON (RFC 7946)", query: filters, answers: "application/geo+json",
        schema: JSONSchema.object([
            ("type", JSONSchema.choice(["FeatureCollection"])),
            (
                "features",
                JSONSchema.array(
                    of: JSONSchema.object([
                        ("type", JSONSchema.choice(["Feature"])),
                        ("id", JSONSchema.type("string")),
                        ("geometry", JSONSchema.type("object", "null")),
                        ("properties", item()),
                    ]))
            ),
        ]))

    /// `bbox` belongs to lists and files; tiles have their own frame.
    static let filters = MapTiles.parameters + [.init("bbox", "string", "ouest,sud,est,nord en degrés.")]

    /// The photos of a place, which open files leave out: their licences differ from the file's.
    static let photos: (String, JSONValue) = (
        "photos",
        JSONSchema.described(
            JSONSchema.array(
                of: JSONSchema.object([
                    ("id", JSONSchema.type("string")),
                    ("alternative", JSONSchema.described(JSONSchema.type("string"), "Ce que montre la photo")),
                    ("credit", JSONSchema.described(JSONSchema.type("string"), "Qui l’a prise")),
                    ("licence", JSONSchema.choice(PhotoLicence.allCases.map(\.rawValue))),
                    ("licence_url", JSONSchema.type(["string", "null"], format: "uri")),
                    (
                        "sizes",
                        JSONSchema.described(
                            JSONSchema.array(
                                of: JSONSchema.object([
                                    ("url", JSONSchema.type(["string"], format: "uri")),
                                    ("width", JSONSchema.type("integer")), ("height", JSONSchema.type("integer")),
                                ])),
                            "La même en plusieurs largeurs, en pixels, de la plus petite à la plus grande (WebP)")
                    ),
                ])),
            "Les photos, la première d’abord\u{202F}; chacune a sa licence\u{202F}: «\u{A0}reserves\u{A0}» n’autorise aucune reprise"
        )
    )

    /// The schema of a place: every member is there, `always` after the columns, `more` only in some answers.
    static func item(
        _ always: [(String, JSONValue)] = [], with more: [(String, JSONValue)] = []
    ) -> JSONValue {
        var members: [(String, JSONValue)] = []
        for column in PlaceColumn.all where column.name != "commune_name" {
            if column.name == "commune_code" {
                members.append(
                    (
                        "commune",
                        JSONSchema.object(
                            [("code", JSONSchema.type("string", "null")), ("name", JSONSchema.type("string"))],
                            orNull: true)
                    ))
            } else {
                members.append((column.name, schema(of: column)))
            }
        }
        return JSONSchema.object(members + always, optional: more)
    }

    static func schema(of column: PlaceColumn) -> JSONValue {
        let null = column.isAlwaysThere ? [] : ["null"]
        let schema: JSONValue =
            switch column.kind {
            case .text, .date: JSONSchema.type(["string"] + null)
            case .address: JSONSchema.type(["string"] + null, format: "uri")
            case .instant: JSONSchema.type(["string"] + null, format: "date-time")
            case .integer: JSONSchema.type(["integer"] + null)
            case .decimal: JSONSchema.type(["number"] + null)
            case .flag: JSONSchema.type(["boolean"] + null)
            case .list: JSONSchema.array(of: JSONSchema.type("string"))
            case .code(let list): JSONSchema.choice(list.entries.map(\.code), orNull: !column.isAlwaysThere)
            case .codes(let list): JSONSchema.array(of: JSONSchema.choice(list.entries.map(\.code)))
            case .rows(let names):
                JSONSchema.array(
                    of: JSONSchema.object([], optional: names.map { ($0, JSONSchema.type("string", "number")) }))
            }
        return JSONSchema.described(schema, column.meaning)
    }
}
