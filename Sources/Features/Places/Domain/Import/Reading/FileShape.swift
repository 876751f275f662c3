import Exchange

/// What the first bytes of a file say it is.
enum FileShape: Sendable, Equatable {
    case csv
    /// An array of objects.
    case list
    /// An object one of whose members is the array of objects.
    case member(String)
    case geojson

    /// - Parameter head: the first bytes in UTF-8, without byte order mark.
    static func of(_ head: [UInt8], raw: [UInt8]) throws(PlaceImportRefusal) -> FileShape {
        if raw.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            throw PlaceImportRefusal("this is a workbook or a ZIP archive: save the sheet as CSV (UTF-8) first")
        }
        if raw.starts(with: Array("%PDF".utf8)) { throw PlaceImportRefusal("this is a PDF: its tables cannot be read") }
        if raw.starts(with: [0x1F, 0x8B]) { throw PlaceImportRefusal("this file is compressed: uncompress it first") }
        if head.prefix(4_096).contains(0) { throw PlaceImportRefusal("this is not a text file") }
        guard let first = head.first(where: { $0 > 0x20 }) else {
            throw PlaceImportRefusal("the file is empty", line: 1)
        }
        switch first {
        case UInt8(ascii: "["): return .list
        case UInt8(ascii: "{"): return try object(head)
        case UInt8(ascii: "<"):
            throw PlaceImportRefusal("this is HTML or XML: CSV, JSON and GeoJSON are read", line: 1)
        default: return .csv
        }
    }

    /// The first member of the top object that is an array of objects.
    private static func object(_ head: [UInt8]) throws(PlaceImportRefusal) -> FileShape {
        var keys: [String] = []
        var lists: [String] = []
        var depth = 0
        var index = 0
        var key = ""
        var awaitsValue = false
        while index < head.count {
            let byte = head[index]
            switch byte {
            case 0x22:
                let start = index + 1
                index = start
                while index < head.count, head[index] != 0x22 { index += head[index] == 0x5C ? 2 : 1 }
                if depth == 1, !awaitsValue {
                    key = String(decoding: head[start..<min(index, head.count)], as: UTF8.self)
                }
            case UInt8(ascii: ":") where depth == 1:
                awaitsValue = true
                keys.append(key)
            case UInt8(ascii: ",") where depth == 1: awaitsValue = false
            case UInt8(ascii: "["):
                let next = head[min(index + 1, head.count)...].first { $0 > 0x20 }
                if depth == 1, next == UInt8(ascii: "{") || next == UInt8(ascii: "]") || next == nil {
                    lists.append(key)
                }
                depth += 1
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            default: break
            }
            index += 1
        }
        if keys.contains("features") || keys.contains("geometry") || keys.contains("coordinates") { return .geojson }
        if keys.contains("type"), keys.contains("geometries") { return .geojson }
        if let list = lists.first { return .member(list) }
        throw PlaceImportRefusal("there is no list of places in this JSON", line: 1)
    }
}
