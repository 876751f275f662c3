import Storage

/// What the journal holds of one call: the acts on the call itself, and those on its dossiers once they are instructed (SRV-6).
public enum CallJournal {
    private static func concerns(_ call: Call.ID, _ verbs: [String]) -> SQL {
        let (calls, dossiers) = (Proceeding.Subject(call).kind, Proceeding.Subject(Candidacy.ID(0)).kind)
        return """
            journal.verb IN \(list: verbs)
                AND ((journal.subject_kind = \(calls) AND journal.subject = \(call))
                    OR (journal.subject_kind = \(dossiers)
                        AND journal.subject IN (
                            SELECT candidacy_id
                            FROM instruction
                            WHERE instruction.call_id = \(call))))
            """
    }

    public static func count(_ call: Call.ID, verbs: [String], _ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM journal WHERE \(concerns(call, verbs))")
    }

    /// The lines of some verbs, the newest first. Whoever calls it has asked whether the reader keeps the call.
    ///
    /// - Parameter before: lines older than this one only; nil from the newest.
    public static func lines(
        _ call: Call.ID, verbs: [String], before: Int64? = nil, limit: Int, offset: Int = 0, _ reader: Reader
    ) throws -> [Journal.Line] {
        try reader.all(
            """
            SELECT sequence, at, actor, verb, subject_kind, subject, details, hash
            FROM journal
            WHERE \(concerns(call, verbs))
                AND sequence < \(before ?? Int64.max)
            ORDER BY sequence DESC
            LIMIT \(limit) OFFSET \(offset)
            """, Journal.read)
    }

    /// The numbers of the dossiers that lines speak of, by candidacy.
    public static func numbers(_ candidacies: [Int64], of call: Call.ID, _ reader: Reader) throws -> [Int64: Int] {
        var numbers: [Int64: Int] = [:]
        try reader.each(
            """
            SELECT candidacy_id, number
            FROM instruction
            WHERE call_id = \(call)
                AND candidacy_id IN \(list: candidacies)
            """
        ) { row in
            numbers[try row.int(0)] = Int(try row.int(1))
            return true
        }
        return numbers
    }
}
