import Storage

/// The SQL of `jury_minutes`. A row is added once, never changed.
public enum JuryMinutesStore {
    public static func minutes(of call: Call.ID, _ reader: Reader) throws -> JuryMinutes? {
        try reader.one(
            """
            SELECT text, fingerprint, signed_at, signer
            FROM jury_minutes
            WHERE call_id = \(call)
            """
        ) { row in
            JuryMinutes(
                text: try row.text(0), fingerprint: try row.text(1), signedAt: Instant(microseconds: try row.int(2)),
                signer: try row.text(3))
        }
    }

    static func insert(_ minutes: JuryMinutes, of call: Call.ID, by account: Account.ID, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO jury_minutes (call_id, text, fingerprint, signed_at, signed_by, signer)
            VALUES (\(call), \(minutes.text), \(minutes.fingerprint), \(minutes.signedAt), \(account), \(minutes.signer))
            """)
    }
}
