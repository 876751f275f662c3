import Storage

/// A change of a sheet that waits for somebody of the place or of the coordination: from a visitor, or from an import that met a
/// value a person had written.
public struct PlaceProposal: Sendable, Equatable {
    public typealias ID = Identifier<PlaceProposal>

    public enum Kind: String, Sendable, CaseIterable {
        case imported = "import"
        case correction
        case closing = "fermeture"

        public var label: String {
            switch self {
            case .imported: "Proposition d’un import"
            case .correction: "Correction proposée"
            case .closing: "Signalé fermé"
            }
        }
    }

    public enum State: String, Sendable, CaseIterable {
        /// Sent by a visitor, whose address is not confirmed yet: nobody sees it.
        case unconfirmed = "a_confirmer"
        case open = "ouverte"
        case accepted = "acceptee"
        case refused = "refusee"
        case withdrawn = "retiree"
    }

    public let id: ID
    public let place: Place.ID
    public let kind: Kind
    /// The name of an import source, or `Origin.person`.
    public let source: String
    public let fields: [PlaceChange.FieldChange]
    public let comment: String
    /// The visitor's e-mail address, for the moderators only; empty for imports.
    public let author: String
    public let state: State
    public let createdAt: Instant
}

/// The SQL of `place_proposal`.
public enum ProposalStore {
    static func insert(_ proposal: PlaceProposal, secretHash: [UInt8]? = nil, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO place_proposal (id, place_id, kind, source, fields, comment, author, state, secret_hash, created_at,
                reason)
            VALUES (\(proposal.id), \(proposal.place), \(proposal.kind.rawValue), \(proposal.source),
                \(FieldChangeCodec.json(proposal.fields)), \(proposal.comment), \(proposal.author),
                \(proposal.state.rawValue), \(secretHash), \(proposal.createdAt), '')
            """)
    }

    private static let columns: SQL = """
        place_proposal.id, place_proposal.place_id, place_proposal.kind, place_proposal.source, place_proposal.fields,
            place_proposal.comment, place_proposal.author, place_proposal.state, place_proposal.created_at
        """

    static func proposal(_ id: PlaceProposal.ID, _ reader: Reader) throws -> PlaceProposal? {
        try reader.one("SELECT \(columns) FROM place_proposal WHERE id = \(id)", read)
    }

    static func proposal(secretHash: [UInt8], _ reader: Reader) throws -> PlaceProposal? {
        try reader.one("SELECT \(columns) FROM place_proposal WHERE secret_hash = \(secretHash)", read)
    }

    /// The open proposals that the principal may decide: all for the coordination, those of their places for others. Oldest first.
    public static func open(_ principal: Principal, limit: Int = 200, _ reader: Reader) throws -> [PlaceProposal] {
        try reader.all(
            """
            SELECT \(columns)
            FROM place_proposal
            WHERE state = 'ouverte'
                AND \(decidable(by: principal))
            ORDER BY created_at, id
            LIMIT \(limit)
            """, read)
    }

    /// How many open proposals wait for the principal.
    public static func openCount(_ principal: Principal, _ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM place_proposal WHERE state = 'ouverte' AND \(decidable(by: principal))")
    }

    private static func decidable(by principal: Principal) -> SQL {
        if PlaceRights.mayModerate(principal) { return "1 = 1" }
        let own = principal.subjects(of: .place, holding: [.placeEditor, .placeManager])
        return "place_id IN \(list: own)"
    }

    /// The open proposals of a source for a place: replaced by a newer import rather than piled up.
    static func withdrawOpen(of place: Place.ID, source: String, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE place_proposal
            SET state = 'retiree',
                decided_at = \(now)
            WHERE place_id = \(place)
                AND source = \(source)
                AND kind = 'import'
                AND state = 'ouverte'
            """)
    }

    /// What a source proposed for some places, whatever became of it, oldest first.
    static func imports(of places: [Place.ID], source: String, _ reader: Reader) throws -> [PlaceProposal] {
        try reader.all(
            """
            SELECT \(columns)
            FROM place_proposal
            WHERE place_id IN \(list: places.map(\.number))
                AND source = \(source)
                AND kind = 'import'
            ORDER BY created_at, id
            """, read)
    }

    static func settle(
        _ id: PlaceProposal.ID, _ state: PlaceProposal.State, by account: Principal.ID?, reason: String,
        at now: Instant,
        _ writer: Writer
    ) throws {
        try writer.run(
            """
            UPDATE place_proposal
            SET state = \(state.rawValue),
                decided_at = \(now),
                decided_by = \(account),
                reason = \(reason)
            WHERE id = \(id)
            """)
    }

    /// Makes a visitor's proposal visible to those who decide; the link that did it is spent.
    static func confirm(_ id: PlaceProposal.ID, _ writer: Writer) throws {
        try writer.run(
            "UPDATE place_proposal SET state = 'ouverte', secret_hash = NULL WHERE id = \(id) AND state = 'a_confirmer'"
        )
    }

    /// Erases who proposed and what they wrote beside it; what still waits for its confirmation is withdrawn.
    public static func forget(_ email: EmailAddress, at now: Instant, _ writer: Writer) throws {
        _ = try unname("author = \(email)", at: now, writer)
    }

    /// What a person proposed, for that person.
    static func proposed(by email: EmailAddress, _ reader: Reader) throws -> [PlaceProposal] {
        try reader.all("SELECT \(columns) FROM place_proposal WHERE author = \(email) ORDER BY id", read)
    }

    private static func isOld(_ instant: Instant) -> SQL {
        "COALESCE(decided_at, created_at) < \(instant) AND author <> ''"
    }

    /// How many proposals, settled before an instant or made before it, still say who made them; and erases it from some (PRIV-2).
    static func oldCount(before instant: Instant, _ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM place_proposal WHERE \(isOld(instant))")
    }

    static func unnameOld(before instant: Instant, at now: Instant, limit: Int, _ writer: Writer) throws -> Int {
        try unname(
            "id IN (SELECT id FROM place_proposal WHERE \(isOld(instant)) ORDER BY id LIMIT \(limit))", at: now, writer)
    }

    private static func unname(_ condition: SQL, at now: Instant, _ writer: Writer) throws -> Int {
        try writer.run(
            """
            UPDATE place_proposal
            SET author = '',
                comment = '',
                secret_hash = NULL,
                decided_at = CASE WHEN state = 'a_confirmer' THEN \(now) ELSE decided_at END,
                state = CASE WHEN state = 'a_confirmer' THEN 'retiree' ELSE state END
            WHERE \(condition)
            """)
    }

    private static func read(_ row: Row) throws -> PlaceProposal {
        PlaceProposal(
            id: PlaceProposal.ID(try row.int(0)),
            place: Place.ID(try row.int(1)),
            kind: PlaceProposal.Kind(rawValue: try row.text(2)) ?? .correction,
            source: try row.text(3),
            fields: try FieldChangeCodec.fields(json: try row.text(4)),
            comment: try row.text(5),
            author: try row.text(6),
            state: PlaceProposal.State(rawValue: try row.text(7)) ?? .open,
            createdAt: Instant(microseconds: try row.int(8)))
    }
}
