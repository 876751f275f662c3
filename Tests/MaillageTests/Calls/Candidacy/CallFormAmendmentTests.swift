import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

/// A form that changes after publication: an amendment, told to drafts, that leaves deposits as they are.
@Suite struct CallFormAmendmentTests {
    private static var changed: Form {
        var form = CandidacyWorld.form
        form.sections[0].questions.append(Question("publics", "Pour qui ?", .shortText(), .required))
        form.sections[0].questions.removeAll { $0.key == "resume" }
        form.sections[1].questions[0].label = "Montant espéré"
        return form
    }

    private func amend(_ world: CandidacyWorld, _ form: Form = changed, reason: String = "Oubli.") -> AmendCallForm {
        AmendCallForm(
            call: world.call.id, title: "Dossier", definition: CandidacyWorld.text(form), reason: reason,
            head: world.head)
    }

    // FRM-15, CALL-9
    @Test(
        "what changed is public with its reason, and each draft is told once what it means",
        arguments: TestEngine.available)
    func told(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let draft = try await world.complete(by: ada)
            let deposited = try await world.complete(by: bob)
            let receipt = try await world.deposit(deposited, 1, by: bob)
            let old = try await world.read(draft.id).form
            let form = try await world.desk.perform(amend(world), as: .house)
            #expect(form.version > 1)
            let amendments = try await world.database.read { try CallRulesStore.amendments(of: world.call.id, $0) }
            #expect(amendments.count == 1 && amendments[0].reason == "Oubli.")
            let words = amendments[0].changes.map(\.to).joined(separator: "\n")
            #expect(words.contains("Pour qui") && words.contains("Résumé") && words.contains("Montant espéré"))
            let toAda = try await world.calls.letters(to: "ada@exemple.fr").filter {
                $0.subject.contains("dossier à remplir")
            }
            #expect(toAda.count == 1, "once")
            let text = try #require(toAda.first?.text)
            #expect(text.contains("Oubli.") && text.contains("Pour qui") && text.contains("n’est plus demandé"))
            #expect(!text.contains("Un atelier ouvert."), "what people wrote is not in the mail")
            let toBob = try await world.calls.letters(to: "bob@exemple.fr")
            #expect(!toBob.contains { $0.subject.contains("dossier à remplir") })
            #expect(toBob.contains { $0.subject.contains("a changé") }, "those who deposited hear of the amendment")
            #expect(try await world.read(deposited.id).form == old)
            let kept = try await world.database.read { try CandidacyDepositStore.deposits(of: deposited.id, $0) }
            #expect(kept.first?.digest == receipt.deposit.digest)
            // Nothing moved by itself.
            #expect(try await world.read(draft.id).form == old)
            let adopted = try await world.desk.perform(AdoptCallForm(candidacy: draft.id, shelf: world.shelf), as: ada)
            #expect(adopted.contains { $0.kind == .added && $0.question == "publics" })
        }
    }

    // FRM-15
    @Test("the page says what is kept, what moved and what is to be answered", arguments: TestEngine.available)
    func adoption(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            let result = DraftAdoption(draft.answers, from: CandidacyWorld.form, to: Self.changed)
            #expect(result.toAnswer.map(\.question) == ["publics"])
            #expect(result.removed.map(\.question) == ["resume"])
            #expect(result.moved.map(\.question) == ["montant"])
            #expect(result.kept == 4, "titre, itinerant, montant, exact")
        }
    }

    // FRM-15, FRM-16
    @Test(
        "an amendment of the form is refused without a reason, without a change, and after the limit",
        arguments: TestEngine.available)
    func refused(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let silent = try await world.calls.refusal(amend(world, reason: " "), as: .house)
            #expect((silent as? Problems)?.messages(for: "motif").isEmpty == false)
            let same = try await world.calls.refusal(amend(world, CandidacyWorld.form), as: .house)
            #expect((same as? Problems)?.list.first?.message.contains("Rien ne change") == true)
            let set = try await world.calls.refusal(
                SetCallForm(call: world.call.id, title: "Dossier", definition: CandidacyWorld.text(Self.changed)),
                as: .house)
            #expect((set as? Problems)?.list.first?.message.contains("avenant") == true, "there is one door")
            let bad = try await world.calls.refusal(
                AmendCallForm(
                    call: world.call.id, maturity: "lune", title: "x", definition: CandidacyWorld.text(Self.changed),
                    reason: "r", head: world.head), as: .house)
            #expect((bad as? Problems)?.messages(for: "etape").isEmpty == false)
            let broken = try await world.calls.refusal(
                AmendCallForm(call: world.call.id, title: "x", definition: "{", reason: "r", head: world.head),
                as: .house)
            #expect((broken as? Problems)?.messages(for: "definition").isEmpty == false)
            let draft = try await world.calls.draft()
            let early = try await world.calls.refusal(
                AmendCallForm(
                    call: draft.id, title: "x", definition: CandidacyWorld.text(Self.changed), reason: "r",
                    head: world.head), as: .house)
            #expect(early is Problems)
            _ = try await world.desk.perform(OpenFormDraft(call: world.call.id), as: .house)
            world.goTo(CandidacyWorld.closing)
            let acts: [any Act] = [
                amend(world), OpenFormDraft(call: world.call.id, maturity: "intention"),
                ChangeFormDraft(
                    call: world.call.id, maturity: "", version: 1, change: .edit(.head(title: "T", intro: ""))),
                FileFormDraft(call: world.call.id, maturity: "", version: 1, reason: "r", head: world.head),
            ]
            for act in acts {
                let error = try await world.calls.refusal(act, as: .house)
                #expect((error as? Problems)?.list.first?.message.contains("clos") == true, "\(type(of: act))")
            }
        }
    }

    // FRM-15
    @Test("a form written for one stage concerns the drafts of that stage only", arguments: TestEngine.available)
    func oneStage(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            _ = try await world.complete(by: ada)
            _ = try await world.desk.perform(
                AmendCallForm(
                    call: world.call.id, maturity: "intention", title: "Court",
                    definition: CandidacyWorld.text(Self.changed),
                    reason: "Plus simple.", head: world.head), as: .house)
            let letters = try await world.calls.letters(to: "ada@exemple.fr")
            #expect(!letters.contains { $0.subject.contains("dossier à remplir") })
            #expect(letters.contains { $0.subject.contains("a changé") })
            let amendments = try await world.database.read { try CallRulesStore.amendments(of: world.call.id, $0) }
            #expect(amendments.first?.changes.first?.to.contains("nouveau dossier") == true)
        }
    }
}
