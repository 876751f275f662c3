import Storage

/// A payment that was ordered and waits to be made, as the accounts of a funder take it in.
public struct PaymentOrder: Sendable, Equatable {
    public let number: String
    public let agreement: String
    public let funder: String
    public let beneficiary: String
    public let holder: String
    public let iban: String
    public let amount: Int
    public let label: String
    public let object: String

    /// Those of the lines the principal keeps, by number. One statement.
    public static func waiting(_ principal: Principal, limit: Int, _ reader: Reader) throws -> [PaymentOrder] {
        try reader.all(
            """
            SELECT instalment.order_number, agreement.number, funder.name, funding_line.beneficiary, bank_account.holder,
                bank_account.iban, instalment.amount_cents, instalment.label, funding_line.object
            FROM instalment
            JOIN agreement ON agreement.id = instalment.agreement_id
            JOIN funding_line ON funding_line.id = agreement.line_id
            JOIN funder ON funder.id = funding_line.funder_id
            JOIN bank_account ON bank_account.id = instalment.bank_account_id
            WHERE instalment.state = 'mandatee'
                AND \(VisibleFunding.kept(by: principal))
            ORDER BY instalment.order_number, instalment.id
            LIMIT \(limit)
            """
        ) { row in
            PaymentOrder(
                number: try row.text(0), agreement: try row.text(1), funder: try row.text(2),
                beneficiary: try row.text(3), holder: try row.text(4), iban: try row.text(5),
                amount: Int(try row.int(6)),
                label: try row.text(7), object: try row.text(8))
        }
    }
}
