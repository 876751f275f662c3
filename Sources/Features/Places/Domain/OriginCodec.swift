import Exchange

/// Provenance as `place.origins` holds it: sources named once, then for each field the source's rank and the second.
enum OriginCodec {
    static func json(_ origins: [SheetField: Origin]) -> String {
        var groups: [(origin: Origin, fields: [String])] = []
        for field in SheetField.allCases {
            guard let origin = origins[field] else { continue }
            if let index = groups.firstIndex(where: { $0.origin == origin }) {
                groups[index].fields.append(field.rawValue)
            } else {
                groups.append((origin, [field.rawValue]))
            }
        }
        let items = groups.map { group in
            JSONValue.array([
                .string(group.origin.source), .number(JSONNumber(Int(group.origin.at.microseconds))),
                .string(group.fields.joined(separator: " ")),
            ])
        }
        return String(decoding: JSONWriter.bytes(of: .array(items)), as: UTF8.self)
    }

    static func origins(json text: String) throws -> [SheetField: Origin] {
        var origins: [SheetField: Origin] = [:]
        for item in try JSONValue.parse(Array(text.utf8)).array ?? [] {
            guard let parts = item.array, parts.count == 3, let source = parts[0].string, let at = parts[1].int,
                let fields = parts[2].string
            else { continue }
            let origin = Origin(source: source, at: Instant(microseconds: Int64(at)))
            for name in fields.split(separator: " ") {
                if let field = SheetField(rawValue: String(name)) { origins[field] = origin }
            }
        }
        return origins
    }
}
