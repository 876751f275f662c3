import Forms
import Storage

/// The SQL of `instruction_request` and `instruction_request_item`.
public enum PiecesRequestStore {
    private static let columns: SQL = """
        id, candidacy_id, state, words, takes_late, asked_at, asked_by, closes_at, reminded_at, version, former, answers,
            answered_at, answered_by, closed_at
        """

    /// Of a dossier, the oldest first. The one who asks instructs it or takes part in it.
    public static func requests(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [PiecesRequest] {
        try complete(
            try reader.all(
                """
                SELECT \(columns)
                FROM instruction_request
                WHERE candidacy_id = \(candidacy)
                ORDER BY asked_at, id
                """, read), reader)
    }

    /// Of several candidacies, the oldest first.
    static func requests(of candidacies: [Candidacy.ID], _ reader: Reader) throws -> [PiecesRequest] {
        try complete(
            try reader.all(
                """
                SELECT \(columns)
                FROM instruction_request
                WHERE candidacy_id IN \(list: candidacies.map(\.number))
                ORDER BY asked_at, id
                """, read), reader)
    }

    static func request(_ id: PiecesRequest.ID, _ reader: Reader) throws -> PiecesRequest? {
        try complete(
            try reader.all("SELECT \(columns) FROM instruction_request WHERE id = \(id)", read), reader
        ).first
    }

    /// Those still open whose limit is before an instant, and that were not reminded of it when `isReminder`.
    static func open(closingBefore end: Instant, isReminder: Bool, limit: Int, _ reader: Reader) throws
        -> [PiecesRequest]
    {
        try complete(
            try reader.all(
                """
                SELECT \(columns)
                FROM instruction_request
                WHERE state = 'ouverte'
                    AND closes_at <= \(end)
                    AND \(isReminder ? "reminded_at IS NULL" as SQL : "1 = 1")
                ORDER BY closes_at, id
                LIMIT \(limit)
                """, read), reader)
    }

    /// Those open that the principal's candidacies were asked for, the nearest limit first.
    public static func open(of candidacies: [Candidacy.ID], _ reader: Reader) throws -> [PiecesRequest] {
        guard !candidacies.isEmpty else { return [] }
        return try complete(
            try reader.all(
                """
                SELECT \(columns)
                FROM instruction_request
                WHERE state = 'ouverte'
                    AND candidacy_id IN \(list: candidacies.map(\.number))
                ORDER BY closes_at, id
                """, read), reader)
    }

    static func insert(_ request: PiecesRequest, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO instruction_request (id, candidacy_id, state, words, takes_late, asked_at, asked_by, closes_at,
                version, former, answers)
            VALUES (\(request.id), \(request.candidacy), \(request.state.rawValue), \(request.words),
                \(request.takesLate), \(request.askedAt), \(request.askedBy), \(request.closesAt), \(request.version),
                \(CandidacyStore.document(request.former)), \(CandidacyStore.document(request.answers)))
            """)
        for (rank, item) in request.items.enumerated() {
            try writer.run(
                """
                INSERT INTO instruction_request_item (request_id, rank, question, reason)
                VALUES (\(request.id), \(rank), \(item.question), \(item.reason))
                """)
        }
    }

    /// Writes what acts change, if the request is still at `version`, one further; throws `Conflict` otherwise.
    static func update(_ request: PiecesRequest, at version: Int, _ writer: Writer) throws {
        let changed = try writer.run(
            """
            UPDATE instruction_request
            SET state = \(request.state.rawValue),
                reminded_at = \(request.remindedAt),
                version = \(version + 1),
                answers = \(CandidacyStore.document(request.answers)),
                answered_at = \(request.answeredAt),
                answered_by = \(request.answeredBy),
                closed_at = \(request.closedAt)
            WHERE id = \(request.id)
                AND version = \(version)
                AND state IN ('ouverte', 'expiree')
            """)
        guard changed == 1 else { throw Conflict(current: try self.request(request.id, writer)?.version ?? version) }
    }

    private static func complete(_ requests: [PiecesRequest], _ reader: Reader) throws -> [PiecesRequest] {
        guard !requests.isEmpty else { return [] }
        var items: [PiecesRequest.ID: [PiecesRequest.Item]] = [:]
        try reader.each(
            """
            SELECT request_id, question, reason
            FROM instruction_request_item
            WHERE request_id IN \(list: requests.map(\.id.number))
            ORDER BY request_id, rank
            """
        ) { row in
            items[PiecesRequest.ID(try row.int(0)), default: []].append(
                PiecesRequest.Item(try row.text(1), reason: try row.text(2)))
            return true
        }
        return requests.map { request in
            var request = request
            request.items = items[request.id] ?? []
            return request
        }
    }

    private static func read(_ row: Row) throws -> PiecesRequest {
        PiecesRequest(
            id: PiecesRequest.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
            state: PiecesRequest.State(rawValue: try row.text(2)) ?? .cancelled, words: try row.text(3),
            takesLate: try row.bool(4), askedAt: Instant(microseconds: try row.int(5)),
            askedBy: try row.optionalInt(6).map { Account.ID($0) }, closesAt: Instant(microseconds: try row.int(7)),
            remindedAt: try row.optionalInt(8).map { Instant(microseconds: $0) }, version: Int(try row.int(9)),
            former: try Answers(document: Array(try row.text(10).utf8)),
            answers: try Answers(document: Array(try row.text(11).utf8)),
            answeredAt: try row.optionalInt(12).map { Instant(microseconds: $0) },
            answeredBy: try row.optionalInt(13).map { Account.ID($0) },
            closedAt: try row.optionalInt(14).map { Instant(microseconds: $0) }, items: [])
    }
}
