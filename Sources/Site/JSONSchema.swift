import Exchange

/// Pieces of JSON Schema (2020-12), as OpenAPI 3.1 takes them.
enum JSONSchema {
    static func type(_ names: String...) -> JSONValue { type(names) }

    static func type(_ names: [String], format: String? = nil) -> JSONValue {
        var object = JSONObject()
        object.append("type", names.count == 1 ? .string(names[0]) : .array(names.map { .string($0) }))
        if let format { object.append("format", .string(format)) }
        return .object(object)
    }

    static func array(of items: JSONValue) -> JSONValue {
        .object(JSONObject([.init("type", .string("array")), .init("items", items)]))
    }

    /// One of these texts.
    static func choice(_ texts: [String], orNull: Bool = false) -> JSONValue {
        .object(JSONObject([.init("enum", .array(texts.map { .string($0) } + (orNull ? [.null] : [])))]))
    }

    /// An object with all of `members`, perhaps some of `optional`, and nothing else.
    static func object(
        _ members: [(String, JSONValue)], optional: [(String, JSONValue)] = [], orNull: Bool = false
    ) -> JSONValue {
        JSONValue.object(
            JSONObject([
                .init("type", orNull ? .array([.string("object"), .string("null")]) : .string("object")),
                .init("properties", .object(JSONObject((members + optional).map { .init($0.0, $0.1) }))),
                .init("required", .array(members.map { .string($0.0) })),
                .init("additionalProperties", .bool(false)),
            ]))
    }

    static func described(_ schema: JSONValue, _ meaning: String) -> JSONValue {
        guard var object = schema.object else { return schema }
        object.append("description", .string(meaning))
        return .object(object)
    }
}
