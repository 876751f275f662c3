import Storage
import Testing
import Workbench

@testable import Maillage

/// What a jury refuses in words, act by act, on both engines.
@Suite("What a jury refuses") struct JuryRefusalTests {
    // JURY-3
    @Test("composing and inviting", arguments: TestEngine.available)
    func composing(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine, dossiers: 1, isOpen: false) { world in
            let settings = JurySettings(criteria: JuryWorld.criteria, readings: 1, quorum: 1)
            let stale = ComposeJury(call: world.call, version: 9, settings: settings)
            #expect(try await world.refusal(stale, as: world.agent) is Conflict)
            let draft = try await world.desk.perform(CreateCall(title: "En projet", nature: .interest), as: world.agent)
            let early = ComposeJury(call: draft.id, version: nil, settings: settings)
            #expect(try await world.sentences(early, as: world.agent).contains("quand l’appel est publié"))
            let address = try await JuryWorld.address(of: world.jurors[0], world.world)
            let again = InviteJuror(call: world.call, email: address, role: .juror, head: world.world.head)
            #expect(try await world.sentences(again, as: world.agent).contains("siège déjà"))
            let version = try await world.jury().version
            try await world.open()
            let twice = OpenJury(call: world.call, version: version + 1)
            #expect(try await world.refusal(twice, as: world.agent) is Problems)
        }
    }

    // JURY-3
    @Test("the hundred and first person of a jury", arguments: TestEngine.available)
    func crowded(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine, dossiers: 1, jurors: 1, isOpen: false) { world in
            let seated = try await world.seat(world.jurors[0])
            let (call, surroundings) = (world.call, world.desk.surroundings)
            let jury = try await world.jury().id
            try await world.database.write { writer in
                for number in 3...99 {
                    let member = JuryMember(
                        id: surroundings.identifier(), jury: jury, role: .juror, body: "",
                        email: "invite\(number)@ville.example", account: nil, invitedAt: seated.invitedAt,
                        expiresAt: seated.expiresAt, joinedAt: nil, leftAt: nil, leftReason: "", keepsNotes: true,
                        presence: .unknown)
                    try JuryMemberStore.insert(member, secret: Secret(surroundings), by: nil, writer)
                }
            }
            func invite(_ address: String) -> InviteJuror {
                InviteJuror(call: world.call, email: address, role: .juror, head: world.world.head)
            }
            _ = try await world.desk.perform(invite("centieme@ville.example"), as: world.agent)
            #expect(
                try await world.sentences(invite("de-trop@ville.example"), as: world.agent).contains("au plus 100"))
            // A place that frees is taken.
            let last = try await world.database.read { try JuryMemberStore.members(of: jury, $0) }
                .first { $0.email == "invite7@ville.example" }
            _ = try await world.desk.perform(
                RemoveJuror(call: call, member: try #require(last?.id), keepsNotes: true, reason: "Se retire."),
                as: world.agent)
            _ = try await world.desk.perform(invite("de-trop@ville.example"), as: world.agent)
        }
    }

    // JURY-5, JURY-6, JURY-10
    @Test("conflicts, sheets and readings", arguments: TestEngine.available)
    func reading(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine, dossiers: 2) { world in
            let (first, juror) = (world.dossiers[0], world.jurors[0])
            func declare(_ nature: JuryConflict.Nature, _ id: Candidacy.ID) -> DeclareConflict {
                DeclareConflict(call: world.call, candidacy: id, nature: nature, words: "Un lien.")
            }
            #expect(
                try await world.sentences(declare(.domain, first), as: juror).contains("Choisissez ce qui vous lie"))
            #expect(try await world.refusal(declare(.other, Candidacy.ID(77)), as: juror) is Missing)

            let seat = try await world.seat(juror).id
            func reopen(_ member: JuryMember.ID, _ reason: String = "À revoir.") -> ReopenSheet {
                ReopenSheet(call: world.call, candidacy: first, member: member, reason: reason)
            }
            #expect(try await world.refusal(reopen(JuryMember.ID(77)), as: world.chair) is Missing)
            #expect(try await world.refusal(reopen(seat), as: world.chair) is Missing, "no sheet yet")
            _ = try await world.desk.perform(
                SaveSheet(call: world.call, candidacy: first, version: 0, entry: JuryWorld.entry(2, nil)), as: juror)
            #expect(try await world.sentences(reopen(seat), as: world.chair).contains("n’est pas définitive"))
            try await world.finish(first, 2, 2, by: juror, version: 1)
            #expect(try await world.sentences(reopen(seat, " "), as: world.chair).contains("Dites pourquoi"))

            func assign(_ members: Set<JuryMember.ID>) -> AssignByHand {
                AssignByHand(call: world.call, candidacy: first, members: members)
            }
            #expect(try await world.refusal(assign([JuryMember.ID(77)]), as: world.agent) is Missing)
            #expect(try await world.sentences(assign([]), as: world.agent).contains("déjà rendu sa fiche"))
        }
    }

    // JURY-14, JURY-18
    @Test("the session", arguments: TestEngine.available)
    func session(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine, dossiers: 2) { world in
            let version = try await world.jury().version
            let stale = OpenJurySession(call: world.call, version: version + 5)
            #expect(try await world.refusal(stale, as: world.chair) is Conflict)
            try await world.reveal()
            let twice = OpenJurySession(call: world.call, version: version + 1)
            #expect(try await world.refusal(twice, as: world.chair) is Problems)
            let nobody = MarkAttendance(call: world.call, presences: [JuryMember.ID(77): .present])
            #expect(try await world.refusal(nobody, as: world.chair) is Missing)
            let absent = MoveInRanking(
                call: world.call, candidacy: Candidacy.ID(77), position: 1, reason: "Pour voir.")
            #expect(try await world.refusal(absent, as: world.chair) is Missing)
            for position in [0, 3] {
                let move = MoveInRanking(
                    call: world.call, candidacy: world.dossiers[0], position: position, reason: "Pour voir.")
                #expect(try await world.sentences(move, as: world.chair).contains("de 1 à 2"))
            }
        }
    }
}
