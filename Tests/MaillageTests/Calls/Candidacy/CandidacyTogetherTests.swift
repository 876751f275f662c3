import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

/// Somebody takes part in a candidacy, invited by its lead.
extension CandidacyWorld {
    @discardableResult
    func join(
        _ candidacy: Candidacy.ID, _ name: String, role: CandidacyMember.Role, sections: [String] = [],
        by lead: Principal
    ) async throws -> Principal {
        let person = try await person(name)
        _ = try await desk.perform(
            InviteToCandidacy(
                candidacy: candidacy, email: "\(name)@exemple.fr", role: role, sections: sections, head: head,
                shelf: shelf), as: lead)
        let letter = try #require(try await calls.letters(to: "\(name)@exemple.fr").last)
        let secret = try #require(CandidacyDraftTests.secret(in: letter.text))
        _ = try await desk.perform(AcceptCandidacyInvitation(secret), as: person)
        return person
    }

    /// Rows of what those who write say to one another.
    func talk() async throws -> [Int] {
        try await database.read { reader in
            try ["candidacy_remark", "candidacy_assignment", "candidacy_digest"].map { (table: SQL) in
                try reader.count("SELECT COUNT(*) FROM \(table)")
            }
        }
    }
}

@Suite("Writing a candidacy together") struct CandidacyTogetherTests {
    private struct Team {
        let draft: Candidacy
        let lead: Principal
        let writer: Principal
        let reader: Principal
        let stranger: Principal
    }

    private func team(_ world: CandidacyWorld) async throws -> Team {
        let lead = try await world.person("ada")
        let draft = try await world.complete(by: lead)
        return Team(
            draft: draft, lead: lead,
            writer: try await world.join(draft.id, "bob", role: .writer, sections: ["budget"], by: lead),
            reader: try await world.join(draft.id, "eve", role: .reader, by: lead),
            stranger: try await world.person("mallory"))
    }

    // CAND-20
    @Test("those who write speak beside the questions, and nobody else hears", arguments: TestEngine.available)
    func remarks(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let team = try await team(world)
            func say(_ text: String, on question: String = "titre", in id: Candidacy.ID? = nil) -> AddCandidacyRemark {
                AddCandidacyRemark(
                    candidacy: id ?? team.draft.id, question: question, text: text, shelf: world.shelf)
            }
            _ = try await world.desk.perform(say("Ce titre est-il le bon ?"), as: team.writer)
            _ = try await world.desk.perform(say("Oui."), as: team.lead)
            let candidacy = try await world.read(team.draft.id)
            func heard(_ principal: Principal) async throws -> [String] {
                try await world.database.read {
                    try CandidacyRemarkStore.own(principal, candidacy, $0).map(\.text)
                }
            }
            #expect(try await heard(team.writer) == ["Ce titre est-il le bon ?", "Oui."])
            let coordinator = try await world.calls.coordinator()
            for other in [team.reader, team.stranger, coordinator, .visitor] {
                #expect(try await heard(other).isEmpty)
            }
            let before = try await world.talk()
            #expect(try await world.refusal(say("Moi aussi"), as: team.reader) is Denied)
            #expect(try await world.refusal(say(""), as: team.lead) is Problems)
            #expect(try await world.refusal(say(String(repeating: "a", count: 2_001)), as: team.lead) is Problems)
            #expect(try await world.refusal(say("?", on: "inconnue"), as: team.lead) is Missing)
            let missing = Candidacy.ID(team.draft.id.number + 1)
            for stranger in [team.stranger, coordinator, .visitor] {
                #expect(try await world.refusal(say("?"), as: stranger) is Missing)
                #expect(try await world.refusal(say("?", in: missing), as: stranger) is Missing)
                #expect(
                    try await world.refusal(
                        ResolveCandidacyRemarks(candidacy: team.draft.id, question: "titre"), as: stranger) is Missing)
            }
            #expect(
                try await world.refusal(
                    ResolveCandidacyRemarks(candidacy: team.draft.id, question: "titre"), as: team.reader) is Denied)
            #expect(try await world.talk() == before)

            try await world.desk.perform(
                ResolveCandidacyRemarks(candidacy: team.draft.id, question: "titre"), as: team.writer)
            let closed = try await world.database.read { try CandidacyRemarkStore.own(team.lead, candidacy, $0) }
            #expect(closed.allSatisfy { !$0.isOpen && $0.resolvedBy == team.writer.account })
            // What is deposited holds nothing of it.
            let outcome = try await world.deposit(team.draft, 1, by: team.lead)
            #expect(!outcome.deposit.snapshot.contains("Ce titre est-il"))
        }
    }

    // CAND-20
    @Test("those concerned get one letter an hour at most", arguments: TestEngine.available)
    func digest(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let team = try await team(world)
            func mail() async throws -> Int {
                try await world.desk.perform(MailCandidacyRemarks(head: world.head, shelf: world.shelf), as: .house)
            }
            func letters(_ name: String) async throws -> [String] {
                try await world.calls.letters(to: "\(name)@exemple.fr").map(\.text).filter {
                    $0.contains("à propos de")
                }
            }
            #expect(
                try await world.refusal(MailCandidacyRemarks(head: world.head, shelf: world.shelf), as: team.lead)
                    is Missing)
            #expect(try await world.database.read { try !MailCandidacyRemarks.isDue(at: world.clock.now, $0) })
            for text in ["Première remarque.", "Seconde remarque."] {
                _ = try await world.desk.perform(
                    AddCandidacyRemark(candidacy: team.draft.id, question: "titre", text: text, shelf: world.shelf),
                    as: team.writer)
            }
            world.clock.advance(by: .minutes(1))
            #expect(try await world.database.read { try MailCandidacyRemarks.isDue(at: world.clock.now, $0) })
            #expect(try await mail() == 1, "the lead alone: the writer wrote it, the reader hears nothing")
            #expect(try await letters("ada").last?.contains("Seconde remarque.") == true)
            #expect(try await mail() == 0)
            world.clock.advance(by: .minutes(10))
            _ = try await world.desk.perform(
                AddCandidacyRemark(candidacy: team.draft.id, question: "titre", text: "Troisième.", shelf: world.shelf),
                as: team.writer)
            #expect(try await mail() == 0, "not before the hour is over")
            world.clock.advance(by: .minutes(50))
            #expect(try await mail() == 1)
            #expect(try await letters("ada").count == 2)
            let silent = try await letters("bob") + letters("eve")
            #expect(silent.isEmpty)
            // Who spoke of a question hears the answer; what is resolved is told no more.
            _ = try await world.desk.perform(
                AddCandidacyRemark(candidacy: team.draft.id, question: "titre", text: "Réponse.", shelf: world.shelf),
                as: team.lead)
            world.clock.advance(by: .minutes(1))
            #expect(try await mail() == 1)
            #expect(try await letters("bob").last?.contains("Réponse.") == true)
            _ = try await world.desk.perform(
                AddCandidacyRemark(candidacy: team.draft.id, question: "titre", text: "Oubliez.", shelf: world.shelf),
                as: team.lead)
            try await world.desk.perform(
                ResolveCandidacyRemarks(candidacy: team.draft.id, question: "titre"), as: team.lead)
            world.clock.advance(by: .hours(2))
            #expect(try await mail() == 0)
        }
    }

    // CAND-21
    @Test("the lead says who writes what, and each sees what is theirs", arguments: TestEngine.available)
    func assignments(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let team = try await team(world)
            func assign(_ section: String, _ question: String = "", to person: Principal?) -> AssignCandidacyPart {
                AssignCandidacyPart(
                    candidacy: team.draft.id, section: section, question: question, account: person?.account,
                    shelf: world.shelf)
            }
            func duties(_ principal: Principal) async throws -> Int {
                try await world.database.read { reader in
                    try OwnCandidacy.all(principal, at: world.clock.now, shelf: world.shelf, reader).first?.duties ?? -1
                }
            }
            _ = try await world.desk.perform(assign("budget", to: team.writer), as: team.lead)
            #expect(try await duties(team.writer) == 0, "both are answered already")
            try await world.save(team.draft.id, "budget", [.init("montant", "")], by: team.lead)
            #expect(try await duties(team.writer) == 1)
            _ = try await world.desk.perform(assign("budget", "montant", to: team.lead), as: team.lead)
            let theirs = (try await duties(team.writer), try await duties(team.lead))
            #expect(theirs == (0, 1), "a question’s own person comes first")
            _ = try await world.desk.perform(assign("budget", "montant", to: nil), as: team.lead)
            #expect(try await duties(team.writer) == 1)

            let before = try await world.talk()
            #expect(
                try await world.refusal(assign("projet", to: team.writer), as: team.lead) is Problems,
                "not their section")
            #expect(try await world.refusal(assign("budget", to: team.reader), as: team.lead) is Problems)
            #expect(try await world.refusal(assign("budget", to: team.stranger), as: team.lead) is Problems)
            #expect(try await world.refusal(assign("budget", "titre", to: team.lead), as: team.lead) is Missing)
            #expect(try await world.refusal(assign("rien", to: team.lead), as: team.lead) is Missing)
            #expect(try await world.refusal(assign("budget", to: nil), as: team.writer) is Denied)
            #expect(try await world.refusal(assign("budget", to: nil), as: team.stranger) is Missing)
            #expect(try await world.refusal(assign("budget", to: nil), as: .visitor) is Missing)
            #expect(try await world.talk() == before)

            let part = try #require(
                try await world.database.read { try CandidacyMemberStore.own(team.writer, of: team.draft.id, $0) })
            try await world.desk.perform(
                LeaveCandidacy(candidacy: team.draft.id, member: part.id, head: world.head), as: team.writer)
            let candidacy = try await world.read(team.draft.id)
            let left = try await world.database.read { reader in
                try CandidacyAssignmentStore.assignments(
                    of: candidacy.id, among: CandidacyWriters.of(candidacy, reader), reader)
            }
            #expect(left.isEmpty, "who left is to write nothing")
        }
    }

    // CAND-22
    @Test("a former text comes back, and can be taken away again", arguments: TestEngine.available)
    func restoring(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let team = try await team(world)
            let changed = try await world.save(team.draft.id, "budget", [.init("montant", "99")], by: team.writer)
            func restore(_ question: String, _ version: Int) -> RestoreAnswer {
                RestoreAnswer(candidacy: team.draft.id, question: question, version: version, shelf: world.shelf)
            }
            let restored = try await world.desk.perform(restore("montant", changed.version), as: team.writer)
            #expect(restored.answers["montant"] == .money(1_200_000) && restored.version == changed.version + 1)
            let undone = try await world.desk.perform(restore("montant", restored.version), as: team.lead)
            #expect(undone.answers["montant"] == .money(9_900))
            let same = try await world.desk.perform(restore("montant", restored.version), as: team.lead)
            #expect(same.version == undone.version, "nothing to do is nothing done")

            #expect(try await world.refusal(restore("titre", 2), as: team.writer) is Denied, "not their section")
            #expect(try await world.refusal(restore("montant", 2), as: team.reader) is Denied)
            #expect(try await world.refusal(restore("montant", changed.version), as: team.stranger) is Missing)
            #expect(try await world.refusal(restore("montant", changed.version), as: .visitor) is Missing)
            #expect(try await world.refusal(restore("montant", 99), as: team.lead) is Missing)
            #expect(try await world.refusal(restore("inconnue", 2), as: team.lead) is Missing)
            _ = try await world.desk.perform(
                SaveCandidacy(
                    candidacy: team.draft.id, version: undone.version, section: "budget",
                    fields: CandidacyWorld.budgetFields, shelf: world.shelf), as: team.lead)
            _ = try await world.deposit(try await world.read(team.draft.id), 1, by: team.lead)
            world.goTo(CandidacyWorld.closing)
            #expect(try await world.refusal(restore("montant", changed.version), as: team.lead) is Problems)
        }
    }
}
