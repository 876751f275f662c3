import Selection
import Testing
import Workbench

@testable import Maillage

/// A call of two waves: the first is judged by the jury of `JuryWorld`, the second has one late dossier.
@Suite("A jury for each wave") struct JuryWaveTests {
    struct Waves {
        let world: JuryWorld
        let call: Call
        let late: Candidacy.ID
        let candidate: Principal

        var first: CallWave.ID { call.settings.waves[0].id }
        var second: CallWave.ID { call.settings.waves[1].id }

        func access(_ principal: Principal, _ wave: CallWave.ID?) async throws -> JuryAccess {
            let call = call
            return try await world.database.read { try JuryAccess.of(principal, call, wave: wave, $0) }
        }

        func dossiers(_ wave: CallWave.ID?) async throws -> [Candidacy.ID] {
            let (access, now) = (try await access(world.agent, wave), world.world.clock.now)
            return try await world.database.read { try access.dossiers(at: now, $0) }.map(\.id)
        }

        func scores(_ wave: CallWave.ID) async throws -> [Candidacy.ID: ExactScore]? {
            let (call, agent, now) = (call, world.agent, world.world.clock.now)
            return try await world.database.read { try JuryScores.of(agent, call, wave: wave, at: now, $0) }
        }

        func compose() async throws -> Jury {
            let call = call
            let settings = try await world.database.read { try JurySettings.proposed(for: call, $0) }
            return try await world.desk.perform(
                ComposeJury(call: call.id, wave: second, version: nil, settings: settings), as: world.agent)
        }

        func seat(_ juror: Principal, _ role: JuryMember.Role = .juror) async throws {
            let address = try await JuryWorld.address(of: juror, world.world)
            _ = try await world.desk.perform(
                InviteJuror(call: call.id, wave: second, email: address, role: role, head: world.world.head),
                as: world.agent)
            let secret = try await JuryWorld.secret(to: address, world.world)
            let jury = try await world.desk.perform(JoinJury(secret), as: juror)
            #expect(jury.wave == second)
        }
    }

    static func play(_ engine: TestEngine, _ body: (Waves) async throws -> Void) async throws {
        try await JuryWorld.on(engine, dossiers: 2) { world in
            let call = try #require(try await world.world.calls.read(world.call))
            var calendar = call.settings.calendar
            calendar.isPermanent = true
            calendar.waves.append(
                CallWave(
                    id: world.desk.surroundings.identifier(), label: "Vague 2",
                    closesAt: CandidacyWorld.closing + .days(60), words: "dans deux mois"))
            _ = try await world.desk.perform(
                AmendCall(
                    call: call.id, version: call.version, section: .calendar(calendar), reason: "Une vague de plus.",
                    head: world.world.head), as: .house)
            let candidate = try await world.world.person("tardive")
            let outcome = try await world.world.deposit(
                try await world.world.complete(by: candidate), 9, by: candidate)
            world.world.goTo(CandidacyWorld.closing + .days(61))
            try await body(
                Waves(
                    world: world, call: try #require(try await world.world.calls.read(world.call)),
                    late: outcome.deposit.candidacy, candidate: candidate))
        }
    }

    // JURY-21
    @Test("each wave has its own: people, dossiers, notes, session", arguments: TestEngine.available)
    func apart(_ engine: TestEngine) async throws {
        try await Self.play(engine) { waves in
            let world = waves.world
            #expect(try await waves.dossiers(waves.first) == world.dossiers)
            #expect(try await waves.access(world.agent, waves.second).jury == nil, "none yet")
            #expect(try await waves.dossiers(waves.second).isEmpty)
            await #expect(throws: Denied.self) { try await waves.access(world.chair, waves.second) }
            await #expect(throws: Missing.self) { try await waves.access(world.agent, CallWave.ID(5)) }
            for stranger in [world.candidates[0], waves.candidate, world.jurors[0], Principal.visitor] {
                let act = ComposeJury(
                    call: waves.call.id, wave: waves.second, version: nil, settings: JurySettings(criteria: []))
                #expect(try await world.refusal(act, as: stranger) is Denied, "\(stranger.name)")
            }

            let former = try await waves.access(world.agent, waves.first).existing()
            let jury = try await waves.compose()
            #expect(jury.wave == waves.second && jury.state == .preparing && jury.id != former.id)
            #expect(jury.settings.criteria == JuryWorld.criteria, "it begins with the grid of the one before")
            #expect(try await waves.access(world.agent, waves.first).existing() == former, "which stays as it was")
            #expect(try await waves.dossiers(waves.second) == [waves.late])
            await #expect(throws: Conflict.self) { try await waves.compose() }

            // The one who read the first wave reads the second only once invited to it.
            let (chair, juror) = (world.chair, world.jurors[0])
            await #expect(throws: Denied.self) { try await waves.access(juror, waves.second) }
            try await waves.seat(chair, .chair)
            try await waves.seat(juror)
            await #expect(throws: Denied.self) { try await waves.access(world.jurors[1], waves.second) }
            _ = try await world.desk.perform(
                OpenJury(call: waves.call.id, wave: waves.second, version: jury.version), as: world.agent)
            let outcome = try await world.desk.perform(
                AssignReadings(call: waves.call.id, wave: waves.second, head: world.world.head), as: world.agent)
            #expect(outcome.added == 2)
            let letter = try #require(
                try await world.world.calls.letters(to: JuryWorld.address(of: juror, world.world)).last)
            #expect(letter.text.contains("Vague 2") && letter.text.contains("/jury?vague=\(waves.second.text)"))

            // Nothing of one wave is written through the jury of the other.
            func finish(_ dossier: Candidacy.ID, _ wave: CallWave.ID) -> FinishSheet {
                FinishSheet(
                    call: waves.call.id, wave: wave, candidacy: dossier, version: 0, entry: JuryWorld.entry(4, 2))
            }
            #expect(try await world.refusal(finish(world.dossiers[0], waves.second), as: juror) is Missing)
            #expect(try await world.refusal(finish(waves.late, waves.first), as: juror) is Missing)
            #expect(try await world.refusal(finish(waves.late, waves.second), as: world.jurors[1]) is Denied)
            let sheet = try await world.desk.perform(finish(waves.late, waves.second), as: juror)
            #expect(JuryCommitment.holds(sheet) && sheet.jury == jury.id && sheet.call == waves.call.id)
            _ = try await world.desk.perform(finish(world.dossiers[0], waves.first), as: juror)
            let seat = try #require(try await waves.access(world.chair, waves.first).member)
            let elsewhere = RemoveJuror(
                call: waves.call.id, wave: waves.second, member: seat.id, keepsNotes: true, reason: "Départ.")
            #expect(try await world.refusal(elsewhere, as: world.agent) is Missing)

            // One session opens the notes of its wave alone.
            let open = try await waves.access(chair, waves.first).existing().version
            _ = try await world.desk.perform(
                OpenJurySession(call: waves.call.id, wave: waves.first, version: open), as: chair)
            #expect(try await waves.scores(waves.first) == [world.dossiers[0]: try #require(ExactScore(80))])
            #expect(try await waves.scores(waves.second) == nil, "sealed")
            #expect(try await world.sheets(world.agent, on: waves.late).isEmpty)
            #expect(try await world.sheets(world.agent, on: world.dossiers[0]).count == 1)
        }
    }

    // JURY-21
    @Test("the wave shown first is the one under way, or the last in which one sits", arguments: TestEngine.available)
    func usual(_ engine: TestEngine) async throws {
        try await Self.play(engine) { waves in
            let (call, now) = (waves.call, waves.world.world.clock.now)
            func usual(_ principal: Principal) async throws -> CallWave.ID? {
                try await waves.world.database.read {
                    try JuryAccess.usualWave(principal, of: call, at: now, $0)?.id
                }
            }
            #expect(try await usual(waves.world.agent) == waves.second)
            #expect(try await usual(waves.world.jurors[0]) == waves.first)
            _ = try await waves.compose()
            #expect(try await usual(waves.world.jurors[0]) == waves.first)
            try await waves.seat(waves.world.jurors[0])
            #expect(try await usual(waves.world.jurors[0]) == waves.second)
            let own = try await waves.world.database.read { try OwnJury.all(waves.world.jurors[0], $0) }
            #expect(Set(own.map(\.jury.wave)) == [waves.first, waves.second])
        }
    }

    // JURY-21
    @Test("a jury of a whole call, from before, keeps the waves it judged", arguments: TestEngine.available)
    func former(_ engine: TestEngine) async throws {
        try await Self.play(engine) { waves in
            let world = waves.world
            let former = try await waves.access(world.agent, waves.first).existing()
            _ = try await world.database.write { try $0.run("UPDATE jury SET wave_id = NULL") }
            #expect(try await waves.dossiers(waves.first) == world.dossiers + [waves.late], "all that closed")
            #expect(try await waves.access(world.agent, waves.second).jury?.id == former.id)
            await #expect(throws: Conflict.self, "it is there already") { try await waves.compose() }
            let signed = CandidacyWorld.closing + .days(40)
            _ = try await world.database.write { writer in
                try writer.run(
                    "UPDATE jury SET state = 'signe', revealed_at = \(signed), signed_at = \(signed)")
            }
            #expect(try await waves.dossiers(waves.first) == world.dossiers)
            #expect(try await waves.access(world.agent, waves.second).jury == nil)
            #expect(try await waves.compose().wave == waves.second)
            #expect(try await waves.dossiers(waves.second) == [waves.late])
        }
    }
}
