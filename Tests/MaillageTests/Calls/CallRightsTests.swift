import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Rights on calls") struct CallRightsTests {
    // CALL-3, CALL-4
    @Test("who creates, sees and keeps a call, and what the others are told", arguments: TestEngine.available)
    func matrix(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let owner = try await world.funder()
            let mate = try await world.person("coequipiere")
            let people: [(String, Principal, creates: Bool, keeps: Bool)] = [
                ("visitor", .visitor, false, false), ("account", try await world.person("compte"), false, false),
                ("owner", owner, true, true), ("mate", mate, false, true),
                ("other funder", try await world.funder("autre"), true, false),
                (
                    "animator", try await world.person("anim", Grant(.circleAnimator, on: Scope(.circle, 1))), false,
                    false
                ),
                ("operator", try await world.person("technique", Grant(.operator, on: .network)), false, false),
                ("coordinator", try await world.coordinator(), true, true),
            ]
            let draft = try await world.draft(by: owner)
            try await world.desk.perform(AddCallTeammate(call: draft.id, email: "coequipiere@exemple.fr"), as: .house)
            let published = try await world.published(by: owner)
            try await world.desk.perform(
                AddCallTeammate(call: published.id, email: "coequipiere@exemple.fr"), as: .house)
            let question = try await world.desk.perform(
                AskCallQuestion(call: published.id, question: "Secret de la question"), as: .visitor)
            for (who, principal, creates, keeps) in people {
                let create = CreateCall(title: "Essai", nature: .label)
                if creates {
                    _ = try await world.desk.perform(create, as: principal)
                } else {
                    #expect(try await world.refusal(create, as: principal) is Denied, "\(who) creates")
                }
                #expect((try await world.read(draft.id, as: principal) != nil) == keeps, "\(who) sees the draft")
                #expect(try await world.read(published.id, as: principal) != nil, "\(who) sees the call")
                let listed = try await world.database.read { try CallListing.published(limit: 10, $0) }
                #expect(listed.map(\.id) == [published.id])
                let own = try await world.database.read { try CallListing.kept(by: principal, $0) }.map(\.id)
                #expect(own.contains(draft.id) == keeps, "\(who) finds the draft")
                guard !keeps else { continue }
                let (onDraft, onCall): ([any Error], [any Error]) = (
                    [
                        try await world.refusal(
                            EditCall(call: draft.id, version: draft.version, section: .committee([])), as: principal),
                        try await world.refusal(
                            PublishCall(call: draft.id, version: draft.version, head: world.head), as: principal),
                        try await world.refusal(
                            SetCallForm(call: draft.id, title: "x", definition: CallWorld.form), as: principal),
                        try await world.refusal(AskCallQuestion(call: draft.id, question: "?"), as: principal),
                        try await world.refusal(
                            AddCallTeammate(call: draft.id, email: "compte@exemple.fr"), as: principal),
                        try await world.refusal(
                            InviteCallTeammate(call: draft.id, email: "compte@exemple.fr", head: world.head),
                            as: principal),
                    ],
                    [
                        try await world.refusal(
                            AmendCall(
                                call: published.id, version: published.version, section: .committee([]), reason: "r",
                                head: world.head), as: principal),
                        try await world.refusal(
                            CancelCall(call: published.id, reason: "r", head: world.head), as: principal),
                        try await world.refusal(
                            ExtendDeadline(
                                call: published.id, wave: published.settings.waves[0].id,
                                closesAt: CallWorld.start + .days(90), words: "", reason: "r", head: world.head),
                            as: principal),
                        try await world.refusal(
                            RemoveCallTeammate(call: published.id, account: owner.account ?? Account.ID(0)),
                            as: principal),
                    ]
                )
                for error in onDraft { #expect(error as? Missing == Missing(), "\(who) on a draft: \(error)") }
                for error in onCall { #expect(error is Denied, "\(who) on a call: \(error)") }
                #expect(
                    try await world.refusal(
                        AnswerCallQuestion(question: question, answer: "Non", head: world.head), as: principal)
                        is Missing)
            }
            // Once out of the team, a draft is gone for them.
            try await world.desk.perform(
                RemoveCallTeammate(call: draft.id, account: try #require(mate.account)), as: owner)
            #expect(try await world.read(draft.id, as: mate) == nil)
        }
    }

    // CALL-4
    @Test("the SQL agrees with the rights for every state and everybody", arguments: TestEngine.available)
    func agreement(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let owner = try await world.funder()
            var calls = [try await world.draft(by: owner), try await world.published(by: owner)]
            let third = try await world.published(by: owner)
            try await world.desk.perform(CancelCall(call: third.id, reason: "r", head: world.head), as: owner)
            calls.append(try #require(try await world.read(third.id)))
            for principal in [.visitor, .house, owner, try await world.funder("autre"), try await world.coordinator()] {
                for call in calls {
                    let isTeam = try await world.database.read {
                        try CallTeamStore.belongs(principal, to: call.id, $0)
                    }
                    let seen = try await world.read(call.id, as: principal) != nil
                    #expect(seen == CallRights.maySee(principal, call, isTeam: isTeam))
                }
            }
        }
    }
}
