import Exchange
import Storage

/// The SQL of `agreement`, its versions, articles and signatures.
public enum AgreementStore {
    /// The agreement of a line. The one who asks reads the line in full.
    public static func agreement(of line: FundingLine.ID, _ reader: Reader) throws -> Agreement? {
        try list("line_id = \(line)", reader).first
    }

    static func any(_ id: Agreement.ID, _ reader: Reader) throws -> Agreement? {
        try list("id = \(id)", reader).first
    }

    static func exists(of line: FundingLine.ID, _ reader: Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM agreement WHERE line_id = \(line)")
    }

    static func isTaken(_ number: String, _ reader: Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM agreement WHERE number = \(number)")
    }

    static func insert(_ agreement: Agreement, by account: Account.ID?, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO agreement (id, line_id, number, state, version, active_version, end_reason, edition, created_at,
                created_by)
            VALUES (\(agreement.id), \(agreement.line), \(agreement.number), \(agreement.state.rawValue),
                \(agreement.version), 0, '', 1, \(now), \(account))
            """)
    }

    /// Writes the agreement one edition further; throws `Conflict` when somebody did since.
    static func update(_ agreement: Agreement, at edition: Int, _ writer: Writer) throws {
        let changed = try writer.run(
            """
            UPDATE agreement
            SET state = \(agreement.state.rawValue),
                version = \(agreement.version),
                active_version = \(agreement.activeVersion),
                activated_on = \(agreement.activatedOn?.description),
                ended_on = \(agreement.endedOn?.description),
                end_reason = \(agreement.endReason),
                edition = edition + 1
            WHERE id = \(agreement.id)
                AND edition = \(edition)
            """)
        guard changed == 1 else { throw Conflict(current: edition) }
    }

    /// The versions of an agreement, the first first.
    public static func versions(of agreement: Agreement.ID, _ reader: Reader) throws -> [AgreementVersion] {
        let articles = try reader.all(
            "SELECT version, code, text FROM agreement_article WHERE agreement_id = \(agreement) ORDER BY version, code"
        ) { (Int(try $0.int(0)), AgreementArticle(rawValue: try $0.text(1)), try $0.text(2)) }
        return try reader.all(
            """
            SELECT version, amount_cents, starts_on, months, reason, fingerprint, written_at
            FROM agreement_version
            WHERE agreement_id = \(agreement)
            ORDER BY version
            """
        ) { row in
            let number = Int(try row.int(0))
            var texts: [AgreementArticle: String] = [:]
            for (version, article, text) in articles where version == number {
                if let article { texts[article] = text }
            }
            return AgreementVersion(
                number: number, amount: Int(try row.int(1)),
                startsOn: CivilDate(iso: try row.text(2)) ?? CivilDate(daysSince1970: 0), months: Int(try row.int(3)),
                articles: texts, reason: try row.text(4), fingerprint: try row.text(5),
                writtenAt: Instant(microseconds: try row.int(6)))
        }
    }

    static func insert(
        _ version: AgreementVersion, of agreement: Agreement.ID, by account: Account.ID?, _ writer: Writer
    )
        throws
    {
        try writer.run(
            """
            INSERT INTO agreement_version (agreement_id, version, amount_cents, starts_on, months, reason, fingerprint,
                written_at, written_by)
            VALUES (\(agreement), \(version.number), \(version.amount), \(version.startsOn.description),
                \(version.months), \(version.reason), \(version.fingerprint), \(version.writtenAt), \(account))
            """)
        for article in AgreementArticle.allCases {
            guard let text = version.articles[article], !text.isEmpty else { continue }
            try writer.run(
                """
                INSERT INTO agreement_article (agreement_id, version, code, text)
                VALUES (\(agreement), \(version.number), \(article.rawValue), \(text))
                """)
        }
    }

    public static func signatures(of agreement: Agreement.ID, _ reader: Reader) throws -> [AgreementSignature] {
        try reader.all(
            """
            SELECT version, side, account_id, quality, fingerprint, signed_at
            FROM agreement_signature
            WHERE agreement_id = \(agreement)
            ORDER BY version, signed_at
            """
        ) { row in
            AgreementSignature(
                version: Int(try row.int(0)), side: AgreementSide(rawValue: try row.text(1)) ?? .funder,
                account: try row.optionalInt(2).map { Account.ID($0) }, quality: try row.text(3),
                fingerprint: try row.text(4), signedAt: Instant(microseconds: try row.int(5)))
        }
    }

    static func sign(_ signature: AgreementSignature, of agreement: Agreement.ID, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO agreement_signature (agreement_id, version, side, account_id, quality, fingerprint, signed_at)
            VALUES (\(agreement), \(signature.version), \(signature.side.rawValue), \(signature.account),
                \(signature.quality), \(signature.fingerprint), \(signature.signedAt))
            """)
    }

    private static func list(_ condition: SQL, _ reader: Reader) throws -> [Agreement] {
        try reader.all(
            """
            SELECT id, line_id, number, state, version, active_version, activated_on, ended_on, end_reason, edition
            FROM agreement
            WHERE \(condition)
            ORDER BY id
            """
        ) { row in
            Agreement(
                id: Agreement.ID(try row.int(0)), line: FundingLine.ID(try row.int(1)), number: try row.text(2),
                state: AgreementState(rawValue: try row.text(3)) ?? .draft, version: Int(try row.int(4)),
                activeVersion: Int(try row.int(5)), activatedOn: try row.optionalText(6).flatMap { CivilDate(iso: $0) },
                endedOn: try row.optionalText(7).flatMap { CivilDate(iso: $0) }, endReason: try row.text(8),
                edition: Int(try row.int(9)))
        }
    }
}
