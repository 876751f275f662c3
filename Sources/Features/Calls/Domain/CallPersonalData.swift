import Exchange
import Storage

/// What calls and candidacies keep of one person, for that person (ACC-21): what they lead with every deposit, what they take part
/// in, what they asked, what they wish to be told of. Nothing of those they write with.
public enum CallPersonalData {
    public static func of(_ principal: Principal, _ email: EmailAddress, _ reader: Reader) throws -> JSONObject {
        guard let account = principal.account else { throw Denied() }
        let own = try CandidacyStore.own(principal, limit: 5_000, reader)
        let calls = try CallStore.calls(
            "call.id IN \(list: Set(own.map(\.call.number)).sorted())", order: "call.id", limit: 5_000, reader)
        let titles = Dictionary(calls.map { ($0.id, $0.title) }) { first, _ in first }
        let led = try own.filter { CandidacyRights.leads(principal, $0) }.map {
            try candidacy($0, titles[$0.call] ?? "", reader)
        }
        let parts = try own.filter { !CandidacyRights.leads(principal, $0) }.compactMap { candidacy -> JSONValue? in
            try CandidacyMemberStore.own(principal, of: candidacy.id, reader).map { member in
                .object(
                    JSONObject([
                        .init("candidacy", .string(candidacy.id.text)),
                        .init("call", .string(titles[candidacy.call] ?? "")),
                        .init("role", .string(member.role.rawValue)),
                        .init("since", text(member.acceptedAt)),
                    ]))
            }
        }
        return JSONObject([
            .init("candidacies", .array(led)), .init("candidacy_parts", .array(parts)),
            .init("call_questions", .array(try CallQuestionStore.asked(by: account, reader).map(question))),
            .init("call_alerts", .array(try CallAlertStore.alerts(of: email, reader).map(alert))),
            .init("call_teams", .array(try CallTeamStore.history(of: account, reader).map(team))),
            .init(
                "call_invitations",
                .array(try CallInvitationStore.sent(to: email, reader).map { .string($0.invitedAt.iso) })),
            .init("remarks", .array(try CandidacyRemarkStore.written(by: account, reader).map(remark))),
        ])
    }

    private static func candidacy(_ candidacy: Candidacy, _ call: String, _ reader: Reader) throws -> JSONValue {
        let deposits = try CandidacyDepositStore.deposits(of: candidacy.id, reader).map { deposit in
            JSONValue.object(
                JSONObject([
                    .init("number", .number(JSONNumber(deposit.number))), .init("arrival", text(deposit.arrival)),
                    .init("verdict", .string(deposit.verdict.rawValue)), .init("sha256", .string(deposit.digest)),
                    .init("content", try JSONValue.parse(Array(deposit.snapshot.utf8))),
                ]))
        }
        return .object(
            JSONObject([
                .init("id", .string(candidacy.id.text)), .init("call", .string(call)),
                .init("title", .string(candidacy.title)), .init("structure", .string(candidacy.structure)),
                .init("siret", .string(candidacy.siret)), .init("state", .string(candidacy.state.rawValue)),
                .init("begun_at", text(candidacy.createdAt)), .init("updated_at", text(candidacy.updatedAt)),
                .init("answers", candidacy.answers.json),
                .init("auto_deposit_since", text(candidacy.consentedAt)),
                .init("withdrawn_at", text(candidacy.withdrawnAt)),
                .init("withdraw_reason", .string(candidacy.withdrawReason)), .init("deposits", .array(deposits)),
            ]))
    }

    private static func question(_ question: CallQuestion) -> JSONValue {
        .object(
            JSONObject([
                .init("question", .string(question.question)), .init("asked_at", text(question.askedAt)),
                .init("answer", .string(question.state == .published ? question.answer : "")),
            ]))
    }

    private static func alert(_ alert: CallAlert) -> JSONValue {
        .object(
            JSONObject([
                .init("nature", alert.nature.map { .string($0.rawValue) } ?? .null),
                .init("departement", .string(alert.departement)), .init("confirmed_at", text(alert.confirmedAt)),
            ]))
    }

    private static func team(_ part: (call: Call.ID, since: Instant, until: Instant?)) -> JSONValue {
        .object(
            JSONObject([
                .init("call", .string(part.call.text)), .init("since", text(part.since)),
                .init("until", text(part.until)),
            ]))
    }

    private static func remark(_ remark: CandidacyRemark) -> JSONValue {
        .object(
            JSONObject([
                .init("candidacy", .string(remark.candidacy.text)), .init("at", text(remark.at)),
                .init("text", .string(remark.text)),
            ]))
    }

    private static func text(_ instant: Instant?) -> JSONValue { instant.map { .string($0.iso) } ?? .null }
}
