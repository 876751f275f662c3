import Exchange

/// A column of the files of places, a member of the JSON of a place: one table tells all the formats and their documentation.
public struct PlaceColumn: Sendable {
    public enum Value: Sendable, Equatable {
        case none
        case text(String)
        case list([String])
        case integer(Int)
        case decimal(Double)
        case flag(Bool)
        case instant(Instant)
        /// Groups of named texts, names in English.
        case rows([[String: String]])
    }

    public enum Kind: Sendable, Equatable {
        case text, list, integer, decimal, flag, date, instant, address
        /// A code, or several, of a reference list.
        case code(ReferenceList)
        case codes(ReferenceList)
        /// Groups; the names of their members.
        case rows([String])
    }

    /// In English, as machines read it.
    public let name: String
    /// In French, for the page that documents the files.
    public let meaning: String
    public let kind: Kind
    /// Whether every place has it.
    public let isAlwaysThere: Bool
    public let value: @Sendable (PublicPlace) -> Value

    init(
        _ name: String, _ meaning: String, _ kind: Kind, always: Bool = false,
        _ value: @escaping @Sendable (PublicPlace) -> Value
    ) {
        self.name = name
        self.meaning = meaning
        self.kind = kind
        isAlwaysThere = always
        self.value = value
    }
}

extension PlaceColumn.Value {
    static func optional(_ text: String?) -> Self {
        guard let text, !text.isEmpty else { return .none }
        return .text(text)
    }

    /// As one cell of a table: several values are joined by `|`; groups by their most telling members.
    public var cell: String {
        switch self {
        case .none: ""
        case .text(let text): text
        case .list(let list): list.joined(separator: "|")
        case .integer(let number): String(number)
        case .decimal(let number): Site.degrees(number)
        case .flag(let flag): flag ? "true" : "false"
        case .instant(let instant): ISO8601.text(instant)
        case .rows(let rows):
            rows.map { row in
                row.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
            }.joined(separator: "|")
        }
    }

    var xlsx: WorkbookCell {
        switch self {
        case .none: .empty
        case .integer(let number): .integer(number)
        case .decimal(let number): .number(number)
        case .flag(let flag): .flag(flag)
        case .instant(let instant): .time(CivilZone.paris.local(instant.microseconds))
        case .text, .list, .rows: .text(cell)
        }
    }

    /// As JSON: lists and groups that are empty are empty arrays, the rest `null`.
    func write(_ kind: PlaceColumn.Kind, _ json: inout JSONWriter) {
        switch self {
        case .none:
            switch kind {
            case .list, .codes, .rows:
                json.beginArray()
                json.endArray()
            default: json.null()
            }
        case .text(let text): json.string(text)
        case .integer(let number): json.int(number)
        case .decimal(let number): json.double((number * 1e6).rounded() / 1e6)
        case .flag(let flag): json.bool(flag)
        case .instant(let instant): json.string(ISO8601.text(instant))
        case .list(let list):
            json.beginArray()
            for text in list { json.string(text) }
            json.endArray()
        case .rows(let rows):
            json.beginArray()
            for row in rows { PlaceRows.write(row, &json) }
            json.endArray()
        }
    }
}

/// Instants as machines read them.
public enum ISO8601 {
    /// `2026-05-31T09:00:00Z`.
    public static func text(_ instant: Instant) -> String {
        CivilZone.utc.local(instant.seconds * 1_000_000).description + "Z"
    }
}
