import Maillage

/// The machine interface told in OpenAPI 3.1, from the site map itself.
public enum OpenAPI {
    /// The document, as JSON. Only routes with an `operation` are in it.
    public static func document(of routes: [Route], settings: Settings) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.field("openapi", "3.1.0")
            json.object("info") { json in
                json.field("title", settings.networkName)
                json.field("version", "1")
                json.field("description", "Données ouvertes du réseau, produites par Maillage.")
            }
            json.array("servers", [settings.baseURL]) { json, address in
                json.object { $0.field("url", address) }
            }
            json.object("paths") { json in
                for route in routes {
                    guard let operation = route.operation else { continue }
                    json.object(route.pattern) { json in
                        json.object(route.method.rawValue.lowercased()) { describe(operation, of: route, &$0) }
                    }
                }
            }
        }
        return json.bytes
    }

    private static func describe(_ operation: Route.Operation, of route: Route, _ json: inout JSONText) {
        json.field("summary", operation.summary)
        json.field("operationId", identifier(route))
        let inPath = route.parameterNames.map { Route.Operation.Parameter($0, "string", "") }
        json.array("parameters", inPath.map { ($0, true) } + operation.query.map { ($0, false) }) { json, item in
            let (parameter, isInPath) = item
            json.object { json in
                json.field("name", parameter.name)
                json.field("in", isInPath ? "path" : "query")
                json.field("required", isInPath)
                if !parameter.meaning.isEmpty { json.field("description", parameter.meaning) }
                json.object("schema") { $0.field("type", parameter.type) }
            }
        }
        json.object("responses") { json in
            json.object("200") { json in
                json.field("description", operation.summary)
                json.object("content") { json in
                    json.object(operation.answers) { json in
                        json.field("schema", json: operation.schema ?? "{}")
                    }
                }
            }
            json.object("default") { json in
                json.field("description", "Refus, au format RFC 9457.")
                json.object("content") { json in
                    json.object("application/problem+json") { $0.field("schema", json: "{\"type\":\"object\"}") }
                }
            }
        }
    }

    private static func identifier(_ route: Route) -> String {
        let words = route.pattern.split(whereSeparator: { !$0.isLetter && !$0.isNumber })
        return ([route.method.rawValue.lowercased()] + words.map(String.init)).joined(separator: "_")
    }
}
