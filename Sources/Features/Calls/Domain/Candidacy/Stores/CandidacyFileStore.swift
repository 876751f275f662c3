import Forms
import Storage

/// The SQL of `candidacy_file` and `candidacy_deposit_file`: which files of the vault are attached to which question, and which
/// of them a deposit froze.
public enum CandidacyFileStore {
    /// Erases all that was kept of candidacies which are erased (PRIV-3).
    static func erase(of candidacies: [Candidacy.ID], _ writer: Writer) throws {
        try writer.run("DELETE FROM candidacy_file WHERE candidacy_id IN \(list: candidacies.map(\.number))")
    }

    private static let columns: SQL = """
        candidacy_file.id, candidacy_file.candidacy_id, candidacy_file.question, candidacy_file.name,
            candidacy_file.family, candidacy_file.size, candidacy_file.digest, candidacy_file.added_at,
            candidacy_file.added_by, candidacy_file.removed_at, candidacy_file.partner_id
        """

    /// The files of the questions that are shown, as the receipt lists them: in the order of the form, the lead's and then those of
    /// each partner that takes part.
    static func deposited(of review: CandidacyReview, _ reader: Reader) throws -> [Receipt.File] {
        let known = Dictionary(
            try files(of: review.candidacy.id, reader).map { ($0.id.text, $0) }, uniquingKeysWith: { first, _ in first }
        )
        var files: [Receipt.File] = []
        func add(_ answers: Answers, _ state: FormState) {
            for question in state.compiled.form.questions where state.isShown(question.key) {
                guard case .files(let attached) = answers[question.key] else { continue }
                for file in attached {
                    guard let row = known[file.id], let print = Fingerprint(text: row.digest.text) else { continue }
                    files.append(Receipt.File(name: row.name, size: row.size, fingerprint: print))
                }
            }
        }
        add(review.candidacy.answers, review.state)
        for part in review.parts where part.isPresent { add(part.partner.answers, part.state) }
        return files
    }

    /// What is attached to a draft, in the order it came. The one who asks takes part in the candidacy.
    public static func files(of candidacy: Candidacy.ID, _ reader: Reader) throws -> [CandidacyFile] {
        try reader.all(
            """
            SELECT \(columns)
            FROM candidacy_file
            WHERE candidacy_file.candidacy_id = \(candidacy)
                AND candidacy_file.removed_at IS NULL
            ORDER BY candidacy_file.id
            """, read)
    }

    /// A file of a candidacy, taken away or not; nil when it is another candidacy's.
    public static func file(_ id: CandidacyFile.ID, of candidacy: Candidacy.ID, _ reader: Reader) throws
        -> CandidacyFile?
    {
        try reader.one(
            """
            SELECT \(columns)
            FROM candidacy_file
            WHERE candidacy_file.id = \(id)
                AND candidacy_file.candidacy_id = \(candidacy)
            """, read)
    }

    /// A file that a deposit froze.
    public static func file(_ id: CandidacyFile.ID, frozenBy deposit: CandidacyDeposit.ID, _ reader: Reader) throws
        -> CandidacyFile?
    {
        try reader.one(
            """
            SELECT \(columns)
            FROM candidacy_deposit_file
            JOIN candidacy_file ON candidacy_file.id = candidacy_deposit_file.file_id
            WHERE candidacy_deposit_file.deposit_id = \(deposit)
                AND candidacy_deposit_file.file_id = \(id)
            """, read)
    }

    /// The files that some deposits froze, by deposit, each in the order it came.
    static func frozen(by deposits: [CandidacyDeposit.ID], _ reader: Reader) throws
        -> [CandidacyDeposit.ID: [CandidacyFile]]
    {
        guard !deposits.isEmpty else { return [:] }
        var files: [CandidacyDeposit.ID: [CandidacyFile]] = [:]
        try reader.each(
            """
            SELECT \(columns), candidacy_deposit_file.deposit_id
            FROM candidacy_deposit_file
            JOIN candidacy_file ON candidacy_file.id = candidacy_deposit_file.file_id
            WHERE candidacy_deposit_file.deposit_id IN \(list: deposits.map(\.number))
            ORDER BY candidacy_deposit_file.deposit_id, candidacy_file.id
            """
        ) { row in
            files[CandidacyDeposit.ID(try row.int(11)), default: []].append(try read(row))
            return true
        }
        return files
    }

    /// Several files at once, for one who may read each.
    static func those(_ ids: [CandidacyFile.ID], _ reader: Reader) throws -> [CandidacyFile] {
        guard !ids.isEmpty else { return [] }
        return try reader.all(
            """
            SELECT \(columns)
            FROM candidacy_file
            WHERE candidacy_file.id IN \(list: ids.map(\.number))
            ORDER BY candidacy_file.id
            """, read)
    }

    /// Bytes attached to the candidacies that an account leads.
    static func bytes(ledBy account: Account.ID, _ reader: Reader) throws -> Int {
        try reader.count(
            """
            SELECT CAST(COALESCE(SUM(candidacy_file.size), 0) AS BIGINT)
            FROM candidacy_file
            JOIN candidacy ON candidacy.id = candidacy_file.candidacy_id
            WHERE candidacy.holder_id = \(account)
                AND candidacy_file.removed_at IS NULL
            """)
    }

    /// The files that rows keep in the vault, in the order of the rows, after one: what is attached, what was taken away lately, and
    /// for ever what a deposit froze.
    static func files(
        of last: Int64, at now: Instant, limit: Int, _ reader: Reader
    ) throws -> [(id: Int64, file: NamedFile)] {
        try reader.all(
            """
            SELECT candidacy_file.id, candidacy_file.digest, candidacy_file.size
            FROM candidacy_file
            WHERE candidacy_file.id > \(last)
                AND \(isKept(at: now))
            ORDER BY candidacy_file.id
            LIMIT \(limit)
            """
        ) { try NamedFile.read($0, of: "candidacy_file") }.compactMap { $0 }
    }

    /// Which of these files a row keeps.
    static func named(_ files: [FileDigest], at now: Instant, _ reader: Reader) throws -> Set<FileDigest> {
        guard !files.isEmpty else { return [] }
        return Set(
            try reader.all(
                """
                SELECT DISTINCT candidacy_file.digest
                FROM candidacy_file
                WHERE candidacy_file.digest IN \(list: files.map(\.text))
                    AND \(isKept(at: now))
                ORDER BY candidacy_file.digest
                """
            ) { FileDigest(text: try $0.text(0)) }.compactMap { $0 })
    }

    private static func isKept(at now: Instant) -> SQL {
        """
        (candidacy_file.removed_at IS NULL
            OR candidacy_file.removed_at > \(now - AttachmentLimits.grace)
            OR EXISTS (
                SELECT 1
                FROM candidacy_deposit_file
                WHERE candidacy_deposit_file.file_id = candidacy_file.id))
        """
    }

    /// Ties a deposit to the files that its snapshot names, for ever (ATT-8). One that no row knows, because the database was lost
    /// and the deposit came back from its journal, gets its row again: the vault keeps its bytes.
    static func freeze(_ deposit: CandidacyDeposit, _ writer: Writer) throws {
        guard !deposit.files.isEmpty else { return }
        var rest = deposit.files
        var frozen: Set<CandidacyFile.ID> = []
        for (partner, key, files) in try CandidacySnapshot.files(in: deposit.snapshot) {
            for file in files {
                guard let id = CandidacyFile.ID(text: file.id), frozen.insert(id).inserted,
                    let place = rest.firstIndex(where: { $0.name == file.name && $0.size == file.bytes })
                else { continue }
                let told = rest.remove(at: place)
                if try self.file(id, of: deposit.candidacy, writer) == nil {
                    guard let digest = FileDigest(text: told.fingerprint.text) else { continue }
                    let owner = try partner.flatMap { try CandidacyPartnerStore.any($0, writer) }?.id
                    try insert(
                        CandidacyFile(
                            id: id, candidacy: deposit.candidacy, partner: owner, question: key, name: file.name,
                            family: file.family, size: file.bytes, digest: digest, addedAt: deposit.arrival,
                            addedBy: deposit.depositedBy, removedAt: nil), writer)
                }
                try writer.run(
                    """
                    INSERT INTO candidacy_deposit_file (deposit_id, file_id)
                    VALUES (\(deposit.id), \(id))
                    """)
            }
        }
    }

    static func insert(_ file: CandidacyFile, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO candidacy_file (id, candidacy_id, partner_id, question, name, family, size, digest, added_at, added_by)
            VALUES (\(file.id), \(file.candidacy), \(file.partner), \(file.question), \(file.name),
                \(file.family.rawValue), \(file.size), \(file.digest), \(file.addedAt), \(file.addedBy))
            """)
    }

    static func remove(_ id: CandidacyFile.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE candidacy_file
            SET removed_at = \(now)
            WHERE id = \(id)
                AND removed_at IS NULL
            """)
    }

    static func rename(_ id: CandidacyFile.ID, to name: String, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE candidacy_file
            SET name = \(name)
            WHERE id = \(id)
            """)
    }

    private static func read(_ row: Row) throws -> CandidacyFile {
        guard let digest = FileDigest(text: try row.text(6)) else {
            throw StorageError.unavailable("a digest of candidacy_file is not one")
        }
        return CandidacyFile(
            id: CandidacyFile.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
            partner: try row.optionalInt(10).map { CandidacyPartner.ID($0) }, question: try row.text(2),
            name: try row.text(3), family: FileFamily(rawValue: try row.text(4)) ?? .pdf, size: Int(try row.int(5)),
            digest: digest, addedAt: Instant(microseconds: try row.int(7)),
            addedBy: try row.optionalInt(8).map { Account.ID($0) },
            removedAt: try row.optionalInt(9).map { Instant(microseconds: $0) })
    }
}
