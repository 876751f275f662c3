import Storage

/// When calls close, whoever may know of them: what the program does by itself at that time.
public enum CallClosings {
    /// The latest limit of a published call that had passed at an instant, and to which something was deposited; nil when there is
    /// none.
    public static func last(before instant: Instant, _ reader: Reader) throws -> Instant? {
        try reader.one(
            """
            SELECT MAX(call_wave.closes_at)
            FROM call_wave
            JOIN call ON call.id = call_wave.call_id
            WHERE call.state = 'publie'
                AND call_wave.closes_at <= \(instant)
                AND EXISTS (
                    SELECT 1
                    FROM candidacy_deposit
                    WHERE candidacy_deposit.call_id = call.id)
            """
        ) { try $0.optionalInt(0).map { Instant(microseconds: $0) } } ?? nil
    }
}
