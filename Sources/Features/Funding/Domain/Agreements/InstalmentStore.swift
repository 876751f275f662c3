import Exchange
import Storage

/// The SQL of `instalment`.
public enum InstalmentStore {
    /// The instalments of an agreement, of all its versions, in their order. The one who asks reads the line in full.
    public static func instalments(of agreement: Agreement.ID, _ reader: Reader) throws -> [Instalment] {
        try list("agreement_id = \(agreement)", reader)
    }

    static func any(_ id: Instalment.ID, _ reader: Reader) throws -> Instalment? {
        try list("id = \(id)", reader).first
    }

    static func insert(_ instalment: Instalment, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO instalment (id, agreement_id, version, rank, label, amount_cents, trigger_kind, due_on, state,
                reason, order_number, proof)
            VALUES (\(instalment.id), \(instalment.agreement), \(instalment.version), \(instalment.rank),
                \(instalment.label), \(instalment.amount), \(instalment.trigger.rawValue),
                \(instalment.dueOn?.description), \(instalment.state.rawValue), '', '', '')
            """)
    }

    /// Writes what people did of it, if it still stands where it was read; throws `Conflict` otherwise.
    static func update(_ instalment: Instalment, from state: Instalment.State, at now: Instant, _ writer: Writer) throws
    {
        let changed = try writer.run(
            """
            UPDATE instalment
            SET state = \(instalment.state.rawValue),
                reason = \(instalment.reason),
                checked_at = CASE WHEN \(instalment.state == .checked) = 1 THEN \(now) ELSE checked_at END,
                checked_by = \(instalment.checkedBy),
                bank_account_id = \(instalment.bankAccount),
                ordered_at = CASE WHEN \(instalment.state == .ordered) = 1 THEN \(now) ELSE ordered_at END,
                ordered_by = \(instalment.orderedBy),
                order_number = \(instalment.orderNumber),
                paid_on = \(instalment.paidOn?.description),
                proof = \(instalment.proof)
            WHERE id = \(instalment.id)
                AND state = \(state.rawValue)
            """)
        guard changed == 1 else { throw Conflict(current: 0) }
    }

    private static func list(_ condition: SQL, _ reader: Reader) throws -> [Instalment] {
        try reader.all(
            """
            SELECT id, agreement_id, version, rank, label, amount_cents, trigger_kind, due_on, state, reason, checked_by,
                bank_account_id, ordered_by, order_number, paid_on, proof
            FROM instalment
            WHERE \(condition)
            ORDER BY agreement_id, version, rank
            """
        ) { row in
            Instalment(
                id: Instalment.ID(try row.int(0)), agreement: Agreement.ID(try row.int(1)),
                version: Int(try row.int(2)),
                rank: Int(try row.int(3)), label: try row.text(4), amount: Int(try row.int(5)),
                trigger: Instalment.Trigger(rawValue: try row.text(6)) ?? .date,
                dueOn: try row.optionalText(7).flatMap { CivilDate(iso: $0) },
                state: Instalment.State(rawValue: try row.text(8)) ?? .planned, reason: try row.text(9),
                checkedBy: try row.optionalInt(10).map { Account.ID($0) },
                bankAccount: try row.optionalInt(11).map { BankAccount.ID($0) },
                orderedBy: try row.optionalInt(12).map { Account.ID($0) }, orderNumber: try row.text(13),
                paidOn: try row.optionalText(14).flatMap { CivilDate(iso: $0) }, proof: try row.text(15))
        }
    }
}
