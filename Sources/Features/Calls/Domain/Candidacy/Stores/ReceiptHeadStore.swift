import Exchange
import Storage

/// The SQL of `receipt_head` and `receipt_head_leaf`: the published heads. Rows are added and read, never changed.
public enum ReceiptHeadStore {
    /// The latest heads, the newest first.
    public static func latest(_ limit: Int, _ reader: Reader) throws -> [SignedHead] {
        try reader.all("SELECT content FROM receipt_head ORDER BY number DESC LIMIT \(limit)", read)
    }

    /// Every head, the oldest first: a chain.
    public static func chain(_ reader: Reader) throws -> [SignedHead] {
        try reader.all("SELECT content FROM receipt_head ORDER BY number", read)
    }

    public static func head(of day: CivilDate, _ reader: Reader) throws -> SignedHead? {
        try reader.one("SELECT content FROM receipt_head WHERE closed_day = \(day.description)", read)
    }

    public static func count(_ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM receipt_head")
    }

    /// What shows that a receipt is under a published head; nil before its night, or when there is no such receipt.
    public static func proof(of receipt: Fingerprint, _ reader: Reader) throws -> ReceiptProof? {
        let found = try reader.one(
            """
            SELECT receipt_head.content, receipt_head.number, receipt_head_leaf.place
            FROM receipt
            JOIN receipt_head_leaf ON receipt_head_leaf.receipt_id = receipt.id
            JOIN receipt_head ON receipt_head.number = receipt_head_leaf.head_number
            WHERE receipt.fingerprint = \(receipt.text)
            """
        ) { row in (head: try read(row), number: try row.int(1), place: Int(try row.int(2))) }
        guard let found else { return nil }
        let leaves = try reader.all(
            "SELECT leaf FROM receipt_head_leaf WHERE head_number = \(found.number) ORDER BY place"
        ) { Fingerprint(text: try $0.text(0)) }
        return ReceiptProof(of: found.place, leaves: leaves.compactMap { $0 }, head: found.head)
    }

    /// The receipts issued before an instant that are under no head, in the order of their issue.
    static func waiting(before end: Instant, _ reader: Reader) throws -> [(id: Int64, receipt: SignedReceipt)] {
        try reader.all(
            """
            SELECT receipt.id, receipt.content
            FROM receipt
            WHERE receipt.issued_at < \(end)
                AND NOT EXISTS (
                    SELECT 1
                    FROM receipt_head_leaf
                    WHERE receipt_head_leaf.receipt_id = receipt.id)
            ORDER BY receipt.issued_at, receipt.deposit_id
            """
        ) { row in (try row.int(0), try SignedReceipt(fileBytes: Array(try row.text(1).utf8))) }
    }

    static func insert(
        _ head: SignedHead, number: Int, over receipts: [(id: Int64, receipt: SignedReceipt)], _ writer: Writer
    ) throws {
        try writer.run(
            """
            INSERT INTO receipt_head (number, closed_day, content, fingerprint, issued_at)
            VALUES (\(number), \(head.head.date.description), \(String(decoding: head.fileBytes, as: UTF8.self)),
                \(head.fingerprint.text), \(head.head.issuedAt))
            """)
        for (place, line) in receipts.enumerated() {
            try writer.run(
                """
                INSERT INTO receipt_head_leaf (receipt_id, head_number, place, leaf)
                VALUES (\(line.id), \(number), \(place), \(MerkleTree.leaf(line.receipt.signedBytes).text))
                """)
        }
    }

    private static func read(_ row: Row) throws -> SignedHead {
        let text = try row.text(0)
        guard let head = SignedHead(fileBytes: Array(text.utf8)) else {
            throw StorageError.unavailable("a head of receipts does not read: \(text.prefix(80))")
        }
        return head
    }
}
