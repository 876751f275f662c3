import Exchange

/// What neither the receipt nor the snapshot says of a deposit, and a database that lost it needs: which rows it belongs to,
/// and the candidacy it was made of when that one is lost too. Identifiers are in their written form.
public struct DepositContext: Sendable, Hashable {
    public var call: String
    public var wave: String
    public var form: String
    /// Who deposited; nil when an agent recorded it.
    public var account: String?
    public var isConsented: Bool
    /// Who leads the candidacy; nil when an agent recorded it.
    public var holder: String?
    public var maturity: String
    public var place: String?
    /// When the candidacy was begun, in microseconds of UTC.
    public var startedAt: Int

    init(_ deposit: CandidacyDeposit, of candidacy: Candidacy) {
        call = deposit.call.text
        wave = deposit.wave.text
        form = deposit.form.text
        account = deposit.depositedBy?.text
        isConsented = deposit.isConsented
        holder = candidacy.holder?.text
        maturity = candidacy.maturity
        place = candidacy.place?.text
        startedAt = Int(candidacy.createdAt.microseconds)
    }

    /// Members in the order of canonical JSON, which the reader of entries asks for.
    var json: JSONValue {
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return .object(
            JSONObject([
                .init("account", text(account)), .init("call", .string(call)), .init("consented", .bool(isConsented)),
                .init("form", .string(form)), .init("holder", text(holder)), .init("maturity", .string(maturity)),
                .init("place", text(place)), .init("started_at", .number(JSONNumber(startedAt))),
                .init("wave", .string(wave)),
            ]))
    }

    init?(json value: JSONValue) {
        guard value.object?.members.count == 9, let call = value["call"]?.string, let wave = value["wave"]?.string,
            let form = value["form"]?.string, let isConsented = value["consented"]?.bool,
            let maturity = value["maturity"]?.string, let startedAt = value["started_at"]?.int
        else { return nil }
        self.call = call
        self.wave = wave
        self.form = form
        account = value["account"]?.string
        self.isConsented = isConsented
        holder = value["holder"]?.string
        self.maturity = maturity
        place = value["place"]?.string
        self.startedAt = startedAt
    }
}
