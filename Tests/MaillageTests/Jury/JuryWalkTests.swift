import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Where a jury and its sheets stand") struct JuryWalkTests {
    // JURY-5, JURY-19
    @Test("the tables of transitions are the ones that the rules say")
    func tables() {
        let jury: [(JuryState, JuryState.Event, JuryState)] = [
            (.preparing, .open, .reading), (.reading, .reveal, .session), (.session, .sign, .signed),
        ]
        for state in JuryState.allCases {
            for event in JuryState.Event.allCases {
                #expect(state.after(event) == jury.first { $0.0 == state && $0.1 == event }?.2, "\(state) \(event)")
            }
        }
        let sheets: [(SheetState?, SheetState.Event, SheetState)] = [
            (nil, .save, .draft), (nil, .finish, .locked), (.draft, .save, .draft), (.draft, .finish, .locked),
            (.locked, .reopen, .draft),
        ]
        for state in [nil] + SheetState.allCases.map(Optional.some) {
            for event in SheetState.Event.allCases {
                let expected = sheets.first { $0.0 == state && $0.1 == event }?.2
                #expect(SheetState.after(event, from: state) == expected, "\(String(describing: state)) \(event)")
            }
        }
    }

    // JURY-5, JURY-6, JURY-7, JURY-8, JURY-14: hundreds of acts drawn at random, right or wrong, and after each the invariants.
    @Test(
        "whatever is done in whatever order, seals, silence and counts hold", arguments: TestEngine.available,
        [UInt64(5), 11])
    func walk(_ engine: TestEngine, _ seed: UInt64) async throws {
        try await JuryWorld.on(engine, seed: seed, dossiers: 3, jurors: 3) { world in
            var walk = JuryWalk(world: world, chance: SeededChance(seed))
            for step in 0..<220 {
                if step == 150 { try await walk.settleAndReveal() }
                try await walk.step(step)
                try await walk.check(isRevealed: step >= 150)
            }
            #expect(walk.done > 45, "only \(walk.done) acts went through")
            #expect(walk.refused > 40, "only \(walk.refused) acts were refused")
            #expect(try await world.database.read { try Journal.verify($0) } > 45)
        }
    }
}

private struct JuryWalk {
    let world: JuryWorld
    let chance: SeededChance
    /// The seal of each final sheet, by sheet and version: it never changes.
    var seals: [String: String] = [:]
    var done = 0
    var refused = 0

    private var people: [Principal] { [world.chair] + world.jurors }

    func draw(_ count: Int) -> Int { Int(chance.next() % UInt64(count)) }

    mutating func step(_ number: Int) async throws {
        world.world.clock.advance(by: .minutes(Int64(1 + draw(30))))
        let (juror, other) = (people[draw(people.count)], people[draw(people.count)])
        let (call, dossier) = (world.call, world.dossiers[draw(world.dossiers.count)])
        do {
            let known = try await sheet(of: juror, dossier)
            let version = draw(9) == 0 ? 40 : known?.version ?? 0
            let entry = JuryWorld.entry(draw(6), draw(7) == 0 ? nil : draw(5))
            switch draw(10) {
            case 0, 1, 2:
                _ = try await world.desk.perform(
                    SaveSheet(call: call, candidacy: dossier, version: version, entry: entry), as: juror)
            case 3, 4, 5:
                _ = try await world.desk.perform(
                    FinishSheet(call: call, candidacy: dossier, version: version, entry: entry), as: juror)
            case 6, 7:
                let member = try await world.seat(other).id
                try await world.desk.perform(
                    ReopenSheet(call: call, candidacy: dossier, member: member, reason: "À revoir, \(number)."),
                    as: draw(4) == 0 ? juror : world.chair)
            case 8 where draw(6) == 0:
                try await world.desk.perform(
                    DeclareConflict(call: call, candidacy: dossier, nature: .family, words: ""), as: juror)
            default:
                let ties = try await world.conflicts()
                guard !ties.isEmpty else { return }
                let tie = ties[draw(ties.count)]
                _ = try await world.desk.perform(
                    SettleConflict(call: call, conflict: tie.id, isConflict: draw(2) == 0, reason: "Vu."),
                    as: draw(2) == 0 ? world.agent : juror)
            }
            done += 1
        } catch is Problems {
            refused += 1
        } catch is Denied {
            refused += 1
        } catch is Missing {
            refused += 1
        } catch is Conflict {
            refused += 1
        }
    }

    mutating func settleAndReveal() async throws {
        try await world.reveal()
        done += 1
    }

    private func sheet(of juror: Principal, _ dossier: Candidacy.ID) async throws -> JurySheet? {
        let member = try await world.seat(juror).id
        return try await world.database.read { try JurySheetStore.sheet(of: member, on: dossier, $0) }
    }

    mutating func check(isRevealed: Bool) async throws {
        let ties = try await world.conflicts().filter(\.keepsAway)
        var all: [JurySheet] = []
        for juror in people {
            for dossier in world.dossiers {
                if let sheet = try await sheet(of: juror, dossier) { all.append(sheet) }
            }
        }
        for sheet in all {
            #expect((sheet.state == .locked) == !sheet.commitment.isEmpty)
            guard sheet.state == .locked else { continue }
            #expect(JuryCommitment.holds(sheet))
            #expect(sheet.isAbstained || sheet.notes.allSatisfy { $0.note != nil || !$0.isConcerned })
            let key = "\(sheet.id) \(sheet.version)"
            #expect(seals[key] == nil || seals[key] == sheet.commitment)
            seals[key] = sheet.commitment
        }
        for juror in people {
            let member = try await world.seat(juror).id
            for dossier in world.dossiers {
                let seen = try await world.sheets(juror, on: dossier)
                if ties.contains(where: { $0.member == member && $0.candidacy == dossier }) {
                    #expect(seen.isEmpty, "a tied juror reads nothing")
                    continue
                }
                let own = all.first { $0.member == member && $0.candidacy == dossier }
                for sheet in seen where sheet.member != member {
                    #expect(sheet.state == .locked)
                    #expect(isRevealed || own?.state == .locked, "sealed until one’s own is final")
                }
            }
        }
        guard isRevealed else { return }
        let ranking = try await world.ranking(world.agent)
        #expect(ranking.isConfirmed)
        for entry in ranking.entries {
            let counted = all.filter { sheet in
                sheet.candidacy == entry.id && sheet.state == .locked
                    && !ties.contains { $0.member == sheet.member && $0.candidacy == entry.id }
            }
            #expect(entry.sheets == counted.count, "drafts and tied jurors never count")
        }
    }
}
