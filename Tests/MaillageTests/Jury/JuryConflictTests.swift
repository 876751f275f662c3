import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("What ties a juror to a dossier") struct JuryConflictTests {
    // JURY-8
    @Test(
        "a declared conflict closes the dossier like one that is not there, and its notes count no more",
        arguments: TestEngine.available)
    func declared(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            let (juror, dossier) = (world.jurors[0], world.dossiers[0])
            try await world.finish(dossier, 4, 4, by: juror)
            try await world.finish(dossier, 0, 0, by: world.jurors[1])
            _ = try await world.judged(juror, dossier)
            let declare = DeclareConflict(
                call: world.call, candidacy: dossier, nature: .governance, words: "Siège au CA.")
            #expect(try await world.refusal(declare, as: world.agent) is Denied)
            #expect(try await world.refusal(declare, as: world.candidates[0]) is Denied)
            try await world.desk.perform(declare, as: juror)
            await #expect(throws: Missing.self) { try await world.judged(juror, dossier) }
            await #expect(throws: Missing.self) { try await world.judged(juror, Candidacy.ID(7)) }
            #expect(try await world.sheets(juror, on: dossier).isEmpty, "not even their own")
            let save = SaveSheet(call: world.call, candidacy: dossier, version: 1, entry: JuryWorld.entry(1, 1))
            #expect(try await world.refusal(save, as: juror) is Missing)
            _ = try await world.judged(juror, world.dossiers[1])
            let hand = AssignByHand(
                call: world.call, candidacy: dossier,
                members: [try await world.seat(juror).id, try await world.seat(world.jurors[1]).id])
            #expect(try await world.refusal(hand, as: world.agent) is Problems)
            try await world.reveal()
            await #expect(throws: Missing.self) { try await world.judged(juror, dossier) }
            #expect(try await world.sheets(juror, on: dossier).isEmpty)
            #expect(!(try await world.ranking(juror)).entries.contains { $0.id == dossier }, "not its score either")
            let entry = try #require(try await world.ranking(world.agent).entries.first { $0.id == dossier })
            #expect(entry.sheets == 1 && entry.score == .zero, "the tied juror’s 4 and 4 do not count")
        }
    }

    // JURY-8
    @Test("found ties wait for a word, keep away meanwhile, and are remembered", arguments: TestEngine.available)
    func found(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine, isOpen: false) { world in
            // The same organisation by its address, and a structure by what the juror sits for.
            let colleague = try await JuryWorld.person("collegue@exemple.fr", world.world)
            try await JuryWorld.join(colleague, by: world.agent, world.world)
            let seated = try await JuryWorld.person("elu@mairie.example", world.world)
            try await JuryWorld.join(seated, body: "ASSOCIATION la fosse", by: world.agent, world.world)
            try await world.open()
            let ties = try await world.conflicts()
            let colleagueSeat = try await world.seat(colleague).id
            let seatedSeat = try await world.seat(seated).id
            #expect(ties.filter { $0.member == colleagueSeat }.map(\.nature) == [.domain, .domain, .domain])
            #expect(ties.filter { $0.member == seatedSeat }.map(\.nature) == [.structure, .structure, .structure])
            #expect(ties.count == 6 && ties.allSatisfy { $0.state == .waiting && $0.isFound })

            let outcome = try await world.desk.perform(
                AssignReadings(call: world.call, head: world.world.head), as: world.agent)
            #expect(outcome.added == 9 && outcome.lacking.isEmpty)
            await #expect(throws: Missing.self) { try await world.judged(colleague, world.dossiers[0]) }
            // The session does not open on a question without answer.
            let reveal = OpenJurySession(call: world.call, version: try await world.jury().version)
            #expect(try await world.refusal(reveal, as: world.chair) is Problems)

            let tie = try #require(ties.first { $0.member == colleagueSeat && $0.candidacy == world.dossiers[0] })
            func settle(_ isConflict: Bool, _ reason: String = "Une fédération, pas un employeur.") -> SettleConflict {
                SettleConflict(call: world.call, conflict: tie.id, isConflict: isConflict, reason: reason)
            }
            #expect(try await world.refusal(settle(false), as: colleague) is Denied, "not of oneself")
            #expect(try await world.refusal(settle(false), as: world.jurors[0]) is Missing, "others do not know of it")
            #expect(try await world.refusal(settle(false), as: world.candidates[0]) is Denied)
            #expect(try await world.refusal(settle(false, ""), as: world.agent) is Problems, "with a reason")
            _ = try await world.desk.perform(settle(false), as: world.chair)
            #expect(try await world.desk.perform(FindConflicts(call: world.call), as: world.agent) == 0, "remembered")
            #expect(try await world.conflicts().first { $0.id == tie.id }?.state == .dismissed)
            let hand = AssignByHand(call: world.call, candidacy: world.dossiers[0], members: [colleagueSeat])
            try await world.desk.perform(hand, as: world.agent)
            _ = try await world.judged(colleague, world.dossiers[0])
            _ = try await world.desk.perform(settle(true), as: colleague)
            await #expect(throws: Missing.self) { try await world.judged(colleague, world.dossiers[0]) }
        }
    }

    // JURY-8
    @Test("everybody’s mail services tie nobody")
    func domains() {
        #expect(MailDomain.own("ada@gmail.com") == nil)
        #expect(MailDomain.own("ada@orange.fr") == nil)
        #expect(MailDomain.own("ada@ville-lens.example") == "ville-lens.example")
        #expect(MailDomain.own("ada") == nil)
    }

    // JURY-8
    @Test("a dossier that ties leave without readers is named", arguments: TestEngine.available)
    func lacking(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine, dossiers: 2, jurors: 2, isOpen: false) { world in
            try await world.open()
            for juror in world.jurors {
                try await world.desk.perform(
                    DeclareConflict(call: world.call, candidacy: world.dossiers[1], nature: .family, words: ""),
                    as: juror)
            }
            let act = AssignReadings(call: world.call, head: world.world.head)
            #expect(try await world.refusal(act, as: world.chair) is Denied)
            #expect(try await world.refusal(act, as: world.candidates[0]) is Denied)
            let outcome = try await world.desk.perform(act, as: world.agent)
            #expect(outcome.lacking.map(\.dossier.id) == [world.dossiers[1]] && outcome.lacking.map(\.missing) == [2])
            #expect(outcome.added == 4)
            let letters = try await world.world.calls.letters(to: "jure0@ville0.example")
            #expect(letters.contains { $0.subject.contains("2 dossiers à lire") })
        }
    }

    // JURY-9
    @Test("a candidate does not sit, and who becomes one reads nothing of the call", arguments: TestEngine.available)
    func candidates(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            let address = try await JuryWorld.address(of: world.candidates[0], world.world)
            _ = try await world.desk.perform(
                InviteJuror(call: world.call, email: address, role: .juror, head: world.world.head), as: world.agent)
            let join = JoinJury(try await JuryWorld.secret(to: address, world.world))
            #expect(try await world.refusal(join, as: world.candidates[0]) is Problems)

            // A juror who takes part in a candidacy afterwards: found, and kept from all of them.
            let (juror, lead) = (world.jurors[0], world.candidates[1])
            try await world.finish(world.dossiers[0], 3, 3, by: juror)
            _ = try await world.desk.perform(
                InviteToCandidacy(
                    candidacy: world.dossiers[1], email: "jure1@ville1.example", role: .reader, head: world.world.head,
                    shelf: world.world.shelf), as: lead)
            let letters = try await world.world.calls.letters(to: "jure1@ville1.example")
            let line = letters.flatMap { $0.text.split(separator: "\n") }.last {
                $0.contains("/candidatures/invitations/")
            }
            let secret = try #require(Secret(text: String(line?.split(separator: "/").last ?? "")))
            _ = try await world.desk.perform(AcceptCandidacyInvitation(secret), as: juror)
            #expect(try await world.desk.perform(FindConflicts(call: world.call), as: world.agent) == 1)
            for dossier in world.dossiers {
                await #expect(throws: Missing.self) { try await world.judged(juror, dossier) }
                #expect(try await world.sheets(juror, on: dossier).isEmpty)
            }
            let tie = try #require(try await world.conflicts().first)
            #expect(tie.nature == .team)
            let dismiss = SettleConflict(
                call: world.call, conflict: tie.id, isConflict: false, reason: "Sans importance.")
            #expect(try await world.refusal(dismiss, as: world.agent) is Problems)
            _ = try await world.desk.perform(
                SettleConflict(call: world.call, conflict: tie.id, isConflict: true, reason: ""), as: world.agent)
            try await world.reveal()
            #expect(try await world.ranking(world.agent).entries.allSatisfy { $0.sheets == 0 }, "none of theirs counts")
        }
    }

    // JURY-9: the coordination itself, when it candidates.
    @Test("who keeps the call and candidates to it keeps no jury of it", arguments: TestEngine.available)
    func stakeholder(_ engine: TestEngine) async throws {
        try await JuryWorld.on(engine) { world in
            guard let account = world.candidates[0].account else { throw Missing() }
            let both = Principal(
                account: account, name: "Les deux", grants: [Grant(.coordinator, on: .network)])
            try await world.finish(world.dossiers[0], 3, 3, by: world.jurors[0])
            #expect(try await world.refusal(FindConflicts(call: world.call), as: both) is Denied)
            let hand = AssignByHand(call: world.call, candidacy: world.dossiers[0], members: [])
            #expect(try await world.refusal(hand, as: both) is Denied)
            try await world.reveal()
            await #expect(throws: Denied.self) { try await world.ranking(both) }
            #expect(try await world.sheets(both, on: world.dossiers[0]).isEmpty)
        }
    }
}
