import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("A draft, written by several") struct CandidacyDraftTests {
    // CAND-6
    @Test("a draft opens in one click, and clicking twice opens the same one", arguments: TestEngine.available)
    func starting(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let first = try await world.desk.perform(StartCandidacy(call: world.call.id, shelf: world.shelf), as: ada)
            let again = try await world.desk.perform(StartCandidacy(call: world.call.id, shelf: world.shelf), as: ada)
            #expect(first.id == again.id)
            #expect(first.state == .draft && first.wave == world.call.settings.waves[0].id)
            let visitor = try await world.refusal(StartCandidacy(call: world.call.id, shelf: world.shelf), as: .visitor)
            #expect(visitor is Denied)
            let draft = try await world.calls.draft()
            let hidden = try await world.refusal(StartCandidacy(call: draft.id, shelf: world.shelf), as: ada)
            #expect(hidden is Missing, "the draft of a call is nobody's business")
            world.goTo(CandidacyWorld.closing)
            let bob = try await world.person("bob")
            let closed = try await world.refusal(StartCandidacy(call: world.call.id, shelf: world.shelf), as: bob)
            #expect((closed as? Problems)?.list.first?.message.contains("clos") == true)
        }
    }

    @Test("a draft begun from a place says what its sheet knows already", arguments: TestEngine.available)
    func prefilling(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            var form = CandidacyWorld.form
            form.sections[0].questions[0].prefill = .place("nom")
            form.sections[0].questions[1].prefill = .structure("nom")
            form.sections[0].questions.append(
                Question("ville", "Commune", .commune, .required, prefill: .place("commune")))
            form.version = 2
            _ = try await world.desk.perform(
                AmendCallForm(
                    call: world.call.id, title: "Dossier", definition: CandidacyWorld.text(form),
                    reason: "Il manquait.",
                    head: world.head), as: .house)
            let place = try await world.desk.perform(
                CreatePlace(values: [
                    .name: .text("La Fosse"), .structure: .text("Les Amis de la Fosse"),
                    .siret: .text("73282932000074"),
                    .sites: .rows([["commune": "62498", "commune_nom": "Lens"]]),
                ]), as: .house)
            let ada = try await world.person("ada")
            let team = Principal(
                account: ada.account, name: ada.name, grants: [Grant(.placeEditor, on: Scope(.place, place.id.number))])
            let draft = try await world.desk.perform(
                StartCandidacy(call: world.call.id, place: place.id, shelf: world.shelf), as: team)
            #expect(draft.structure == "Les Amis de la Fosse" && draft.siret == "73282932000074")
            #expect(draft.answers["titre"] == .text("La Fosse"))
            #expect(draft.answers["resume"] == .text("Les Amis de la Fosse"))
            let other = try await world.refusal(
                StartCandidacy(call: world.call.id, place: place.id, shelf: world.shelf), as: ada)
            #expect(other is Denied || other is Missing, "nobody applies for the place of others")
        }
    }

    // CAND-5
    @Test(
        "two people on two questions never meet; on one question both texts are shown", arguments: TestEngine.available)
    func conflicts(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let shown = try await world.start(by: ada)
            let id = shown.id
            try await world.save(
                id, "projet", [.init("titre", "De l’une"), .init("resume", "")], at: shown.version, by: ada)
            // Another tab, opened before: it sends the whole section, and changed the summary only.
            let second = try await world.save(
                id, "projet", [.init("titre", ""), .init("resume", "De l’autre")], at: shown.version, by: ada)
            #expect(second.answers["titre"] == .text("De l’une"), "what the tab did not change stays")
            #expect(second.answers["resume"] == .text("De l’autre"))
            let act = SaveCandidacy(
                candidacy: id, version: shown.version, section: "projet", fields: [.init("titre", "De l’autre aussi")],
                shelf: world.shelf)
            let error = try await world.refusal(act, as: ada)
            let conflict = try #require(error as? CandidacyConflict)
            #expect(conflict.current == second.version)
            #expect(
                conflict.clashes == [
                    .init(key: "titre", mine: .text("De l’autre aussi"), theirs: .text("De l’une"))
                ])
            // The same text twice is no quarrel.
            let same = try await world.save(id, "projet", [.init("titre", "De l’une")], at: shown.version, by: ada)
            #expect(same.version == second.version)
            let unknown = try await world.refusal(
                SaveCandidacy(candidacy: id, version: 99, section: "projet", fields: [], shelf: world.shelf), as: ada)
            #expect(unknown is Conflict)
        }
    }

    // CAND-5
    @Test(
        "what a hidden question held is kept, and fields of other sections change nothing",
        arguments: TestEngine.available)
    func hidden(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let id = try await world.start(by: ada).id
            try await world.save(
                id, "projet", [.init("itinerant", "oui"), .init("tournee", "Lens, Liévin")], by: ada)
            let changed = try await world.save(
                id, "projet", [.init("itinerant", "non"), .init("montant", "5")], by: ada)
            #expect(changed.answers["tournee"] == .text("Lens, Liévin"))
            #expect(changed.answers["montant"] == nil)
            let saves = try await world.database.read { try CandidacySaveStore.saves(of: id, $0) }
            #expect(saves.first?.keys == ["itinerant"])
            #expect(saves.first?.former["itinerant"] == .flag(true))
            let past = try await world.database.read {
                try CandidacySaveStore.answers(of: changed, at: changed.version - 1, $0).answers
            }
            #expect(past["itinerant"] == .flag(true))
        }
    }

    // CAND-1, CAND-2
    @Test(
        "someone else’s draft does not exist, for the call’s team and the coordination too",
        arguments: TestEngine.available)
    func secrecy(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            let strangers = [
                try await world.person("bob"), try await world.calls.coordinator(), try await world.calls.funder(),
                .visitor,
            ]
            let missing = Candidacy.ID(draft.id.number + 1)
            for stranger in strangers {
                for id in [draft.id, missing] {
                    let acts: [any Act] = [
                        SaveCandidacy(
                            candidacy: id, version: draft.version, section: "projet", fields: [], shelf: world.shelf),
                        DescribeCandidacy(candidacy: id, version: draft.version, title: "", structure: "x", siret: ""),
                        AdoptCallForm(candidacy: id, shelf: world.shelf),
                        DepositCandidacy(
                            candidacy: id, version: draft.version, key: world.key(1), arrival: world.clock.now,
                            office: world.office),
                        WithdrawCandidacy(candidacy: id, head: world.head),
                        DecideLateCandidacy(candidacy: id, admits: true, reason: "Oui.", head: world.head),
                        ConsentToAutoDeposit(candidacy: id, consents: true),
                        InviteToCandidacy(
                            candidacy: id, email: "x@exemple.fr", role: .writer, head: world.head, shelf: world.shelf),
                        LeaveCandidacy(candidacy: id, member: CandidacyMember.ID(1), head: world.head),
                        DepositConsentedDraft(candidacy: id, office: world.office),
                        RemindCandidates(head: world.head),
                    ]
                    for act in acts {
                        let error = try await world.refusal(act, as: stranger)
                        #expect(error is Missing, "\(type(of: act)): \(error)")
                    }
                }
                let seen = try await world.database.read { try CandidacyStore.own(stranger, draft.id, $0) }
                #expect(seen == nil)
            }
        }
    }

    // CAND-3, CAND-4
    @Test("those invited write their sections, read the rest, and deposit nothing", arguments: TestEngine.available)
    func members(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob, eve) = (
                try await world.person("ada"), try await world.person("bob"), try await world.person("eve")
            )
            let draft = try await world.complete(by: ada)
            _ = try await world.desk.perform(
                InviteToCandidacy(
                    candidacy: draft.id, email: "BOB@exemple.fr", role: .writer, sections: ["budget", "inconnue"],
                    head: world.head, shelf: world.shelf), as: ada)
            let letter = try #require(try await world.calls.letters(to: "bob@exemple.fr").last)
            let secret = try #require(Self.secret(in: letter.text))
            #expect(letter.isSecret)
            #expect(try await world.refusal(AcceptCandidacyInvitation(secret), as: eve) is Denied)
            #expect(try await world.refusal(AcceptCandidacyInvitation(secret), as: .visitor) is Denied)
            #expect(try await world.desk.perform(AcceptCandidacyInvitation(secret), as: bob) == draft.id)
            #expect(try await world.refusal(AcceptCandidacyInvitation(secret), as: bob) is Missing, "it serves once")

            try await world.save(draft.id, "budget", [.init("montant", "15 000")], by: bob)
            let current = try await world.read(draft.id)
            let denied: [any Act] = [
                SaveCandidacy(
                    candidacy: draft.id, version: current.version, section: "projet",
                    fields: CandidacyWorld.projectFields, shelf: world.shelf),
                DepositCandidacy(
                    candidacy: draft.id, version: current.version, key: world.key(1), arrival: world.clock.now,
                    office: world.office),
                WithdrawCandidacy(candidacy: draft.id, head: world.head),
                InviteToCandidacy(
                    candidacy: draft.id, email: "eve@exemple.fr", role: .writer, head: world.head, shelf: world.shelf),
                ConsentToAutoDeposit(candidacy: draft.id, consents: true),
            ]
            for act in denied {
                #expect(try await world.refusal(act, as: bob) is Denied, "\(type(of: act))")
            }
            let part = try #require(
                try await world.database.read { try CandidacyMemberStore.own(bob, of: draft.id, $0) })
            #expect(part.sections == ["budget"])
            try await world.desk.perform(
                LeaveCandidacy(candidacy: draft.id, member: part.id, head: world.head), as: bob)
            #expect(try await world.database.read { try CandidacyStore.own(bob, draft.id, $0) } == nil)
            #expect(try await world.read(draft.id).answers["montant"] == .money(1_500_000), "what they wrote stays")
        }
    }

    // CAND-10
    @Test("a draft moves to the new version of the form, and loses nothing", arguments: TestEngine.available)
    func newForm(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            var form = CandidacyWorld.form
            form.version = 2
            form.sections[0].questions.append(Question("publics", "Pour qui ?", .shortText(), .required))
            form.sections[0].questions.removeAll { $0.key == "resume" }
            _ = try await world.desk.perform(
                AmendCallForm(
                    call: world.call.id, title: "Dossier", definition: CandidacyWorld.text(form),
                    reason: "Il manquait.",
                    head: world.head), as: .house)
            let error = try await world.refusal(
                DepositCandidacy(
                    candidacy: draft.id, version: draft.version, key: world.key(1), arrival: world.clock.now,
                    office: world.office), as: ada)
            #expect((error as? CandidacyIncomplete)?.shortfalls.map(\.place) == [.form])
            let notes = try await world.desk.perform(AdoptCallForm(candidacy: draft.id, shelf: world.shelf), as: ada)
            #expect(notes.contains { $0.question == "publics" && $0.kind == .added })
            #expect(notes.contains { $0.question == "resume" && $0.kind == .removed })
            let moved = try await world.read(draft.id)
            #expect(moved.answers["resume"] == .text("Un atelier ouvert."), "kept, and counting for nothing")
            #expect(moved.version == draft.version + 1 && moved.form != draft.form)
        }
    }

    static func secret(in text: String) -> Secret? {
        text.split { $0 == "/" || $0.isWhitespace }.lazy.compactMap { Secret(text: String($0)) }.first
    }
}
