import Storage
import Testing
import Workbench

@testable import Maillage

/// What a deposit and a list of one's own look at does not grow with what others write: on the last evening thousands of them hold the
/// turn of writing one after the other. PostgreSQL counts the rows that it touches; `EXPLAIN` of one day says nothing of the next.
@Suite struct CandidacyReachTests {
    private static let others = 400

    @Test(.enabled(if: TestEngine.available.contains(.postgres), "MAILLAGE_TEST_POSTGRES names no server"))
    func `beside hundreds of candidacies, a few rows are looked at`() async throws {
        try await CandidacyWorld.on(.postgres) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let other = try #require(bob.account)
            let draft = try await world.complete(by: ada)
            _ = try await world.deposit(draft, 1, by: ada)
            try await world.database.write { try Self.crowd(of: other, $0) }

            let key = world.key(1)
            let seen = try await world.database.read { reader in
                let candidacy = try #require(try CandidacyStore.any(draft.id, reader))
                let call = try #require(try CallStore.any(draft.call, reader))
                return [
                    try Self.look(reader) { try CandidacyStore.isUnchanged(candidacy, reader) },
                    try Self.look(reader) { try CallStore.isUnchanged(call, reader) },
                    try Self.look(reader) { try CandidacyDepositStore.deposit(key: key, reader) != nil },
                    try Self.look(reader) {
                        try CandidacyDepositStore.nextNumber(in: call.id, reader) == Self.others + 2
                    },
                    try Self.look(reader) { try CandidacyStore.own(ada, reader).map(\.id) == [draft.id] },
                ]
            }
            let (doubtful, most) = (seen.count { !$0.holds }, seen.map(\.rows).max() ?? 0)
            #expect(doubtful == 0 && most <= 6, "\(seen)")
        }
    }

    /// The one candidacy and its one deposit, copied for another account.
    private static func crowd(of holder: Account.ID, _ writer: Writer) throws {
        try writer.run(
            """
            INSERT INTO candidacy
            SELECT (jsonb_populate_record(candidacy, jsonb_build_object('id', candidacy.id + step, 'holder_id', \(holder)))).*
            FROM candidacy, generate_series(1, \(others)) AS step
            """)
        try writer.run(
            """
            INSERT INTO candidacy_deposit
            SELECT (jsonb_populate_record(deposit, jsonb_build_object(
                'id', deposit.id + step, 'number', deposit.number + step, 'candidacy_id', deposit.candidacy_id + step,
                'deposit_key', deposit.deposit_key || step))).*
            FROM candidacy_deposit AS deposit, generate_series(1, \(others)) AS step
            """)
    }

    /// Whether a question holds, and how many rows of these tables it looked at, by the server's own count.
    private static func look(_ reader: Reader, _ question: () throws -> Bool) throws -> (holds: Bool, rows: Int) {
        let before = try rows(reader)
        return (holds: try question(), rows: try rows(reader) - before)
    }

    private static func rows(_ reader: Reader) throws -> Int {
        try reader.count(
            """
            SELECT CAST(SUM(COALESCE(seq_tup_read, 0) + COALESCE(idx_tup_fetch, 0)) AS BIGINT)
            FROM pg_stat_xact_user_tables
            WHERE relname IN ('candidacy', 'candidacy_deposit', 'candidacy_member', 'call')
            """)
    }
}
