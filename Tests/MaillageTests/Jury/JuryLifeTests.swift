import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("A jury from its grid to its sealed sheets") struct JuryLifeTests {
    // JURY-2
    @Test("weights that do not make 100 are refused in plain words when sheets open", arguments: TestEngine.available)
    func weights(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine, isOpen: false) { world in
            var settings = try await world.jury().settings
            settings.criteria[1].weight = 37
            let jury = try await world.desk.perform(
                ComposeJury(call: world.call, version: 1, settings: settings), as: world.agent)
            let problems = try #require(
                try await world.refusal(OpenJury(call: world.call, version: jury.version), as: world.agent) as? Problems
            )
            #expect(problems.messages(for: "criteres").first?.contains("97 points au lieu de 100") == true)
            #expect(problems.messages(for: "criteres").first?.contains("il en manque 3") == true)
            settings.criteria[1].weight = 140
            let wrong = ComposeJury(call: world.call, version: jury.version, settings: settings)
            #expect(
                (try await world.refusal(wrong, as: world.agent) as? Problems)?.list.first?.field == "critere.1.poids")
            settings.criteria = JuryWorld.criteria
            let right = try await world.desk.perform(
                ComposeJury(call: world.call, version: jury.version, settings: settings), as: world.agent)
            let stale = OpenJury(call: world.call, version: jury.version)
            #expect(try await world.refusal(stale, as: world.agent) is Conflict)
            _ = try await world.desk.perform(OpenJury(call: world.call, version: right.version), as: world.agent)
            // Open, the grid is what it was.
            settings.criteria[0].weight = 50
            settings.criteria[1].weight = 50
            let late = ComposeJury(call: world.call, version: right.version + 1, settings: settings)
            #expect((try await world.refusal(late, as: world.agent) as? Problems)?.list.first?.field == "criteres")
            settings.criteria = JuryWorld.criteria
            settings.quorum = 3
            _ = try await world.desk.perform(
                ComposeJury(call: world.call, version: right.version + 1, settings: settings), as: world.agent)
            #expect(try await world.jury().settings.quorum == 3)
            #expect(try await world.jury().settings.criteria == JuryWorld.criteria)
        }
    }

    // JURY-2
    @Test("a grid begins with the criteria of the call, brought to 100 when that is exact")
    func grid() {
        var call = Call(
            id: Call.ID(1), slug: "appel", state: .published, settings: CallSettings(identity: CallWorld.identity),
            version: 1, rulesVersion: 1, createdAt: CallWorld.start, createdBy: nil, updatedAt: CallWorld.start,
            publishedAt: CallWorld.start, cancelledAt: nil, cancelReason: "")
        call.settings.criteria = [CallCriterion("x", "X", weight: 2), CallCriterion("y", "Y", weight: 3, maximum: 20)]
        #expect(JurySettings(of: call).criteria.map(\.weight) == [40, 60])
        #expect(JurySettings(of: call).criteria.map(\.maximum) == [5, 20])
        call.settings.criteria = [CallCriterion("x", "X", weight: 1), CallCriterion("y", "Y", weight: 2)]
        #expect(JurySettings(of: call).criteria.map(\.weight) == [1, 2], "a third of 100 is no whole number of points")
    }

    // JURY-1, JURY-3
    @Test("who sits was invited by their address, and the chair is one", arguments: TestEngine.available)
    func seats(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine, isOpen: false) { world in
            let head = world.world.head
            func invite(_ address: String, _ role: JuryMember.Role = .juror) -> InviteJuror {
                InviteJuror(call: world.call, email: address, role: role, head: head)
            }
            #expect((try await world.refusal(invite("a@b.example", .chair), as: world.agent) as? Problems) != nil)
            #expect((try await world.refusal(invite("jure1@ville1.example"), as: world.agent) as? Problems) != nil)
            #expect((try await world.refusal(invite("pas une adresse"), as: world.agent) as? Problems) != nil)
            for other in [world.chair, world.jurors[0], world.candidates[0], Principal.visitor] {
                #expect(try await world.refusal(invite("a@b.example"), as: other) is Denied, "\(other.name)")
            }
            // Another account does not take the seat.
            let eve = try await JuryWorld.person("eve@ailleurs.example", world.world)
            _ = try await world.desk.perform(invite("fred@ailleurs.example"), as: world.agent)
            let secret = try await JuryWorld.secret(to: "fred@ailleurs.example", world.world)
            #expect(try await world.refusal(JoinJury(secret), as: eve) is Denied)
            #expect(try await world.refusal(JoinJury(secret), as: .visitor) is Denied)
            let fred = try await JuryWorld.person("fred@ailleurs.example", world.world)
            _ = try await world.desk.perform(JoinJury(secret), as: fred)
            #expect(try await world.refusal(JoinJury(secret), as: fred) is Missing, "once")
            #expect(try await world.seat(fred).role == .juror)
            // Before the limit and without a chair nothing opens.
            let chair = try await world.seat(world.chair)
            _ = try await world.desk.perform(
                RemoveJuror(call: world.call, member: chair.id, keepsNotes: true, reason: "Départ."), as: world.agent)
            let open = OpenJury(call: world.call, version: try await world.jury().version)
            #expect((try await world.refusal(open, as: world.agent) as? Problems)?.list.count == 1)
        }
    }

    // JURY-4, JURY-5
    @Test(
        "a draft waits, a final sheet is whole and locked, the chair reopens it in writing",
        arguments: TestEngine.available)
    func sheets(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            let (juror, dossier) = (world.jurors[0], world.dossiers[0])
            func save(_ entry: SheetEntry, _ version: Int) -> SaveSheet {
                SaveSheet(call: world.call, candidacy: dossier, version: version, entry: entry)
            }
            func finish(_ entry: SheetEntry, _ version: Int) -> FinishSheet {
                FinishSheet(call: world.call, candidacy: dossier, version: version, entry: entry)
            }
            let draft = try await world.desk.perform(save(JuryWorld.entry(3, nil), 0), as: juror)
            #expect(draft.state == .draft && draft.version == 1 && draft.commitment.isEmpty)
            #expect(try await world.refusal(save(JuryWorld.entry(3, 2), 0), as: juror) is Conflict, "two windows")
            #expect(
                (try await world.refusal(save(JuryWorld.entry(5, 2), 1), as: juror) as? Problems)?.list.first?.field
                    == "note.a")
            #expect(
                (try await world.refusal(finish(JuryWorld.entry(3, nil), 1), as: juror) as? Problems)?.list.first?.field
                    == "note.b")
            let nothing = SheetEntry(notes: [
                JuryNote("a", nil, isConcerned: false), JuryNote("b", nil, isConcerned: false),
            ])
            #expect(try await world.refusal(finish(nothing, 1), as: juror) is Problems, "that is an abstention")
            let locked = try await world.desk.perform(finish(JuryWorld.entry(3, 2), 1), as: juror)
            #expect(locked.state == .locked && JuryCommitment.holds(locked))
            #expect(try await world.refusal(save(JuryWorld.entry(1, 1), 2), as: juror) is Problems)
            #expect(try await world.refusal(finish(JuryWorld.entry(1, 1), 2), as: juror) is Problems)

            let seat = try await world.seat(juror)
            func reopen(_ reason: String = "Une erreur de ligne.") -> ReopenSheet {
                ReopenSheet(call: world.call, candidacy: dossier, member: seat.id, reason: reason)
            }
            #expect(try await world.refusal(reopen(), as: juror) is Denied)
            #expect(try await world.refusal(reopen(), as: world.jurors[1]) is Denied)
            #expect(try await world.refusal(reopen(), as: world.agent) is Denied, "the chair’s alone")
            #expect(try await world.refusal(reopen(" "), as: world.chair) is Problems)
            try await world.desk.perform(reopen(), as: world.chair)
            let kept = try await world.database.read { reader in
                try reader.one("SELECT former, commitment FROM jury_reopening") { (try $0.text(0), try $0.text(1)) }
            }
            #expect(kept?.1 == locked.commitment)
            #expect(
                Fingerprint(of: Array((kept?.0 ?? "").utf8)).text == locked.commitment, "what it said is still proved")
            let again = try await world.desk.perform(finish(JuryWorld.entry(4, 2), 3), as: juror)
            #expect(again.commitment != locked.commitment)
            let own = ReopenSheet(
                call: world.call, candidacy: dossier, member: try await world.seat(world.chair).id, reason: "La mienne."
            )
            #expect(try await world.refusal(own, as: world.chair) is Denied)
        }
    }

    // JURY-6
    @Test(
        "the seal of a sheet is in the journal, says nothing, and holds to the last bit",
        arguments: TestEngine.available)
    func seals(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            let first = try await world.finish(world.dossiers[0], 3, 2, by: world.jurors[0])
            let second = try await world.finish(world.dossiers[0], 3, 2, by: world.jurors[1])
            #expect(first.commitment != second.commitment && first.salt != second.salt, "equal notes do not show")
            let lines = try await world.database.read { try Journal.latest(10, $0) }
            #expect(lines.contains { $0.verb == "FinishSheet" && $0.details.contains("seal=" + first.commitment) })
            #expect(!lines.contains { $0.details.contains("note") }, "no note is in the journal")
            var changed = first
            #expect(JuryCommitment.holds(changed))
            changed.notes[0].note = 4
            #expect(!JuryCommitment.holds(changed))
            changed = first
            changed.comment += " "
            #expect(!JuryCommitment.holds(changed))
            #expect(try JuryCommitment.text(of: first).contains(first.salt))
        }
    }

    // JURY-7
    @Test(
        "nobody reads the notes of others before their own is final, nor outside the jury before the session",
        arguments: TestEngine.available)
    func sealed(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            let (dossier, other) = (world.dossiers[0], world.dossiers[1])
            let (one, two) = (world.jurors[0], world.jurors[1])
            try await world.finish(dossier, 3, 2, by: one)
            #expect(try await world.sheets(one, on: dossier).count == 1)
            #expect(try await world.sheets(two, on: dossier).isEmpty)
            _ = try await world.desk.perform(
                SaveSheet(call: world.call, candidacy: dossier, version: 0, entry: JuryWorld.entry(1, 1)), as: two)
            #expect(try await world.sheets(two, on: dossier).map(\.member) == [try await world.seat(two).id])
            #expect(try await world.sheets(one, on: dossier).count == 1, "a draft is its author’s alone")
            try await world.finish(dossier, 4, 4, by: two, version: 1)
            #expect(try await world.sheets(two, on: dossier).count == 2)
            #expect(try await world.sheets(one, on: dossier).count == 2)
            // Another dossier stays sealed, whatever was rendered here.
            try await world.finish(other, 2, 2, by: one)
            #expect(try await world.sheets(two, on: other).isEmpty)
            #expect(try await world.sheets(world.chair, on: dossier).isEmpty, "the chair reads too, and notes first")
            for outsider in [world.agent, .visitor, world.candidates[0], .house] {
                #expect(try await world.sheets(outsider, on: dossier).isEmpty, "\(outsider.name)")
            }
            await #expect(throws: Denied.self) { try await world.ranking(world.agent) }
            await #expect(throws: Denied.self) { try await world.ranking(one) }
            await #expect(throws: Denied.self) { try await world.ranking(world.candidates[0]) }
            await #expect(throws: Denied.self) { try await world.judged(world.agent, dossier) }

            try await world.reveal()
            for reader in [world.agent, world.chair, one, two] {
                #expect(try await world.sheets(reader, on: dossier).count == 2, "\(reader.name)")
            }
            for outsider in [Principal.visitor, world.candidates[0]] {
                #expect(try await world.sheets(outsider, on: dossier).isEmpty)
            }
            // Nobody notes after having read the others.
            let late = FinishSheet(call: world.call, candidacy: other, version: 0, entry: JuryWorld.entry(1, 1))
            #expect(try await world.refusal(late, as: two) is Problems)
            #expect(try await world.ranking(world.agent).entries.map(\.sheets) == [2, 1, 0])
        }
    }
}
