import Storage

/// What those who instruct write for themselves beside a dossier: never shown to its candidate, nor to an expert (INST-17).
public struct InstructionNote: Sendable, Equatable {
    public typealias ID = Identifier<InstructionNote>

    public enum Kind: String, Sendable, CaseIterable {
        case note
        case alert = "alerte"
        case strength = "point_fort"
        case weakness = "point_faible"
        case toCheck = "a_verifier"

        public var label: String {
            switch self {
            case .note: "Note"
            case .alert: "Alerte"
            case .strength: "Point fort"
            case .weakness: "Point faible"
            case .toCheck: "Point à vérifier"
            }
        }
    }

    public let id: ID
    public let candidacy: Candidacy.ID
    public let kind: Kind
    public let text: String
    public let author: Account.ID?
    public let at: Instant
}

/// The SQL of `instruction_note`.
public enum InstructionNoteStore {
    private static let columns: SQL = "id, candidacy_id, kind, text, author_id, at"

    /// Those of a dossier that were not taken away, the newest first. The one who asks instructs it.
    static func notes(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [InstructionNote] {
        try reader.all(
            """
            SELECT \(columns)
            FROM instruction_note
            WHERE candidacy_id = \(candidacy)
                AND removed_at IS NULL
            ORDER BY at DESC, id DESC
            LIMIT 500
            """, read)
    }

    /// What an account wrote, for that person.
    static func written(by account: Account.ID, _ reader: Reader) throws -> [InstructionNote] {
        try reader.all(
            """
            SELECT \(columns)
            FROM instruction_note
            WHERE author_id = \(account)
                AND removed_at IS NULL
            ORDER BY at, id
            LIMIT 5000
            """, read)
    }

    static func note(_ id: InstructionNote.ID, _ reader: Reader) throws -> InstructionNote? {
        try reader.one(
            "SELECT \(columns) FROM instruction_note WHERE id = \(id) AND removed_at IS NULL", read)
    }

    static func insert(_ note: InstructionNote, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO instruction_note (id, candidacy_id, kind, text, author_id, at)
            VALUES (\(note.id), \(note.candidacy), \(note.kind.rawValue), \(note.text), \(note.author), \(note.at))
            """)
    }

    static func remove(_ id: InstructionNote.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run("UPDATE instruction_note SET removed_at = \(now) WHERE id = \(id)")
    }

    private static func read(_ row: Row) throws -> InstructionNote {
        InstructionNote(
            id: InstructionNote.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
            kind: InstructionNote.Kind(rawValue: try row.text(2)) ?? .note, text: try row.text(3),
            author: try row.optionalInt(4).map { Account.ID($0) }, at: Instant(microseconds: try row.int(5)))
    }
}
