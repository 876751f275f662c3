import Storage
import Testing
import Workbench

@testable import Maillage

/// Each refusal of each act on calls, on both engines. `refusal` checks too that nothing is left of the attempt.
@Suite("What the acts on calls refuse") struct CallRefusalTests {
    private static func fields(_ error: any Error) -> Set<String> { Set((error as? Problems)?.list.map(\.field) ?? []) }

    private static func says(_ error: any Error, _ words: String) -> Bool {
        (error as? Problems)?.list.contains { $0.message.contains(words) } == true
    }

    // CALL-3, CALL-6
    @Test("opening a call, and who keeps it", arguments: TestEngine.available)
    func team(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let (owner, other) = (try await world.funder(), try await world.funder("autre"))
            let stranger = try await world.person("compte")
            let untitled = try await world.refusal(CreateCall(title: " \n", nature: .label), as: owner)
            #expect(Self.fields(untitled) == ["titre"])
            let call = try await world.published(by: owner)
            let draft = try await world.draft(by: owner)
            func add(_ email: String, to call: Call) -> AddCallTeammate {
                AddCallTeammate(call: call.id, email: email)
            }
            #expect(Self.fields(try await world.refusal(add("pas une adresse", to: call), as: .house)) == ["courriel"])
            #expect(
                Self.fields(try await world.refusal(add("inconnue@exemple.fr", to: call), as: .house)) == ["courriel"])
            #expect(try await world.refusal(add("autre@exemple.fr", to: call), as: owner) is Denied, "people invite")
            try await world.desk.perform(add("autre@exemple.fr", to: call), as: .house)
            let twice = try await world.refusal(add("autre@exemple.fr", to: call), as: .house)
            #expect(Self.says(twice, "déjà de l’équipe"))
            let outsider = try #require(stranger.account)
            for principal in [stranger, .visitor] {
                #expect(try await world.refusal(add("compte@exemple.fr", to: call), as: principal) is Denied)
                #expect(try await world.refusal(add("compte@exemple.fr", to: draft), as: principal) is Missing)
                let remove = RemoveCallTeammate(call: draft.id, account: owner.account ?? Account.ID(0))
                #expect(try await world.refusal(remove, as: principal) is Missing)
            }
            #expect(
                try await world.refusal(RemoveCallTeammate(call: call.id, account: outsider), as: owner) is Missing,
                "they are not of the team")
            // Once out of the team, another funder is anybody.
            try await world.desk.perform(
                RemoveCallTeammate(call: call.id, account: other.account ?? Account.ID(0)), as: owner)
            let late = AmendCall(
                call: call.id, version: call.version, section: .committee([]), reason: "r", head: world.head)
            #expect(try await world.refusal(late, as: other) is Denied)
        }
    }

    // CALL-6, CALL-7
    @Test("publishing, amending and cancelling", arguments: TestEngine.available)
    func states(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let draft = try await world.draft()
            let behind = PublishCall(call: draft.id, version: draft.version - 1, head: world.head)
            #expect(try await world.refusal(behind, as: .house) as? Conflict == Conflict(current: draft.version))
            let nowhere = Call.ID(draft.id.number + 1)
            let absent: [any Act] = [
                PublishCall(call: nowhere, version: 1, head: world.head),
                EditCall(call: nowhere, version: 1, section: .committee([])),
                AmendCall(call: nowhere, version: 1, section: .committee([]), reason: "r", head: world.head),
                CancelCall(call: nowhere, reason: "r", head: world.head),
                SetCallForm(call: nowhere, title: "x", definition: CallWorld.form),
                AskCallQuestion(call: nowhere, question: "Quoi ?"), AddCallTeammate(call: nowhere, email: "a@b.fr"),
                InviteCallTeammate(call: nowhere, email: "a@b.fr", head: world.head),
                RemoveCallTeammate(call: nowhere, account: Account.ID(1)),
                ExtendDeadline(
                    call: nowhere, wave: CallWave.ID(1), closesAt: CallWorld.start, words: "", reason: "r",
                    head: world.head),
                AnswerCallQuestion(question: CallQuestion.ID(1), answer: "a", head: world.head),
                ConfirmExtension(proposal: CallExtension.ID(1), head: world.head),
                WithdrawExtension(proposal: CallExtension.ID(1)),
            ]
            for act in absent {
                #expect(try await world.refusal(act, as: .house) is Missing, "\(type(of: act))")
            }
            func amend(_ call: Call, _ section: CallSection) -> AmendCall {
                AmendCall(call: call.id, version: call.version, section: section, reason: "Essai", head: world.head)
            }
            #expect(Self.says(try await world.refusal(amend(draft, .committee([])), as: .house), "pas publié"))
            let cancelDraft = CancelCall(call: draft.id, reason: "Non", head: world.head)
            #expect(Self.says(try await world.refusal(cancelDraft, as: .house), "Seul un appel publié"))

            let call = try await world.published(opening: CallWorld.start + .days(1))
            let stale = AmendCall(
                call: call.id, version: call.version - 1, section: .committee([CallJuror("La Région")]),
                reason: "Essai",
                head: world.head)
            #expect(try await world.refusal(stale, as: .house) as? Conflict == Conflict(current: call.version))
            world.clock.advance(by: .days(2))
            var opened = call.settings.calendar
            opened.waves[0].opensAt = CallWorld.start + .days(3)
            #expect(
                Self.fields(try await world.refusal(amend(call, .calendar(opened)), as: .house)).contains(
                    "vague.0.ouverture"))
            var closed = call.settings.calendar
            closed.waves.append(
                CallWave(
                    id: world.desk.surroundings.identifier(), opensAt: CallWorld.start,
                    closesAt: CallWorld.start + .days(1), words: "hier"))
            #expect(Self.fields(try await world.refusal(amend(call, .calendar(closed)), as: .house)).contains("vagues"))

            try await world.desk.perform(CancelCall(call: call.id, reason: "Crédits.", head: world.head), as: .house)
            let again = CancelCall(call: call.id, reason: "Encore.", head: world.head)
            #expect(Self.says(try await world.refusal(again, as: .house), "Seul un appel publié"))
            let cancelled = try #require(try await world.read(call.id))
            #expect(Self.says(try await world.refusal(amend(cancelled, .committee([])), as: .house), "annulé"))
            let ask = AskCallQuestion(call: call.id, question: "Et maintenant ?")
            #expect(Self.says(try await world.refusal(ask, as: .visitor), "plus ouvert"))
        }
    }

    // CALL-10
    @Test("moving a limit", arguments: TestEngine.available)
    func extensions(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let (first, second) = (try await world.coordinator(), try await world.coordinator("autre"))
            let stranger = try await world.person("compte")
            let call = try await world.published(by: first)
            let draft = try await world.draft(by: first)
            let wave = call.settings.waves[0]
            func extend(
                _ call: Call, _ span: Instant.Span = .days(7), wave id: CallWave.ID? = nil, reason: String = "Vacances."
            ) -> ExtendDeadline {
                ExtendDeadline(
                    call: call.id, wave: id ?? call.settings.waves[0].id,
                    closesAt: call.settings.waves[0].closesAt + span, words: "plus tard", reason: reason,
                    head: world.head)
            }
            #expect(Self.says(try await world.refusal(extend(draft), as: first), "Seul un appel publié"))
            #expect(Self.fields(try await world.refusal(extend(call, reason: " "), as: first)) == ["motif"])
            let half = try await world.refusal(extend(call, Instant.Span(microseconds: 1_500_000)), as: first)
            #expect(Self.says(half, "seconde entière"))
            #expect(
                try await world.refusal(extend(call, wave: CallWave.ID(wave.id.number + 1)), as: first) is Missing)
            for principal in [stranger, .visitor] {
                #expect(try await world.refusal(extend(call), as: principal) is Denied)
                #expect(try await world.refusal(extend(draft), as: principal) is Missing)
            }
            let proposal = try await world.desk.perform(extend(call), as: first)
            for principal in [stranger, .visitor] {
                #expect(
                    try await world.refusal(ConfirmExtension(proposal: proposal, head: world.head), as: principal)
                        is Denied)
                #expect(try await world.refusal(WithdrawExtension(proposal: proposal), as: principal) is Denied)
            }
            #expect(
                try await world.refusal(ConfirmExtension(proposal: proposal, head: world.head), as: .house) is Denied,
                "two people, not the program")
            try await world.desk.perform(WithdrawExtension(proposal: proposal), as: first)
            for act in [ConfirmExtension(proposal: proposal, head: world.head)] {
                #expect(try await world.refusal(act, as: second) is Missing, "taken back, it is no more")
            }
            #expect(try await world.refusal(WithdrawExtension(proposal: proposal), as: second) is Missing)

            let confirmed = try await world.desk.perform(extend(call), as: first)
            _ = try await world.desk.perform(ConfirmExtension(proposal: confirmed, head: world.head), as: second)
            #expect(Self.says(try await world.refusal(WithdrawExtension(proposal: confirmed), as: first), "confirmée"))

            let moved = try #require(try await world.read(call.id))
            let last = try await world.desk.perform(extend(moved, .days(9)), as: first)
            try await world.desk.perform(CancelCall(call: call.id, reason: "Crédits.", head: world.head), as: first)
            let dead = try await world.refusal(ConfirmExtension(proposal: last, head: world.head), as: second)
            #expect(Self.says(dead, "Seul un appel publié"))
        }
    }

    // CALL-10
    @Test("a proposal that came too late to be confirmed", arguments: TestEngine.available)
    func proposalsThatAge(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let (first, second) = (try await world.coordinator(), try await world.coordinator("autre"))
            let call = try await world.published(by: first, closing: CallWorld.start + .days(1))
            let proposal = try await world.desk.perform(
                ExtendDeadline(
                    call: call.id, wave: call.settings.waves[0].id, closesAt: CallWorld.start + .days(2), words: "",
                    reason: "Panne", isIncident: true, head: world.head), as: first)
            world.clock.advance(by: .days(2))
            let stale = try await world.refusal(ConfirmExtension(proposal: proposal, head: world.head), as: second)
            #expect(Self.says(stale, "faites-en une nouvelle"), "the new limit is over too")
        }
    }

    // CALL-11
    @Test("questions and answers", arguments: TestEngine.available)
    func questions(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let keeper = try await world.coordinator()
            let stranger = try await world.person("curieuse")
            var draft = try await world.draft(by: keeper)
            #expect(
                try await world.refusal(AskCallQuestion(call: draft.id, question: "Secret ?"), as: stranger) is Missing)
            var calendar = draft.settings.calendar
            calendar.milestones = [CallMilestone(.questions, startsAt: CallWorld.start + .days(3))]
            draft = try await world.desk.perform(
                EditCall(call: draft.id, version: draft.version, section: .calendar(calendar)), as: keeper)
            let call = try await world.desk.perform(
                PublishCall(call: draft.id, version: draft.version, head: world.head), as: keeper)
            let long = AskCallQuestion(call: call.id, question: String(repeating: "a", count: 1_501))
            #expect(Self.fields(try await world.refusal(long, as: stranger)) == ["question"])
            let asked = try await world.desk.perform(
                AskCallQuestion(call: call.id, question: "Faut-il un SIRET ?"), as: stranger)
            func answer(_ text: String, _ wording: String = "") -> AnswerCallQuestion {
                AnswerCallQuestion(question: asked, wording: wording, answer: text, head: world.head)
            }
            #expect(try await world.refusal(answer("Oui."), as: .visitor) is Missing)
            let heavy = try await world.refusal(
                answer(String(repeating: "a", count: 10_001), String(repeating: "b", count: 1_501)), as: keeper)
            #expect(Self.fields(heavy) == ["question", "reponse"])
            world.clock.advance(by: .days(3))
            let over = try await world.refusal(AskCallQuestion(call: call.id, question: "Et ?"), as: stranger)
            #expect(Self.says(over, "Les questions étaient reçues"))
        }
    }

    // CALL-14
    @Test("alerts", arguments: TestEngine.available)
    func alerts(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            func subscribe(_ email: String, _ departement: String = "") -> SubscribeToCalls {
                SubscribeToCalls(email: email, departement: departement, head: world.head)
            }
            #expect(Self.fields(try await world.refusal(subscribe("rien"), as: .visitor)) == ["courriel"])
            #expect(
                Self.fields(try await world.refusal(subscribe("a@exemple.fr", "Nord"), as: .visitor)) == [
                    "departement"
                ])
            for _ in 0..<5 { try await world.desk.perform(subscribe("a@exemple.fr"), as: .visitor) }
            #expect(try await world.refusal(subscribe("a@exemple.fr"), as: .visitor) is Throttled)
            let anybody = try await world.person("compte")
            for principal in [anybody, .visitor] {
                #expect(try await world.refusal(SweepCallTraces(), as: principal) is Missing)
                #expect(
                    try await world.refusal(LeaveCallAlert(leaveKey: "jamais-vue"), as: principal) is Missing)
                #expect(
                    try await world.refusal(ConfirmCallAlert(secret: Secret(world.desk.surroundings)), as: principal)
                        is Missing)
            }
        }
    }
}
