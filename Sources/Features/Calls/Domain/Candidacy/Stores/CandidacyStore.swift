import Forms
import Storage

/// The SQL of `candidacy`. Nobody else names these columns.
public enum CandidacyStore {
    private static let columns: SQL = """
        candidacy.id, candidacy.call_id, candidacy.wave_id, candidacy.form_id, candidacy.maturity, candidacy.place_id,
            candidacy.title, candidacy.structure, candidacy.siret, candidacy.channel, candidacy.holder_id,
            candidacy.depositor, candidacy.state, candidacy.version, candidacy.deposited_version, candidacy.answers,
            candidacy.consented_at, candidacy.created_at, candidacy.updated_at, candidacy.withdrawn_at,
            candidacy.withdraw_reason, candidacy.decided_at, candidacy.decided_by, candidacy.decision_reason
        """

    /// A candidacy that the principal leads or takes part in; nil for any other, drafts and deposits alike (CAND-1).
    public static func own(_ principal: Principal, _ id: Candidacy.ID, _ reader: Reader) throws -> Candidacy? {
        guard let account = principal.account else { return nil }
        return try reader.one(
            """
            SELECT \(columns)
            FROM candidacy
            WHERE candidacy.id = \(id)
                AND \(isTakenPart(in: account))
            """, read)
    }

    /// Those the principal leads or takes part in, the latest touched first.
    public static func own(_ principal: Principal, limit: Int = 200, _ reader: Reader) throws -> [Candidacy] {
        guard let account = principal.account else { return [] }
        return try reader.all(
            """
            SELECT \(columns)
            FROM candidacy
            WHERE \(isTakenPart(in: account))
            ORDER BY candidacy.updated_at DESC, candidacy.id DESC
            LIMIT \(limit)
            """, read)
    }

    /// Asked from the side of the account, which has few of them, never of each candidacy in turn.
    private static func isTakenPart(in account: Account.ID) -> SQL {
        """
        candidacy.id IN (
            SELECT led.id
            FROM candidacy AS led
            WHERE led.holder_id = \(account)
            UNION
            SELECT candidacy_member.candidacy_id
            FROM candidacy_member
            WHERE candidacy_member.account_id = \(account)
                AND candidacy_member.left_at IS NULL)
        """
    }

    /// Any candidacy, for an act that has yet to ask whether the one who acts may know of it.
    static func any(_ id: Candidacy.ID, _ reader: Reader) throws -> Candidacy? {
        try reader.one("SELECT \(columns) FROM candidacy WHERE candidacy.id = \(id)", read)
    }

    /// Several at once, for one who may know of each.
    public static func those(_ ids: [Candidacy.ID], _ reader: Reader) throws -> [Candidacy] {
        guard !ids.isEmpty else { return [] }
        return try reader.all(
            """
            SELECT \(columns)
            FROM candidacy
            WHERE candidacy.id IN \(list: ids.map(\.number))
            ORDER BY candidacy.id
            """, read)
    }

    /// Who leads a candidacy, alone.
    static func holder(of id: Candidacy.ID, _ reader: Reader) throws -> Account.ID? {
        try reader.one("SELECT holder_id FROM candidacy WHERE id = \(id)") { try $0.optionalInt(0) }?
            .map { Account.ID($0) }
    }

    /// Whether a candidacy is still as it was read.
    static func isUnchanged(_ candidacy: Candidacy, _ reader: Reader) throws -> Bool {
        // Compared here: a condition on its wave and its state would let an engine look through the whole wave.
        try reader.one(
            """
            SELECT version, deposited_version, state, wave_id, form_id, updated_at
            FROM candidacy
            WHERE id = \(candidacy.id)
            """
        ) { row in
            try row.int(0) == Int64(candidacy.version) && row.int(1) == Int64(candidacy.depositedVersion)
                && row.text(2) == candidacy.state.rawValue && row.int(3) == candidacy.wave.number
                && row.int(4) == candidacy.form.number && row.int(5) == candidacy.updatedAt.microseconds
        } ?? false
    }

    /// Those of a call that were deposited at least once: what its team may know of. By arrival of their first deposit.
    static func deposited(of call: Call.ID, limit: Int, _ reader: Reader) throws -> [Candidacy] {
        try reader.all(
            """
            SELECT \(columns)
            FROM candidacy
            WHERE candidacy.call_id = \(call)
                AND candidacy.deposited_version > 0
            ORDER BY candidacy.id
            LIMIT \(limit)
            """, read)
    }

    /// Drafts of this call, maturity and place that their lead never wrote in.
    static func untouched(
        _ holder: Account.ID, call: Call.ID, maturity: String, place: Place.ID?, _ reader: Reader
    ) throws -> Candidacy? {
        try reader.all(
            """
            SELECT \(columns)
            FROM candidacy
            WHERE candidacy.holder_id = \(holder)
                AND candidacy.call_id = \(call)
                AND candidacy.maturity = \(maturity)
                AND candidacy.version = 1
                AND candidacy.state = 'brouillon'
            ORDER BY candidacy.id
            """, read
        ).first { $0.place == place }
    }

    static func count(of holder: Account.ID, call: Call.ID, _ reader: Reader) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM candidacy WHERE holder_id = \(holder) AND call_id = \(call)")
    }

    /// Drafts whose lead agreed to a deposit just before the limit, of the waves that close between two instants.
    static func consented(closingAfter now: Instant, before end: Instant, _ reader: Reader) throws -> [Candidacy] {
        try reader.all(
            """
            SELECT \(columns)
            FROM candidacy
            JOIN call_wave ON call_wave.id = candidacy.wave_id
            JOIN call ON call.id = candidacy.call_id
            WHERE candidacy.consented_at IS NOT NULL
                AND candidacy.state IN ('brouillon', 'deposee')
                AND candidacy.version > candidacy.deposited_version
                AND call.state = 'publie'
                AND call_wave.closes_at > \(now)
                AND call_wave.closes_at <= \(end)
            ORDER BY call_wave.closes_at, candidacy.id
            LIMIT 5000
            """, read)
    }

    /// Drafts never deposited whose wave closes between two instants, and that were not reminded of it in this way.
    static func toRemind(
        _ kind: CandidacyReminder, closingAfter now: Instant, before end: Instant, limit: Int, _ reader: Reader
    ) throws -> [Candidacy] {
        try reader.all(
            """
            SELECT \(columns)
            FROM candidacy
            JOIN call_wave ON call_wave.id = candidacy.wave_id
            JOIN call ON call.id = candidacy.call_id
            WHERE candidacy.state = 'brouillon'
                AND call.state = 'publie'
                AND call_wave.closes_at > \(now)
                AND call_wave.closes_at <= \(end)
                AND NOT EXISTS (
                    SELECT 1
                    FROM candidacy_reminder
                    WHERE candidacy_reminder.candidacy_id = candidacy.id
                        AND candidacy_reminder.closes_at = call_wave.closes_at
                        AND candidacy_reminder.kind = \(kind.rawValue))
            ORDER BY call_wave.closes_at, candidacy.id
            LIMIT \(limit)
            """, read)
    }

    /// The drafts of a call that were never deposited: those whom a change of its form concerns.
    static func drafts(of call: Call.ID, _ reader: Reader) throws -> [Candidacy] {
        try reader.all(
            """
            SELECT \(columns)
            FROM candidacy
            WHERE candidacy.call_id = \(call)
                AND candidacy.state = 'brouillon'
                AND candidacy.holder_id IS NOT NULL
            ORDER BY candidacy.id
            """, read)
    }

    /// The accounts that lead candidacies of a call which are not withdrawn: those whom its changes concern.
    static func holders(of call: Call.ID, _ reader: Reader) throws -> [Account.ID] {
        try reader.all(
            """
            SELECT DISTINCT holder_id
            FROM candidacy
            WHERE call_id = \(call)
                AND holder_id IS NOT NULL
                AND state <> 'retiree'
            ORDER BY holder_id
            """
        ) { Account.ID(try $0.int(0)) }
    }

    static func insert(_ candidacy: Candidacy, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO candidacy (id, call_id, wave_id, form_id, maturity, place_id, title, structure, siret, channel,
                holder_id, depositor, state, version, deposited_version, answers, created_at, updated_at, withdraw_reason,
                decision_reason)
            VALUES (\(candidacy.id), \(candidacy.call), \(candidacy.wave), \(candidacy.form), \(candidacy.maturity),
                \(candidacy.place), \(candidacy.title), \(candidacy.structure), \(candidacy.siret),
                \(candidacy.channel.rawValue), \(candidacy.holder), \(candidacy.depositor), \(candidacy.state.rawValue),
                \(candidacy.version), \(candidacy.depositedVersion), \(document(candidacy.answers)),
                \(candidacy.createdAt), \(candidacy.updatedAt), '', '')
            """)
    }

    /// Writes the candidacy again, if its draft is still at `version`; throws `Conflict` otherwise.
    static func update(_ candidacy: Candidacy, at version: Int, _ writer: Writer) throws {
        let changed = try writer.run(
            """
            UPDATE candidacy
            SET form_id = \(candidacy.form),
                maturity = \(candidacy.maturity),
                place_id = \(candidacy.place),
                title = \(candidacy.title),
                structure = \(candidacy.structure),
                siret = \(candidacy.siret),
                version = \(candidacy.version),
                answers = \(document(candidacy.answers)),
                \(standing(candidacy))
            WHERE id = \(candidacy.id)
                AND version = \(version)
            """)
        guard changed == 1 else { throw Conflict(current: version) }
    }

    /// Writes where the candidacy stands (wave, state, deposit, consent, withdrawal, decision) and nothing of its text, if its draft
    /// is still at the same version; throws `Conflict` otherwise. A deposit waits for it: neither the answers nor the indexes of
    /// what did not change are written.
    static func updateStanding(_ candidacy: Candidacy, _ writer: Writer) throws {
        let changed = try writer.run(
            """
            UPDATE candidacy
            SET \(standing(candidacy))
            WHERE id = \(candidacy.id)
                AND version = \(candidacy.version)
            """)
        guard changed == 1 else { throw Conflict(current: candidacy.version) }
    }

    private static func standing(_ candidacy: Candidacy) -> SQL {
        """
        wave_id = \(candidacy.wave),
        state = \(candidacy.state.rawValue),
        deposited_version = \(candidacy.depositedVersion),
        consented_at = \(candidacy.consentedAt),
        updated_at = \(candidacy.updatedAt),
        withdrawn_at = \(candidacy.withdrawnAt),
        withdraw_reason = \(candidacy.withdrawReason),
        decided_at = \(candidacy.decision?.at),
        decided_by = \(candidacy.decision?.by),
        decision_reason = \(candidacy.decision?.reason ?? "")
        """
    }

    /// Another account leads from now on; what the former one had agreed to no longer holds (CAND-13, CAND-34). Throws `Conflict`
    /// when somebody else leads it meanwhile.
    static func handOver(_ candidacy: Candidacy, to account: Account.ID, at now: Instant, _ writer: Writer) throws {
        let changed = try writer.run(
            """
            UPDATE candidacy
            SET holder_id = \(account),
                consented_at = NULL,
                updated_at = \(now)
            WHERE id = \(candidacy.id)
                AND holder_id = \(candidacy.holder)
            """)
        guard changed == 1 else { throw Conflict(current: candidacy.version) }
    }

    /// Drafts never deposited whose term counts from before an instant (`DossierTerms`), among those that `condition` picks.
    static func lapsed(before instant: Instant, _ condition: SQL, limit: Int, _ reader: Reader) throws -> [Candidacy] {
        try reader.all(
            """
            SELECT \(columns)
            FROM candidacy
            WHERE \(DossierTerms.isDraft)
                AND \(DossierTerms.closing) < \(instant)
                AND \(condition)
            ORDER BY candidacy.id
            LIMIT \(limit)
            """, read)
    }

    static func lapsedCount(before instant: Instant, _ condition: SQL, _ reader: Reader) throws -> Int {
        try reader.count(
            """
            SELECT COUNT(*)
            FROM candidacy
            WHERE \(DossierTerms.isDraft)
                AND \(DossierTerms.closing) < \(instant)
                AND \(condition)
            """)
    }

    /// From when the term of a draft counts; nil for what is not a draft.
    static func termStart(of id: Candidacy.ID, _ reader: Reader) throws -> Instant? {
        try reader.one(
            "SELECT \(DossierTerms.closing) FROM candidacy WHERE candidacy.id = \(id) AND \(DossierTerms.isDraft)"
        ) { try $0.optionalInt(0).map { Instant(microseconds: $0) } } ?? nil
    }

    /// The drafts never deposited that an account leads, and that nobody else writes.
    static func draftsOfOne(_ account: Account.ID, _ reader: Reader) throws -> [Candidacy.ID] {
        try reader.all(
            """
            SELECT candidacy.id
            FROM candidacy
            WHERE candidacy.holder_id = \(account)
                AND \(DossierTerms.isDraft)
                AND NOT EXISTS (
                    SELECT 1
                    FROM candidacy_member
                    WHERE candidacy_member.candidacy_id = candidacy.id
                        AND candidacy_member.account_id IS NOT NULL
                        AND candidacy_member.account_id <> \(account)
                        AND candidacy_member.role <> 'lecture'
                        AND candidacy_member.left_at IS NULL)
            ORDER BY candidacy.id
            """
        ) { Candidacy.ID(try $0.int(0)) }
    }

    /// Says that a draft still serves: its term counts from now.
    static func touch(_ id: Candidacy.ID, at now: Instant, _ writer: Writer) throws {
        try writer.run("UPDATE candidacy SET updated_at = \(now) WHERE id = \(id)")
    }

    /// Erases drafts that were never deposited; what hangs on them was erased before (`DraftErasure`).
    static func erase(_ ids: [Candidacy.ID], _ writer: Writer) throws -> Int {
        try writer.run(
            "DELETE FROM candidacy WHERE id IN \(list: ids.map(\.number)) AND \(DossierTerms.isDraft)")
    }

    static func document(_ answers: Answers) -> String {
        String(decoding: answers.document(), as: UTF8.self)
    }

    private static func read(_ row: Row) throws -> Candidacy {
        let decidedAt = try row.optionalInt(21).map { Instant(microseconds: $0) }
        let decidedBy = try row.optionalInt(22).map { Account.ID($0) }
        let reason = try row.text(23)
        return Candidacy(
            id: Candidacy.ID(try row.int(0)),
            call: Call.ID(try row.int(1)),
            wave: CallWave.ID(try row.int(2)),
            form: CallForm.ID(try row.int(3)),
            maturity: try row.text(4),
            place: try row.optionalInt(5).map { Place.ID($0) },
            title: try row.text(6),
            structure: try row.text(7),
            siret: try row.text(8),
            channel: Receipt.Channel(rawValue: try row.text(9)) ?? .online,
            holder: try row.optionalInt(10).map { Account.ID($0) },
            depositor: try row.text(11),
            state: CandidacyState(rawValue: try row.text(12)) ?? .draft,
            version: Int(try row.int(13)),
            depositedVersion: Int(try row.int(14)),
            answers: try Answers(document: Array(try row.text(15).utf8)),
            consentedAt: try row.optionalInt(16).map { Instant(microseconds: $0) },
            createdAt: Instant(microseconds: try row.int(17)),
            updatedAt: Instant(microseconds: try row.int(18)),
            withdrawnAt: try row.optionalInt(19).map { Instant(microseconds: $0) },
            withdrawReason: try row.text(20),
            decision: decidedAt.map { Candidacy.LateDecision(at: $0, by: decidedBy, reason: reason) })
    }
}
