import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

/// What is said beside the questions of a partner's part, who is to write them, and their former texts: as for the lead's own, and for that
/// partner's people alone.
@Suite("Writing a partner’s part together") struct PartTalkTests {
    /// Two partners, the first written by two people, and all those who may not speak there.
    struct Consortium {
        let world: CandidacyWorld
        let draft: Candidacy.ID
        let halle: CandidacyPartner.ID
        let friche: CandidacyPartner.ID
        let lead: Principal
        /// Commits the first partner.
        let manager: Principal
        /// Writes its part, and commits nothing.
        let colleague: Principal
        /// Commits the second partner.
        let other: Principal
        /// Writes what the lead answers.
        let writer: Principal
        let reader: Principal
        let stranger: Principal
        let keeper: Principal

        /// Those who take part in the candidacy, and not in the part.
        var besides: [Principal] { [other, writer, reader] }
        /// Those for whom the candidacy is not there.
        var outside: [Principal] { [stranger, keeper, .visitor] }

        func say(
            _ text: String, on question: String = "budget", in part: CandidacyPartner.ID?, of id: Candidacy.ID? = nil
        ) -> AddCandidacyRemark {
            AddCandidacyRemark(candidacy: id ?? draft, part: part, question: question, text: text, shelf: world.shelf)
        }

        func heard(_ principal: Principal, in part: CandidacyPartner.ID?) async throws -> [String] {
            let candidacy = try await world.read(draft)
            return try await world.database.read { reader in
                let partner = try part.flatMap { try CandidacyPartnerStore.any($0, reader) }
                return try CandidacyRemarkStore.own(principal, candidacy, part: partner, reader).map(\.text)
            }
        }

        func assign(
            _ person: Principal?, to question: String = "", of section: String = "chiffres",
            in part: CandidacyPartner.ID?
        ) -> AssignCandidacyPart {
            AssignCandidacyPart(
                candidacy: draft, part: part, section: section, question: question, account: person?.account,
                shelf: world.shelf)
        }

        func restore(_ version: Int, of question: String = "budget", in part: CandidacyPartner.ID?) -> RestoreAnswer {
            RestoreAnswer(candidacy: draft, part: part, question: question, version: version, shelf: world.shelf)
        }

        func partner(_ id: CandidacyPartner.ID) async throws -> CandidacyPartner {
            try await PartTests.partner(world, id)
        }

        func leave(_ principal: Principal, by actor: Principal) async throws {
            let draft = draft
            let member = try #require(
                try await world.database.read { try CandidacyMemberStore.own(principal, of: draft, $0) })
            try await world.desk.perform(
                LeaveCandidacy(candidacy: draft, member: member.id, head: world.head), as: actor)
        }
    }

    static func play(_ engine: TestEngine, _ body: (Consortium) async throws -> Void) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true, form: PartTests.form) { world in
            let (lead, manager) = (try await world.person("ada"), try await world.person("bob"))
            let (colleague, other) = (try await world.person("dan"), try await world.person("cleo"))
            let draft = try await world.complete(by: lead)
            let halle = try await PartTests.join(world, draft.id, "La Halle", manager, by: lead)
            let friche = try await PartTests.join(world, draft.id, "La Friche", other, by: lead)
            _ = try await world.desk.perform(
                InviteToPart(
                    candidacy: draft.id, partner: halle, email: "dan@exemple.fr", commits: false, head: world.head),
                as: manager)
            try await PartTests.accept(world, colleague)
            try await body(
                Consortium(
                    world: world, draft: draft.id, halle: halle, friche: friche, lead: lead, manager: manager,
                    colleague: colleague, other: other,
                    writer: try await world.join(draft.id, "gus", role: .writer, by: lead),
                    reader: try await world.join(draft.id, "eve", role: .reader, by: lead),
                    stranger: try await world.person("mallory"), keeper: try await world.calls.coordinator()))
        }
    }

    // CAND-20, CAND-40
    @Test("its people and the lead speak beside its questions, and nobody else hears", arguments: TestEngine.available)
    func remarks(_ engine: TestEngine) async throws {
        try await Self.play(engine) { team in
            let world = team.world
            _ = try await world.desk.perform(team.say("Ce chiffre est-il hors taxes ?", in: team.halle), as: team.lead)
            _ = try await world.desk.perform(team.say("Oui.", in: team.halle), as: team.colleague)
            _ = try await world.desk.perform(team.say("Chez nous aussi.", in: team.friche), as: team.other)
            _ = try await world.desk.perform(team.say("Entre nous.", on: "titre", in: nil), as: team.writer)
            for person in [team.lead, team.manager, team.colleague] {
                #expect(
                    try await team.heard(person, in: team.halle) == ["Ce chiffre est-il hors taxes ?", "Oui."],
                    "\(person.name)")
            }
            for person in team.besides + team.outside {
                #expect(try await team.heard(person, in: team.halle).isEmpty, "\(person.name)")
            }
            #expect(try await team.heard(team.other, in: team.friche) == ["Chez nous aussi."])
            #expect(try await team.heard(team.manager, in: team.friche).isEmpty)
            #expect(try await team.heard(team.manager, in: nil).isEmpty, "the lead’s side is not a partner’s")
            #expect(try await team.heard(team.lead, in: nil) == ["Entre nous."])

            let close = ResolveCandidacyRemarks(candidacy: team.draft, part: team.halle, question: "budget")
            for person in team.besides {
                #expect(try await world.refusal(team.say("?", in: team.halle), as: person) is Denied, "\(person.name)")
                #expect(try await world.refusal(close, as: person) is Denied, "\(person.name)")
            }
            let missing = Candidacy.ID(team.draft.number + 1)
            for person in team.outside {
                #expect(try await world.refusal(team.say("?", in: team.halle), as: person) is Missing)
                #expect(try await world.refusal(team.say("?", in: team.halle, of: missing), as: person) is Missing)
                #expect(try await world.refusal(close, as: person) is Missing)
            }
            let nowhere = CandidacyPartner.ID(7)
            #expect(try await world.refusal(team.say("?", in: nowhere), as: team.lead) is Missing)
            #expect(try await world.refusal(team.say("?", on: "titre", in: team.halle), as: team.manager) is Missing)
            #expect(try await world.refusal(team.say("?", on: "budget", in: nil), as: team.lead) is Missing)
            #expect(try await world.refusal(team.say(" ", in: team.halle), as: team.manager) is Problems)
            let long = team.say(String(repeating: "a", count: 2_001), in: team.halle)
            #expect(try await world.refusal(long, as: team.manager) is Problems)

            // Closing what is said of a question closes it in one part only.
            try await world.desk.perform(close, as: team.colleague)
            let candidacy = try await world.read(team.draft)
            let (halle, friche) = (try await team.partner(team.halle), try await team.partner(team.friche))
            let (closed, others) = try await world.database.read { reader in
                (
                    try CandidacyRemarkStore.own(team.lead, candidacy, part: halle, reader),
                    try CandidacyRemarkStore.own(team.lead, candidacy, part: friche, reader)
                )
            }
            #expect(closed.count == 2 && closed.allSatisfy { $0.resolvedBy == team.colleague.account })
            #expect(others.allSatisfy { $0.isOpen })

            // Who writes the part no more hears no more; beside the part of a partner that left, nobody speaks.
            try await team.leave(team.colleague, by: team.manager)
            #expect(try await team.heard(team.colleague, in: team.halle).isEmpty)
            #expect(try await world.refusal(team.say("?", in: team.halle), as: team.colleague) is Missing)
            try await team.leave(team.manager, by: team.manager)
            #expect(try await world.refusal(team.say("?", in: team.halle), as: team.lead) is Problems)
            #expect(try await world.refusal(close, as: team.lead) is Problems)
            #expect(try await team.heard(team.lead, in: team.halle).count == 2, "what was said is kept")
        }
    }

    // CAND-20
    @Test("a full thread of one part leaves room in the others", arguments: TestEngine.available)
    func room(_ engine: TestEngine) async throws {
        try await Self.play(engine) { team in
            let world = team.world
            let author = try #require(team.manager.account)
            let surroundings = world.desk.surroundings
            try await world.database.write { writer in
                for _ in 0..<CandidacyRemark.most {
                    try CandidacyRemarkStore.insert(
                        CandidacyRemark(
                            id: surroundings.identifier(), candidacy: team.draft, partner: team.halle,
                            question: "budget",
                            author: author, text: "Encore.", at: world.clock.now, resolvedAt: nil, resolvedBy: nil),
                        writer)
                }
            }
            #expect(
                try await world.sentences(team.say("?", in: team.halle), as: team.manager).contains("Cette part a déjà")
            )
            _ = try await world.desk.perform(team.say("?", in: team.friche), as: team.other)
            _ = try await world.desk.perform(team.say("?", on: "titre", in: nil), as: team.lead)
        }
    }

    // CAND-20
    @Test("those concerned get one letter for all sides, of what they may read", arguments: TestEngine.available)
    func digest(_ engine: TestEngine) async throws {
        try await Self.play(engine) { team in
            let world = team.world
            func mail() async throws -> Int {
                try await world.desk.perform(MailCandidacyRemarks(head: world.head, shelf: world.shelf), as: .house)
            }
            func told(_ name: String) async throws -> [String] {
                try await world.calls.letters(to: "\(name)@exemple.fr").map(\.text)
                    .filter { $0.contains("à propos de") }
            }
            _ = try await world.desk.perform(team.say("Un mot de la part.", in: team.halle), as: team.colleague)
            _ = try await world.desk.perform(team.say("Un mot du dossier.", on: "titre", in: nil), as: team.writer)
            world.clock.advance(by: .minutes(1))
            #expect(try await mail() == 2, "the lead, of both; who commits the partner, of the part")
            let lead = try #require(try await told("ada").last)
            #expect(lead.contains("Un mot de la part.") && lead.contains("Un mot du dossier."))
            #expect(lead.contains("La Halle, Budget") && lead.contains("/parts/\(team.halle.text)"))
            let manager = try #require(try await told("bob").last)
            #expect(manager.contains("Un mot de la part.") && !manager.contains("Un mot du dossier."))
            let silent = try await told("cleo") + told("gus") + told("eve") + told("dan")
            #expect(silent.isEmpty)
            #expect(try await mail() == 0)

            // Who is to write a question hears of it, within an hour of the last letter no more than once.
            world.clock.advance(by: .hours(2))
            _ = try await world.desk.perform(
                team.assign(team.colleague, to: "visites", in: team.halle), as: team.manager)
            _ = try await world.desk.perform(team.say("Et les visites ?", on: "visites", in: team.halle), as: team.lead)
            world.clock.advance(by: .minutes(1))
            #expect(try await mail() == 2)
            #expect(try await told("dan").last?.contains("Et les visites ?") == true)
            // Nobody is told of the part of a partner that left.
            _ = try await world.desk.perform(team.say("Adieu.", in: team.friche), as: team.other)
            try await team.leave(team.other, by: team.lead)
            world.clock.advance(by: .hours(2))
            #expect(try await mail() == 0)
        }
    }

    // CAND-21
    @Test("who commits a partner says who writes what of its part", arguments: TestEngine.available)
    func assignments(_ engine: TestEngine) async throws {
        try await Self.play(engine) { team in
            let world = team.world
            func duties(_ principal: Principal) async throws -> Int {
                try await world.database.read { reader in
                    try OwnCandidacy.all(principal, at: world.clock.now, shelf: world.shelf, reader).first?.duties ?? -1
                }
            }
            _ = try await world.desk.perform(team.assign(team.colleague, in: team.halle), as: team.manager)
            #expect(try await duties(team.colleague) == 4)
            _ = try await world.desk.perform(
                team.assign(team.manager, to: "budget", in: team.halle), as: team.manager)
            let both = (try await duties(team.colleague), try await duties(team.manager))
            #expect(both == (3, 1), "a question’s own person comes first")
            _ = try await world.desk.perform(team.assign(team.other, in: team.friche), as: team.other)
            #expect(try await duties(team.other) == 4, "the same section of another part has its own people")
            #expect(try await duties(team.colleague) == 3)
            let version = try await team.partner(team.halle).version
            _ = try await world.desk.perform(
                PartTests.save(world, team.draft, team.halle, version, PartTests.figures("12", visits: "3")),
                as: team.colleague)
            let written = (try await duties(team.colleague), try await duties(team.manager))
            #expect(written == (1, 0))
            _ = try await world.desk.perform(team.assign(nil, to: "budget", in: team.halle), as: team.manager)

            for person in [team.colleague, team.lead] + team.besides {
                #expect(
                    try await world.refusal(team.assign(nil, in: team.halle), as: person) is Denied, "\(person.name)")
            }
            for person in team.outside {
                #expect(try await world.refusal(team.assign(nil, in: team.halle), as: person) is Missing)
            }
            for person in [team.other, team.lead, team.writer, team.stranger] {
                #expect(
                    try await world.refusal(team.assign(person, in: team.halle), as: team.manager) is Problems,
                    "\(person.name) does not write this part")
            }
            #expect(
                try await world.refusal(team.assign(nil, of: "projet", in: team.halle), as: team.manager) is Missing)
            #expect(
                try await world.refusal(team.assign(nil, to: "titre", in: team.halle), as: team.manager) is Missing)
            #expect(
                try await world.refusal(team.assign(nil, in: CandidacyPartner.ID(7)), as: team.manager) is Missing)

            try await team.leave(team.colleague, by: team.manager)
            let (candidacy, halle) = (try await world.read(team.draft), try await team.partner(team.halle))
            let left = try await world.database.read { reader in
                try CandidacyAssignmentStore.assignments(
                    of: team.draft, among: CandidacyWriters.of(candidacy, part: halle, reader), reader)
            }
            #expect(left.isEmpty, "who left is to write nothing")
        }
    }

    // CAND-22, CAND-31
    @Test("a former text of a part comes back, and its commitment ends", arguments: TestEngine.available)
    func restoring(_ engine: TestEngine) async throws {
        try await Self.play(engine) { team in
            let (world, halle) = (team.world, team.halle)
            func save(_ fields: [URLEncodedForm.Field]) async throws -> Int {
                let version = try await team.partner(halle).version
                return try await world.desk.perform(
                    PartTests.save(world, team.draft, halle, version, fields), as: team.colleague
                ).partner.version
            }
            _ = try await save(PartTests.figures("1 000", visits: "5"))
            let changed = try await save([.init("budget", "2 000")])
            try await world.desk.perform(
                CommitPartner(candidacy: team.draft, agrees: true, head: world.head, shelf: world.shelf),
                as: team.manager)
            for person in [team.lead] + team.besides {
                #expect(
                    try await world.refusal(team.restore(changed, in: halle), as: person) is Denied, "\(person.name)")
            }
            for person in team.outside {
                #expect(try await world.refusal(team.restore(changed, in: halle), as: person) is Missing)
            }
            for version in [0, 1, 99, Int.min, Int.max] {
                #expect(try await world.refusal(team.restore(version, in: halle), as: team.manager) is Missing)
                #expect(try await world.refusal(team.restore(version, of: "titre", in: nil), as: team.lead) is Missing)
            }
            #expect(try await world.refusal(team.restore(changed, of: "titre", in: halle), as: team.manager) is Missing)
            #expect(try await world.refusal(team.restore(changed, in: team.friche), as: team.other) is Missing)

            let draft = try await world.read(team.draft).version
            let restored = try await world.desk.perform(team.restore(changed, in: halle), as: team.colleague)
            #expect(restored.answers["budget"] == .money(100_000) && restored.endsCommitment)
            #expect(try await team.partner(halle).state == .answering)
            #expect(try await world.read(team.draft).version == draft + 1, "what would be deposited changed")
            let undone = try await world.desk.perform(team.restore(restored.version, in: halle), as: team.manager)
            #expect(undone.answers["budget"] == .money(200_000) && !undone.endsCommitment)
            let same = try await world.desk.perform(team.restore(restored.version, in: halle), as: team.manager)
            #expect(same.version == undone.version, "nothing to do is nothing done")
            let seals = try await world.database.read { try SaveSeals.check($0) }
            #expect(seals.fault == nil)

            try await world.desk.perform(
                CommitPartner(candidacy: team.draft, agrees: true, head: world.head, shelf: world.shelf),
                as: team.manager)
            try await team.leave(team.other, by: team.lead)
            _ = try await world.deposit(try await world.read(team.draft), 1, by: team.lead)
            world.goTo(CandidacyWorld.closing)
            #expect(try await world.refusal(team.restore(changed, in: halle), as: team.manager) is Problems)
        }
    }
}
