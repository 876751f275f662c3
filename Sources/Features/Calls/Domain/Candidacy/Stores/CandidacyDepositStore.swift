import Exchange
import Storage

/// The SQL of `candidacy_deposit`. Rows are added and read, never changed nor removed.
public enum CandidacyDepositStore {
    private static let columns: SQL = """
        id, candidacy_id, call_id, wave_id, number, version, deposit_key, arrival, closes_at, deposited_by, is_consented,
            form_id, rules_version, snapshot, snapshot_digest, attachments, recorded_at
        """

    /// Every deposit of a candidacy, the newest first. The one who asks takes part in it, or keeps its call.
    public static func deposits(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [CandidacyDeposit] {
        try reader.all(
            "SELECT \(columns) FROM candidacy_deposit WHERE candidacy_id = \(candidacy) ORDER BY number DESC", read)
    }

    /// The deposit that counts for each candidacy of a call: the last in time, else the last one (CAND-11).
    static func counting(of call: Call.ID, _ reader: Reader) throws -> [Candidacy.ID: CandidacyDeposit] {
        var counting: [Candidacy.ID: CandidacyDeposit] = [:]
        try reader.each(
            """
            SELECT \(columns)
            FROM candidacy_deposit
            WHERE call_id = \(call)
            ORDER BY number
            """
        ) { row in
            let deposit = try read(row)
            if counts(deposit, over: counting[deposit.candidacy]) { counting[deposit.candidacy] = deposit }
            return true
        }
        return counting
    }

    /// The same of one candidacy.
    static func counting(for candidacy: Candidacy.ID, _ reader: Reader) throws -> CandidacyDeposit? {
        try deposits(of: candidacy, reader).reversed().reduce(nil) { counts($1, over: $0) ? $1 : $0 }
    }

    /// Whether a deposit counts instead of one that came before it.
    private static func counts(_ deposit: CandidacyDeposit, over former: CandidacyDeposit?) -> Bool {
        former?.verdict != .onTime || deposit.verdict != .late
    }

    static func deposit(key: DepositKey, _ reader: Reader) throws -> CandidacyDeposit? {
        try reader.one(
            """
            SELECT \(columns)
            FROM candidacy_deposit
            WHERE id = COALESCE(
                (SELECT id FROM candidacy_deposit WHERE deposit_key = \(key.text)),
                (SELECT deposit_id FROM candidacy_deposit_alias WHERE deposit_key = \(key.text)))
            """, read)
    }

    /// The deposit first made under a key; other keys that were answered with it do not count.
    public static func deposit(exactKey key: String, _ reader: Reader) throws -> CandidacyDeposit? {
        try reader.one("SELECT \(columns) FROM candidacy_deposit WHERE deposit_key = \(key)", read)
    }

    /// The deposit that a key was answered with: the one first made under it, or the one of a version that was there already.
    public static func deposit(answering key: String, _ reader: Reader) throws -> CandidacyDeposit? {
        try DepositKey(text: key).flatMap { try deposit(key: $0, reader) }
    }

    static func isTaken(_ number: Int, in call: Call.ID, _ reader: Reader) throws -> Bool {
        try reader.count(
            "SELECT COUNT(*) FROM candidacy_deposit WHERE call_id = \(call) AND number = \(number)") > 0
    }

    /// The entry that the second volume keeps of a deposit; nil when there is no such deposit.
    public static func entry(of key: String, _ reader: Reader) throws -> DepositEntry? {
        guard let deposit = try deposit(exactKey: key, reader),
            let candidacy = try CandidacyStore.any(deposit.candidacy, reader),
            let receipt = try ReceiptStore.receipt(of: deposit.id, reader)
        else { return nil }
        return DepositOutcome(
            deposit: deposit, receipt: receipt, isRepeated: true, context: DepositContext(deposit, of: candidacy)
        ).entry
    }

    /// The key of every deposit, in the order they were recorded: what the journal of deposits is compared with at start.
    public static func keys(_ reader: Reader) throws -> [String] {
        try reader.all(
            """
            SELECT deposit_key
            FROM candidacy_deposit
            ORDER BY recorded_at, id
            """
        ) { try $0.text(0) }
    }

    /// Remembers another key that was answered with this deposit, so that it is for ever.
    static func alias(_ key: DepositKey, of deposit: CandidacyDeposit, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO candidacy_deposit_alias (deposit_key, deposit_id)
            VALUES (\(key.text), \(deposit.id))
            """)
    }

    static func any(_ id: CandidacyDeposit.ID, _ reader: Reader) throws -> CandidacyDeposit? {
        try reader.one("SELECT \(columns) FROM candidacy_deposit WHERE id = \(id)", read)
    }

    /// Several at once, for one who may read each.
    static func those(_ ids: [CandidacyDeposit.ID], _ reader: Reader) throws -> [CandidacyDeposit] {
        guard !ids.isEmpty else { return [] }
        return try reader.all(
            "SELECT \(columns) FROM candidacy_deposit WHERE id IN \(list: ids.map(\.number)) ORDER BY id", read)
    }

    /// The versions of forms that the deposits of a call were written in, the latest first.
    static func forms(of call: Call.ID, _ reader: Reader) throws -> [CallForm] {
        try reader.all(
            "SELECT DISTINCT form_id FROM candidacy_deposit WHERE call_id = \(call) ORDER BY form_id DESC"
        ) { CallForm.ID(try $0.int(0)) }.compactMap { try CallFormStore.form($0, reader) }
            .sorted { ($0.createdAt, $0.version) > ($1.createdAt, $1.version) }
    }

    static func nextNumber(in call: Call.ID, _ reader: Reader) throws -> Int {
        try reader.count(
            """
            SELECT number
            FROM candidacy_deposit
            WHERE call_id = \(call)
            ORDER BY number DESC
            LIMIT 1
            """) + 1
    }

    static func insert(_ deposit: CandidacyDeposit, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO candidacy_deposit (id, candidacy_id, call_id, wave_id, number, version, deposit_key, arrival,
                closes_at, verdict, deposited_by, is_consented, form_id, rules_version, snapshot, snapshot_digest,
                attachments, recorded_at)
            VALUES (\(deposit.id), \(deposit.candidacy), \(deposit.call), \(deposit.wave), \(deposit.number),
                \(deposit.version), \(deposit.key), \(deposit.arrival), \(deposit.closesAt), \(deposit.verdict.rawValue),
                \(deposit.depositedBy), \(deposit.isConsented), \(deposit.form), \(deposit.rulesVersion),
                \(deposit.snapshot), \(deposit.digest), \(encode(deposit.files)), \(deposit.recordedAt))
            """)
    }

    private static func encode(_ files: [Receipt.File]) -> String {
        var json = JSONWriter()
        json.beginArray()
        for file in files {
            json.beginObject()
            json.member("name", file.name)
            json.member("size", file.size)
            json.member("sha256", file.fingerprint.text)
            json.endObject()
        }
        json.endArray()
        return String(decoding: json.bytes, as: UTF8.self)
    }

    private static func decode(_ text: String) throws -> [Receipt.File] {
        (try JSONValue.parse(Array(text.utf8)).array ?? []).compactMap { item in
            guard let name = item["name"]?.string, let size = item["size"]?.int,
                let fingerprint = Fingerprint(text: item["sha256"]?.string ?? "")
            else { return nil }
            return Receipt.File(name: name, size: size, fingerprint: fingerprint)
        }
    }

    private static func read(_ row: Row) throws -> CandidacyDeposit {
        CandidacyDeposit(
            id: CandidacyDeposit.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
            call: Call.ID(try row.int(2)), wave: CallWave.ID(try row.int(3)), number: Int(try row.int(4)),
            version: Int(try row.int(5)), key: try row.text(6), arrival: Instant(microseconds: try row.int(7)),
            closesAt: Instant(microseconds: try row.int(8)),
            depositedBy: try row.optionalInt(9).map { Account.ID($0) }, isConsented: try row.bool(10),
            form: CallForm.ID(try row.int(11)), rulesVersion: Int(try row.int(12)), snapshot: try row.text(13),
            digest: try row.text(14), files: try decode(try row.text(15)),
            recordedAt: Instant(microseconds: try row.int(16)))
    }
}
