import Storage

/// A version of the règlement, as it was published: text that never changes, named by its fingerprint.
public struct CallRulesVersion: Sendable, Equatable {
    public let version: Int
    public let text: String
    /// SHA-256 of the text's UTF-8, in hexadecimal.
    public let fingerprint: String
    public let publishedAt: Instant
}

/// The SQL of `call_rules_version` and `call_amendment`.
public enum CallRulesStore {
    /// A version of the règlement; the one in force when none is named.
    public static func rules(of call: Call.ID, version: Int? = nil, _ reader: Reader) throws -> CallRulesVersion? {
        let condition: SQL = version.map { "AND version = \($0)" } ?? SQL()
        return try reader.one(
            """
            SELECT version, text, fingerprint, published_at
            FROM call_rules_version
            WHERE call_id = \(call)
                \(condition)
            ORDER BY version DESC
            LIMIT 1
            """
        ) { row in
            CallRulesVersion(
                version: Int(try row.int(0)), text: try row.text(1), fingerprint: try row.text(2),
                publishedAt: Instant(microseconds: try row.int(3)))
        }
    }

    /// What names the règlement in force, without its text.
    static func printInForce(of call: Call.ID, _ reader: Reader) throws -> (version: Int, fingerprint: String)? {
        try reader.one(
            """
            SELECT version, fingerprint
            FROM call_rules_version
            WHERE call_id = \(call)
            ORDER BY version DESC
            LIMIT 1
            """
        ) { (version: Int(try $0.int(0)), fingerprint: try $0.text(1)) }
    }

    static func insert(_ rules: CallRulesVersion, of call: Call.ID, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO call_rules_version (call_id, version, text, fingerprint, published_at)
            VALUES (\(call), \(rules.version), \(rules.text), \(rules.fingerprint), \(rules.publishedAt))
            """)
    }

    /// What was changed after publication, the newest first.
    public static func amendments(of call: Call.ID, _ reader: Reader) throws -> [CallAmendment] {
        try reader.all(
            """
            SELECT id, rules_version, at, reason, changes
            FROM call_amendment
            WHERE call_id = \(call)
            ORDER BY at DESC, id DESC
            """
        ) { row in
            CallAmendment(
                id: CallAmendment.ID(try row.int(0)), rulesVersion: Int(try row.int(1)),
                at: Instant(microseconds: try row.int(2)), reason: try row.text(3),
                changes: try CallChange.read(json: try row.text(4)))
        }
    }

    static func insert(
        _ amendment: CallAmendment, of call: Call.ID, by account: Principal.ID?, _ writer: Writer
    ) throws {
        try writer.run(
            """
            INSERT INTO call_amendment (id, call_id, rules_version, at, actor, reason, changes)
            VALUES (\(amendment.id), \(call), \(amendment.rulesVersion), \(amendment.at), \(account),
                \(amendment.reason), \(CallChange.json(amendment.changes)))
            """)
    }
}
