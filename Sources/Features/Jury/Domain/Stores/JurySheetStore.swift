import Storage

/// The SQL of `jury_sheet`, `jury_note` and `jury_reopening`. A final sheet is written again by a reopening alone.
public enum JurySheetStore {
    private static let columns: SQL = """
        jury_sheet.id, jury_sheet.jury_id, jury_sheet.member_id, jury_sheet.candidacy_id, jury_sheet.state,
            jury_sheet.version, jury_sheet.is_abstained, jury_sheet.comment, jury_sheet.saved_at, jury_sheet.finished_at,
            jury_sheet.reopened_at, jury_sheet.salt, jury_sheet.commitment, jury.call_id
        """

    /// The sheets on a dossier that the principal may read (JURY-7).
    public static func sheets(_ principal: Principal, on candidacy: Candidacy.ID, _ reader: Reader) throws
        -> [JurySheet]
    {
        try found(
            "jury_sheet.candidacy_id = \(candidacy) AND \(VisibleSheets.to(principal))", reader)
    }

    /// The sheets of a whole jury that the principal may read (JURY-7).
    public static func sheets(_ principal: Principal, of jury: Jury.ID, _ reader: Reader) throws -> [JurySheet] {
        try found("jury_sheet.jury_id = \(jury) AND \(VisibleSheets.to(principal))", reader)
    }

    /// Any sheet of a juror on a dossier, for an act that has asked whether the one who acts may.
    static func sheet(of member: JuryMember.ID, on candidacy: Candidacy.ID, _ reader: Reader) throws -> JurySheet? {
        try found("jury_sheet.member_id = \(member) AND jury_sheet.candidacy_id = \(candidacy)", reader).first
    }

    /// The sheets that count: final, of those who sit or left their sheets, without a tie that stands; abstentions too, which the
    /// ranking says and leaves out. For what is computed once the session has opened them.
    static func counted(of jury: Jury.ID, _ reader: Reader) throws -> [JurySheet] {
        try found(
            """
            jury_sheet.jury_id = \(jury)
                AND jury_sheet.state = 'definitive'
                AND EXISTS (
                    SELECT 1
                    FROM jury_member AS author
                    WHERE author.id = jury_sheet.member_id
                        AND author.keeps_notes = 1)
                AND \(JuryConflictStore.isClear(member: "jury_sheet.member_id", candidacy: "jury_sheet.candidacy_id"))
            """, reader)
    }

    /// The final sheets of a jury, whoever wrote them: what is checked against their seals, and shown to nobody.
    static func locked(of jury: Jury.ID, _ reader: Reader) throws -> [JurySheet] {
        try found("jury_sheet.jury_id = \(jury) AND jury_sheet.state = 'definitive'", reader)
    }

    /// All that a juror wrote, for their own archive.
    static func written(by member: JuryMember.ID, _ reader: Reader) throws -> [JurySheet] {
        try found("jury_sheet.member_id = \(member)", reader)
    }

    /// Which sheets there are and where they stand, without a word of what they say.
    static func progress(of jury: Jury.ID, _ reader: Reader) throws -> [SheetProgress] {
        try reader.all(
            """
            SELECT member_id, candidacy_id, state
            FROM jury_sheet
            WHERE jury_id = \(jury)
            ORDER BY id
            """
        ) { row in
            SheetProgress(
                member: JuryMember.ID(try row.int(0)), candidacy: Candidacy.ID(try row.int(1)),
                state: SheetState(rawValue: try row.text(2)) ?? .draft)
        }
    }

    private static func found(_ condition: SQL, _ reader: Reader) throws -> [JurySheet] {
        var sheets = try reader.all(
            """
            SELECT \(columns)
            FROM jury_sheet
            JOIN jury ON jury.id = jury_sheet.jury_id
            WHERE \(condition)
            ORDER BY jury_sheet.id
            """, read)
        var notes: [Int64: [JuryNote]] = [:]
        try reader.each(
            """
            SELECT sheet_id, criterion, note, is_concerned, comment
            FROM jury_note
            WHERE sheet_id IN \(list: sheets.map(\.id.number))
            ORDER BY sheet_id, criterion
            """
        ) { row in
            notes[try row.int(0), default: []].append(
                JuryNote(
                    try row.text(1), try row.optionalInt(2).map(Int.init), isConcerned: try row.bool(3),
                    comment: try row.text(4)))
            return true
        }
        for place in sheets.indices { sheets[place].notes = notes[sheets[place].id.number] ?? [] }
        return sheets
    }

    static func insert(_ sheet: JurySheet, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO jury_sheet (id, jury_id, member_id, candidacy_id, state, version, is_abstained, comment, saved_at,
                finished_at, salt, commitment)
            VALUES (\(sheet.id), \(sheet.jury), \(sheet.member), \(sheet.candidacy), \(sheet.state.rawValue),
                \(sheet.version), \(sheet.isAbstained), \(sheet.comment), \(sheet.savedAt), \(sheet.finishedAt),
                \(sheet.salt), \(sheet.commitment))
            """)
        try write(sheet.notes, of: sheet.id, writer)
    }

    /// Writes a draft again, or makes it final, if it is still a draft at `version`; throws `Conflict` otherwise.
    static func update(_ sheet: JurySheet, at version: Int, _ writer: Writer) throws {
        let changed = try writer.run(
            """
            UPDATE jury_sheet
            SET state = \(sheet.state.rawValue),
                version = \(sheet.version),
                is_abstained = \(sheet.isAbstained),
                comment = \(sheet.comment),
                saved_at = \(sheet.savedAt),
                finished_at = \(sheet.finishedAt),
                salt = \(sheet.salt),
                commitment = \(sheet.commitment)
            WHERE id = \(sheet.id)
                AND version = \(version)
                AND state = 'en_saisie'
            """)
        guard changed == 1 else { throw Conflict(current: version) }
        try write(sheet.notes, of: sheet.id, writer)
    }

    /// A final sheet becomes a draft again; what it said stays, with its seal.
    static func reopen(
        _ sheet: JurySheet, as reopening: Identifier<JurySheet>, by account: Account.ID?, reason: String,
        at now: Instant,
        _ writer: Writer
    ) throws {
        try writer.run(
            """
            INSERT INTO jury_reopening (id, sheet_id, at, account_id, reason, former, commitment)
            VALUES (\(reopening), \(sheet.id), \(now), \(account), \(reason), \(try JuryCommitment.text(of: sheet)),
                \(sheet.commitment))
            """)
        let changed = try writer.run(
            """
            UPDATE jury_sheet
            SET state = 'en_saisie',
                version = version + 1,
                finished_at = NULL,
                reopened_at = \(now),
                salt = '',
                commitment = ''
            WHERE id = \(sheet.id)
                AND state = 'definitive'
            """)
        guard changed == 1 else { throw Conflict(current: sheet.version) }
    }

    private static func write(_ notes: [JuryNote], of sheet: JurySheet.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM jury_note WHERE sheet_id = \(sheet)")
        for note in notes {
            try writer.run(
                """
                INSERT INTO jury_note (sheet_id, criterion, note, is_concerned, comment)
                VALUES (\(sheet), \(note.criterion), \(note.note), \(note.isConcerned), \(note.comment))
                """)
        }
    }

    private static func read(_ row: Row) throws -> JurySheet {
        JurySheet(
            id: JurySheet.ID(try row.int(0)), jury: Jury.ID(try row.int(1)), call: Call.ID(try row.int(13)),
            member: JuryMember.ID(try row.int(2)),
            candidacy: Candidacy.ID(try row.int(3)), state: SheetState(rawValue: try row.text(4)) ?? .draft,
            version: Int(try row.int(5)), isAbstained: try row.bool(6), notes: [], comment: try row.text(7),
            savedAt: Instant(microseconds: try row.int(8)),
            finishedAt: try row.optionalInt(9).map { Instant(microseconds: $0) },
            reopenedAt: try row.optionalInt(10).map { Instant(microseconds: $0) }, salt: try row.text(11),
            commitment: try row.text(12))
    }
}

/// That a sheet is there and where it stands: what those who organise follow before the session.
public struct SheetProgress: Sendable, Equatable {
    public let member: JuryMember.ID
    public let candidacy: Candidacy.ID
    public let state: SheetState
}
