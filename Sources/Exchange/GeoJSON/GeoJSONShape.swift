/// Makes parsed JSON into geometries and features, refusing what RFC 7946 refuses where the reading depends on it.
struct GeoJSONShape {
    /// A problem by path; the line is sought afterwards.
    struct Refusal: Error {
        let reason: String
        let path: [JSONStep]
    }

    /// The parsed parts of a feature.
    typealias Parts = (id: String?, geometry: GeoJSONGeometry?, properties: JSONObject)

    static let geometryTypes: Set<String> = [
        "Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection",
    ]

    static func feature(_ value: JSONValue) throws(Refusal) -> Parts {
        guard let object = value.object else { throw refusal("a feature must be an object, not \(value.kind)", []) }
        guard try type(of: object, []) == "Feature" else {
            throw refusal("the type of a feature must be “Feature”", [.member("type")])
        }
        try refuse(["features", "coordinates", "geometries"], in: object, of: "Feature")
        try checkBox(object, [])
        var id: String?
        switch object["id"] {
        case .string(let text): id = text
        case .number(let number): id = number.text
        case .none: break
        case .some(let other): throw refusal("an id must be a string or a number, not \(other.kind)", [.member("id")])
        }
        guard let properties = object["properties"] else { throw refusal("“properties” is missing", []) }
        guard properties.isNull || properties.object != nil else {
            throw refusal("“properties” must be an object or null, not \(properties.kind)", [.member("properties")])
        }
        guard let place = object["geometry"] else { throw refusal("“geometry” is missing", []) }
        let shape = place.isNull ? nil : try geometry(place, [.member("geometry")])
        return (id, shape, properties.object ?? JSONObject())
    }

    static func geometry(
        _ value: JSONValue, _ path: [JSONStep], inCollection: Bool = false
    ) throws(Refusal) -> GeoJSONGeometry {
        guard let object = value.object else { throw refusal("a geometry must be an object, not \(value.kind)", path) }
        let type = try type(of: object, path)
        guard geometryTypes.contains(type) else {
            throw refusal("“\(type)” is not a geometry", path + [.member("type")])
        }
        try refuse(["geometry", "properties", "features"], in: object, of: type, path)
        try checkBox(object, path)
        if type == "GeometryCollection" {
            // Section 3.1.8 advises against nesting; refusing it keeps the reading flat.
            if inCollection { throw refusal("a GeometryCollection inside another", path) }
            let at = path + [.member("geometries")]
            var shapes: [GeoJSONGeometry] = []
            for (index, item) in try array(object["geometries"], "geometries", path).enumerated() {
                shapes.append(try geometry(item, at + [.item(index)], inCollection: true))
            }
            return .collection(shapes)
        }
        guard let coordinates = object["coordinates"] else { throw refusal("“coordinates” is missing", path) }
        let at = path + [.member("coordinates")]
        switch type {
        case "Point": return .point(try position(coordinates, at))
        case "MultiPoint": return .multiPoint(try list(coordinates, at, position))
        case "LineString": return .lineString(try line(coordinates, at))
        case "MultiLineString": return .multiLineString(try list(coordinates, at, line))
        case "Polygon": return .polygon(try list(coordinates, at, ring))
        default: return .multiPolygon(try list(coordinates, at, polygon))
        }
    }

    /// Section 5: four numbers, or six with altitudes.
    static func checkBox(_ object: JSONObject, _ path: [JSONStep]) throws(Refusal) {
        guard let box = object["bbox"] else { return }
        let at = path + [.member("bbox")]
        guard let items = box.array else { throw refusal("a bbox must be an array, not \(box.kind)", at) }
        guard items.count == 4 || items.count == 6 else {
            throw refusal("a bbox must have 4 or 6 numbers, not \(items.count)", at)
        }
        for (index, item) in items.enumerated() where item.double == nil {
            throw refusal("a bbox must be of numbers, not \(item.kind)", at + [.item(index)])
        }
    }

    /// Section 7.1: a member with a defined meaning may not stand in another type.
    static func refuse(
        _ names: [String], in object: JSONObject, of type: String, _ path: [JSONStep] = []
    ) throws(Refusal) {
        for name in names where object[name] != nil {
            throw refusal("a \(type) may not have “\(name)”", path + [.member(name)])
        }
    }

    static func type(of object: JSONObject, _ path: [JSONStep]) throws(Refusal) -> String {
        guard let type = object["type"] else { throw refusal("“type” is missing", path) }
        guard let text = type.string else {
            throw refusal("“type” must be a string, not \(type.kind)", path + [.member("type")])
        }
        return text
    }

    static func refusal(_ reason: String, _ path: [JSONStep]) -> Refusal { Refusal(reason: reason, path: path) }
}

extension GeoJSONShape {
    private static func array(
        _ value: JSONValue?, _ name: String, _ path: [JSONStep]
    ) throws(Refusal) -> [JSONValue] {
        guard let value else { throw refusal("“\(name)” is missing", path) }
        guard let items = value.array else {
            throw refusal("“\(name)” must be an array, not \(value.kind)", path + [.member(name)])
        }
        return items
    }

    private static func list<T>(
        _ value: JSONValue, _ path: [JSONStep], _ each: (JSONValue, [JSONStep]) throws(Refusal) -> T
    ) throws(Refusal) -> [T] {
        guard let items = value.array else { throw refusal("expected an array, not \(value.kind)", path) }
        var list: [T] = []
        list.reserveCapacity(items.count)
        for (index, item) in items.enumerated() {
            do throws(Refusal) {
                list.append(try each(item, []))
            } catch {
                // The path is only built when there is something to tell.
                throw refusal(error.reason, path + [.item(index)] + error.path)
            }
        }
        return list
    }

    private static func position(_ value: JSONValue, _ path: [JSONStep]) throws(Refusal) -> GeoJSONPosition {
        guard let items = value.array else { throw refusal("a position must be an array, not \(value.kind)", path) }
        guard items.count >= 2 else { throw refusal("a position needs a longitude and a latitude", path) }
        for (index, item) in items.enumerated() where item.double == nil {
            throw refusal("a position must be of numbers, not \(item.kind)", path + [.item(index)])
        }
        guard let longitude = items[0].double, abs(longitude) <= 180 else {
            throw refusal("the longitude is not within 180 degrees", path + [.item(0)])
        }
        guard let latitude = items[1].double, abs(latitude) <= 90 else {
            throw refusal("the latitude is not within 90 degrees", path + [.item(1)])
        }
        return GeoJSONPosition(
            longitude: longitude, latitude: latitude, altitude: items.count > 2 ? items[2].double : nil)
    }

    private static func line(_ value: JSONValue, _ path: [JSONStep]) throws(Refusal) -> [GeoJSONPosition] {
        let positions = try list(value, path, position)
        guard positions.count >= 2 else { throw refusal("a line needs two positions", path) }
        return positions
    }

    private static func ring(_ value: JSONValue, _ path: [JSONStep]) throws(Refusal) -> [GeoJSONPosition] {
        let positions = try list(value, path, position)
        guard positions.count >= 4 else { throw refusal("a ring needs four positions", path) }
        guard let first = positions.first, let last = positions.last, first == last else {
            throw refusal("a ring must end where it begins", path)
        }
        return positions
    }

    private static func polygon(_ value: JSONValue, _ path: [JSONStep]) throws(Refusal) -> [[GeoJSONPosition]] {
        try list(value, path, ring)
    }
}
