import Exchange

/// As much of JSON Schema as our own documents use.
enum SchemaCheck {
    static func faults(of value: JSONValue, against schema: JSONValue, at path: String = "$") -> [String] {
        var faults: [String] = []
        if let choices = schema["enum"]?.array, !choices.contains(value) {
            faults.append("\(path): not one of the choices")
        }
        let types = schema["type"]?.array?.compactMap(\.string) ?? schema["type"]?.string.map { [$0] } ?? []
        if !types.isEmpty, !types.contains(where: { matches(value, $0) }) {
            faults.append("\(path): \(value.kind), not \(types)")
        }
        if let items = schema["items"], let array = value.array {
            for (index, item) in array.enumerated() {
                faults += Self.faults(of: item, against: items, at: "\(path)[\(index)]")
            }
        }
        guard let object = value.object else { return faults }
        for name in schema["required"]?.array?.compactMap(\.string) ?? [] where object[name] == nil {
            faults.append("\(path).\(name): absent")
        }
        for member in object.members {
            if let known = schema["properties"]?[member.name] {
                faults += Self.faults(of: member.value, against: known, at: "\(path).\(member.name)")
            } else if schema["additionalProperties"]?.bool == false {
                faults.append("\(path).\(member.name): unknown")
            }
        }
        return faults
    }

    private static func matches(_ value: JSONValue, _ type: String) -> Bool {
        switch (value, type) {
        case (.null, "null"), (.bool, "boolean"), (.number, "number"), (.string, "string"), (.array, "array"),
            (.object, "object"):
            true
        case (.number(let number), "integer"): number.int != nil
        default: false
        }
    }
}
