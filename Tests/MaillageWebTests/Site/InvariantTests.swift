import Foundation
import Storage
import Testing
import Workbench

@testable import Maillage
@testable import MaillageWeb

/// Each invariant of the network: the demo holds, and what breaks one shows in its own line. BAK-7
@Suite struct InvariantTests {
    /// One way of breaking an invariant, undone at once.
    private struct Break {
        let name: String
        /// What the line must say.
        let words: String
        let statements: [SQL]

        init(_ name: String, _ words: String, _ statements: SQL...) {
            self.name = name
            self.words = words
            self.statements = statements
        }
    }

    /// What a transaction is undone with.
    private struct Undone: Error {
        let lines: [String]
        let changed: Int
    }

    private static let digits = String(repeating: "a", count: 64)

    private static let breaks: [Break] = [
        Break(
            "journal.chain", "journal line 3",
            "\(sqlite: "DROP TRIGGER journal_keeps_words", postgres: "ALTER TABLE journal DISABLE TRIGGER ALL")",
            "UPDATE journal SET details = 'autre' WHERE sequence = 3"),
        Break(
            "letters.state", "letter ",
            "UPDATE letter SET sent_at = 5 WHERE id = (SELECT MIN(id) FROM letter WHERE state = 'en_attente')"),
        Break(
            "accounts.closed", "is closed",
            """
            UPDATE account SET email = NULL, password = NULL, closed_at = 5
            WHERE id = (SELECT MIN(account_id) FROM role_grant WHERE revoked_at IS NULL)
            """),
        Break(
            "accounts.sessions", "session ",
            """
            INSERT INTO session (id, account_id, secret_hash, device, opened_at, last_seen_at, renewal_due)
            SELECT 7, MIN(id), \([7] as [UInt8]), 'essai', 9, 8, 0 FROM account
            """),
        Break(
            "communes.search", "“faux”",
            "UPDATE commune SET name_key = 'faux' WHERE code = (SELECT MIN(code) FROM commune)"),
        Break(
            "places.search", "column name",
            "UPDATE place SET name = 'Autre nom' WHERE id = (SELECT MIN(id) FROM place)"),
        Break(
            "places.search", "place_site",
            "DELETE FROM place_site WHERE place_id = (SELECT MIN(place_id) FROM place_site)"),
        Break(
            "places.slugs", "former address",
            "INSERT INTO place_slug (slug, place_id, since) SELECT slug, id, 1 FROM place WHERE id = (SELECT MIN(id) FROM place)"
        ),
        Break(
            "places.circles", "2 main circles",
            """
            INSERT INTO place_circle (place_id, circle_id, is_main, since)
            SELECT place_id, circle_id, 1, since + 1 FROM place_circle
            WHERE is_main = 1 AND until IS NULL AND place_id = (
                SELECT MIN(place_id) FROM place_circle WHERE is_main = 1 AND until IS NULL)
            """),
        Break(
            "roles.scope", "there is no lieu 42",
            """
            UPDATE role_grant SET scope_subject = 42
            WHERE id = (SELECT MIN(id) FROM role_grant WHERE scope_kind = 'lieu')
            """),
        Break(
            "photos.sizes", "it has no size",
            """
            INSERT INTO place_photo (id, place_id, rank, alternative, credit, licence, added_at)
            SELECT 7, MIN(id), 1, 'Une salle', 'Nous', 'cc0-1.0', 1 FROM place
            """),
        Break(
            "calls.rules", "version 1",
            """
            UPDATE call_rules_version SET text = text || '.'
            WHERE version = 1 AND call_id = (SELECT MIN(call_id) FROM call_rules_version)
            """),
        Break(
            "calls.versions", "rules_version is",
            """
            UPDATE call SET rules_version = rules_version + 1
            WHERE id = (SELECT MIN(id) FROM call WHERE state = 'publie')
            """),
        Break(
            "calls.forms", "call_form",
            "UPDATE call_form SET definition = definition || ' ' WHERE id = (SELECT MIN(id) FROM call_form)"),
        Break(
            "candidacies.state", "state brouillon with",
            """
            UPDATE candidacy SET state = 'brouillon'
            WHERE id = (SELECT MIN(id) FROM candidacy WHERE state = 'deposee')
            """),
        Break(
            "candidacies.versions", "deposited_version is",
            """
            UPDATE candidacy SET version = version + 3, deposited_version = deposited_version + 1
            WHERE id = (SELECT MIN(id) FROM candidacy WHERE state = 'deposee')
            """),
        Break(
            "candidacies.saves", "do not hold",
            """
            UPDATE candidacy_save SET section = section || 'x'
            WHERE candidacy_id = (SELECT MIN(candidacy_id) FROM candidacy_save)
            """),
        Break(
            "candidacies.calls", "candidacy ",
            """
            UPDATE candidacy SET wave_id = (SELECT MIN(id) FROM call_wave WHERE call_wave.call_id <> candidacy.call_id)
            WHERE id = (SELECT MIN(id) FROM candidacy)
            """),
        Break(
            "deposits.numbers", "deposit 1 lacks",
            """
            UPDATE candidacy_deposit SET number = number + 100
            WHERE id = (SELECT MIN(id) FROM candidacy_deposit WHERE number = 1)
            """),
        Break(
            "deposits.digests", "snapshot was changed",
            "UPDATE candidacy_deposit SET snapshot = snapshot || ' ' WHERE id = (SELECT MIN(id) FROM candidacy_deposit)"
        ),
        Break(
            "deposits.digests", "not canonical",
            "UPDATE candidacy_deposit SET snapshot = ' ' || snapshot WHERE id = (SELECT MIN(id) FROM candidacy_deposit)"
        ),
        Break(
            "deposits.receipts", "does not hold",
            """
            UPDATE receipt SET content = REPLACE(content, '"depositor":"', '"depositor":"X')
            WHERE id = (SELECT MIN(id) FROM receipt)
            """),
        Break(
            "deposits.receipts", "another key",
            "UPDATE receipt SET key_id = 'autre' WHERE id = (SELECT MIN(id) FROM receipt)"),
        Break(
            "deposits.receipts", "it has no receipt",
            "DELETE FROM receipt WHERE id = (SELECT MAX(id) FROM receipt)"),
        Break(
            "deposits.candidacies", "of call",
            """
            UPDATE candidacy_deposit SET number = 999, call_id = (
                SELECT MIN(call_id) FROM call_rules_version
                WHERE call_rules_version.version = candidacy_deposit.rules_version
                    AND call_rules_version.call_id <> candidacy_deposit.call_id)
            WHERE id = (SELECT MIN(id) FROM candidacy_deposit)
            """),
        Break(
            "deposits.files", "no document is kept",
            """
            UPDATE candidacy_deposit
            SET attachments = \("[{\"name\":\"a.pdf\",\"size\":3,\"sha256\":\"" + digits + "\"}]")
            WHERE id = (SELECT MIN(id) FROM candidacy_deposit)
            """),
        Break(
            "receipts.heads", "receipt_head 1000",
            """
            INSERT INTO receipt_head (number, closed_day, content, fingerprint, issued_at)
            VALUES (1000, '2020-01-01', 'rien', \(digits), 1)
            """),
        Break(
            "instruction.deposits", "instruction ",
            """
            UPDATE instruction SET number = number + 50
            WHERE candidacy_id = (SELECT MIN(candidacy_id) FROM instruction)
            """),
        Break(
            "instruction.opinions", "open_opinions is",
            """
            UPDATE instruction SET open_opinions = open_opinions + 1
            WHERE candidacy_id = (SELECT MIN(candidacy_id) FROM instruction)
            """),
        Break(
            "instruction.search", "is not found by",
            "UPDATE instruction SET words = '' WHERE candidacy_id = (SELECT MIN(candidacy_id) FROM instruction)"),
        Break(
            "jury.seals", "jury_sheet ",
            """
            UPDATE jury_sheet SET comment = comment || 'x'
            WHERE id = (SELECT MIN(id) FROM jury_sheet WHERE state = 'definitive')
            """),
        Break(
            "jury.minutes", "their text was changed",
            "DELETE FROM jury_minutes",
            """
            INSERT INTO jury_minutes (jury_id, text, fingerprint, signed_at, signed_by, signer)
            SELECT MIN(jury.id), 'Autre', \(digits), 1, MIN(account.id), 'Une personne' FROM jury, account
            """),
        Break(
            "jury.readings", "of another jury",
            """
            UPDATE jury_sheet SET candidacy_id = (
                SELECT MIN(candidacy.id) FROM candidacy JOIN jury ON jury.id = jury_sheet.jury_id
                WHERE candidacy.call_id <> jury.call_id)
            WHERE id = (SELECT MIN(id) FROM jury_sheet)
            """),
        Break(
            "decisions.sequence", "decision 1 lacks",
            "UPDATE decision SET sequence = sequence + 5 WHERE id = (SELECT MIN(id) FROM decision WHERE sequence = 1)"),
        Break(
            "decisions.force", "superseded_at",
            """
            UPDATE decision SET superseded_at = notified_at
            WHERE id = (SELECT MIN(id) FROM decision WHERE notified_at IS NOT NULL AND superseded_at IS NULL)
            """),
        Break(
            "decisions.calls", "decision ",
            """
            UPDATE decision SET list_rank = CASE WHEN list_rank IS NULL THEN NULL ELSE 900 END,
                wave_id = (SELECT MIN(id) FROM call_wave WHERE call_wave.call_id <> decision.call_id)
            WHERE id = (SELECT MIN(id) FROM decision)
            """),
        Break(
            "decisions.runs", "selection_run ",
            """
            INSERT INTO selection_run (id, call_id, wave_id, plan_version, fingerprint, inputs, result, at)
            SELECT 7, call.id, call_wave.id, 1, \(digits), '{}', '{}', 1 FROM call, call_wave
            WHERE call.id = (SELECT MIN(id) FROM call)
                AND call_wave.id = (SELECT MIN(id) FROM call_wave WHERE call_id <> (SELECT MIN(id) FROM call))
            """),
        Break(
            "funding.ledger", "its events say",
            "UPDATE funding_line SET asked_cents = asked_cents + 1 WHERE id = (SELECT MIN(id) FROM funding_line)"),
        Break(
            "funding.events", "its last event is",
            "UPDATE funding_line SET version = version + 1 WHERE id = (SELECT MIN(id) FROM funding_line)"),
        Break(
            "funding.decisions", "cents granted by lines",
            """
            UPDATE funding_line SET
                candidacy_id = (SELECT MIN(candidacy_id) FROM decision WHERE amount > 0 AND notified_at IS NOT NULL),
                call_id = (SELECT call_id FROM decision WHERE candidacy_id = (
                    SELECT MIN(candidacy_id) FROM decision WHERE amount > 0 AND notified_at IS NOT NULL) AND superseded_at IS NULL)
            WHERE id = (SELECT MIN(line_id) FROM funding_event WHERE kind = 'accord')
            """,
            "UPDATE decision SET amount = 1 WHERE amount IS NOT NULL"),
        Break(
            "funding.envelopes", "committed",
            """
            UPDATE funding_envelope SET amount_cents = 0
            WHERE id = (SELECT MIN(envelope_id) FROM funding_line WHERE committed_cents > 0)
            """),
        Break(
            "funding.agreements", "its line grants",
            """
            UPDATE agreement_version SET amount_cents = amount_cents + 1
            WHERE agreement_id = (SELECT MIN(id) FROM agreement WHERE state = 'active')
            """),
        Break(
            "funding.instalments", "instalments of",
            """
            UPDATE instalment SET amount_cents = amount_cents + 1
            WHERE id = (
                SELECT MIN(instalment.id) FROM instalment
                JOIN agreement ON agreement.id = instalment.agreement_id
                    AND agreement.active_version = instalment.version
                WHERE agreement.state = 'active' AND instalment.state <> 'payee')
            """),
        Break(
            "funding.payments", "its instalments",
            """
            UPDATE instalment SET amount_cents = amount_cents + 1000000000
            WHERE id = (SELECT MIN(id) FROM instalment WHERE state = 'payee')
            """),
        Break(
            "funding.shares", "passed on",
            """
            INSERT INTO agreement_share (id, agreement_id, rank, name, siret, amount_cents, is_lead)
            SELECT 7, MIN(id), 900, 'Une structure', '', 1, 0 FROM agreement
            """,
            """
            INSERT INTO agreement_passing (id, share_id, amount_cents, happened_on, proof, at)
            VALUES (8, 7, 2, '2026-01-01', 'virement', 1)
            """),
    ]

    private static func demo(
        _ engine: TestEngine, _ body: (Database, [Invariant]) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/maillage-demo-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await withFreshDatabase(engine, Schema.migrations) { database in
            let (surroundings, _) = Surroundings.fixed(at: Instant(seconds: 1_790_000_000), seed: 5)
            let desk = Desk(database: database, surroundings: surroundings)
            let head = LetterHead(
                networkName: "Réseau d’essai", baseURL: "https://reseau.test", contactEmail: "aide@reseau.test")
            let keys = try ReceiptKeys.load(
                dataDirectory: folder, now: DemoNetwork.keysSince, secret: surroundings.secret)
            try await DemoNetwork(
                desk: desk,
                passwords: Passwords(desk: desk, hasher: PasswordHasher(.quick), networkName: head.networkName),
                head: head, receiptKeys: keys
            ).build()
            try await body(database, Invariant.network(keys: keys.all))
        }
    }

    @Test func eachHasANameAPromiseAndATest() {
        let invariants = Invariant.network(keys: [])
        #expect(Set(invariants.map(\.name)) == Set(Self.breaks.map(\.name)))
        #expect(Set(invariants.map(\.name)).count == invariants.count)
        for invariant in invariants {
            #expect(invariant.promise.hasSuffix(".") && invariant.promise.count < 140, "\(invariant.name)")
        }
    }

    @Test(arguments: TestEngine.available)
    func theDemoHoldsAndEachFaultIsNamed(_ engine: TestEngine) async throws {
        try await Self.demo(engine) { database, invariants in
            for invariant in invariants {
                let found = try await invariant.found(in: database)
                #expect(found.count == 0, "\(invariant.name): \(found.lines.prefix(3))")
            }
            for planned in Self.breaks {
                let invariant = try #require(invariants.first { $0.name == planned.name })
                do {
                    try await database.write { writer in
                        var changed = 0
                        for statement in planned.statements { changed = try writer.run(statement) }
                        var lines: [String] = []
                        _ = try invariant.look(writer) { lines.append($0) }
                        throw Undone(lines: lines, changed: changed)
                    }
                } catch let undone as Undone {
                    #expect(undone.changed > 0, "\(planned.name), \(planned.words): nothing to break in the demo")
                    #expect(
                        undone.lines.contains { $0.contains(planned.words) },
                        "\(planned.name), \(planned.words): \(undone.lines.prefix(3))")
                }
            }
            for invariant in invariants { #expect(try await invariant.found(in: database).count == 0, "undone") }
        }
    }

    @Test func manyFaultsAreCountedAndSomeNamed() async throws {
        try await withFreshDatabase(.sqlite, Schema.migrations) { database in
            let invariant = Invariant("essai", "Rien.") { _, tell in
                for number in 0..<1_000 { tell("ligne \(number)") }
                return 1_000
            }
            let found = try await invariant.found(in: database)
            #expect(found.count == 1_000 && found.looked == 1_000 && found.lines.count == Invariant.Found.most)
        }
    }
}
