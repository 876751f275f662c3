import Storage

/// The SQL of `archived_call`, `archived_dossier` and `archived_file`.
public enum ArchivedCallStore {
    /// Every one, the latest first; nothing to who may not see them.
    public static func all(_ principal: Principal, _ reader: Reader) throws -> [(call: ArchivedCall, dossiers: Int)] {
        guard ArchivedCallRights.maySee(principal) else { return [] }
        return try reader.all(
            """
            SELECT \(columns), (
                SELECT COUNT(*)
                FROM archived_dossier
                WHERE archived_dossier.archived_call_id = archived_call.id)
            FROM archived_call
            ORDER BY imported_at DESC, id DESC
            LIMIT 1000
            """
        ) { (try read($0), Int(try $0.int(12))) }
    }

    public static func call(_ principal: Principal, _ id: ArchivedCall.ID, _ reader: Reader) throws -> ArchivedCall? {
        guard ArchivedCallRights.maySee(principal) else { return nil }
        return try reader.one("SELECT \(columns) FROM archived_call WHERE id = \(id)", read)
    }

    /// The one that came from a call, whatever archive of it.
    static func call(origin: Call.ID, address: String, _ reader: Reader) throws -> ArchivedCall? {
        try reader.one(
            "SELECT \(columns) FROM archived_call WHERE origin_id = \(origin) AND address = \(address)", read)
    }

    /// A page of the dossiers of a call, by number. The one who asks may see the call.
    public static func dossiers(
        of call: ArchivedCall.ID, limit: Int, offset: Int, _ reader: Reader
    ) throws -> [ArchivedCall.Dossier] {
        try reader.all(
            """
            SELECT \(dossierColumns)
            FROM archived_dossier
            WHERE archived_call_id = \(call)
            ORDER BY number
            LIMIT \(limit)
            OFFSET \(offset)
            """, readDossier)
    }

    public static func count(of call: ArchivedCall.ID, _ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM archived_dossier WHERE archived_call_id = \(call)")
    }

    public static func dossier(
        _ number: Int, of call: ArchivedCall.ID, _ reader: Reader
    ) throws -> ArchivedCall.Dossier? {
        try reader.one(
            """
            SELECT \(dossierColumns)
            FROM archived_dossier
            WHERE archived_call_id = \(call)
                AND number = \(number)
            """, readDossier)
    }

    /// The files of a dossier, or those of the call itself for nil.
    public static func files(
        of call: ArchivedCall.ID, dossier: Int?, _ reader: Reader
    ) throws -> [ArchivedCall.File] {
        let which: SQL = dossier.map { "dossier = \($0)" } ?? "dossier IS NULL"
        return try reader.all(
            """
            SELECT \(fileColumns)
            FROM archived_file
            WHERE archived_call_id = \(call)
                AND \(which)
            ORDER BY place
            """, readFile)
    }

    public static func file(
        _ place: Int, of call: ArchivedCall.ID, _ reader: Reader
    ) throws -> ArchivedCall.File? {
        try reader.one(
            """
            SELECT \(fileColumns)
            FROM archived_file
            WHERE archived_call_id = \(call)
                AND place = \(place)
            """, readFile)
    }

    /// Which of these files a row names.
    static func named(_ files: [FileDigest], _ reader: Reader) throws -> Set<FileDigest> {
        guard !files.isEmpty else { return [] }
        return Set(
            try reader.all(
                """
                SELECT DISTINCT digest
                FROM archived_file
                WHERE digest IN \(list: files.map(\.text))
                    AND absence = ''
                ORDER BY digest
                """
            ) { FileDigest(text: try $0.text(0)) }.compactMap { $0 })
    }

    /// The files that the archive after one names, that lie in the vault.
    static func files(of last: Int64, _ reader: Reader) throws -> [(id: Int64, file: NamedFile)] {
        try reader.all(
            """
            SELECT archived_call_id, digest, size
            FROM archived_file
            WHERE absence = ''
                AND archived_call_id = (
                    SELECT MIN(archived_call_id)
                    FROM archived_file
                    WHERE archived_call_id > \(last)
                        AND absence = '')
            ORDER BY place
            """
        ) { try NamedFile.read($0, of: "archived_file") }.compactMap { $0 }
    }

    static func insert(_ call: ArchivedCall, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO archived_call (id, origin_id, slug, title, organiser, network, address, made_at, digest,
                has_own_keys, refused, imported_at)
            VALUES (\(call.id), \(call.origin), \(call.slug), \(call.title), \(call.organiser), \(call.network),
                \(call.address), \(call.madeAt), \(call.digest), \(call.hasOwnKeys), \(call.refused),
                \(call.importedAt))
            """)
    }

    static func insert(_ dossier: ArchivedCall.Dossier, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO archived_dossier (archived_call_id, number, candidacy, name, structure, depositor, channel,
                arrival, closes_at, state, state_label)
            VALUES (\(dossier.call), \(dossier.number), \(dossier.candidacy), \(dossier.name), \(dossier.structure),
                \(dossier.depositor), \(dossier.channel.rawValue), \(dossier.arrival), \(dossier.closesAt),
                \(dossier.state), \(dossier.stateLabel))
            """)
    }

    static func insert(_ file: ArchivedCall.File, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO archived_file (archived_call_id, place, dossier, kind, path, name, question, size, digest,
                is_addition, absence, added_at)
            VALUES (\(file.call), \(file.place), \(file.dossier), \(file.kind.rawValue), \(file.path), \(file.name),
                \(file.question), \(file.size), \(file.digest), \(file.isAddition), \(file.absence), \(now))
            """)
    }

    /// Takes a call out with all that came with it; its bytes go with the next sweep.
    /// Answers false when it is not there.
    @discardableResult
    static func remove(_ id: ArchivedCall.ID, _ writer: Writer) throws -> Bool {
        try writer.run("DELETE FROM archived_file WHERE archived_call_id = \(id)")
        try writer.run("DELETE FROM archived_dossier WHERE archived_call_id = \(id)")
        return try writer.run("DELETE FROM archived_call WHERE id = \(id)") > 0
    }

    private static let columns: SQL = """
        id, origin_id, slug, title, organiser, network, address, made_at, digest, has_own_keys, refused, imported_at
        """

    private static let dossierColumns: SQL = """
        archived_call_id, number, candidacy, name, structure, depositor, channel, arrival, closes_at, state, state_label
        """

    private static let fileColumns: SQL = """
        archived_call_id, place, dossier, kind, path, name, question, size, digest, is_addition, absence
        """

    private static func read(_ row: Row) throws -> ArchivedCall {
        ArchivedCall(
            id: ArchivedCall.ID(try row.int(0)), origin: Call.ID(try row.int(1)), slug: try row.text(2),
            title: try row.text(3), organiser: try row.text(4), network: try row.text(5), address: try row.text(6),
            madeAt: Instant(microseconds: try row.int(7)), digest: try digest(row, 8),
            hasOwnKeys: try row.bool(9), refused: Int(try row.int(10)),
            importedAt: Instant(microseconds: try row.int(11)))
    }

    private static func readDossier(_ row: Row) throws -> ArchivedCall.Dossier {
        ArchivedCall.Dossier(
            call: ArchivedCall.ID(try row.int(0)), number: Int(try row.int(1)), candidacy: try row.text(2),
            name: try row.text(3), structure: try row.text(4), depositor: try row.text(5),
            channel: Receipt.Channel(rawValue: try row.text(6)) ?? .online,
            arrival: Instant(microseconds: try row.int(7)), closesAt: Instant(microseconds: try row.int(8)),
            state: try row.text(9), stateLabel: try row.text(10))
    }

    private static func readFile(_ row: Row) throws -> ArchivedCall.File {
        ArchivedCall.File(
            call: ArchivedCall.ID(try row.int(0)), place: Int(try row.int(1)),
            dossier: try row.optionalInt(2).map { Int($0) },
            kind: CallArchiveManifest.File.Kind(rawValue: try row.text(3)) ?? .document, path: try row.text(4),
            name: try row.text(5), question: try row.text(6), size: Int(try row.int(7)), digest: try digest(row, 8),
            isAddition: try row.bool(9), absence: try row.text(10))
    }

    private static func digest(_ row: Row, _ column: Int) throws -> FileDigest {
        guard let digest = FileDigest(text: try row.text(column)) else {
            throw StorageError.unavailable("a digest of an archived call is not one")
        }
        return digest
    }
}
