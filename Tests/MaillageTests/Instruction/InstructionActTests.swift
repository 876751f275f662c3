import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Instructing dossiers") struct InstructionActTests {
    // INST-5
    @Test("a dossier opens when its limit has passed, once, and follows its candidacy", arguments: TestEngine.available)
    func opening(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, form: InstructionWorld.form) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            _ = try await world.deposit(draft, 1, by: ada)
            _ = try await world.complete(by: try await world.person("bob"))
            let open = OpenInstructions(shelf: world.shelf)
            #expect(try await world.desk.perform(open, as: .house) == 0, "the limit has not passed")
            world.goTo(CandidacyWorld.closing)
            let now = world.clock.now
            #expect(try await world.database.read { try OpenInstructions.isDue(at: now, $0) })
            #expect(try await world.desk.perform(open, as: .house) == 1, "a draft has no instruction")
            #expect(try await world.desk.perform(open, as: .house) == 0)
            #expect(try await world.database.read { try !OpenInstructions.isDue(at: now, $0) })
            let opened = try #require(try await world.database.read { try InstructionStore.any(draft.id, $0) })
            #expect(opened.state == .underReview && opened.number == 1 && opened.title == "La Fosse")
            _ = try await world.desk.perform(
                WithdrawCandidacy(candidacy: draft.id, reason: "", head: world.head), as: ada)
            #expect(try await world.desk.perform(open, as: .house) == 1)
            #expect(try await world.database.read { try InstructionStore.any(draft.id, $0) }?.state == .withdrawn)
            #expect(try await world.refusal(open, as: ada) is Missing)
        }
    }

    // INST-5, CAND-36
    @Test("a sealed wave opens nothing before it is unsealed", arguments: TestEngine.available)
    func sealed(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine, dossiers: 2, isSealed: true) { world in
            #expect(try await world.board(all, as: world.ines).dossiers.isEmpty)
            let wave = try #require(world.call.settings.waves.first)
            _ = try await world.desk.perform(OpenSealedCandidacies(call: world.call.id, wave: wave.id), as: world.ines)
            _ = try await world.desk.perform(OpenInstructions(shelf: world.shelf), as: .house)
            #expect(try await world.board(all, as: world.ines).dossiers.map(\.number) == [1, 2])
        }
    }

    private var all: InstructionQuery {
        var query = InstructionQuery()
        query.tab = .all
        return query
    }

    // INST-7
    @Test("a dossier is given, handed over with a word, taken back, and dated", arguments: TestEngine.available)
    func assigning(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let id = world.dossiers[0]
            let given = try await world.desk.perform(
                AssignDossier(candidacy: id, instructor: world.ines.account), as: world.ines)
            #expect(given.instructor == world.ines.account && given.holder == .instructor)
            _ = try await world.desk.perform(
                AssignDossier(candidacy: id, instructor: world.yann.account, words: "Le budget reste à lire."),
                as: world.ines)
            let dossier = try await world.dossier(id, as: world.yann)
            #expect(dossier.events.first?.words == "Le budget reste à lire.")
            #expect(
                dossier.events.filter { $0.kind == .assigned }.map(\.account) == [
                    world.yann.account, world.ines.account,
                ])
            let dated = try await world.desk.perform(
                SetDossierDue(candidacy: id, day: world.day(in: 3)), as: world.yann)
            #expect(!dated.isLate(at: world.clock.now) && dated.isLate(at: world.clock.now + .days(5)))
            // INST-10: one letter for all the dossiers of a person, told once; nobody is told of what they took themselves.
            _ = try await world.desk.perform(
                AssignDossier(candidacy: world.dossiers[1], instructor: world.yann.account), as: world.ines)
            #expect(try await world.desk.perform(TellInstructors(head: world.head), as: .house) == 1)
            #expect(try await world.desk.perform(TellInstructors(head: world.head), as: .house) == 0)
            #expect(
                try await world.letters(to: "yann").filter { $0.subject == "2 dossiers vous sont confiés" }.count == 1)
            #expect(try await world.letters(to: "ines").isEmpty)
            let back = try await world.desk.perform(AssignDossier(candidacy: id, instructor: nil), as: world.yann)
            #expect(back.instructor == nil && back.assignedAt == nil)
        }
    }

    // INST-9
    @Test("dossiers nobody has are shared evenly", arguments: TestEngine.available)
    func balancing(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine, dossiers: 5) { world in
            _ = try await world.desk.perform(
                AssignDossier(candidacy: world.dossiers[4], instructor: world.yann.account), as: world.ines)
            let shares = try await world.desk.perform(BalanceDossiers(call: world.call.id), as: world.ines)
            #expect(shares.values.reduce(0, +) == 4)
            let loads = try await world.database.read { try InstructionStore.loads(of: world.call.id, $0) }
            #expect(Set(loads.values) == [2, 3])
            let again = BalanceDossiers(call: world.call.id)
            #expect(try await world.refusal(again, as: world.ines) is Problems)
        }
    }

    // INST-9
    @Test("the same dossiers and people give the same shares, and neighbours stay together when asked")
    func plan() {
        let people = [Account.ID(1), Account.ID(2), Account.ID(3)]
        let dossiers = (1...10).map { number in
            Instruction(
                candidacy: Candidacy.ID(Int64(number)), call: Call.ID(1), wave: CallWave.ID(1),
                deposit: CandidacyDeposit.ID(Int64(number)), number: number, state: .underReview, openOpinions: 0,
                unread: 0, unreadByCandidate: 0, departement: number % 2 == 0 ? "62" : "59",
                commune: number % 2 == 0 ? "62498" : "59350", title: "", structure: "", version: 1,
                createdAt: Instant(seconds: 0), updatedAt: Instant(seconds: 0))
        }
        let loads = [people[0]: 4]
        let plan = BalancedAssignment.plan(dossiers, among: people, loads: loads, byTerritory: false)
        let same = BalancedAssignment.plan(dossiers.reversed(), among: people, loads: loads, byTerritory: false)
        #expect(plan.map(\.candidacy) == same.map(\.candidacy) && plan.map(\.instructor) == same.map(\.instructor))
        let shares = people.map { person in plan.count { $0.instructor == person } }
        #expect(shares == [1, 5, 4])
        let placed = BalancedAssignment.plan(dossiers, among: people, loads: loads, byTerritory: true)
        #expect(people.map { person in placed.count { $0.instructor == person } } == shares)
        let second = placed.filter { $0.instructor == people[1] }.map(\.candidacy.number)
        #expect(Set(second.map { $0 % 2 }).count <= 2 && second.count { $0 % 2 == 1 } == 4)
        #expect(BalancedAssignment.plan(dossiers, among: [], loads: [:], byTerritory: true).isEmpty)
    }

    // INST-6, INST-12
    @Test("a dossier is admissible once every item is answered, and none is no", arguments: TestEngine.available)
    func admissible(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let id = world.dossiers[0]
            let hasty = try await world.decide(id, true)
            #expect(try await world.refusal(hasty, as: world.ines) is Problems)
            try await world.check(id, .no)
            #expect(try await world.refusal(hasty, as: world.ines) is Problems)
            try await world.check(id)
            let found = try await world.desk.perform(hasty, as: world.ines)
            #expect(found.state == .admissible && found.holder == .none)
            let jury = try await world.database.read { try InstructionStore.admissible(of: world.call.id, $0) }
            #expect(jury.map(\.candidacy) == [id])
            #expect(try await world.database.read { try InstructionStore.isAdmissible(id, $0) })
            #expect(try await world.letters(to: "porteuse1").filter { $0.subject.contains("recevable") }.isEmpty)
            // INST-4: whoever decides on what was there before is told that it changed.
            let late = try await world.decide(id, false, version: 1)
            #expect(try await world.refusal(late, as: world.yann) is Conflict)
            // Withdrawn since: a jury does not see it, even before the clock has passed.
            _ = try await world.desk.perform(
                WithdrawCandidacy(candidacy: id, reason: "", head: world.head), as: world.holders[0])
            #expect(try await world.database.read { try InstructionStore.admissible(of: world.call.id, $0) }.isEmpty)
        }
    }

    // INST-6
    @Test(
        "a refusal carries coded reasons and words, its candidate reads them, and it may be taken back",
        arguments: TestEngine.available)
    func inadmissible(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let id = world.dossiers[1]
            let bare = DecideAdmissibility(candidacy: id, version: 1, isAdmissible: false, head: world.head)
            let error = try await world.refusal(bare, as: world.ines) as? Problems
            #expect(error?.list.map(\.field) == ["motif", "motivation"])
            let refused = try await world.desk.perform(try await world.decide(id, false), as: world.ines)
            #expect(refused.decision?.reasons == [.offSubject])
            let letter = try #require(try await world.letters(to: "porteuse2").last)
            #expect(
                letter.text.contains("Hors de l’objet de l’appel") && letter.text.contains("n’est pas un tiers-lieu"))
            let silent = ReopenInstruction(candidacy: id, version: refused.version + 1, reason: " ", head: world.head)
            #expect(try await world.refusal(silent, as: world.ines) is Problems)
            let back = try await world.desk.perform(
                ReopenInstruction(candidacy: id, version: refused.version + 1, reason: "Relu.", head: world.head),
                as: world.ines)
            #expect(back.state == .underReview && back.decision == nil)
            #expect(
                try await world.letters(to: "porteuse2").last?.subject.hasPrefix("Votre candidature est examinée")
                    == true)
        }
    }

    // INST-12
    @Test("the list follows from the call until its team writes another", arguments: TestEngine.available)
    func checklist(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine, dossiers: 1) { world in
            let defaults = Checklist.defaults(of: world.call)
            #expect(defaults.first?.code == "delai")
            let first = defaults[0].label
            let items = try await world.desk.perform(
                SetChecklist(
                    call: world.call.id, text: "\(first)\n\n  Le budget est équilibré \nLe budget est équilibré"),
                as: world.ines)
            #expect(items.map(\.label) == [first, "Le budget est équilibré"])
            #expect(items[0].code == "delai", "an item kept keeps its code")
            let unknown = CheckDossier(candidacy: world.dossiers[0], findings: [.init("inconnu", .yes)])
            #expect(try await world.refusal(unknown, as: world.ines) is Missing)
            #expect(
                try await world.desk.perform(SetChecklist(call: world.call.id, text: ""), as: world.ines) == defaults)
        }
    }

    // INST-3
    @Test("who is not of the team learns nothing, as of a dossier that is not", arguments: TestEngine.available)
    func strangers(_ engine: TestEngine) async throws {
        try await InstructionWorld.on(engine) { world in
            let id = world.dossiers[0]
            let ghost = Candidacy.ID(id.number + 999)
            let eve = try await world.world.person("eve")
            let funder = try await world.world.calls.funder()
            let note = try await world.desk.perform(
                AddInstructionNote(candidacy: id, kind: .alert, text: "Secret."), as: world.ines)
            let opinion = try await world.desk.perform(
                AskOpinion(
                    candidacy: id, kind: .expert, email: "dora@exemple.fr", question: "Viable ?", day: world.day(in: 5),
                    head: world.head), as: world.ines)
            for stranger in [eve, funder, world.holders[0], Principal.visitor] {
                for target in [id, ghost] {
                    for error in [
                        try await world.refusal(AssignDossier(candidacy: target, instructor: nil), as: stranger),
                        try await world.refusal(SetDossierDue(candidacy: target, day: nil), as: stranger),
                        try await world.refusal(CheckDossier(candidacy: target, findings: []), as: stranger),
                        try await world.refusal(
                            DecideAdmissibility(candidacy: target, version: 1, isAdmissible: true, head: world.head),
                            as: stranger),
                        try await world.refusal(
                            ReopenInstruction(candidacy: target, version: 1, reason: "x", head: world.head),
                            as: stranger),
                        try await world.refusal(
                            AskForPieces(
                                candidacy: target, version: 1, items: [], day: nil, head: world.head, shelf: world.shelf
                            ),
                            as: stranger),
                        try await world.refusal(
                            AddInstructionNote(candidacy: target, kind: .note, text: "x"), as: stranger),
                        try await world.refusal(
                            AskOpinion(
                                candidacy: target, kind: .expert, email: "a@b.fr", question: "x", day: nil,
                                head: world.head), as: stranger),
                        try await world.refusal(
                            SendInstructionMessage(
                                candidacy: target, side: .instruction, text: "x", head: world.head), as: stranger),
                        try await world.refusal(MarkMessagesRead(candidacy: target, side: .instruction), as: stranger),
                    ] { #expect(error is Missing, "\(stranger.name): \(error)") }
                }
                for error in [
                    try await world.refusal(RemoveInstructionNote(note: note.id), as: stranger),
                    try await world.refusal(WithdrawOpinion(opinion: opinion.id, head: world.head), as: stranger),
                    try await world.refusal(BalanceDossiers(call: world.call.id), as: stranger),
                    try await world.refusal(SetChecklist(call: world.call.id, text: "x"), as: stranger),
                    try await world.refusal(
                        GiveOpinion(opinion: opinion.id, position: .favourable, answer: "x", head: world.head),
                        as: stranger),
                ] { #expect(error is Missing, "\(stranger.name): \(error)") }
                #expect(try await world.board(all, as: stranger).dossiers.isEmpty)
                #expect(try await world.board(all, as: stranger).counts.values.allSatisfy { $0 == 0 })
                await #expect(throws: Missing.self) { _ = try await world.dossier(id, as: stranger) }
            }
            // A note is its author's to take away.
            #expect(try await world.refusal(RemoveInstructionNote(note: note.id), as: world.yann) is Denied)
            try await world.desk.perform(RemoveInstructionNote(note: note.id), as: world.ines)
            #expect(try await world.dossier(id, as: world.ines).notes.isEmpty)
        }
    }
}
