import Storage
import Testing
import Workbench

@testable import Maillage

/// Juries of before each wave had its own.
@Suite("Juries that were there before waves had theirs") struct JuryWaveUpgradeTests {
    /// Call 5 has one wave, call 6 two; each has a jury with a criterion and a member.
    private static func fill(_ writer: Writer) throws {
        for (call, waves) in [(Int64(5), [Int64(50)]), (6, [60, 61])] {
            try writer.run(
                """
                INSERT INTO call (id, slug, state, nature, title, organiser, service, service_address, service_email,
                    service_phone, summary, context, objectives, definitions, exclusions, payment, provisions, sectors,
                    territory_words, territory_edition, is_permanent, is_consortium, takes_online, takes_email, takes_post,
                    takes_late, silence_words, version, rules_version, created_at, updated_at, cancel_reason)
                VALUES (\(call), \("appel-\(call)"), 'brouillon', 'ami', 'Un appel', '', '', '', '', '', '', '', '', '', '',
                    '', '', '', '', '', 0, 0, 1, 0, 0, 0, '', 1, 0, 1, 1, '')
                """)
            for wave in waves {
                try writer.run(
                    """
                    INSERT INTO call_wave (id, call_id, rank, label, closes_at, zone, words)
                    VALUES (\(wave), \(call), \(wave), '', \(wave), 'Europe/Paris', '')
                    """)
            }
            try writer.run(
                """
                INSERT INTO jury (call_id, state, version, readings, quorum, dispersion, minutes, place, created_at)
                VALUES (\(call), 'preparation', 4, 2, 3, 25, 15, 'Salle 1', 7)
                """)
            try writer.run(
                """
                INSERT INTO jury_criterion (call_id, rank, code, label, guide, weight, maximum)
                VALUES (\(call), 0, 'a', 'Ancrage', '', 100, 4)
                """)
            try writer.run(
                """
                INSERT INTO jury_member (id, call_id, role, body, email, invited_at, expires_at, left_reason, keeps_notes,
                    presence)
                VALUES (\(call * 10), \(call), 'jure', '', 'a@b.example', 1, 2, '', 1, '')
                """)
        }
    }

    // JURY-21
    @Test("keep their numbers, their people and their grid", arguments: TestEngine.available)
    func kept(_ engine: TestEngine) async throws {
        try await withFreshDatabase(engine, Array(Schema.migrations.prefix { $0.name != "wave_juries" })) { database in
            try await database.write { try Self.fill($0) }
            _ = try await database.migrate(Schema.migrations)
            let juries = try await database.read { try JuryStore.juries([Jury.ID(5), Jury.ID(6)], $0) }
            #expect(juries.map(\.call) == [Call.ID(5), Call.ID(6)])
            #expect(juries.map(\.wave) == [CallWave.ID(50), nil], "of two waves, it stays the jury of the call")
            #expect(juries.allSatisfy { $0.version == 4 && $0.settings.place == "Salle 1" })
            #expect(juries.allSatisfy { $0.settings.criteria.map(\.code) == ["a"] })
            let members = try await database.read { try JuryMemberStore.members(of: Jury.ID(6), $0) }
            #expect(members.map(\.id) == [JuryMember.ID(60)])
            // What refers to a jury is still held to it.
            for broken: SQL in [
                "DELETE FROM jury WHERE id = 5", "UPDATE jury_member SET jury_id = 99 WHERE id = 50",
                "UPDATE jury SET call_id = 99 WHERE id = 5", "UPDATE jury SET wave_id = 99 WHERE id = 5",
                "UPDATE jury SET call_id = 5, wave_id = 50 WHERE id = 6",
            ] {
                await #expect(throws: StorageError.self) { try await database.write { _ = try $0.run(broken) } }
            }
        }
    }
}
