import Storage

/// The SQL of `call_form`. A version is never changed: candidacies point to it.
public enum CallFormStore {
    private static let columns: SQL = "id, call_id, maturity, version, title, definition, digest, created_at"

    /// The forms in use: the latest version for each maturity that has one, the common one first.
    public static func current(of call: Call.ID, _ reader: Reader) throws -> [CallForm] {
        try reader.all(
            """
            SELECT \(columns)
            FROM call_form
            WHERE call_id = \(call)
                AND retired_at IS NULL
            ORDER BY maturity, version DESC
            """, read
        ).reduce(into: []) { forms, form in
            if forms.last?.maturity != form.maturity { forms.append(form) }
        }
    }

    /// The forms in use of several calls at once.
    public static func current(of calls: [Call.ID], _ reader: Reader) throws -> [CallForm] {
        try reader.all(
            """
            SELECT \(columns)
            FROM call_form
            WHERE call_id IN \(list: calls.map(\.number))
                AND retired_at IS NULL
                AND NOT EXISTS (
                    SELECT 1
                    FROM call_form AS newer
                    WHERE newer.call_id = call_form.call_id
                        AND newer.maturity = call_form.maturity
                        AND newer.version > call_form.version
                        AND newer.retired_at IS NULL)
            ORDER BY created_at DESC, id DESC
            """, read)
    }

    /// The form for a maturity: its own, else the common one.
    public static func current(of call: Call.ID, maturity: String, _ reader: Reader) throws -> CallForm? {
        try currentPrint(of: call, maturity: maturity, reader).flatMap { try form($0.id, reader) }
    }

    /// What names the form that candidates of a maturity get now: `current` without its text.
    static func currentPrint(
        of call: Call.ID, maturity: String, _ reader: Reader
    ) throws -> (id: CallForm.ID, digest: String)? {
        try reader.one(
            """
            SELECT id, digest
            FROM call_form
            WHERE call_id = \(call)
                AND maturity IN (\(maturity), '')
                AND retired_at IS NULL
            ORDER BY LENGTH(maturity) DESC, version DESC
            LIMIT 1
            """
        ) { (id: CallForm.ID(try $0.int(0)), digest: try $0.text(1)) }
    }

    public static func form(_ id: CallForm.ID, _ reader: Reader) throws -> CallForm? {
        try reader.one("SELECT \(columns) FROM call_form WHERE id = \(id)", read)
    }

    /// Every version, the newest first, for histories.
    public static func versions(of call: Call.ID, _ reader: Reader) throws -> [CallForm] {
        try reader.all(
            """
            SELECT \(columns)
            FROM call_form
            WHERE call_id = \(call)
            ORDER BY created_at DESC, id DESC
            LIMIT 200
            """, read)
    }

    static func latestVersion(of call: Call.ID, maturity: String, _ reader: Reader) throws -> Int {
        try reader.count(
            "SELECT COALESCE(MAX(version), 0) FROM call_form WHERE call_id = \(call) AND maturity = \(maturity)")
    }

    static func insert(_ form: CallForm, by account: Principal.ID?, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO call_form (id, call_id, maturity, version, title, definition, digest, created_at, created_by)
            VALUES (\(form.id), \(form.call), \(form.maturity), \(form.version), \(form.title), \(form.definition),
                \(form.digest), \(form.createdAt), \(account))
            """)
    }

    /// Candidates of this maturity no longer get a form of their own.
    static func retire(of call: Call.ID, maturity: String, at now: Instant, _ writer: Writer) throws {
        try writer.run(
            """
            UPDATE call_form
            SET retired_at = \(now)
            WHERE call_id = \(call)
                AND maturity = \(maturity)
                AND retired_at IS NULL
            """)
    }

    private static func read(_ row: Row) throws -> CallForm {
        CallForm(
            id: CallForm.ID(try row.int(0)), call: Call.ID(try row.int(1)), maturity: try row.text(2),
            version: Int(try row.int(3)), title: try row.text(4), definition: try row.text(5), digest: try row.text(6),
            createdAt: Instant(microseconds: try row.int(7)))
    }
}
