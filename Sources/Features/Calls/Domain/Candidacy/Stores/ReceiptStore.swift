import Storage

/// The SQL of `receipt`: the signed files, as they were handed over. Rows are added and read, never changed.
public enum ReceiptStore {
    /// The receipt of a deposit. The one who asks may see the deposit.
    public static func receipt(of deposit: CandidacyDeposit.ID, _ reader: Reader) throws -> SignedReceipt? {
        guard
            let content = try reader.one(
                "SELECT content FROM receipt WHERE deposit_id = \(deposit)", { try $0.text(0) })
        else { return nil }
        return try SignedReceipt(fileBytes: Array(content.utf8))
    }

    /// The files of the receipts of several deposits. The one who asks may see each.
    static func files(of deposits: [CandidacyDeposit.ID], _ reader: Reader) throws -> [CandidacyDeposit.ID: [UInt8]] {
        guard !deposits.isEmpty else { return [:] }
        var files: [CandidacyDeposit.ID: [UInt8]] = [:]
        try reader.each(
            "SELECT deposit_id, content FROM receipt WHERE deposit_id IN \(list: deposits.map(\.number))"
        ) { row in
            files[CandidacyDeposit.ID(try row.int(0))] = Array(try row.text(1).utf8)
            return true
        }
        return files
    }

    /// The signed bytes of every receipt issued in a span, in order: what the nightly head is made of.
    public static func signed(from start: Instant, to end: Instant, _ reader: Reader) throws -> [SignedReceipt] {
        try reader.all(
            """
            SELECT content
            FROM receipt
            WHERE issued_at >= \(start)
                AND issued_at < \(end)
            ORDER BY issued_at, id
            """
        ) { try SignedReceipt(fileBytes: Array(try $0.text(0).utf8)) }
    }

    /// How many were issued between two instants, the first included.
    public static func count(from start: Instant, to end: Instant, _ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM receipt WHERE issued_at >= \(start) AND issued_at < \(end)")
    }

    static func insert(
        _ receipt: SignedReceipt, id: Identifier<Receipt>, of deposit: CandidacyDeposit, _ writer: Writer
    ) throws {
        try writer.run(
            """
            INSERT INTO receipt (id, deposit_id, number, content, fingerprint, key_id, issued_at)
            VALUES (\(id), \(deposit.id), \(deposit.number), \(String(decoding: receipt.fileBytes, as: UTF8.self)),
                \(receipt.fingerprint.text), \(receipt.receipt.key), \(receipt.receipt.issuedAt))
            """)
    }
}
