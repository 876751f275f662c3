import Exchange

/// What a field of a sheet holds, whatever the field. One canonical form, so that two values are equal exactly when people would
/// say so, and so that history, provenance, proposals, imports and exports treat all fields alike.
public enum SheetValue: Sendable, Hashable {
    case text(String)
    case number(Int)
    case flag(Bool)
    /// Codes of a reference list, in the list's order, without repeats.
    case codes([String])
    /// Repeated groups (sites, links, labels…): each a set of named texts, empty ones left out.
    case rows([[String: String]])

    /// Whether there is nothing in it; empty values are never kept.
    public var isEmpty: Bool {
        switch self {
        case .text(let text): text.isEmpty
        case .codes(let codes): codes.isEmpty
        case .rows(let rows): rows.isEmpty
        case .number, .flag: false
        }
    }

    public var text: String? { if case .text(let text) = self { text } else { nil } }
    public var number: Int? { if case .number(let number) = self { number } else { nil } }
    public var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    public var codes: [String]? { if case .codes(let codes) = self { codes } else { nil } }
    public var rows: [[String: String]]? { if case .rows(let rows) = self { rows } else { nil } }

    var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .number(let number): .number(JSONNumber(number))
        case .flag(let flag): .bool(flag)
        case .codes(let codes): .array(codes.map { .string($0) })
        case .rows(let rows):
            .array(
                rows.map { row in
                    .object(JSONObject(row.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) }))
                })
        }
    }

    init?(json: JSONValue) {
        switch json {
        case .string(let text): self = .text(text)
        case .bool(let flag): self = .flag(flag)
        case .number(let number):
            guard let whole = number.int else { return nil }
            self = .number(whole)
        case .array(let items):
            if let codes = Self.all(items, { $0.string }), !codes.isEmpty {
                self = .codes(codes)
            } else if let rows = Self.all(items, { $0.object.flatMap(Self.row) }) {
                self = .rows(rows)
            } else {
                return nil
            }
        case .null, .object: return nil
        }
    }

    private static func row(_ object: JSONObject) -> [String: String]? {
        var row: [String: String] = [:]
        for member in object.members {
            guard let text = member.value.string else { return nil }
            row[member.name] = text
        }
        return row
    }

    private static func all<T>(_ items: [JSONValue], _ read: (JSONValue) -> T?) -> [T]? {
        var result: [T] = []
        result.reserveCapacity(items.count)
        for item in items {
            guard let value = read(item) else { return nil }
            result.append(value)
        }
        return result
    }
}
