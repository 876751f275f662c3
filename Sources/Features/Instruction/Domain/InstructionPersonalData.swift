import Exchange
import Storage

/// What instruction keeps of one person, for that person (ACC-21): what they wrote to the other side, what they answered when asked, what
/// they were asked and sent as candidates, the searches they kept. Nothing of what others wrote of them.
public enum InstructionPersonalData {
    public static func of(_ principal: Principal, _ email: EmailAddress, _ reader: Reader) throws -> JSONObject {
        guard let account = principal.account else { throw Denied() }
        let led = try CandidacyStore.own(principal, limit: 5_000, reader)
            .filter { CandidacyRights.leads(principal, $0) }
        let requests = try PiecesRequestStore.requests(of: led.map(\.id), reader).map { request in
            JSONValue.object(
                JSONObject([
                    .init("candidacy", .string(request.candidacy.text)),
                    .init("state", .string(request.state.rawValue)),
                    .init("asked_at", .string(request.askedAt.iso)), .init("closes_at", .string(request.closesAt.iso)),
                    .init("questions", .array(request.items.map { .string($0.question) })),
                    .init("reasons", .array(request.items.map { .string($0.reason) })),
                    .init("answered_at", request.answeredAt.map { .string($0.iso) } ?? .null),
                    .init("answers", request.answers.json),
                ]))
        }
        let messages = try InstructionMessageStore.written(by: account, reader).map { message in
            JSONValue.object(
                JSONObject([
                    .init("candidacy", .string(message.candidacy.text)), .init("at", .string(message.at.iso)),
                    .init("text", .string(message.text)),
                ]))
        }
        let opinions = try OpinionStore.given(by: account, reader).map { opinion in
            JSONValue.object(
                JSONObject([
                    .init("candidacy", .string(opinion.candidacy.text)), .init("question", .string(opinion.question)),
                    .init("position", .string(opinion.position?.rawValue ?? "")),
                    .init("answer", .string(opinion.answer)),
                    .init("answered_at", opinion.answeredAt.map { .string($0.iso) } ?? .null),
                ]))
        }
        let notes = try InstructionNoteStore.written(by: account, reader).map { note in
            JSONValue.object(
                JSONObject([
                    .init("candidacy", .string(note.candidacy.text)), .init("kind", .string(note.kind.rawValue)),
                    .init("at", .string(note.at.iso)), .init("text", .string(note.text)),
                ]))
        }
        let searches = try InstructionSearchStore.own(principal, reader).map { search in
            JSONValue.object(
                JSONObject([.init("name", .string(search.name)), .init("query", .string(search.query))]))
        }
        return JSONObject([
            .init("pieces_requests", .array(requests)), .init("instruction_messages", .array(messages)),
            .init("opinions", .array(opinions)), .init("instruction_notes", .array(notes)),
            .init("instruction_searches", .array(searches)),
        ])
    }

    /// What names somebody whose account closes, and serves nobody any more.
    public static func forget(_ email: EmailAddress, at now: Instant, _ writer: Writer) throws {
        try OpinionStore.forget(email, at: now, writer)
        if let account = try AccountStore.account(email: email, writer) {
            try InstructionSearchStore.forget(account.id, writer)
        }
    }
}
