import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("A jury in session") struct JurySessionTests {
    /// Three dossiers noted by three: 100, 50 and 50 of 100.
    private static func noted(_ world: JuryWorld) async throws {
        for juror in [world.chair] + world.jurors {
            try await world.finish(world.dossiers[0], 2, 2, by: juror)
            try await world.finish(world.dossiers[1], 4, 4, by: juror)
            try await world.finish(world.dossiers[2], 2, 2, by: juror)
        }
    }

    // JURY-18
    @Test("an advice needs its quorum, its words, and who is not tied", arguments: TestEngine.available)
    func advice(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            try await Self.noted(world)
            func give(
                _ advice: JuryAdvice, _ words: String = "Un texte.", on place: Int = 0, version: Int = 1
            ) -> GiveAdvice {
                GiveAdvice(
                    call: world.call, candidacy: world.dossiers[place], version: version, advice: advice, words: words)
            }
            #expect(try await world.refusal(give(.favourable), as: world.chair) is Problems, "before the session")
            try await world.desk.perform(
                DeclareConflict(call: world.call, candidacy: world.dossiers[2], nature: .office, words: ""),
                as: world.chair)
            try await world.reveal()
            #expect(try await world.refusal(give(.favourable), as: world.chair) is Problems, "nobody is noted present")
            try await world.gather()
            #expect(try await world.refusal(give(.favourable), as: world.jurors[0]) is Denied)
            #expect(try await world.refusal(give(.favourable), as: world.candidates[0]) is Denied)
            #expect(try await world.refusal(give(.favourable, on: 2), as: world.chair) is Missing, "tied to it")
            #expect(
                (try await world.refusal(give(.reserved, " "), as: world.chair) as? Problems)?.list.first?.field
                    == "texte")
            try await world.desk.perform(give(.reserved), as: world.chair)
            #expect(try await world.refusal(give(.favourable), as: world.agent) is Conflict, "somebody wrote it first")
            try await world.desk.perform(give(.unfavourable, version: 2), as: world.agent)
            #expect(
                try await world.ranking(world.agent).entries.first { $0.id == world.dossiers[0] }?.advice
                    == .unfavourable)
            // Two remain for the third, one of whom leaves the room.
            try await world.desk.perform(give(.favourable, on: 2), as: world.agent)
            let seat = try await world.seat(world.jurors[0])
            try await world.desk.perform(
                MarkAttendance(call: world.call, presences: [seat.id: .absent]), as: world.chair)
            let problems = try await world.refusal(give(.postponed, on: 2, version: 2), as: world.agent) as? Problems
            #expect(problems?.list.first?.message.contains("quorum") == true)
        }
    }

    // JURY-16
    @Test("a dossier is moved with a reason, and the move is taken back", arguments: TestEngine.available)
    func moves(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            try await Self.noted(world)
            try await world.reveal()
            let before = try await world.ranking(world.agent)
            #expect(before.entries.map(\.id) == [world.dossiers[1], world.dossiers[0], world.dossiers[2]])
            #expect(before.entries.map(\.rank) == [1, 2, 2] && before.isConfirmed)
            #expect(before.entries[1].tie?.exAequo == [world.dossiers[2]])
            func move(_ reason: String, _ position: Int = 1) -> MoveInRanking {
                MoveInRanking(call: world.call, candidacy: world.dossiers[2], position: position, reason: reason)
            }
            #expect(try await world.refusal(move("Motif."), as: world.jurors[0]) is Denied)
            #expect((try await world.refusal(move(""), as: world.chair) as? Problems)?.list.first?.field == "motif")
            #expect(
                (try await world.refusal(move("Motif.", 4), as: world.chair) as? Problems)?.list.first?.field
                    == "position")
            try await world.desk.perform(move("Seul projet du quartier."), as: world.chair)
            let after = try await world.ranking(world.agent)
            #expect(after.entries.map(\.id) == [world.dossiers[2], world.dossiers[1], world.dossiers[0]])
            #expect(after.entries[0].rank == 2, "the rank of the notes is still said")
            #expect(after.entries[0].move?.reason == "Seul projet du quartier.")
            let id = try #require(after.entries[0].move?.id)
            #expect(try await world.refusal(UndoMove(call: world.call, move: id), as: world.jurors[0]) is Denied)
            try await world.desk.perform(UndoMove(call: world.call, move: id), as: world.chair)
            #expect(try await world.ranking(world.agent) == before)
            #expect(try await world.refusal(UndoMove(call: world.call, move: id), as: world.chair) is Missing)
        }
    }

    // JURY-17
    @Test(
        "a juror removed mid-way leaves sheets that count or not, and gives back the rest",
        arguments: TestEngine.available)
    func removed(_ engine: TestEngine) async throws {
        for counts in [true, false] {
            try await JuryWorld.on(engine) { world in
                let juror = world.jurors[0]
                try await world.finish(world.dossiers[0], 4, 4, by: juror)
                try await world.finish(world.dossiers[0], 0, 0, by: world.jurors[1])
                let seat = try await world.seat(juror)
                func remove(_ reason: String) -> RemoveJuror {
                    RemoveJuror(call: world.call, member: seat.id, keepsNotes: counts, reason: reason)
                }
                #expect(try await world.refusal(remove("Motif."), as: world.chair) is Denied)
                #expect(try await world.refusal(remove(""), as: world.agent) is Problems)
                #expect(try await world.desk.perform(remove("Déménage."), as: world.agent) == 3)
                #expect(try await world.refusal(remove("Encore."), as: world.agent) is Missing)
                await #expect(throws: Denied.self) { try await world.judged(juror, world.dossiers[0]) }
                #expect(try await world.sheets(juror, on: world.dossiers[0]).isEmpty, "access ends with the seat")
                let save = SaveSheet(
                    call: world.call, candidacy: world.dossiers[1], version: 0, entry: JuryWorld.entry(1, 1))
                #expect(try await world.refusal(save, as: juror) is Denied)
                try await world.reveal()
                let entry = try #require(
                    try await world.ranking(world.agent).entries.first { $0.id == world.dossiers[0] })
                #expect(entry.sheets == (counts ? 2 : 1))
                #expect(entry.score == (counts ? ExactShare(1, of: 2) : .zero))
                let text = try await world.draftMinutes()
                #expect(text.contains(counts ? "ses fiches définitives comptent" : "ses fiches ne comptent pas"))
                #expect(text.contains("Déménage."))
            }
        }
    }

    // JURY-19
    @Test(
        "the minutes are signed by the chair as they were read, and then nothing changes",
        arguments: TestEngine.available)
    func minutes(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            try await Self.noted(world)
            try await world.reveal()
            try await world.gather()
            let (chair, call) = (world.chair, world.call)
            func signing(_ text: String) -> SignMinutes {
                SignMinutes(call: call, fingerprint: Fingerprint(of: Array(text.utf8)).text)
            }
            let silent = try await world.refusal(signing(try await world.draftMinutes()), as: chair) as? Problems
            #expect(silent?.list.first?.message.contains("3 dossiers attendent") == true)
            for dossier in world.dossiers { try await world.advise(dossier, by: chair) }
            let text = try await world.draftMinutes()
            for other in [world.agent, world.jurors[0], world.candidates[0]] {
                #expect(try await world.refusal(signing(text), as: other) is Denied, "\(other.name)")
            }
            // Somebody changes an advice while the chair reads.
            try await world.advise(world.dossiers[0], .postponed, by: world.agent)
            #expect(try await world.refusal(signing(text), as: chair) is Conflict, "not the text that was read")
            let minutes = try await world.sign()
            #expect(minutes.text.contains("ajourné") && minutes.signer == "Jure0")
            #expect(minutes.text.contains("ex æquo avec"), "ties are explained")
            #expect(try await world.jury().state == .signed)
            let seat = try await world.seat(world.jurors[0]).id
            let late: [any Error] = [
                try await world.refusal(signing(minutes.text), as: chair),
                try await world.refusal(
                    MoveInRanking(call: call, candidacy: world.dossiers[0], position: 1, reason: "Trop tard."),
                    as: chair),
                try await world.refusal(
                    GiveAdvice(call: call, candidacy: world.dossiers[0], version: 3, advice: .favourable, words: ""),
                    as: chair),
                try await world.refusal(
                    ReopenSheet(call: call, candidacy: world.dossiers[0], member: seat, reason: "Trop tard."), as: chair
                ),
                try await world.refusal(
                    DeclareConflict(call: call, candidacy: world.dossiers[0], nature: .other, words: ""), as: chair),
                try await world.refusal(
                    RemoveJuror(call: call, member: seat, keepsNotes: false, reason: "Trop tard."), as: world.agent),
                try await world.refusal(MarkAttendance(call: call, presences: [seat: .absent]), as: chair),
                try await world.refusal(BeginDossier(call: call, candidacy: world.dossiers[0]), as: chair),
                try await world.refusal(PlanDossier(call: call, candidacy: world.dossiers[0], place: 2), as: chair),
                try await world.refusal(FindConflicts(call: call), as: chair),
                try await world.refusal(
                    ComposeJury(
                        call: call, version: try await world.jury().version, settings: try await world.jury().settings),
                    as: world.agent),
                try await world.refusal(
                    InviteJuror(call: call, email: "x@y.example", role: .juror, head: world.world.head), as: world.agent
                ),
                try await world.refusal(AssignReadings(call: call, head: world.world.head), as: world.agent),
            ]
            #expect(late.allSatisfy { $0 is Problems }, "\(late)")
            let jury = try await world.jury().id
            let kept = try await world.database.read { try JuryMinutesStore.minutes(of: jury, $0) }
            #expect(kept == minutes)
            #expect(try await world.ranking(world.agent).isSigned)
        }
    }

    // JURY-18
    @Test("a dossier has its turn and its audition", arguments: TestEngine.available)
    func turns(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            let audition = world.world.clock.now + .days(3)
            let plan = PlanDossier(
                call: world.call, candidacy: world.dossiers[2], place: 1, auditionAt: audition, auditionWords: "Salle 2"
            )
            #expect(try await world.refusal(plan, as: world.jurors[0]) is Denied)
            try await world.desk.perform(plan, as: world.agent)
            let nowhere = PlanDossier(call: world.call, candidacy: Candidacy.ID(7), place: 1)
            #expect(try await world.refusal(nowhere, as: world.agent) is Missing)
            #expect(
                try await world.refusal(
                    PlanDossier(call: world.call, candidacy: world.dossiers[2], place: 0), as: world.agent) is Problems)
            try await world.reveal()
            let call = world.call
            let jury = try await world.jury().id
            let items = try await world.database.read { try JuryItemStore.items(of: jury, $0) }
            #expect(items.count == 3 && items.first { $0.candidacy == world.dossiers[2] }?.auditionAt == audition)
            try await world.desk.perform(BeginDossier(call: call, candidacy: world.dossiers[2]), as: world.chair)
            #expect(
                try await world.refusal(BeginDossier(call: call, candidacy: Candidacy.ID(7)), as: world.chair)
                    is Missing)
            let begun = try await world.database.read { try JuryItemStore.items(of: jury, $0) }
            #expect(begun.first { $0.candidacy == world.dossiers[2] }?.begunAt == world.world.clock.now)
        }
    }
}
