import Maillage
import Storage

/// A board of instruction with very many dossiers, to be measured: the first is made by acts, as people would; the others are its
/// copies, written row by row, for it is the reading that is measured.
public enum CrowdedBoard {
    /// Who reads it, signed in.
    public struct Reader: Sendable {
        public let account: Account.ID
        /// The secret of the session's cookie.
        public let session: String
    }

    /// Fills an empty network. The call closed a week before `now`.
    public static func make(
        _ count: Int, in database: Database, keys: ReceiptKeys, head: LetterHead, shelf: CandidacyFormShelf,
        at now: Instant
    ) async throws -> (call: Call, instructor: Reader, coordinator: Reader) {
        // A limit is a whole second.
        let now = Instant(seconds: now.seconds)
        let (surroundings, clock) = Surroundings.fixed(at: now - .days(10))
        let desk = Desk(database: database, surroundings: surroundings)
        let call = try await TrialCall.publish(desk, closing: now - .days(7), head: head)
        let person = try await SyntheticCandidates(desk: desk, shelf: shelf, series: "tableau").make(1, for: call)
        guard let first = person.first, let key = DepositKey(text: "tableau.\(first.candidacy.text).depot") else {
            throw Missing()
        }
        _ = try await desk.perform(
            DepositCandidacy(
                candidacy: first.candidacy, version: first.version, key: key, arrival: clock.now,
                office: DepositOffice(head: head, keys: keys, shelf: shelf)),
            as: Principal(account: first.account, name: "", grants: []))
        let instructor = try await desk.perform(
            AddAccount(email: EmailAddress("instruction@essai.example"), name: PersonName("Inès")), as: .house)
        let colleague = try await desk.perform(
            AddAccount(email: EmailAddress("collegue@essai.example"), name: PersonName("Yann")), as: .house)
        for email in ["instruction@essai.example", "collegue@essai.example"] {
            try await desk.perform(AddCallTeammate(call: call.id, email: email), as: .house)
        }
        let coordinator = try await desk.perform(
            AddAccount(email: EmailAddress("coordination@essai.example"), name: PersonName("Nour")), as: .house)
        _ = try await desk.perform(
            GrantRole(Grant(.coordinator, on: .network), to: coordinator, head: head), as: .house)
        clock.advance(by: .days(4))
        _ = try await desk.perform(OpenInstructions(shelf: shelf), as: .house)
        try await database.write { writer in
            try multiply(first.candidacy, count, between: instructor, colleague, at: now, writer)
        }
        clock.advance(by: now - clock.now)
        func reader(_ account: Account.ID) async throws -> Reader {
            let opened = try await desk.perform(OpenSession(account: account, device: "mesure"), as: .house)
            return Reader(account: account, session: opened.secret.text)
        }
        return (call, try await reader(instructor), try await reader(coordinator))
    }

    /// Copies of a dossier, which differ by what lists show and filter by: number, state, instructor, date, territory, words.
    public static func multiply(
        _ model: Candidacy.ID, _ count: Int, between first: Account.ID, _ second: Account.ID, at now: Instant,
        _ writer: Writer
    ) throws {
        let lines: SQL = """
            WITH RECURSIVE line (n) AS (
                SELECT CAST(2 AS BIGINT)
                UNION ALL
                SELECT n + 1
                FROM line
                WHERE n < CAST(\(count) AS BIGINT))
            """
        try writer.run(
            """
            INSERT INTO candidacy (id, call_id, wave_id, form_id, maturity, place_id, title, structure, siret, channel,
                holder_id, depositor, state, version, deposited_version, answers, consented_at, created_at, updated_at,
                withdrawn_at, withdraw_reason, decided_at, decided_by, decision_reason)
            \(lines)
            SELECT id + n, call_id, wave_id, form_id, maturity, place_id, 'Projet ' || CAST(n AS TEXT),
                'Association ' || CAST(n % 900 AS TEXT), siret, channel, holder_id, depositor, state, version,
                deposited_version, answers, consented_at, created_at, updated_at, withdrawn_at, withdraw_reason,
                decided_at, decided_by, decision_reason
            FROM candidacy
            CROSS JOIN line
            WHERE candidacy.id = \(model)
            """)
        try writer.run(
            """
            INSERT INTO instruction (candidacy_id, call_id, wave_id, deposit_id, number, state, instructor_id, due_at,
                assigned_at, told_at, open_opinions, unread, unread_by_candidate, departement, commune, title, structure,
                words, version, created_at, updated_at, decided_at, decided_by, reasons, decision_words)
            \(lines)
            SELECT candidacy_id + n, call_id, wave_id, deposit_id, n,
                CASE WHEN n % 7 = 0 THEN 'a_completer' WHEN n % 13 = 0 THEN 'retiree' ELSE 'a_instruire' END,
                CASE n % 3 WHEN 0 THEN CAST(\(first) AS BIGINT) WHEN 1 THEN CAST(\(second) AS BIGINT) END,
                CASE WHEN n % 5 = 0 THEN created_at WHEN n % 2 = 0 THEN CAST(\(now + .days(9)) AS BIGINT) END,
                CASE WHEN n % 3 < 2 THEN created_at END, NULL, CASE WHEN n % 11 = 0 THEN 1 ELSE 0 END, 0, 0,
                CAST(10 + n % 85 AS TEXT), 'Commune ' || CAST(n % 3000 AS TEXT), 'Projet ' || CAST(n AS TEXT),
                'Association ' || CAST(n % 900 AS TEXT),
                CAST(n AS TEXT) || ' projet ' || CAST(n AS TEXT) || ' association ' || CAST(n % 900 AS TEXT)
                    || ' commune ' || CAST(n % 3000 AS TEXT),
                version, created_at, updated_at, NULL, NULL, '', ''
            FROM instruction
            CROSS JOIN line
            WHERE instruction.candidacy_id = \(model)
            """)
    }
}
