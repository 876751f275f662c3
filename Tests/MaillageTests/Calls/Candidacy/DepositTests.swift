import Exchange
import Forms
import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Deposit and receipt") struct DepositTests {
    // CAND-7
    @Test("one key is one deposit for ever, and two pages on one version are one too", arguments: TestEngine.available)
    func idempotence(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            #expect(try await world.database.read { try CandidacyDepositStore.keys($0) }.isEmpty)
            let first = try await world.deposit(draft, 1, by: ada)
            #expect(try await world.database.read { try CandidacyDepositStore.keys($0) } == [world.key(1).text])
            #expect(!first.isRepeated && first.deposit.number == 1 && first.deposit.verdict == .onTime)
            world.clock.advance(by: .days(400))
            for _ in 0..<3 {
                let again = try await world.deposit(draft, 1, by: ada)
                #expect(again.isRepeated && again.receipt == first.receipt && again.deposit == first.deposit)
            }
            let otherPage = try await world.deposit(draft, 2, by: ada)
            #expect(otherPage.isRepeated && otherPage.receipt == first.receipt)
            let second = try await world.database.read { try CandidacyDepositStore.deposits(of: draft.id, $0) }
            #expect(second == [first.deposit])
        }
    }

    // CAND-7
    @Test("a key names one candidacy", arguments: TestEngine.available)
    func foreignKey(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            _ = try await world.deposit(try await world.complete(by: ada), 1, by: ada)
            let other = try await world.complete(by: bob)
            let error = try await world.refusal(
                DepositCandidacy(
                    candidacy: other.id, version: other.version, key: world.key(1), arrival: world.clock.now,
                    office: world.office), as: bob)
            #expect((error as? Problems)?.messages(for: "cle_depot").isEmpty == false)
        }
    }

    // CAND-8
    @Test("in time or late is a comparison of instants, to the microsecond", arguments: TestEngine.available)
    func limit(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let (one, two) = (try await world.complete(by: ada), try await world.complete(by: bob))
            // Both are written after the limit; what counts is when the last byte had been read.
            world.goTo(CandidacyWorld.closing + .seconds(5))
            let last = CandidacyWorld.closing - Instant.Span(microseconds: 1)
            let inTime = try await world.deposit(one, 1, arrival: last, by: ada)
            #expect(inTime.deposit.verdict == .onTime && inTime.receipt.receipt.verdict == .onTime)
            #expect(try await world.read(one.id).state == .deposited)
            let late = try await world.deposit(two, 2, arrival: CandidacyWorld.closing, by: bob)
            #expect(late.deposit.verdict == .late && late.receipt.receipt.verdict == .late)
            #expect(late.receipt.receipt.arrival == CandidacyWorld.closing)
            #expect(try await world.read(two.id).state == .late)
        }
    }

    // CAND-8
    @Test("an arrival is never after the write, whatever is said", arguments: TestEngine.available)
    func future(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let outcome = try await world.deposit(
                try await world.complete(by: ada), 1, arrival: world.clock.now + .days(90), by: ada)
            #expect(outcome.deposit.arrival == world.clock.now && outcome.deposit.verdict == .onTime)
        }
    }

    // CAND-10
    @Test("an incomplete draft is refused with the list of what is missing, and where", arguments: TestEngine.available)
    func incomplete(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.desk.perform(StartCandidacy(call: world.call.id, shelf: world.shelf), as: ada)
            let saved = try await world.save(
                draft.id, "projet", [.init("titre", "La Fosse"), .init("itinerant", "oui")], by: ada)
            let error = try await world.refusal(
                DepositCandidacy(
                    candidacy: draft.id, version: saved.version, key: world.key(1), arrival: world.clock.now,
                    office: world.office), as: ada)
            let shortfalls = try #require(error as? CandidacyIncomplete).shortfalls
            #expect(
                shortfalls.map(\.place) == [
                    .heading, .question(section: "projet", key: "resume"), .question(section: "projet", key: "tournee"),
                    .question(section: "budget", key: "montant"), .question(section: "budget", key: "exact"),
                ])
            #expect(shortfalls[1].about == "Résumé")
        }
    }

    // CAND-5, CAND-7
    @Test("what is deposited is what was checked", arguments: TestEngine.available)
    func stale(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let checked = try await world.complete(by: ada)
            let current = try await world.save(checked.id, "projet", [.init("titre", "Autre")], by: ada)
            let error = try await world.refusal(
                DepositCandidacy(
                    candidacy: checked.id, version: checked.version, key: world.key(1), arrival: world.clock.now,
                    office: world.office), as: ada)
            #expect(error as? Conflict == Conflict(current: current.version))
        }
    }

    // CAND-7, CAND-11
    @Test("depositing again replaces, and every receipt stays", arguments: TestEngine.available)
    func replacing(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            let first = try await world.deposit(draft, 1, by: ada)
            let changed = try await world.save(draft.id, "projet", [.init("titre", "Mieux dit")], by: ada)
            #expect(changed.hasNewerDraft)
            let second = try await world.deposit(changed, 2, by: ada)
            #expect(second.deposit.number == 2 && second.deposit.digest != first.deposit.digest)
            let counting = try await world.database.read { try CandidacyDepositStore.counting(of: world.call.id, $0) }
            #expect(counting[draft.id] == second.deposit)
            #expect(
                try await world.database.read { try ReceiptStore.receipt(of: first.deposit.id, $0) } == first.receipt)
            #expect(try CandidacySnapshot.answers(in: first.deposit.snapshot)["titre"] == .text("La Fosse"))
            #expect(try CandidacySnapshot.answers(in: second.deposit.snapshot)["titre"] == .text("Mieux dit"))

            // The third arrives too late: kept with its receipt, and the second is still the one that counts.
            let third = try await world.save(draft.id, "projet", [.init("titre", "Trop tard")], by: ada)
            world.goTo(CandidacyWorld.closing)
            let late = try await world.deposit(third, 3, by: ada)
            #expect(late.deposit.verdict == .late)
            #expect(try await world.read(draft.id).state == .deposited)
            let still = try await world.database.read { try CandidacyDepositStore.counting(of: world.call.id, $0) }
            #expect(still[draft.id] == second.deposit)
        }
    }

    // CAND-6
    @Test(
        "after the limit what was deposited no longer changes; a draft never deposited does",
        arguments: TestEngine.available)
    func frozen(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            let deposited = try await world.complete(by: ada)
            _ = try await world.deposit(deposited, 1, by: ada)
            let draft = try await world.start(by: bob)
            world.goTo(CandidacyWorld.closing)
            let error = try await world.refusal(
                SaveCandidacy(
                    candidacy: deposited.id, version: deposited.version, section: "projet",
                    fields: [.init("titre", "Après")], shelf: world.shelf), as: ada)
            #expect(error is Problems)
            let written = try await world.save(draft.id, "projet", CandidacyWorld.projectFields, by: bob)
            #expect(written.answers["titre"] == .text("La Fosse"))
        }
    }

    // CAND-14
    @Test("a late deposit is kept, and decided in writing by the call’s own people", arguments: TestEngine.available)
    func lateDecision(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, agent) = (try await world.person("ada"), try await world.calls.coordinator())
            let draft = try await world.complete(by: ada)
            world.goTo(CandidacyWorld.closing + .hours(1))
            _ = try await world.deposit(draft, 1, by: ada)
            func decide(_ reason: String) -> DecideLateCandidacy {
                DecideLateCandidacy(candidacy: draft.id, admits: true, reason: reason, head: world.head)
            }
            let silent = try await world.refusal(decide("  "), as: agent)
            #expect((silent as? Problems)?.messages(for: "motif").isEmpty == false)
            #expect(try await world.refusal(decide("Oui."), as: ada) is Missing)
            #expect(try await world.refusal(decide("Oui."), as: .house) is Denied, "a person decides")
            let admitted = try await world.desk.perform(decide("Panne du service de 23 h à minuit."), as: agent)
            #expect(admitted.state == .admitted && admitted.decision?.by == agent.account)
            let letter = try #require(try await world.calls.letters(to: "ada@exemple.fr").last)
            #expect(letter.text.contains("Panne du service de 23 h à minuit."))
            #expect(try await world.refusal(decide("Encore."), as: agent) is Problems)
        }
    }

    // CAND-14
    @Test("a call that admits nothing late says so, and keeps the draft", arguments: TestEngine.available)
    func strict(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine, takesLate: false) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            world.goTo(CandidacyWorld.closing)
            let error = try await world.refusal(
                DepositCandidacy(
                    candidacy: draft.id, version: draft.version, key: world.key(1), arrival: world.clock.now,
                    office: world.office), as: ada)
            #expect((error as? Problems)?.list.first?.message.contains("hors délai") == true)
        }
    }

    // CAND-11
    @Test("withdrawing is an act, not an erasure; before the limit one deposits again", arguments: TestEngine.available)
    func withdrawing(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            #expect(
                try await world.refusal(WithdrawCandidacy(candidacy: draft.id, head: world.head), as: ada) is Problems)
            let first = try await world.deposit(draft, 1, by: ada)
            let withdrawn = try await world.desk.perform(
                WithdrawCandidacy(candidacy: draft.id, reason: "Projet reporté", head: world.head), as: ada)
            #expect(withdrawn.state == .withdrawn && withdrawn.withdrawReason == "Projet reporté")
            #expect(
                try await world.refusal(WithdrawCandidacy(candidacy: draft.id, head: world.head), as: ada) is Problems)
            #expect(
                try await world.deposit(draft, 1, by: ada).receipt == first.receipt, "the receipt is there for ever")
            #expect(try await world.read(draft.id).state == .withdrawn, "reading it again deposits nothing")
            let again = try await world.deposit(try await world.read(draft.id), 2, by: ada)
            #expect(!again.isRepeated && again.deposit.number == 2)
            #expect(try await world.read(draft.id).state == .deposited)
        }
    }

    // CAND-15
    @Test("what came by post has its own receipt in the same list", arguments: TestEngine.available)
    func paper(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, agent) = (try await world.person("ada"), try await world.calls.coordinator())
            func act(_ arrival: Instant, name: String = "Zoé Dubois", _ channel: Receipt.Channel = .post)
                -> RecordPaperCandidacy
            {
                RecordPaperCandidacy(
                    call: world.call.id, channel: channel, depositor: name, structure: "Commune d’essai",
                    arrival: arrival,
                    contents: "Un dossier de douze pages.", office: world.office)
            }
            world.goTo(CandidacyWorld.closing + .days(2))
            #expect(try await world.refusal(act(world.clock.now), as: ada) is Denied)
            let wrong = try await world.refusal(act(world.clock.now + .days(1), name: "", .online), as: agent)
            #expect(Set((wrong as? Problems)?.list.map(\.field) ?? []) == ["voie", "deposant", "arrivee"])
            let early = try await world.refusal(act(CallWorld.start - .days(3)), as: agent)
            #expect((early as? Problems)?.messages(for: "arrivee").isEmpty == false)
            let onTime = try await world.desk.perform(act(CandidacyWorld.closing - .hours(3)), as: agent)
            let late = try await world.desk.perform(act(CandidacyWorld.closing + .hours(3)), as: agent)
            #expect(onTime.receipt.receipt.channel == .post && onTime.receipt.receipt.depositor == "Zoé Dubois")
            #expect([onTime, late].map(\.deposit.verdict) == [.onTime, .late])
            #expect([onTime, late].map(\.deposit.number) == [1, 2])
            #expect(try await world.read(late.deposit.candidacy).state == .late)
        }
    }

    // CAND-13
    @Test(
        "a complete draft is deposited by consent, at the instant of the run and never at the limit",
        arguments: TestEngine.available)
    func consented(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob, eve) = (
                try await world.person("ada"), try await world.person("bob"), try await world.person("eve")
            )
            let (ready, partial, silent) = (
                try await world.complete(by: ada), try await world.start(by: bob), try await world.complete(by: eve)
            )
            for (draft, holder) in [(ready, ada), (partial, bob)] {
                _ = try await world.desk.perform(
                    ConsentToAutoDeposit(candidacy: draft.id, consents: true), as: holder)
            }
            func run() async throws -> [DepositOutcome] {
                let now = world.clock.now
                let due = try await world.database.read { try DepositConsentedDraft.due(at: now, $0) }
                var outcomes: [DepositOutcome] = []
                for id in due {
                    let outcome = try await world.desk.perform(
                        DepositConsentedDraft(candidacy: id, office: world.office), as: .house)
                    if let outcome { outcomes.append(outcome) }
                }
                return outcomes
            }
            #expect(try await run().isEmpty, "not before the last minutes")
            world.goTo(CandidacyWorld.closing - .minutes(2))
            let outcomes = try await run()
            #expect(outcomes.map(\.deposit.candidacy) == [ready.id])
            #expect(outcomes.first?.deposit.arrival == CandidacyWorld.closing - .minutes(2))
            #expect(outcomes.first?.deposit.isConsented == true)
            #expect(outcomes.first?.receipt.receipt.depositor == "Ada")
            #expect(try await run().isEmpty, "a version is deposited once")
            let changed = try await world.save(ready.id, "projet", [.init("titre", "Mieux")], by: ada)
            #expect(try await run().map(\.deposit.version) == [changed.version])
            world.goTo(CandidacyWorld.closing)
            #expect(try await run().isEmpty, "never at the limit nor after")
            #expect(try await world.read(partial.id).state == .draft)
            #expect(try await world.read(silent.id).state == .draft)
        }
    }

    // CAND-16
    @Test("drafts are reminded three times, once each, and nobody else is", arguments: TestEngine.available)
    func reminders(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let (ada, bob) = (try await world.person("ada"), try await world.person("bob"))
            _ = try await world.start(by: ada)
            _ = try await world.deposit(try await world.complete(by: bob), 1, by: bob)
            func run(_ before: Instant.Span) async throws -> Int {
                world.goTo(CandidacyWorld.closing - before)
                let first = try await world.desk.perform(RemindCandidates(head: world.head), as: .house)
                #expect(try await world.desk.perform(RemindCandidates(head: world.head), as: .house) == 0)
                return first
            }
            #expect(try await run(.days(8)) == 0)
            #expect(try await run(.days(7)) == 1)
            #expect(try await run(.days(5)) == 0)
            #expect(try await run(.days(2)) == 1)
            #expect(try await run(.minutes(30)) == 1, "the morning of the last day, or later")
            #expect(try await run(.seconds(-1)) == 0)
            let subjects = try await world.calls.letters(to: "ada@exemple.fr").filter {
                $0.subject.contains("brouillon")
            }
            #expect(subjects.count == 3)
            #expect(
                try await world.calls.letters(to: "bob@exemple.fr").allSatisfy { !$0.subject.contains("brouillon") })
        }
    }

    // CAND-9
    @Test("a draft whose wave has closed goes to the wave that is open", arguments: TestEngine.available)
    func waves(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            let call = try #require(try await world.calls.read(world.call.id))
            var calendar = call.settings.calendar
            let next = CallWave(
                id: world.desk.surroundings.identifier(), label: "Vague 2", opensAt: CandidacyWorld.closing,
                closesAt: CandidacyWorld.closing + .days(90), words: "dans quatre mois")
            calendar.waves.append(next)
            calendar.isPermanent = true
            _ = try await world.desk.perform(
                AmendCall(
                    call: call.id, version: call.version, section: .calendar(calendar), reason: "Deuxième vague",
                    head: world.head), as: .house)
            world.goTo(CandidacyWorld.closing + .days(1))
            let outcome = try await world.deposit(draft, 1, by: ada)
            #expect(outcome.deposit.wave == next.id && outcome.deposit.verdict == .onTime)
            #expect(outcome.receipt.receipt.call.wave == "Vague 2")
            #expect(try await world.calls.letters(to: "ada@exemple.fr").contains { $0.subject.contains("a changé") })
        }
    }

    @Test("a cancelled call takes nothing more", arguments: TestEngine.available)
    func cancelled(_ engine: TestEngine) async throws {
        try await CandidacyWorld.on(engine) { world in
            let ada = try await world.person("ada")
            let draft = try await world.complete(by: ada)
            let call = try #require(try await world.calls.read(world.call.id))
            _ = try await world.desk.perform(
                CancelCall(call: call.id, reason: "Budget supprimé", head: world.head), as: .house)
            let error = try await world.refusal(
                DepositCandidacy(
                    candidacy: draft.id, version: draft.version, key: world.key(1), arrival: world.clock.now,
                    office: world.office), as: ada)
            #expect((error as? Problems)?.list.first?.message.contains("annulé") == true)
        }
    }
}
