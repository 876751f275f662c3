import Exchange
import Storage

/// What selection and decision keep of one person, for that person: what was notified of the candidacies they lead, what they
/// contested, what they let be published. Nothing that was not notified (DECI-7).
public enum DecisionPersonalData {
    public static func of(_ principal: Principal, _ reader: Reader) throws -> JSONObject {
        let led = try CandidacyStore.own(principal, limit: 5_000, reader)
            .filter { CandidacyRights.leads(principal, $0) }
        let decisions = try DecisionStore.notified(of: led.map(\.id), reader).map { decision in
            JSONValue.object(
                JSONObject([
                    .init("candidacy", .string(decision.candidacy.text)),
                    .init("outcome", .string(decision.outcome.rawValue)), .init("body", .string(decision.body)),
                    .init("decided_on", .string(decision.decidedOn.description)),
                    .init("amount", decision.amount.map { .number(JSONNumber($0)) } ?? .null),
                    .init("notified_at", decision.notifiedAt.map { .string($0.iso) } ?? .null),
                    .init("letter", .string(decision.letter)),
                ]))
        }
        let appeals = try AppealStore.of(led.map(\.id), reader).map { appeal in
            JSONValue.object(
                JSONObject([
                    .init("candidacy", .string(appeal.candidacy.text)),
                    .init("lodged_at", .string(appeal.lodgedAt.iso)),
                    .init("grounds", .string(appeal.grounds)), .init("state", .string(appeal.state.rawValue)),
                    .init("answer", .string(appeal.answer)),
                ]))
        }
        let published = try DecisionLetterStore.consented(led.map(\.id), reader).sorted()
        return JSONObject([
            .init("decisions", .array(decisions)), .init("appeals", .array(appeals)),
            .init("published_projects", .array(published.map { .string($0.text) })),
        ])
    }
}
