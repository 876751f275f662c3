import Exchange
import Storage

/// What the ledger keeps of one person, for that person (ACC-21): the funders they act for, what they signed, the bank accounts
/// they gave. It is kept as long as the accounts it proves: closing an account does not take a signature back.
public enum FundingPersonalData {
    public static func of(_ principal: Principal, _ reader: Reader) throws -> JSONObject {
        guard let account = principal.account else { throw Denied() }
        let agencies = try reader.all(
            """
            SELECT funder.name, funder_agent.since, funder_agent.until
            FROM funder_agent
            JOIN funder ON funder.id = funder_agent.funder_id
            WHERE funder_agent.account_id = \(account)
            ORDER BY funder_agent.since
            """
        ) { row in
            object([
                .init("funder", .string(try row.text(0))), .init("since", text(try row.int(1))),
                .init("until", try row.optionalInt(2).map { text($0) } ?? .null),
            ])
        }
        let signatures = try reader.all(
            """
            SELECT agreement.number, agreement_signature.version, agreement_signature.side, agreement_signature.quality,
                agreement_signature.signed_at
            FROM agreement_signature
            JOIN agreement ON agreement.id = agreement_signature.agreement_id
            WHERE agreement_signature.account_id = \(account)
            ORDER BY agreement_signature.signed_at
            """
        ) { row in
            object([
                .init("agreement", .string(try row.text(0))),
                .init("version", .number(JSONNumber(Int(try row.int(1))))),
                .init("side", .string(try row.text(2))), .init("quality", .string(try row.text(3))),
                .init("signed_at", text(try row.int(4))),
            ])
        }
        let accounts = try reader.all(
            """
            SELECT iban, holder, proposed_at
            FROM bank_account
            WHERE proposed_by = \(account)
            ORDER BY id
            """
        ) { row in
            object([
                .init("iban", .string(try row.text(0))), .init("holder", .string(try row.text(1))),
                .init("given_at", text(try row.int(2))),
            ])
        }
        return JSONObject([
            .init("funder_agencies", .array(agencies)), .init("agreement_signatures", .array(signatures)),
            .init("bank_accounts_given", .array(accounts)),
        ])
    }

    private static func object(_ members: [JSONObject.Member]) -> JSONValue { .object(JSONObject(members)) }

    private static func text(_ microseconds: Int64) -> JSONValue {
        .string(Instant(microseconds: microseconds).iso)
    }
}
