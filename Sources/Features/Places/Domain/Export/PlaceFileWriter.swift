import Exchange

/// Writes places in one of the formats of the open files, piece by piece.
public struct PlaceFileWriter: Sendable {
    public enum Format: String, Sendable, CaseIterable {
        case csv, mednum, geojson, json
    }

    private enum Pen: Sendable {
        case csv(CSVWriter)
        case mednum(CSVWriter)
        case geojson(GeoJSONPointWriter)
        case json(JSONWriter)
    }

    private var pen: Pen

    /// Begins the file: titles of columns, opening braces.
    public init(_ format: Format) {
        switch format {
        case .csv:
            var csv = CSVWriter()
            csv.record(PlaceColumn.all.map(\.name))
            pen = .csv(csv)
        case .mednum:
            var csv = CSVWriter()
            csv.record(MednumColumn.all.map(\.name))
            pen = .mednum(csv)
        case .geojson: pen = .geojson(GeoJSONPointWriter())
        case .json:
            var json = JSONWriter()
            json.beginObject()
            json.name("items")
            json.beginArray()
            pen = .json(json)
        }
    }

    public mutating func append(_ places: [PublicPlace]) {
        switch pen {
        case .csv(var csv):
            pen = .csv(CSVWriter())
            for place in places {
                for column in PlaceColumn.all { csv.cell(column.value(place).cell) }
                csv.endRecord()
            }
            pen = .csv(csv)
        case .mednum(var csv):
            pen = .csv(CSVWriter())
            for place in places where MednumColumn.holds(place) {
                for column in MednumColumn.all { csv.cell(column.value(place)) }
                csv.endRecord()
            }
            pen = .mednum(csv)
        case .geojson(var geojson):
            pen = .csv(CSVWriter())
            for place in places {
                let position = place.site?.point.map { GeoJSONPosition(longitude: $0.longitude, latitude: $0.latitude) }
                geojson.feature(id: place.id.text, at: position) { PlaceJSON.members(of: place, &$0) }
            }
            pen = .geojson(geojson)
        case .json(var json):
            pen = .csv(CSVWriter())
            for place in places {
                json.lineBreak()
                PlaceJSON.write(place, &json)
            }
            pen = .json(json)
        }
    }

    public mutating func finish() {
        switch pen {
        case .csv, .mednum: break
        case .geojson(var geojson):
            geojson.finish()
            pen = .geojson(geojson)
        case .json(var json):
            json.endArray()
            json.endObject()
            json.lineBreak()
            pen = .json(json)
        }
    }

    /// Hands over what was written since the last call.
    public mutating func take() -> [UInt8] {
        switch pen {
        case .csv(var csv):
            let bytes = csv.take()
            pen = .csv(csv)
            return bytes
        case .mednum(var csv):
            let bytes = csv.take()
            pen = .mednum(csv)
            return bytes
        case .geojson(var geojson):
            let bytes = geojson.take()
            pen = .geojson(geojson)
            return bytes
        case .json(var json):
            let bytes = json.take()
            pen = .json(json)
            return bytes
        }
    }
}

/// A place as JSON.
public enum PlaceJSON {
    /// The whole object. `more` adds members at its end.
    public static func write(
        _ place: PublicPlace, _ json: inout JSONWriter, more: (inout JSONWriter) -> Void = { _ in }
    ) {
        json.beginObject()
        members(of: place, &json)
        more(&json)
        json.endObject()
    }

    /// The members: the columns of the files, and the commune as an object of its own.
    public static func members(of place: PublicPlace, _ json: inout JSONWriter) {
        for column in PlaceColumn.all {
            switch column.name {
            case "commune_code": commune(of: place, &json)
            case "commune_name": continue
            default:
                json.name(column.name)
                column.value(place).write(column.kind, &json)
            }
        }
    }

    private static func commune(of place: PublicPlace, _ json: inout JSONWriter) {
        json.name("commune")
        guard let site = place.site, site.commune != nil || !site.communeName.isEmpty else { return json.null() }
        json.beginObject()
        json.member("code", site.commune)
        json.member("name", site.communeName)
        json.endObject()
    }
}

/// Public places as a workbook, written while it is sent.
public final class PlaceWorkbook {
    private let stream: WorkbookStream

    /// - Parameter now: stands in the file as its date.
    public init(at now: Instant) throws {
        stream = try WorkbookStream(
            .xlsx, sheets: [.init("Lieux", columns: PlaceColumn.all.map { WorkbookColumn($0.name) })],
            modified: now.seconds)
    }

    public func append(_ places: [PublicPlace]) throws {
        for place in places { try stream.append(PlaceColumn.all.map { $0.value(place).xlsx }) }
    }

    /// Hands over what was written since the last call.
    public func take() -> [UInt8] { stream.take() }

    /// The end of the file.
    public func finish() throws -> [UInt8] {
        try stream.close()
        var bytes: [UInt8] = []
        while let piece = try stream.rest() { bytes += piece }
        return bytes
    }
}
