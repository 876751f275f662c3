import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

/// The working copy of a form: its steps, two people at once, undoing, and becoming the form of the call.
@Suite struct FormDraftTests {
    private static func act(_ call: Call, _ version: Int, _ change: FormDraftChange) -> ChangeFormDraft {
        ChangeFormDraft(call: call.id, maturity: "", version: version, change: change)
    }

    private static func question(_ label: String) -> FormDraftChange {
        .edit(.addQuestion(Question("", label, .shortText()), section: "projet", after: nil))
    }

    private static func labels(_ draft: FormDraft) -> [String] { draft.form.questions.map(\.label) }

    // FRM-13
    @Test("a working copy changes nothing for anybody until it is filed", arguments: TestEngine.available)
    func apart(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let call = try await world.draft()
            let before = try await world.database.read { try CallFormStore.current(of: call.id, $0) }
            let draft = try await world.desk.perform(OpenFormDraft(call: call.id), as: .house)
            #expect(draft.base == before.first?.id && draft.form.questions.map(\.key) == ["resume"])
            let again = try await world.desk.perform(
                OpenFormDraft(call: call.id, start: StandardQuestions.intentionForm), as: .house)
            #expect(again == draft, "what was begun is not begun twice")
            let outcome = try await world.desk.perform(Self.act(call, 1, Self.question("Pour qui ?")), as: .house)
            #expect(outcome.draft.version == 2 && outcome.draft.step.words.contains("Pour qui"))
            #expect(try await world.database.read { try CallFormStore.current(of: call.id, $0) } == before)
            let form = try await world.desk.perform(
                FileFormDraft(call: call.id, maturity: "", version: 2, head: world.head), as: .house)
            let keys = try form.questions().questions.map(\.key)
            #expect(form.version == 2 && keys == ["resume", "pour_qui"])
            let gone = try await world.database.read { try FormDraftStore.draft(of: call.id, maturity: "", $0) }
            #expect(gone == nil)
            let stage = try await world.desk.perform(
                OpenFormDraft(call: call.id, maturity: "intention", start: StandardQuestions.intentionForm), as: .house)
            #expect(stage.base == nil && stage.form.title == StandardQuestions.intentionForm.title)
            #expect(
                try await world.refusal(OpenFormDraft(call: call.id, maturity: "lune"), as: .house) is Missing)
        }
    }

    // FRM-13
    @Test("everything is undone, redone, and come back to", arguments: TestEngine.available)
    func undoing(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let call = try await world.draft()
            var draft = try await world.desk.perform(OpenFormDraft(call: call.id), as: .house)
            func perform(_ change: FormDraftChange) async throws {
                draft = try await world.desk.perform(Self.act(call, draft.version, change), as: .house).draft
            }
            try await perform(Self.question("Un"))
            try await perform(Self.question("Deux"))
            #expect(Self.labels(draft) == ["Le projet", "Un", "Deux"])
            try await perform(.undo)
            try await perform(.undo)
            #expect(Self.labels(draft) == ["Le projet"] && draft.step.former == 0)
            let nothing = try await world.refusal(Self.act(call, draft.version, .undo), as: .house)
            #expect((nothing as? Problems)?.list.first?.message.contains("rien à annuler") == true)
            try await perform(.redo)
            try await perform(.redo)
            #expect(Self.labels(draft) == ["Le projet", "Un", "Deux"] && draft.step.later == 0)
            #expect(try await world.refusal(Self.act(call, draft.version, .redo), as: .house) is Problems)
            try await perform(.undo)
            try await perform(Self.question("Trois"))
            #expect(Self.labels(draft) == ["Le projet", "Un", "Trois"])
            #expect(
                try await world.refusal(Self.act(call, draft.version, .redo), as: .house) is Problems,
                "another way was taken")
            try await perform(.restore(3))
            #expect(Self.labels(draft) == ["Le projet", "Un", "Deux"])
            try await perform(.undo)
            #expect(Self.labels(draft) == ["Le projet", "Un", "Trois"], "coming back is undone too")
            #expect(try await world.refusal(Self.act(call, draft.version, .restore(99)), as: .house) is Problems)
            #expect(
                try await world.refusal(Self.act(call, draft.version, .restore(draft.version)), as: .house) is Problems)
            let steps = try await world.database.read { try FormDraftStore.steps(of: draft.id, $0) }
            #expect(steps.map(\.version) == (1...draft.version).reversed().map { $0 }, "nothing done is lost")
        }
    }

    // FRM-14
    @Test(
        "two people on two questions both succeed; on the same one, the second is told", arguments: TestEngine.available
    )
    func together(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let call = try await world.draft()
            let (ada, bob) = (try await world.coordinator("ada"), try await world.coordinator("bob"))
            _ = try await world.desk.perform(OpenFormDraft(call: call.id), as: ada)
            _ = try await world.desk.perform(Self.act(call, 1, Self.question("Un")), as: ada)
            var resume = Question("resume", "Votre projet", .longText())
            let first = try await world.desk.perform(
                Self.act(call, 2, .edit(.question(QuestionSpot("resume"), resume))), as: ada)
            // Bob still has step 2 before his eyes.
            let elsewhere = try await world.desk.perform(
                Self.act(call, 2, .edit(.question(QuestionSpot("un"), Question("un", "Une", .shortText())))), as: bob)
            #expect(elsewhere.meanwhile.map(\.version) == [first.draft.version], "and he learns what she did")
            #expect(Self.labels(elsewhere.draft) == ["Votre projet", "Une"])
            resume.label = "Autre"
            let clash = try await world.refusal(
                Self.act(call, 2, .edit(.question(QuestionSpot("resume"), resume))), as: bob)
            #expect(clash as? Conflict == Conflict(current: elsewhere.draft.version))
            for change: FormDraftChange in [.undo, .redo, .restore(1)] {
                #expect(try await world.refusal(Self.act(call, 2, change), as: bob) is Conflict, "\(change)")
            }
            #expect(
                try await world.refusal(DropFormDraft(call: call.id, maturity: "", version: 2), as: bob) is Conflict)
            #expect(
                try await world.refusal(
                    FileFormDraft(call: call.id, maturity: "", version: 2, head: world.head), as: bob) is Conflict)
            try await world.desk.perform(
                DropFormDraft(call: call.id, maturity: "", version: elsewhere.draft.version), as: bob)
            #expect(
                try await world.refusal(Self.act(call, 4, .undo), as: bob) is Missing,
                "there is no working copy any more")
        }
    }

    // FRM-13
    @Test("what does not hold together is not filed, and everything wrong is said", arguments: TestEngine.available)
    func unsound(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let call = try await world.draft()
            let blank = Form(key: "x", title: "X", sections: [FormSection("a", "A")])
            _ = try await world.desk.perform(OpenFormDraft(call: call.id, start: blank), as: .house)
            _ = try await world.desk.perform(
                Self.act(call, 1, .edit(.addQuestion(Question("", "Choix", .oneOf([])), section: "a", after: nil))),
                as: .house)
            let error = try await world.refusal(
                FileFormDraft(call: call.id, maturity: "", version: 2, head: world.head), as: .house)
            #expect((error as? Problems)?.list.isEmpty == false)
            let nothing = try await world.refusal(
                Self.act(call, 2, .edit(.head(title: "X", intro: ""))), as: .house)
            #expect((nothing as? Problems)?.list.first?.message == "Rien ne change.")
            // Somebody files another version from elsewhere: the working copy does not silently undo it.
            _ = try await world.desk.perform(
                SetCallForm(
                    call: call.id, title: "Dossier", definition: CallWorld.form.replacing("Le projet", with: "Autre")),
                as: .house)
            _ = try await world.desk.perform(
                Self.act(call, 2, .edit(.removeQuestion(QuestionSpot("choix")))), as: .house)
            _ = try await world.desk.perform(
                Self.act(call, 3, .edit(.addQuestion(Question("", "Bon", .yesNo), section: "a", after: nil))),
                as: .house)
            let other = try await world.refusal(
                FileFormDraft(call: call.id, maturity: "", version: 4, head: world.head), as: .house)
            #expect((other as? Problems)?.list.first?.message.contains("autre version") == true)
        }
    }

    // CALL-4, FRM-13
    @Test("those who do not keep the call learn nothing of its working copy", arguments: TestEngine.available)
    func rights(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let owner = try await world.funder("ada")
            let stranger = try await world.funder("bob")
            let draft = try await world.draft(by: owner)
            let published = try await world.published(by: owner)
            for call in [draft, published] {
                _ = try await world.desk.perform(OpenFormDraft(call: call.id), as: owner)
                // With a working copy (all stages) and without (one stage), the answers are the same.
                for maturity in ["", "intention"] {
                    let acts: [any Act] = [
                        OpenFormDraft(call: call.id, maturity: maturity),
                        ChangeFormDraft(call: call.id, maturity: maturity, version: 1, change: .undo),
                        DropFormDraft(call: call.id, maturity: maturity, version: 1),
                        FileFormDraft(call: call.id, maturity: maturity, version: 1, reason: "r", head: world.head),
                        AmendCallForm(
                            call: call.id, maturity: maturity, title: "t", definition: CallWorld.form, reason: "r",
                            head: world.head),
                    ]
                    for who in [stranger, .visitor] {
                        for act in acts {
                            let error = try await world.refusal(act, as: who)
                            if call.id == draft.id {
                                #expect(error is Missing, "\(type(of: act)): \(error)")
                            } else {
                                #expect(error is Denied, "\(type(of: act)): \(error)")
                            }
                        }
                    }
                }
            }
        }
    }
}
