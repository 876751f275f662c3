import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

/// Each refusal of each act on candidacies, on both engines. `refusal` checks too that nothing is left of the attempt.
@Suite("What the acts on candidacies refuse") struct CandidacyRefusalTests {
    private static func fields(_ error: any Error) -> Set<String> { Set((error as? Problems)?.list.map(\.field) ?? []) }

    private static func says(_ error: any Error, _ words: String) -> Bool {
        (error as? Problems)?.list.contains { $0.message.contains(words) } == true
    }

    private static func invite(
        _ world: CandidacyWorld, _ candidacy: Candidacy, _ email: String, _ role: CandidacyMember.Role = .writer,
        partner: String = ""
    ) -> InviteToCandidacy {
        InviteToCandidacy(
            candidacy: candidacy.id, email: email, role: role, partner: partner, head: world.head, shelf: world.shelf)
    }

    /// The secret of the last invitation sent to an address.
    private static func secret(_ world: CandidacyWorld, _ email: String) async throws -> Secret {
        let letter = try #require(try await world.calls.letters(to: email).last)
        return try #require(CandidacyDraftTests.secret(in: letter.text))
    }

    // CAND-6
    @Test("opening a draft", arguments: TestEngine.available)
    func starting(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let nowhere = StartCandidacy(call: Call.ID(world.call.id.number + 1), shelf: world.shelf)
            #expect(try await world.refusal(nowhere, as: ada) is Missing)
            let ghost = StartCandidacy(call: world.call.id, place: Place.ID(1), shelf: world.shelf)
            #expect(try await world.refusal(ghost, as: ada) is Missing)
            let hidden = try await world.desk.perform(
                CreatePlace(values: [.name: .text("Cachée")], visibility: .hidden), as: .house)
            let secret = StartCandidacy(call: world.call.id, place: hidden.id, shelf: world.shelf)
            #expect(try await world.refusal(secret, as: ada) is Missing, "a hidden place is as one that never was")

            // A draft that was written is kept, and at last one is enough.
            for number in 0..<StartCandidacy.most {
                let draft = try await world.desk.perform(
                    StartCandidacy(call: world.call.id, shelf: world.shelf), as: ada)
                try await world.save(draft.id, "projet", [.init("titre", "Projet \(number)")], by: ada)
            }
            let more = StartCandidacy(call: world.call.id, shelf: world.shelf)
            #expect(Self.says(try await world.refusal(more, as: ada), "déjà"))

            _ = try await world.desk.perform(
                AmendCallForm(
                    call: world.call.id, maturity: "intention", title: "Court",
                    definition: CandidacyWorld.text(CandidacyWorld.form), reason: "Plus court.", head: world.head),
                as: .house)
            var call = try #require(try await world.calls.read(world.call.id))
            var deposit = call.settings.deposit
            deposit.isOnline = false
            call = try await world.desk.perform(
                AmendCall(
                    call: call.id, version: call.version, section: .deposit(deposit), reason: "Essai", head: world.head),
                as: .house)
            let bob = try await world.person("bob")
            #expect(Self.says(try await world.refusal(more, as: bob), "en ligne"))
            _ = try await world.desk.perform(
                CancelCall(call: call.id, reason: "Crédits.", head: world.head), as: .house)
            #expect(Self.says(try await world.refusal(more, as: bob), "annulé"))
        }
    }

    // CAND-6
    @Test("a call with a dossier for each stage asks which", arguments: TestEngine.available)
    func stages(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { calls in
            var call = try await calls.desk.perform(CreateCall(title: "Par étapes", nature: .interest), as: .house)
            for section: CallSection in [
                .identity(CallWorld.identity), .calendar(calls.calendar()),
                .criteria([CallCriterion("", "Ancrage", weight: 1)]),
                .conditions([EligibilityCondition(.maturity(["intention", "ouvert"]))]),
            ] {
                call = try await calls.desk.perform(
                    EditCall(call: call.id, version: call.version, section: section), as: .house)
            }
            for stage in ["intention", "ouvert"] {
                _ = try await calls.desk.perform(
                    SetCallForm(call: call.id, maturity: stage, title: stage, definition: CallWorld.form), as: .house)
            }
            call = try await calls.desk.perform(
                PublishCall(call: call.id, version: call.version, head: calls.head), as: .house)
            let ada = try await calls.person("ada")
            for stage in ["", "pause", "inconnue"] {
                let error = try await calls.refusal(
                    StartCandidacy(call: call.id, maturity: stage, shelf: CandidacyFormShelf()), as: ada)
                #expect(Self.fields(error) == ["etape"], "\(stage)")
            }
        }
    }

    // CAND-5, CAND-6
    @Test("naming and writing", arguments: TestEngine.available)
    func writing(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let draft = try await world.start(by: ada)
            func describe(_ structure: String, siret: String = "", at version: Int? = nil) -> DescribeCandidacy {
                DescribeCandidacy(
                    candidacy: draft.id, version: version ?? draft.version, title: "La Fosse", structure: structure,
                    siret: siret)
            }
            #expect(Self.fields(try await world.refusal(describe(" "), as: ada)) == ["structure"])
            let wrong = describe(String(repeating: "a", count: 201), siret: "732 829 320 00075")
            #expect(Self.fields(try await world.refusal(wrong, as: ada)) == ["structure", "siret"])
            let old = try await world.refusal(describe("Une autre", at: draft.version - 1), as: ada)
            #expect(old as? Conflict == Conflict(current: draft.version))

            func save(_ section: String, _ fields: [URLEncodedForm.Field], at version: Int) -> SaveCandidacy {
                SaveCandidacy(
                    candidacy: draft.id, version: version, section: section, fields: fields, shelf: world.shelf)
            }
            #expect(try await world.refusal(save("inconnue", [], at: draft.version), as: ada) is Missing)
            for version in [0, -1, draft.version + 1, Int.max, Int.min] {
                #expect(try await world.refusal(save("projet", [], at: version), as: ada) is Conflict, "\(version)")
            }
            // A reader reads.
            _ = try await world.desk.perform(Self.invite(world, draft, "bob@exemple.fr", .reader), as: ada)
            _ = try await world.desk.perform(
                AcceptCandidacyInvitation(try await Self.secret(world, "bob@exemple.fr")), as: bob)
            let denied: [any Act] = [
                save("projet", CandidacyWorld.projectFields, at: draft.version), describe("Prise"),
                AdoptCallForm(candidacy: draft.id, shelf: world.shelf),
                CommitPartner(candidacy: draft.id, agrees: true, head: world.head, shelf: world.shelf),
            ]
            for act in denied { #expect(try await world.refusal(act, as: bob) is Denied, "\(type(of: act))") }
            #expect(
                Self.says(
                    try await world.refusal(AdoptCallForm(candidacy: draft.id, shelf: world.shelf), as: ada),
                    "version présente"))
        }
    }

    // CAND-6, CAND-13
    @Test("after the limit, and once the call is cancelled", arguments: TestEngine.available)
    func over(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let deposited = try await world.complete(by: ada)
            _ = try await world.deposit(deposited, 1, by: ada)
            let draft = try await world.start(by: bob)
            world.goTo(CandidacyWorld.closing)
            let frozen: [any Act] = [
                DescribeCandidacy(
                    candidacy: deposited.id, version: deposited.version, title: "x", structure: "x", siret: ""),
                AdoptCallForm(candidacy: deposited.id, shelf: world.shelf),
                ConsentToAutoDeposit(candidacy: deposited.id, consents: true),
            ]
            for act in frozen {
                #expect(Self.says(try await world.refusal(act, as: ada), "ne change plus"), "\(type(of: act))")
            }
            let consent = ConsentToAutoDeposit(candidacy: draft.id, consents: true)
            #expect(Self.says(try await world.refusal(consent, as: bob), "La limite est passée"))
            _ = try await world.desk.perform(
                CancelCall(call: world.call.id, reason: "Crédits.", head: world.head), as: .house)
            let cancelled: [any Act] = [
                SaveCandidacy(
                    candidacy: draft.id, version: draft.version, section: "projet",
                    fields: CandidacyWorld.projectFields, shelf: world.shelf), consent,
                DescribeCandidacy(candidacy: draft.id, version: draft.version, title: "x", structure: "x", siret: ""),
            ]
            for act in cancelled {
                #expect(Self.says(try await world.refusal(act, as: bob), "annulé"), "\(type(of: act))")
            }
        }
    }

    // CAND-4
    @Test("inviting and leaving", arguments: TestEngine.available)
    func people(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob, eve) = (
                try await world.person("ada"), try await world.person("bob"), try await world.person("eve")
            )
            let draft = try await world.start(by: ada)
            #expect(Self.fields(try await world.refusal(Self.invite(world, draft, "rien"), as: ada)) == ["courriel"])
            #expect(
                Self.fields(try await world.refusal(Self.invite(world, draft, "ADA@exemple.fr"), as: ada))
                    == ["courriel"], "oneself")
            let alone = Self.invite(world, draft, "bob@exemple.fr", .partner, partner: "La Halle")
            #expect(Self.fields(try await world.refusal(alone, as: ada)) == ["role"], "not a consortium")
            _ = try await world.desk.perform(Self.invite(world, draft, "bob@exemple.fr"), as: ada)
            let secret = try await Self.secret(world, "bob@exemple.fr")
            _ = try await world.desk.perform(AcceptCandidacyInvitation(secret), as: bob)
            let twice = try await world.refusal(Self.invite(world, draft, "bob@exemple.fr"), as: ada)
            #expect(Self.says(twice, "participe déjà"))

            // An invitation that was replaced, or that is too old, opens nothing.
            _ = try await world.desk.perform(Self.invite(world, draft, "eve@exemple.fr"), as: ada)
            let replaced = try await Self.secret(world, "eve@exemple.fr")
            world.clock.advance(by: .minutes(1))
            _ = try await world.desk.perform(Self.invite(world, draft, "eve@exemple.fr", .reader), as: ada)
            #expect(try await world.refusal(AcceptCandidacyInvitation(replaced), as: eve) is Missing)
            let fresh = try await Self.secret(world, "eve@exemple.fr")
            world.clock.advance(by: CandidacyMember.lifetime)
            #expect(try await world.refusal(AcceptCandidacyInvitation(fresh), as: eve) is Missing)
            #expect(
                try await world.refusal(AcceptCandidacyInvitation(Secret(world.desk.surroundings)), as: eve) is Missing)

            // Who takes part under another address does not twice.
            let part = try #require(
                try await world.database.read { try CandidacyMemberStore.own(bob, of: draft.id, $0) })
            let others = try await world.complete(by: eve)
            let strangers = LeaveCandidacy(candidacy: others.id, member: part.id, head: world.head)
            #expect(try await world.refusal(strangers, as: eve) is Missing, "the part is of another candidacy")
            _ = try await world.desk.perform(Self.invite(world, draft, "eve@exemple.fr"), as: ada)
            _ = try await world.desk.perform(
                AcceptCandidacyInvitation(try await Self.secret(world, "eve@exemple.fr")), as: eve)
            #expect(
                try await world.refusal(
                    LeaveCandidacy(candidacy: draft.id, member: part.id, head: world.head), as: eve) is Denied,
                "each leaves alone")
            try await world.desk.perform(
                LeaveCandidacy(candidacy: draft.id, member: part.id, head: world.head), as: ada)
            #expect(
                try await world.refusal(
                    LeaveCandidacy(candidacy: draft.id, member: part.id, head: world.head), as: ada) is Missing, "gone")
        }
    }

    // CAND-4
    @Test("thirty invitations a day", arguments: TestEngine.available)
    func invitations(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, isConsortium: true) { world in
            let ada = try await world.person("ada")
            let draft = try await world.start(by: ada)
            let nameless = try await world.refusal(Self.invite(world, draft, "x@exemple.fr", .partner), as: ada)
            #expect(Self.fields(nameless) == ["partenaire"])
            for number in 0..<30 {
                _ = try await world.desk.perform(Self.invite(world, draft, "p\(number)@exemple.fr"), as: ada)
            }
            #expect(try await world.refusal(Self.invite(world, draft, "p30@exemple.fr"), as: ada) is Throttled)
        }
    }

    // CAND-8, CAND-10, CAND-14
    @Test("depositing", arguments: TestEngine.available)
    func depositing(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, agent) = (try await world.person("ada"), try await world.calls.coordinator())
            let draft = try await world.complete(by: ada)
            func deposit(_ number: Int, at version: Int, arrival: Instant? = nil) -> DepositCandidacy {
                DepositCandidacy(
                    candidacy: draft.id, version: version, key: world.key(number), arrival: arrival ?? world.clock.now,
                    office: world.office)
            }
            let stale = try await world.refusal(deposit(1, at: draft.version - 1), as: ada)
            #expect(stale as? Conflict == Conflict(current: draft.version))
            let early = deposit(1, at: draft.version, arrival: CallWorld.start - .days(3))
            #expect(Self.says(try await world.refusal(early, as: ada), "Les dépôts ouvrent"))
            func decide(_ admits: Bool) -> DecideLateCandidacy {
                DecideLateCandidacy(candidacy: draft.id, admits: admits, reason: "Un motif.", head: world.head)
            }
            world.goTo(CandidacyWorld.closing + .hours(1))
            _ = try await world.deposit(draft, 1, by: ada)
            _ = try await world.desk.perform(decide(false), as: agent)
            #expect(Self.says(try await world.refusal(decide(true), as: agent), "n’attend de décision"))
            #expect(
                Self.says(
                    try await world.refusal(WithdrawCandidacy(candidacy: draft.id, head: world.head), as: ada),
                    "pas de dépôt à retirer"))
            let long = WithdrawCandidacy(
                candidacy: draft.id, reason: String(repeating: "a", count: 2_001), head: world.head)
            #expect(Self.fields(try await world.refusal(long, as: ada)) == ["motif"])
        }
    }

    // CAND-14
    @Test("what came in time waits for no decision about lateness", arguments: TestEngine.available)
    func notLate(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, agent) = (try await world.person("ada"), try await world.calls.coordinator())
            let draft = try await world.complete(by: ada)
            _ = try await world.deposit(draft, 1, by: ada)
            let decide = DecideLateCandidacy(candidacy: draft.id, admits: true, reason: "Oui.", head: world.head)
            #expect(Self.says(try await world.refusal(decide, as: agent), "n’attend de décision"))
            for principal in [ada, try await world.person("bob"), .visitor] {
                #expect(try await world.refusal(decide, as: principal) is Missing)
            }
        }
    }

    // CAND-15
    @Test("recording what came on paper", arguments: TestEngine.available)
    func paper(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, agent) = (try await world.person("ada"), try await world.calls.coordinator())
            func record(
                structure: String = "Commune", siret: String = "", contents: String = "Douze pages.",
                call: Call.ID? = nil
            ) -> RecordPaperCandidacy {
                RecordPaperCandidacy(
                    call: call ?? world.call.id, channel: .post, depositor: "Zoé Dubois", structure: structure,
                    siret: siret, arrival: world.clock.now, contents: contents, office: world.office)
            }
            let bare = try await world.refusal(
                record(structure: " ", siret: "12345678901234", contents: ""), as: agent)
            #expect(Self.fields(bare) == ["structure", "siret", "contenu"])
            for principal in [ada, .visitor, .house] {
                #expect(try await world.refusal(record(), as: principal) is Denied, "a person of the call records")
            }
            let draft = try await world.calls.draft()
            #expect(try await world.refusal(record(call: draft.id), as: ada) is Missing)
            #expect(
                Self.says(try await world.refusal(record(call: draft.id), as: agent), "n’est pas ouvert aux dépôts"))
        }
    }

    // CAND-13
    @Test("what the program does alone, nobody else does", arguments: TestEngine.available)
    func program(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, agent) = (try await world.person("ada"), try await world.calls.coordinator())
            let draft = try await world.complete(by: ada)
            for principal in [ada, agent, .visitor] {
                let acts: [any Act] = [
                    DepositConsentedDraft(candidacy: draft.id, office: world.office),
                    RemindCandidates(head: world.head),
                ]
                for act in acts {
                    #expect(try await world.refusal(act, as: principal) is Missing, "\(type(of: act))")
                }
            }
            let nobody = DepositConsentedDraft(candidacy: Candidacy.ID(draft.id.number + 1), office: world.office)
            #expect(try await world.refusal(nobody, as: .house) is Missing)
        }
    }
}
