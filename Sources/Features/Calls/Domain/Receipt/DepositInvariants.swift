import Exchange
import Storage

/// What must hold of deposits, of the receipts that prove them, and of the heads that close their days.
public enum DepositInvariants {
    /// - Parameter keys: the public keys that the network ever signed with.
    public static func all(keys: [ReceiptPublicKey]) -> [Invariant] {
        let verifier = ReceiptVerifier(keys: keys)
        return [
            Invariant("deposits.numbers", "The deposits of a call are numbered from 1 without a hole.") {
                reader, tell in
                try Invariant.holes("SELECT call_id, number FROM candidacy_deposit ORDER BY call_id, number", reader) {
                    tell("\(Invariant.row("call", $0)): deposit \($1) lacks")
                }
            },
            Invariant(
                "deposits.digests", "What was deposited is canonical JSON, and the text that its digest names.",
                look: digests),
            Invariant("deposits.receipts", "Each deposit has a receipt that is signed and says what the rows say.") {
                try receipts(verifier, $0, $1)
            },
            Invariant(
                "deposits.candidacies", "A deposit is of the call of its candidacy.",
                rows: """
                    SELECT candidacy_deposit.id, candidacy_deposit.call_id, candidacy.call_id
                    FROM candidacy_deposit
                    JOIN candidacy ON candidacy.id = candidacy_deposit.candidacy_id
                    WHERE candidacy.call_id <> candidacy_deposit.call_id
                    ORDER BY candidacy_deposit.id
                    """
            ) {
                "\(Invariant.row("candidacy_deposit", try $0.int(0))): of call \(try $0.int(1)), its candidacy of \(try $0.int(2))"
            },
            Invariant(
                "deposits.files",
                "A document that a deposit holds is of its candidacy, and its size and digest are those listed.",
                look: files),
            Invariant(
                "receipts.heads", "The published heads follow from each other, and each is the root of its receipts."
            ) {
                try heads(verifier, $0, $1)
            },
        ]
    }

    private static func digests(_ reader: Reader, _ tell: (String) -> Void) throws -> Int {
        try Invariant.each(by: 50, reader) {
            "SELECT id, snapshot, snapshot_digest FROM candidacy_deposit WHERE id > \($0) ORDER BY id"
        } _: { row in
            let name = Invariant.row("candidacy_deposit", try row.int(0))
            let snapshot = try row.text(1)
            if RulesText.fingerprint(snapshot) != (try row.text(2)) { tell("\(name): its snapshot was changed") }
            if CanonicalJSON.read(Array(snapshot.utf8), limits: limits) == nil {
                tell("\(name): its snapshot is not canonical JSON")
            }
        }
    }

    /// A snapshot is as long as an entry of the journal of deposits may be.
    private static let limits = JSONLimits(depth: 40, stringBytes: DepositEntry.longest, values: 2_000_000)

    private static func receipts(
        _ verifier: ReceiptVerifier, _ reader: Reader, _ tell: (String) -> Void
    ) throws -> Int {
        try Invariant.each(by: 100, reader) { after in
            """
            SELECT candidacy_deposit.id, candidacy_deposit.number, candidacy_deposit.candidacy_id,
                candidacy_deposit.version, candidacy_deposit.arrival, candidacy_deposit.closes_at,
                candidacy_deposit.snapshot_digest, receipt.content, receipt.fingerprint, receipt.key_id, receipt.number,
                call.slug
            FROM candidacy_deposit
            JOIN call ON call.id = candidacy_deposit.call_id
            LEFT JOIN receipt ON receipt.deposit_id = candidacy_deposit.id
            WHERE candidacy_deposit.id > \(after)
            ORDER BY candidacy_deposit.id
            """
        } _: { row in
            let name = Invariant.row("candidacy_deposit", try row.int(0))
            guard let content = try row.optionalText(7) else { return tell("\(name): it has no receipt") }
            let verification = verifier.verify(Array(content.utf8))
            if let fault = verification.fault { return tell("\(name): its receipt does not hold: \(fault.outcome)") }
            guard let signed = verification.signed else { return tell("\(name): its receipt does not read") }
            let said = signed.receipt
            var wrong: [String] = []
            func compare(_ what: String, _ holds: Bool) { if !holds { wrong.append(what) } }
            let (number, copied, closesAt) = (try row.int(1), try row.int(10), try row.int(5))
            compare("id", said.id == CandidacyDeposit.ID(try row.int(0)).text)
            compare("number", Int64(said.number) == number && Int64(said.number) == copied)
            compare("candidacy", said.candidacy == Candidacy.ID(try row.int(2)).text)
            compare("version", Int64(said.version) == (try row.int(3)))
            compare("arrival", said.arrival.microseconds == (try row.int(4)))
            compare("limit", (said.limit?.instant.microseconds ?? closesAt) == closesAt)
            compare("answers", said.answersFingerprint.text == (try row.text(6)))
            compare("fingerprint", signed.fingerprint.text == (try row.text(8)))
            compare("key", said.key == (try row.text(9)))
            compare("call", said.call.slug == (try row.text(11)))
            if !wrong.isEmpty { tell("\(name): its receipt says another \(wrong.joined(separator: ", "))") }
        }
    }

    private static func files(_ reader: Reader, _ tell: (String) -> Void) throws -> Int {
        try Invariant.each(by: 500, reader) { after in
            """
            SELECT candidacy_deposit.id, candidacy_deposit.attachments, candidacy_deposit.candidacy_id
            FROM candidacy_deposit
            WHERE candidacy_deposit.id > \(after)
            ORDER BY candidacy_deposit.id
            """
        } _: { row in
            let name = Invariant.row("candidacy_deposit", try row.int(0))
            let deposit = CandidacyDeposit.ID(try row.int(0))
            let listed = Set(
                ((try? JSONValue.parse(Array(try row.text(1).utf8)))?.array ?? []).map {
                    "\($0["sha256"]?.string ?? "") \($0["size"]?.int ?? -1)"
                })
            var held: Set<String> = []
            try reader.each(
                """
                SELECT candidacy_file.digest, candidacy_file.size, candidacy_file.candidacy_id
                FROM candidacy_deposit_file
                JOIN candidacy_file ON candidacy_file.id = candidacy_deposit_file.file_id
                WHERE candidacy_deposit_file.deposit_id = \(deposit)
                ORDER BY candidacy_file.id
                """
            ) { file in
                held.insert("\(try file.text(0)) \(try file.int(1))")
                if try file.int(2) != (try row.int(2)) { tell("\(name): a document of another candidacy") }
                return true
            }
            for lost in listed.subtracting(held).sorted() { tell("\(name): no document is kept of \(lost) bytes") }
            for more in held.subtracting(listed).sorted() { tell("\(name): its list lacks \(more) bytes") }
        }
    }

    private static func heads(_ verifier: ReceiptVerifier, _ reader: Reader, _ tell: (String) -> Void) throws -> Int {
        let numbers = try reader.all("SELECT number FROM receipt_head ORDER BY number") { try $0.int(0) }
        var previous: SignedHead?
        for (place, number) in numbers.enumerated() {
            if number != Int64(place + 1) { tell("receipt_head \(number): \(place + 1) was expected") }
            let content = try reader.one("SELECT content FROM receipt_head WHERE number = \(number)") { try $0.text(0) }
            guard let content, let head = SignedHead(fileBytes: Array(content.utf8)) else {
                tell("receipt_head \(number): it does not read")
                continue
            }
            if !verifier.holds(head) { tell("receipt_head \(number): its signature does not hold") }
            if let previous, !verifier.holds(chain: [previous, head]) {
                tell("receipt_head \(number): it does not follow from the one before it")
            }
            var leaves: [Fingerprint] = []
            try reader.each(
                """
                SELECT receipt_head_leaf.leaf, receipt.content
                FROM receipt_head_leaf
                LEFT JOIN receipt ON receipt.id = receipt_head_leaf.receipt_id
                WHERE receipt_head_leaf.head_number = \(number)
                ORDER BY receipt_head_leaf.place
                """
            ) { row in
                guard let leaf = Fingerprint(text: try row.text(0)) else { return true }
                leaves.append(leaf)
                let signed = try row.optionalText(1).flatMap { try? SignedReceipt(fileBytes: Array($0.utf8)) }
                if signed.map({ MerkleTree.leaf($0.signedBytes) }) != leaf {
                    tell("receipt_head_leaf of head \(number), place \(leaves.count - 1): not that of its receipt")
                }
                return true
            }
            if MerkleTree(leaves: leaves).root != head.head.root {
                tell("receipt_head \(number): its root is not that of its receipts")
            }
            previous = head
        }
        return numbers.count
    }
}
