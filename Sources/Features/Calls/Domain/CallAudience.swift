import Storage

/// Whom a change of a call concerns, beyond those who read its page.
///
/// The hook of the features that build on calls: what holds drafts or dossiers adds its own addresses here, and every
/// amendment, extension and cancellation then reaches them.
public enum CallAudience {
    /// The e-mail addresses, once each, in order.
    static func addresses(concernedBy call: Call.ID, _ reader: Reader) throws -> [String] {
        let accounts = try reader.all(
            """
            SELECT account_id AS account
            FROM call_team
            WHERE call_id = \(call)
                AND until IS NULL
            UNION
            SELECT asked_by AS account
            FROM call_question
            WHERE call_id = \(call)
                AND asked_by IS NOT NULL
            ORDER BY account
            """
        ) { Account.ID(try $0.int(0)) }
        let holders = try CandidacyStore.holders(of: call, reader).filter { !accounts.contains($0) }
        return try AccountStore.accounts(accounts + holders, reader).compactMap { $0.email?.text }.sorted()
    }
}
