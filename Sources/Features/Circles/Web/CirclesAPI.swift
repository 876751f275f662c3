import Exchange
import HTTPTypes
import Maillage

/// `/api/v1/circles`: the circles of the network. They are public.
enum CirclesAPI {
    static func list(_ visit: Visit) async throws -> Answer {
        let circles = try await visit.read { try CircleStore.all($0) }
        let base = visit.reception.settings.baseURL
        var json = JSONWriter()
        json.beginObject()
        json.name("items")
        json.beginArray()
        for circle in circles {
            json.beginObject()
            json.member("id", circle.id.text)
            json.member("slug", circle.slug)
            json.member("code", circle.code)
            json.member("name", circle.name)
            json.member("kind", circle.kind.rawValue)
            json.member("summary", circle.summary)
            json.member("url", base + Paths.path("cercles", circle.slug))
            json.endObject()
        }
        json.endArray()
        json.member("total", circles.count)
        json.name("next_cursor")
        json.null()
        json.endObject()
        return Answer.json(json.bytes).with(.cacheControl, "public, max-age=0, must-revalidate").with(
            .vary, "Accept-Encoding")
    }

    static let operation = Route.Operation(
        "Les cercles du réseau",
        schema: JSONSchema.object([
            (
                "items",
                JSONSchema.array(
                    of: JSONSchema.object(
                        ["id", "slug", "code", "name"].map { ($0, JSONSchema.type("string")) } + [
                            ("kind", JSONSchema.choice(Circle.Kind.allCases.map(\.rawValue))),
                            ("summary", JSONSchema.type("string")),
                            ("url", JSONSchema.type(["string"], format: "uri")),
                        ]))
            ),
            ("total", JSONSchema.type("integer")),
            ("next_cursor", JSONSchema.type("string", "null")),
        ]))
}
