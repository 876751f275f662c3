import Storage

/// The SQL of `jury_minutes`. A row is added once, never changed.
public enum JuryMinutesStore {
    public static func minutes(of jury: Jury.ID, _ reader: Reader) throws -> JuryMinutes? {
        try reader.one(
            """
            SELECT text, fingerprint, signed_at, signer
            FROM jury_minutes
            WHERE jury_id = \(jury)
            """
        ) { row in
            JuryMinutes(
                text: try row.text(0), fingerprint: try row.text(1), signedAt: Instant(microseconds: try row.int(2)),
                signer: try row.text(3))
        }
    }

    static func insert(_ minutes: JuryMinutes, of jury: Jury.ID, by account: Account.ID, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO jury_minutes (jury_id, text, fingerprint, signed_at, signed_by, signer)
            VALUES (\(jury), \(minutes.text), \(minutes.fingerprint), \(minutes.signedAt), \(account), \(minutes.signer))
            """)
    }
}
