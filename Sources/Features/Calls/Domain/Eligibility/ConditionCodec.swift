import Exchange

/// The parameters of a condition as the JSON that is stored, and back. What a later version wrote and this one cannot read
/// throws: a condition is never silently dropped.
enum ConditionCodec {
    struct Unreadable: Error, Equatable {}

    static func json(_ predicate: EligibilityCondition.Predicate) -> String {
        var json = JSONWriter()
        json.beginObject()
        switch predicate {
        case .territory(let areas, let edition, let readOn):
            json.name("areas")
            json.beginArray()
            for area in areas {
                json.beginObject()
                json.member("kind", area.kind.rawValue)
                json.member("code", area.code)
                json.member("name", area.name)
                json.endObject()
            }
            json.endArray()
            json.member("edition", edition)
            json.member("on", readOn)
        case .zoning(let kind, let edition):
            json.member("kind", kind)
            json.member("edition", edition)
        case .legalForm(let codes), .maturity(let codes):
            json.name("codes")
            json.beginArray()
            for code in codes { json.string(code) }
            json.endArray()
        case .age(let months): json.member("months", months)
        case .amount(let floor, let ceiling):
            json.member("floor", floor)
            json.member("ceiling", ceiling)
        case .publicAid(let limit): json.member("at_most", limit)
        case .registered, .siret: break
        }
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    static func predicate(kind: String, json text: String) throws -> EligibilityCondition.Predicate {
        guard let kind = EligibilityCondition.Kind(rawValue: kind) else { throw Unreadable() }
        let json = try JSONValue.parse(Array(text.utf8))
        func codes() throws -> [String] {
            guard let items = json["codes"]?.array else { throw Unreadable() }
            return items.compactMap(\.string)
        }
        switch kind {
        case .territory:
            guard let areas = json["areas"]?.array else { throw Unreadable() }
            return .territory(
                try areas.map { area in
                    guard let kind = area["kind"]?.string.flatMap(CallTerritory.Area.Kind.init),
                        let code = area["code"]?.string
                    else { throw Unreadable() }
                    return CallTerritory.Area(kind, code, area["name"]?.string ?? code)
                }, edition: json["edition"]?.string ?? "", readOn: json["on"]?.string ?? "")
        case .zoning:
            guard let kind = json["kind"]?.string else { throw Unreadable() }
            return .zoning(kind: kind, edition: json["edition"]?.string ?? "")
        case .legalForm: return .legalForm(try codes())
        case .maturity: return .maturity(try codes())
        case .age:
            guard let months = json["months"]?.int else { throw Unreadable() }
            return .age(months: months)
        case .registered: return .registered
        case .amount: return .amount(floor: json["floor"]?.int, ceiling: json["ceiling"]?.int)
        case .siret: return .siret
        case .publicAid:
            guard let limit = json["at_most"]?.int else { throw Unreadable() }
            return .publicAid(atMost: limit)
        }
    }
}
