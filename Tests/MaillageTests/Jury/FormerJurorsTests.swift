import Storage
import Testing
import Workbench

@testable import Maillage

/// Who sat in the wave before is invited again in one press, and sits only by accepting.
@Suite("Taking over the jury of the wave before") struct FormerJurorsTests {
    private typealias Waves = JuryWaveTests.Waves

    private static func renew(_ waves: Waves, _ wave: CallWave.ID? = nil) -> InviteFormerJurors {
        InviteFormerJurors(call: waves.call.id, wave: wave ?? waves.second, head: waves.world.world.head)
    }

    private static func members(_ waves: Waves) async throws -> [JuryMember] {
        let access = try await waves.access(waves.world.agent, waves.second)
        return try await waves.world.database.read { try JuryMemberStore.members(of: access.existing().id, $0) }
            .filter { $0.leftAt == nil }
    }

    private static func former(_ waves: Waves) async throws -> FormerJurors? {
        let (access, now) = (try await waves.access(waves.world.agent, waves.second), waves.world.world.clock.now)
        return try await waves.world.database.read { try FormerJurors.of(access, at: now, $0) }
    }

    private static func letters(_ waves: Waves, to juror: Principal) async throws -> [String] {
        let address = try await JuryWorld.address(of: juror, waves.world.world)
        return try await waves.world.world.calls.letters(to: address).map(\.text)
            .filter { $0.contains("/jury/invitations/") }
    }

    private static func accept(_ waves: Waves, _ juror: Principal) async throws {
        let address = try await JuryWorld.address(of: juror, waves.world.world)
        _ = try await waves.world.desk.perform(
            JoinJury(try await JuryWorld.secret(to: address, waves.world.world)), as: juror)
    }

    // JURY-3, JURY-22
    @Test("each is invited anew with their place, and sits once they accept", arguments: TestEngine.available)
    func again(_ engine: TestEngine) async throws {
        try await JuryWaveTests.play(engine) { waves in
            let world = waves.world
            _ = try await waves.compose()
            let offered = try #require(try await Self.former(waves))
            #expect(offered.seats.count == 3 && offered.moved.isEmpty)
            #expect(offered.seats.map(offered.name).contains(world.chair.name))
            let outcome = try await world.desk.perform(Self.renew(waves), as: world.agent)
            #expect(outcome == InviteFormerJurors.Outcome(sent: 3, left: 0))
            let invited = try await Self.members(waves)
            #expect(invited.count == 3 && invited.allSatisfy { $0.account == nil && $0.joinedAt == nil })
            #expect(invited.map(\.role).filter { $0 == .chair }.count == 1)
            for juror in [world.chair] + world.jurors {
                await #expect(throws: Denied.self, "nobody sits unasked") {
                    try await waves.access(juror, waves.second)
                }
                let letters = try await Self.letters(waves, to: juror)
                #expect(letters.count == 2 && letters.last?.contains("Vague 2") == true)
            }
            #expect(try await world.sentences(Self.renew(waves), as: world.agent).contains("déjà son invitation"))

            // Nobody takes the seat of another, and a seat that was not taken is no seat.
            let secret = try await JuryWorld.secret(
                to: JuryWorld.address(of: world.chair, world.world), world.world)
            #expect(try await world.refusal(JoinJury(secret), as: world.jurors[0]) is Denied)
            try await Self.accept(waves, world.chair)
            try await Self.accept(waves, world.jurors[0])
            #expect(try await waves.access(world.chair, waves.second).chairs)
            await #expect(throws: Denied.self) { try await waves.access(world.jurors[1], waves.second) }
            #expect(try await Self.members(waves).filter(\.sits).count == 2)

            // An invitation that lapsed is replaced by another; those that were answered are not.
            world.world.clock.advance(by: .days(31))
            #expect(try await world.desk.perform(Self.renew(waves), as: world.agent).sent == 1)
            #expect(try await Self.members(waves).count == 3)
            try await Self.accept(waves, world.jurors[1])
            #expect(try await Self.letters(waves, to: world.chair).count == 2)
            #expect(try #require(try await Self.former(waves)).seats.isEmpty)
        }
    }

    // JURY-8, JURY-9, JURY-22
    @Test("ties are found anew, and a candidate since is refused when they answer", arguments: TestEngine.available)
    func ties(_ engine: TestEngine) async throws {
        try await JuryWaveTests.play(engine) { waves in
            let world = waves.world
            // One juror of the first wave sat for the structure that candidates to the second, under another dossier.
            let (tied, candidate) = (world.jurors[0], world.jurors[1])
            let seat = try await world.seat(tied).id
            _ = try await world.database.write {
                try $0.run("UPDATE jury_member SET body = 'ASSOCIATION la fosse' WHERE id = \(seat)")
            }
            _ = try await waves.compose()
            _ = try await world.desk.perform(
                InviteToCandidacy(
                    candidacy: waves.late, email: JuryWorld.address(of: candidate, world.world), role: .reader,
                    head: world.world.head, shelf: world.world.shelf), as: waves.candidate)
            let letter = try await world.world.calls.letters(to: JuryWorld.address(of: candidate, world.world))
                .flatMap { $0.text.split(separator: "\n") }.last { $0.contains("/candidatures/invitations/") }
            let secret = try #require(Secret(text: String(letter?.split(separator: "/").last ?? "")))
            _ = try await world.desk.perform(AcceptCandidacyInvitation(secret), as: candidate)

            // Who composes the jury learns nothing of who candidates from whom the press invites.
            #expect(try await world.desk.perform(Self.renew(waves), as: world.agent).sent == 3)
            let address = try await JuryWorld.address(of: candidate, world.world)
            let join = JoinJury(try await JuryWorld.secret(to: address, world.world))
            #expect(try await world.refusal(join, as: candidate) is Problems)
            try await Self.accept(waves, tied)
            let jury = try await waves.access(world.agent, waves.second).existing().id
            let found = try await world.database.read { try JuryConflictStore.conflicts(of: jury, $0) }
            #expect(found.map(\.candidacy) == [waves.late] && found.allSatisfy { $0.state == .waiting && $0.isFound })
        }
    }

    // JURY-3, JURY-22
    @Test("who chairs already goes on chairing; who left is not invited again", arguments: TestEngine.available)
    func places(_ engine: TestEngine) async throws {
        try await JuryWaveTests.play(engine) { waves in
            let world = waves.world
            let gone = try await world.seat(world.jurors[1]).id
            _ = try await world.desk.perform(
                RemoveJuror(
                    call: waves.call.id, wave: waves.first, member: gone, keepsNotes: true, reason: "Déménage."),
                as: world.agent)
            _ = try await waves.compose()
            let chair = try await JuryWorld.person("nouvelle@presidence.example", world.world)
            try await waves.seat(chair, .chair)
            #expect(try await world.desk.perform(Self.renew(waves), as: world.agent).sent == 2)
            let members = try await Self.members(waves)
            #expect(members.filter { $0.role == .chair }.map(\.account) == [chair.account])
            #expect(members.count == 3)
            try await Self.accept(waves, world.chair)
            #expect(try await waves.access(world.chair, waves.second).chairs == false)
        }
    }

    // JURY-22
    @Test(
        "whose address changed, and who closed their account, are named to be invited by hand",
        arguments: TestEngine.available)
    func moved(_ engine: TestEngine) async throws {
        try await JuryWaveTests.play(engine) { waves in
            let world = waves.world
            let (moving, closing) = (
                try #require(world.jurors[0].account), try #require(world.jurors[1].account)
            )
            try await world.database.write { writer in
                try AccountStore.setEmail(moving, try EmailAddress("ailleurs@autre.example"), writer)
                try writer.run("UPDATE account SET email = NULL, closed_at = created_at WHERE id = \(closing)")
            }
            _ = try await waves.compose()
            let offered = try #require(try await Self.former(waves))
            #expect(offered.seats.map(\.account) == [world.chair.account])
            #expect(Set(offered.moved.map(\.account)) == [moving, closing])
            #expect(try await world.desk.perform(Self.renew(waves), as: world.agent).sent == 1)
            #expect(try await world.world.calls.letters(to: "ailleurs@autre.example").isEmpty)
            #expect(try await Self.members(waves).map(\.email) == [offered.seats[0].email])
        }
    }

    // JURY-3, JURY-19, JURY-22
    @Test(
        "refused: who does not keep the call, no jury, none before, a jury in session, a full one",
        arguments: TestEngine.available)
    func refusals(_ engine: TestEngine) async throws {
        try await JuryWaveTests.play(engine) { waves in
            let world = waves.world
            #expect(try await world.refusal(Self.renew(waves), as: world.agent) is Missing, "not composed yet")
            let jury = try await waves.compose()
            for person in [world.chair, world.jurors[0], world.candidates[0], waves.candidate, Principal.visitor] {
                #expect(try await world.refusal(Self.renew(waves), as: person) is Denied, "\(person.name)")
            }
            #expect(try await world.refusal(Self.renew(waves, CallWave.ID(5)), as: world.agent) is Missing)
            let elsewhere = InviteFormerJurors(call: Call.ID(5), wave: nil, head: world.world.head)
            #expect(try await world.refusal(elsewhere, as: world.agent) is Missing)
            #expect(
                try await world.sentences(Self.renew(waves, waves.first), as: world.agent)
                    .contains("Aucune vague avant"))

            let surroundings = world.desk.surroundings
            let now = world.world.clock.now
            try await world.database.write { writer in
                for number in 1...98 {
                    let member = JuryMember(
                        id: surroundings.identifier(), jury: jury.id, role: .juror, body: "",
                        email: "invite\(number)@ville.example", account: nil, invitedAt: now,
                        expiresAt: now + .days(30), joinedAt: nil, leftAt: nil, leftReason: "", keepsNotes: true,
                        presence: .unknown)
                    try JuryMemberStore.insert(member, secret: Secret(surroundings), by: nil, writer)
                }
            }
            #expect(try await world.sentences(Self.renew(waves), as: world.agent).contains("au plus 100"))
            _ = try await world.database.write { writer in
                try writer.run("DELETE FROM jury_member WHERE jury_id = \(jury.id)")
                try writer.run(
                    "UPDATE jury SET state = 'seance', opened_at = \(now), revealed_at = \(now) WHERE id = \(jury.id)")
            }
            #expect(try await world.sentences(Self.renew(waves), as: world.agent).contains("La séance est ouverte"))
            _ = try await world.database.write {
                try $0.run("UPDATE jury SET state = 'signe', signed_at = \(now) WHERE id = \(jury.id)")
            }
            #expect(try await world.sentences(Self.renew(waves), as: world.agent).contains("procès-verbal est signé"))
        }
    }

    // JURY-22
    @Test("one person sends so many invitations a day; the others wait for tomorrow", arguments: TestEngine.available)
    func many(_ engine: TestEngine) async throws {
        try await JuryWaveTests.play(engine) { waves in
            let world = waves.world
            _ = try await waves.compose()
            let keeper = try #require(world.agent.account)
            // Two are left of the day's.
            try await world.database.write { writer in
                while try !Throttle.isExhausted(Throttle.invitations(keeper), at: world.world.clock.now, writer) {
                    try Throttle.take([Throttle.invitations(keeper)], at: world.world.clock.now, writer)
                }
            }
            #expect(try await world.refusal(Self.renew(waves), as: world.agent) is Throttled)
            world.world.clock.advance(by: .minutes(97))
            let outcome = try await world.desk.perform(Self.renew(waves), as: world.agent)
            #expect(outcome == InviteFormerJurors.Outcome(sent: 2, left: 1))
            world.world.clock.advance(by: .hours(24))
            #expect(
                try await world.desk.perform(Self.renew(waves), as: world.agent)
                    == InviteFormerJurors.Outcome(sent: 1, left: 0))
        }
    }
}
