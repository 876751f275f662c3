import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Where an instruction stands") struct InstructionStateTests {
    // INST-1
    @Test("the table of transitions is the one that the rules say")
    func table() {
        let allowed: [(InstructionState, InstructionState.Event, InstructionState)] = [
            (.underReview, .findAdmissible, .admissible), (.underReview, .findInadmissible, .inadmissible),
            (.underReview, .ask, .incomplete), (.incomplete, .comeBack, .underReview),
            (.admissible, .reopen, .underReview), (.inadmissible, .reopen, .underReview),
            (.underReview, .withdraw, .withdrawn), (.incomplete, .withdraw, .withdrawn),
            (.admissible, .withdraw, .withdrawn), (.inadmissible, .withdraw, .withdrawn),
            (.withdrawn, .restore, .underReview),
        ]
        for state in InstructionState.allCases {
            for event in InstructionState.Event.allCases {
                let expected = allowed.first { $0.0 == state && $0.1 == event }?.2
                #expect(state.after(event) == expected, "\(state) \(event)")
            }
        }
    }

    // INST-1, INST-2, INST-4: hundreds of acts drawn at random, right or wrong; after each the records agree with one another.
    @Test(
        "whatever is done in whatever order, the records agree", arguments: TestEngine.available, [UInt64(5), 11])
    func walk(_ engine: TestEngine, _ seed: UInt64) async throws {
        try await InstructionWorld.on(engine, seed: seed) { world in
            var walk = InstructionWalk(world: world, chance: SeededChance(seed))
            for step in 0..<200 {
                try await walk.step(step)
                try await walk.check()
            }
            #expect(walk.done > 50, "only \(walk.done) acts went through")
            #expect(walk.refused > 50, "only \(walk.refused) acts were refused")
            #expect(try await world.database.read { try Journal.verify($0) } > 50)
        }
    }
}

private struct InstructionWalk {
    let world: InstructionWorld
    let chance: SeededChance
    var done = 0
    var refused = 0

    init(world: InstructionWorld, chance: SeededChance) {
        self.world = world
        self.chance = chance
    }

    private func draw(_ count: Int) -> Int { Int(chance.next() % UInt64(count)) }

    mutating func step(_ number: Int) async throws {
        let world = world
        let (days, takesLate, expert, hours) = (1 + draw(4), draw(2) == 0, draw(3), Int64(6 + draw(30)))
        let place = draw(world.dossiers.count)
        let (id, holder) = (world.dossiers[place], world.holders[place])
        let state = try await world.read(id)
        let version = draw(5) == 0 ? state.version - 1 : state.version
        let request = try await world.database.read { try PiecesRequestStore.requests(of: id, $0) }.last
        switch draw(12) {
        case 0: try await attempt { try await world.check(id) }
        case 1, 2:
            let act = try await world.decide(id, true, version: version)
            try await attempt { _ = try await world.desk.perform(act, as: world.ines) }
        case 3:
            let act = try await world.decide(id, false, version: version)
            try await attempt { _ = try await world.desk.perform(act, as: world.yann) }
        case 4:
            try await attempt {
                _ = try await world.desk.perform(
                    ReopenInstruction(candidacy: id, version: version, reason: "Erreur.", head: world.head),
                    as: world.ines)
            }
        case 5, 6: try await attempt { _ = try await world.ask(id, days: days, takesLate: takesLate) }
        case 7:
            guard let request else { return }
            try await attempt {
                let saved = try await world.desk.perform(
                    SavePieces(
                        request: request.id, version: request.version,
                        fields: [.init("resume", "Version \(number).")], shelf: world.shelf), as: holder)
                _ = try await world.desk.perform(
                    SendPieces(request: saved.id, version: saved.version, head: world.head, shelf: world.shelf),
                    as: holder)
            }
        case 8:
            guard let request else { return }
            try await attempt {
                try await world.desk.perform(
                    CancelPiecesRequest(request: request.id, head: world.head), as: world.yann)
            }
        case 9:
            try await attempt {
                _ = try await world.desk.perform(
                    AssignDossier(candidacy: id, instructor: [world.ines.account, world.yann.account, nil][expert]),
                    as: world.ines)
            }
        case 10:
            try await attempt {
                _ = try await world.desk.perform(
                    AskOpinion(
                        candidacy: id, kind: .expert, email: "expert\(expert)@exemple.fr",
                        question: "Qu’en pensez-vous ?", day: world.day(in: days), head: world.head), as: world.ines)
            }
        default:
            world.clock.advance(by: .hours(hours))
            _ = try await world.desk.perform(TendInstructionDeadlines(head: world.head), as: .house)
        }
    }

    private mutating func attempt(_ act: () async throws -> Void) async throws {
        do {
            try await act()
            done += 1
        } catch is Problems {
            refused += 1
        } catch is Conflict {
            refused += 1
        }
    }

    /// What holds after every act.
    func check() async throws {
        let now = world.clock.now
        for (place, id) in world.dossiers.enumerated() {
            let dossier = try await world.read(id)
            let (requests, opinions, deposits) = try await world.database.read { reader in
                (
                    try PiecesRequestStore.requests(of: id, reader), try OpinionStore.opinions(of: id, reader),
                    try CandidacyDepositStore.deposits(of: id, reader)
                )
            }
            #expect((dossier.state == .incomplete) == (requests.contains { $0.state == .open }))
            #expect(requests.count { $0.state == .open } <= 1)
            #expect(dossier.openOpinions == opinions.count { $0.state == .asked })
            #expect(!requests.contains { $0.state == .answered && !$0.takesLate && $0.isLate })
            #expect((dossier.decision != nil) == (dossier.state == .admissible || dossier.state == .inadmissible))
            // INST-13: whatever is asked, what was deposited stands.
            #expect(deposits.count == 1 && deposits[0].number == place + 1)
            #expect(deposits[0].snapshot.contains("Un atelier ouvert."))
            for opinion in opinions where opinion.isOpen(at: now) { #expect(opinion.answeredAt == nil) }
        }
        let admissible = try await world.database.read { try InstructionStore.admissible(of: world.call.id, $0) }
        for dossier in admissible { #expect(dossier.state == .admissible) }
    }
}
