import Storage

/// A question about a call; public, with its answer and both dates, once somebody of the team answered it.
public struct CallQuestion: Sendable, Equatable {
    public typealias ID = Identifier<CallQuestion>

    public enum State: String, Sendable, CaseIterable {
        case asked = "posee"
        case published = "publiee"
        /// Not generic, or asked already: not shown.
        case dismissed = "ecartee"
    }

    public let id: ID
    public let call: Call.ID
    public let question: String
    public let askedAt: Instant
    public let answer: String
    public let answeredAt: Instant?
    public let state: State
}

/// The SQL of `call_question`.
public enum CallQuestionStore {
    private static let columns: SQL = "id, call_id, question, asked_at, answer, answered_at, state"

    /// Questions answered, in the order of their answers.
    public static func published(of call: Call.ID, _ reader: Reader) throws -> [CallQuestion] {
        try list("call_id = \(call) AND state = 'publiee'", "answered_at, id", reader)
    }

    /// Questions that wait for an answer, the oldest first: for the team only, the caller asks `CallRights.mayEdit`.
    public static func waiting(on call: Call.ID, _ reader: Reader) throws -> [CallQuestion] {
        try list("call_id = \(call) AND state = 'posee'", "asked_at, id", reader)
    }

    static func any(_ id: CallQuestion.ID, _ reader: Reader) throws -> CallQuestion? {
        try list("id = \(id)", "id", reader).first
    }

    /// What somebody asked, whatever became of it.
    static func asked(by account: Account.ID, _ reader: Reader) throws -> [CallQuestion] {
        try list("asked_by = \(account)", "asked_at, id", reader)
    }

    /// Who asked, when they were signed in.
    static func asker(_ id: CallQuestion.ID, _ reader: Reader) throws -> Account.ID? {
        try reader.one("SELECT asked_by FROM call_question WHERE id = \(id)") { try $0.optionalInt(0) }?.map {
            Account.ID($0)
        }
    }

    static func insert(_ question: CallQuestion, by account: Principal.ID?, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO call_question (id, call_id, question, asked_at, asked_by, answer, answered_at, state)
            VALUES (\(question.id), \(question.call), \(question.question), \(question.askedAt), \(account),
                \(question.answer), \(question.answeredAt), \(question.state.rawValue))
            """)
    }

    static func settle(_ question: CallQuestion, by account: Principal.ID?, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE call_question
            SET question = \(question.question),
                answer = \(question.answer),
                answered_at = \(question.answeredAt),
                answered_by = \(account),
                state = \(question.state.rawValue)
            WHERE id = \(question.id)
            """)
    }

    private static func list(_ condition: SQL, _ order: SQL, _ reader: Reader) throws -> [CallQuestion] {
        try reader.all(
            "SELECT \(columns) FROM call_question WHERE \(condition) ORDER BY \(order) LIMIT 500"
        ) { row in
            CallQuestion(
                id: CallQuestion.ID(try row.int(0)), call: Call.ID(try row.int(1)), question: try row.text(2),
                askedAt: Instant(microseconds: try row.int(3)), answer: try row.text(4),
                answeredAt: try row.optionalInt(5).map { Instant(microseconds: $0) },
                state: CallQuestion.State(rawValue: try row.text(6)) ?? .asked)
        }
    }
}
