import Exchange
import Storage

/// One line of a place's history: who changed which fields, from what to what, when, from which source.
public struct PlaceChange: Sendable, Equatable {
    public typealias ID = Identifier<PlaceChange>

    public enum Kind: String, Sendable, CaseIterable {
        case creation
        case edit = "modification"
        case undo = "annulation"
        case imported = "import"
        case proposal = "proposition"
        case merge = "fusion"
        case state = "etat"
        case photoAdded = "photo_ajoutee"
        case photoEdited = "photo_modifiee"
        case photoRemoved = "photo_retiree"

        public var label: String {
            switch self {
            case .creation: "Création"
            case .edit: "Modification"
            case .undo: "Annulation"
            case .imported: "Import"
            case .proposal: "Proposition acceptée"
            case .merge: "Fusion"
            case .state: "Changement d’état"
            case .photoAdded: "Photo ajoutée"
            case .photoEdited: "Photo modifiée"
            case .photoRemoved: "Photo retirée"
            }
        }
    }

    public struct FieldChange: Sendable, Equatable {
        public let field: SheetField
        public let before: SheetValue?
        public let after: SheetValue?

        public init(_ field: SheetField, from before: SheetValue?, to after: SheetValue?) {
            self.field = field
            self.before = before
            self.after = after
        }
    }

    public let id: ID
    public let place: Place.ID
    public let version: Int
    public let at: Instant
    public let actor: Principal.ID?
    /// `Origin.person` or the name of an import source.
    public let source: String
    public let kind: Kind
    public let comment: String
    public let fields: [FieldChange]
    /// The photo it is about; it may have been erased since.
    public var photo: PlacePhoto.ID?
}

/// The SQL of `place_change`.
public enum PlaceHistory {
    static func add(_ change: PlaceChange, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO place_change (id, place_id, version, at, actor, source, kind, comment, fields, photo)
            VALUES (\(change.id), \(change.place), \(change.version), \(change.at), \(change.actor), \(change.source),
                \(change.kind.rawValue), \(change.comment), \(FieldChangeCodec.json(change.fields)),
                \(change.photo))
            """)
    }

    /// The latest changes of a place, newest first. The one who asks has been let in to the place before.
    public static func changes(of place: Place.ID, limit: Int = 100, _ reader: Reader) throws -> [PlaceChange] {
        try reader.all(
            """
            SELECT id, place_id, version, at, actor, source, kind, comment, fields, photo
            FROM place_change
            WHERE place_id = \(place)
            ORDER BY version DESC, id DESC
            LIMIT \(limit)
            """, read)
    }

    /// The fields that were taken of each proposal for some places, by the proposal's identifier in text.
    static func fieldsTaken(of places: [Place.ID], _ reader: Reader) throws -> [String: Set<SheetField>] {
        var taken: [String: Set<SheetField>] = [:]
        try reader.each(
            """
            SELECT comment, fields
            FROM place_change
            WHERE place_id IN \(list: places.map(\.number))
                AND kind = 'proposition'
            ORDER BY id
            """
        ) { row in
            let fields = try FieldChangeCodec.fields(json: try row.text(1)).map(\.field)
            taken[try row.text(0), default: []].formUnion(fields)
            return true
        }
        return taken
    }

    static func change(_ id: PlaceChange.ID, of place: Place.ID, _ reader: Reader) throws -> PlaceChange? {
        try reader.one(
            """
            SELECT id, place_id, version, at, actor, source, kind, comment, fields, photo
            FROM place_change
            WHERE id = \(id)
                AND place_id = \(place)
            """, read)
    }

    private static func read(_ row: Row) throws -> PlaceChange {
        PlaceChange(
            id: PlaceChange.ID(try row.int(0)),
            place: Place.ID(try row.int(1)),
            version: Int(try row.int(2)),
            at: Instant(microseconds: try row.int(3)),
            actor: try row.optionalInt(4).map { Principal.ID($0) },
            source: try row.text(5),
            kind: PlaceChange.Kind(rawValue: try row.text(6)) ?? .edit,
            comment: try row.text(7),
            fields: try FieldChangeCodec.fields(json: try row.text(8)),
            photo: try row.optionalInt(9).map { PlacePhoto.ID($0) })
    }
}

/// Field changes as `place_change.fields` and `place_proposal.fields` hold them: `{"field": [before, after]}`, null for nothing.
enum FieldChangeCodec {
    static func json(_ changes: [PlaceChange.FieldChange]) -> String {
        var object = JSONObject()
        for change in changes {
            object.append(change.field.rawValue, .array([change.before?.json ?? .null, change.after?.json ?? .null]))
        }
        return String(decoding: JSONWriter.bytes(of: .object(object)), as: UTF8.self)
    }

    static func fields(json text: String) throws -> [PlaceChange.FieldChange] {
        guard let object = try JSONValue.parse(Array(text.utf8)).object else { return [] }
        return object.members.compactMap { member in
            guard let field = SheetField.named(member.name), let pair = member.value.array, pair.count == 2 else {
                return nil
            }
            return PlaceChange.FieldChange(field, from: SheetValue(json: pair[0]), to: SheetValue(json: pair[1]))
        }
    }
}
