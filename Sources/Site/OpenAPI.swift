import Exchange
import Maillage

/// The machine interface told in OpenAPI 3.1, from the site map itself.
public enum OpenAPI {
    /// The document, as JSON. Only routes with an `operation` are in it.
    public static func document(of routes: [Route], settings: Settings) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.member("openapi", "3.1.0")
        object("info", &json) { json in
            json.member("title", settings.networkName)
            json.member("version", "1")
            json.member("description", "Données ouvertes du réseau, produites par Maillage.")
        }
        json.name("servers")
        json.beginArray()
        json.beginObject()
        json.member("url", settings.baseURL)
        json.endObject()
        json.endArray()
        object("paths", &json) { json in
            for route in routes {
                guard let operation = route.operation else { continue }
                object(route.pattern, &json) { json in
                    object(route.method.rawValue.lowercased(), &json) { describe(operation, of: route, &$0) }
                }
            }
        }
        json.endObject()
        return json.bytes
    }

    private static func describe(_ operation: Route.Operation, of route: Route, _ json: inout JSONWriter) {
        json.member("summary", operation.summary)
        json.member("operationId", identifier(route))
        json.name("parameters")
        json.beginArray()
        for name in route.parameterNames { describe(Route.Operation.Parameter(name, "string", ""), in: "path", &json) }
        for parameter in operation.query { describe(parameter, in: "query", &json) }
        json.endArray()
        object("responses", &json) { json in
            object("200", &json) { json in
                json.member("description", operation.summary)
                content(operation.answers, operation.schema ?? .object(JSONObject()), &json)
            }
            object("default", &json) { json in
                json.member("description", "Refus, au format RFC 9457.")
                content("application/problem+json", .object(JSONObject()), &json)
            }
        }
    }

    private static func describe(_ parameter: Route.Operation.Parameter, in place: String, _ json: inout JSONWriter) {
        json.beginObject()
        json.member("name", parameter.name)
        json.member("in", place)
        json.member("required", place == "path")
        if !parameter.meaning.isEmpty { json.member("description", parameter.meaning) }
        object("schema", &json) { $0.member("type", parameter.type) }
        json.endObject()
    }

    private static func content(_ type: String, _ schema: JSONValue, _ json: inout JSONWriter) {
        object("content", &json) { json in
            object(type, &json) { json in
                json.name("schema")
                json.value(schema)
            }
        }
    }

    private static func object(_ name: String, _ json: inout JSONWriter, _ members: (inout JSONWriter) -> Void) {
        json.name(name)
        json.beginObject()
        members(&json)
        json.endObject()
    }

    private static func identifier(_ route: Route) -> String {
        let words = route.pattern.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
        return ([route.method.rawValue.lowercased()] + words.map(String.init)).joined(separator: "_")
    }
}
