import Forms
import Storage

/// The SQL of `call_form_draft` and `call_form_step`.
public enum FormDraftStore {
    /// Steps that are kept: those before can no longer be come back to.
    static let keptSteps = 200
    /// Steps that the history shows.
    public static let shownSteps = 60

    /// The working copy for a stage, if there is one.
    public static func draft(of call: Call.ID, maturity: String, _ reader: Reader) throws -> FormDraft? {
        try reader.one(
            """
            SELECT call_form_draft.id, call_form_draft.base_form_id, call_form_step.version, call_form_step.definition,
                call_form_step.words, call_form_step.place, call_form_step.former, call_form_step.later,
                call_form_step.at, call_form_step.account_id
            FROM call_form_draft
            JOIN call_form_step ON call_form_step.draft_id = call_form_draft.id
                AND call_form_step.version = call_form_draft.version
            WHERE call_form_draft.call_id = \(call)
                AND call_form_draft.maturity = \(maturity)
            """
        ) { row in
            let step = try step(row, from: 2)
            return FormDraft(
                id: FormDraft.ID(try row.int(0)), call: call, maturity: maturity,
                base: try row.optionalInt(1).map { CallForm.ID($0) }, version: step.version, step: step)
        }
    }

    /// The stages for which something is being written, with when it last changed.
    public static func stages(of call: Call.ID, _ reader: Reader) throws -> [(maturity: String, at: Instant)] {
        try reader.all(
            """
            SELECT call_form_draft.maturity, call_form_step.at
            FROM call_form_draft
            JOIN call_form_step ON call_form_step.draft_id = call_form_draft.id
                AND call_form_step.version = call_form_draft.version
            WHERE call_form_draft.call_id = \(call)
            ORDER BY call_form_draft.maturity
            """
        ) { (try $0.text(0), Instant(microseconds: try $0.int(1))) }
    }

    /// One step; nil when it is too old to be kept.
    public static func step(_ version: Int, of draft: FormDraft.ID, _ reader: Reader) throws -> FormDraftStep? {
        try reader.one(
            """
            SELECT version, definition, words, place, former, later, at, account_id
            FROM call_form_step
            WHERE draft_id = \(draft)
                AND version = \(version)
            """
        ) { try step($0, from: 0) }
    }

    /// The steps after a version, the newest first.
    public static func steps(
        of draft: FormDraft.ID, after version: Int = 0, limit: Int = 50, _ reader: Reader
    ) throws -> [FormDraftStep] {
        try reader.all(
            """
            SELECT version, definition, words, place, former, later, at, account_id
            FROM call_form_step
            WHERE draft_id = \(draft)
                AND version > \(version)
            ORDER BY version DESC
            LIMIT \(limit)
            """
        ) { try step($0, from: 0) }
    }

    static func insert(
        _ id: FormDraft.ID, of call: Call.ID, maturity: String, base: CallForm.ID?, first: FormDraftStep,
        _ writer: Writer
    ) throws {
        try writer.run(
            """
            INSERT INTO call_form_draft (id, call_id, maturity, base_form_id, version, created_at)
            VALUES (\(id), \(call), \(maturity), \(base), \(first.version), \(first.at))
            """)
        try insert(first, of: id, writer)
    }

    /// Puts one more step, unless somebody was faster.
    ///
    /// - Throws: `Conflict` with the version there is.
    static func add(_ step: FormDraftStep, to draft: FormDraft, _ writer: Writer) throws {
        let count = try writer.run(
            """
            UPDATE call_form_draft
            SET version = \(step.version)
            WHERE id = \(draft.id)
                AND version = \(draft.version)
            """)
        guard count == 1 else { throw Conflict(current: draft.version) }
        try insert(step, of: draft.id, writer)
        try writer.run(
            """
            DELETE FROM call_form_step
            WHERE draft_id = \(draft.id)
                AND version <= \(step.version - keptSteps)
            """)
    }

    static func delete(_ draft: FormDraft.ID, _ writer: Writer) throws {
        try writer.run("DELETE FROM call_form_step WHERE draft_id = \(draft)")
        try writer.run("DELETE FROM call_form_draft WHERE id = \(draft)")
    }

    private static func insert(_ step: FormDraftStep, of draft: FormDraft.ID, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO call_form_step (draft_id, version, definition, words, place, former, later, at, account_id)
            VALUES (\(draft), \(step.version), \(CallFormDefinition.text(step.form, version: step.form.version)),
                \(step.words), \(step.place), \(step.former), \(step.later), \(step.at), \(step.by))
            """)
    }

    private static func step(_ row: Row, from column: Int) throws -> FormDraftStep {
        FormDraftStep(
            version: Int(try row.int(column)), form: try FormFile.read(Array(try row.text(column + 1).utf8)),
            words: try row.text(column + 2), place: try row.text(column + 3), former: Int(try row.int(column + 4)),
            later: Int(try row.int(column + 5)), at: Instant(microseconds: try row.int(column + 6)),
            by: try row.optionalInt(column + 7).map { Principal.ID($0) })
    }
}
