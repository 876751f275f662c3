import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Published calls") struct CallLifeTests {
    // CALL-9
    @Test("an amendment says what changed, why, and makes a new règlement", arguments: TestEngine.available)
    func amendments(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let keeper = try await world.coordinator()
            let call = try await world.published(by: keeper)
            var identity = call.settings.identity
            identity.phone = "03 21 00 00 00"
            let silent = AmendCall(
                call: call.id, version: call.version, section: .identity(identity), reason: " ", head: world.head)
            #expect((try await world.refusal(silent, as: keeper) as? Problems)?.messages(for: "motif").count == 1)
            let nothing = AmendCall(
                call: call.id, version: call.version, section: .identity(call.settings.identity), reason: "Rien",
                head: world.head)
            #expect(try await world.refusal(nothing, as: keeper) is Problems)
            let amended = try await world.desk.perform(
                AmendCall(
                    call: call.id, version: call.version, section: .identity(identity), reason: "Un oubli.",
                    head: world.head), as: keeper)
            #expect(amended.rulesVersion == 2 && amended.version == call.version + 1)
            let (list, first, second) = try await world.database.read { reader in
                (
                    try CallRulesStore.amendments(of: call.id, reader),
                    try CallRulesStore.rules(of: call.id, version: 1, reader),
                    try CallRulesStore.rules(of: call.id, reader)
                )
            }
            #expect(list.count == 1 && list[0].reason == "Un oubli." && list[0].rulesVersion == 2)
            #expect(
                list[0].changes == [
                    CallChange("Organisateur et contact", from: "", to: "Téléphone\u{202F}: 03 21 00 00 00")
                ])
            #expect(first?.text.contains("03 21") == false && second?.text.contains("03 21") == true)
            #expect(first?.fingerprint != second?.fingerprint)
            #expect(try await world.letters(to: "coordination@exemple.fr").contains { $0.text.contains("Un oubli.") })
        }
    }

    // CALL-9, CALL-10
    @Test("an amendment neither moves a limit, nor makes a published call incomplete", arguments: TestEngine.available)
    func limits(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let call = try await world.published()
            for days: Int64 in [-1, 1] {
                var calendar = call.settings.calendar
                calendar.waves[0].closesAt = calendar.waves[0].closesAt + .days(days)
                let moved = try await world.refusal(
                    AmendCall(
                        call: call.id, version: call.version, section: .calendar(calendar), reason: "Essai",
                        head: world.head), as: .house)
                #expect((moved as? Problems)?.messages(for: "vague.0.limite").isEmpty == false)
            }
            var gone = call.settings.calendar
            gone.waves = []
            let removed = try await world.refusal(
                AmendCall(
                    call: call.id, version: call.version, section: .calendar(gone), reason: "Essai", head: world.head),
                as: .house)
            #expect((removed as? Problems)?.messages(for: "vagues").isEmpty == false)
            var blank = call.settings.identity
            (blank.email, blank.phone) = ("", "")
            let silent = try await world.refusal(
                AmendCall(
                    call: call.id, version: call.version, section: .identity(blank), reason: "Essai", head: world.head),
                as: .house)
            #expect(silent is Problems)
        }
    }

    // CALL-10
    @Test("a limit moves forward only, for everybody, by two people", arguments: TestEngine.available)
    func extensions(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let (first, second) = (try await world.coordinator(), try await world.coordinator("autre"))
            let call = try await world.published(by: first)
            let wave = call.settings.waves[0]
            func extend(_ limit: Instant, incident: Bool = false) -> ExtendDeadline {
                ExtendDeadline(
                    call: call.id, wave: wave.id, closesAt: limit, words: "plus tard", reason: "Vacances.",
                    isIncident: incident, head: world.head)
            }
            for limit in [wave.closesAt, wave.closesAt - .days(1), CallWorld.start - .days(1)] {
                #expect(
                    (try await world.refusal(extend(limit), as: first) as? Problems)?.messages(for: "limite").isEmpty
                        == false)
            }
            #expect(try await world.refusal(extend(wave.closesAt + .days(7)), as: .house) is Denied)
            let proposal = try await world.desk.perform(extend(wave.closesAt + .days(7)), as: first)
            #expect(try await world.read(call.id)?.settings.waves[0].closesAt == wave.closesAt)
            let asked = try await world.letters(to: "autre@exemple.fr").filter { $0.subject.contains("prolongation") }
            #expect(asked.count == 1)
            #expect(try await world.refusal(extend(wave.closesAt + .days(8)), as: second) is Problems)
            let alone = try await world.refusal(ConfirmExtension(proposal: proposal, head: world.head), as: first)
            #expect(alone is Denied)
            let extended = try await world.desk.perform(
                ConfirmExtension(proposal: proposal, head: world.head), as: second)
            #expect(extended.settings.waves[0].closesAt == wave.closesAt + .days(7))
            #expect(try await world.read(call.id) == extended)
            let amendments = try await world.database.read { try CallRulesStore.amendments(of: call.id, $0) }
            #expect(amendments.count == 1 && amendments[0].changes.map(\.what) == ["Calendrier"])
            let again = try await world.refusal(ConfirmExtension(proposal: proposal, head: world.head), as: second)
            #expect(again is Problems)
            let verbs = try await world.database.read { try Journal.latest(3, $0) }.map(\.verb)
            #expect(verbs.contains("ConfirmExtension"))
        }
    }

    // CALL-10
    @Test(
        "a limit that has passed moves only for an incident, at the instant of the confirmation",
        arguments: TestEngine.available)
    func afterTheLimit(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let (first, second) = (try await world.coordinator(), try await world.coordinator("autre"))
            let call = try await world.published(by: first, closing: CallWorld.start + .days(1))
            let wave = call.settings.waves[0]
            func extend(incident: Bool) -> ExtendDeadline {
                ExtendDeadline(
                    call: call.id, wave: wave.id, closesAt: CallWorld.start + .days(5), words: "", reason: "Panne",
                    isIncident: incident, head: world.head)
            }
            let ordinary = try await world.desk.perform(extend(incident: false), as: first)
            world.clock.advance(by: .days(1))
            #expect(
                try await world.refusal(ConfirmExtension(proposal: ordinary, head: world.head), as: second) is Problems)
            try await world.desk.perform(WithdrawExtension(proposal: ordinary), as: second)
            #expect(try await world.refusal(extend(incident: false), as: first) is Problems)
            let incident = try await world.desk.perform(extend(incident: true), as: first)
            let extended = try await world.desk.perform(
                ConfirmExtension(proposal: incident, head: world.head), as: second)
            #expect(extended.phase(at: world.clock.now) == .open)
        }
    }

    // CALL-11
    @Test("questions are everybody's, answers are public once given, and counted", arguments: TestEngine.available)
    func questions(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let call = try await world.published()
            let asker = try await world.person("curieuse")
            let id = try await world.desk.perform(
                AskCallQuestion(call: call.id, question: "Faut-il un SIRET\u{202F}?"), as: asker)
            #expect(try await world.database.read { try CallQuestionStore.published(of: call.id, $0) }.isEmpty)
            let answer = AnswerCallQuestion(question: id, answer: "Oui, à la signature.", head: world.head)
            #expect(try await world.refusal(answer, as: asker) is Missing)
            _ = try await world.desk.perform(answer, as: .house)
            let shown = try await world.database.read { try CallQuestionStore.published(of: call.id, $0) }
            #expect(shown.map(\.answer) == ["Oui, à la signature."] && shown[0].answeredAt == world.clock.now)
            #expect(try await world.letters(to: "curieuse@exemple.fr").count == 1)
            #expect(try await world.refusal(answer, as: asker) is Denied)
            #expect((try await world.refusal(AskCallQuestion(call: call.id, question: " "), as: asker)) is Problems)
            for number in 0..<9 {
                _ = try await world.desk.perform(AskCallQuestion(call: call.id, question: "Et \(number)"), as: asker)
            }
            #expect(try await world.refusal(AskCallQuestion(call: call.id, question: "Encore"), as: asker) is Throttled)
            world.clock.advance(by: .days(31))
            #expect(
                try await world.refusal(AskCallQuestion(call: call.id, question: "Trop tard"), as: asker) is Problems)
        }
    }

    // CALL-13
    @Test("a cancelled call keeps its page and says why", arguments: TestEngine.available)
    func cancelled(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let call = try await world.published()
            let silent = CancelCall(call: call.id, reason: "", head: world.head)
            #expect(try await world.refusal(silent, as: .house) is Problems)
            try await world.desk.perform(
                CancelCall(call: call.id, reason: "Crédits retirés.", head: world.head), as: .house)
            let read = try #require(try await world.read(call.id, as: .visitor))
            #expect(read.phase(at: world.clock.now) == .cancelled && read.cancelReason == "Crédits retirés.")
            #expect(read.openWave(at: world.clock.now) == nil)
        }
    }

    // CALL-14
    @Test(
        "an alert counts once confirmed, fits what was asked, and ends with one link", arguments: TestEngine.available)
    func alerts(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            for (email, nature, departement) in [
                ("pret@exemple.fr", CallNature?.none, ""), ("nord@exemple.fr", nil, "59"),
                ("label@exemple.fr", .label, ""), ("muette@exemple.fr", nil, ""), ("local@exemple.fr", .interest, "62"),
            ] {
                try await world.desk.perform(
                    SubscribeToCalls(email: email, nature: nature, departement: departement, head: world.head),
                    as: .visitor)
                let letter = try #require(try await world.letters(to: email).last)
                #expect(letter.isSecret)
                guard !email.hasPrefix("muette") else { continue }
                let link = try #require(letter.text.split(separator: "\n").first { $0.contains("/appels/alertes/") })
                let secret = try #require(Secret(text: String(link.split(separator: "/").last ?? "")))
                try await world.desk.perform(ConfirmCallAlert(secret: secret), as: .visitor)
                #expect(try await world.refusal(ConfirmCallAlert(secret: secret), as: .visitor) is Missing)
            }
            var call = try await world.draft()
            var territory = CallTerritory()
            territory.areas = [.init(.commune, "62498", "Lens")]
            call = try await world.desk.perform(
                EditCall(call: call.id, version: call.version, section: .territory(territory)), as: .house)
            _ = try await world.desk.perform(
                PublishCall(call: call.id, version: call.version, head: world.head), as: .house)
            let told = ["pret", "nord", "label", "muette", "local"]
            var counts: [Int] = []
            for name in told { counts.append(try await world.letters(to: "\(name)@exemple.fr").count) }
            #expect(counts == [2, 1, 1, 1, 2])
            let letter = try #require(try await world.letters(to: "pret@exemple.fr").last)
            let line = try #require(letter.text.split(separator: "\n").first { $0.contains("/fin/") })
            let key = String(line.split(separator: "/").last ?? "")
            try await world.desk.perform(LeaveCallAlert(leaveKey: key), as: .visitor)
            #expect(try await world.refusal(LeaveCallAlert(leaveKey: key), as: .visitor) is Missing)
            // BAK-8: in an older network, where the address is still there, it is told no more either.
            let now = world.clock.now
            let listed = try await world.database.read { try CallErasure.alert.known(now, $0) }
            #expect(listed.count == 1)
            #expect(try await world.database.read { try CallErasure.alert.known(now + .seconds(1), $0) }.isEmpty)
            let id = try #require(listed.first?.subject)
            _ = try await world.database.write { writer in
                try writer.run(
                    """
                    INSERT INTO call_alert (id, email, nature, departement, leave_key, created_at, confirmed_at)
                    VALUES (\(id), 'pret@exemple.fr', '', '', \(key), \(now), \(now))
                    """)
            }
            let again = try await ErasureUpkeep.again(listed, world.desk, CallErasure.kinds)
            #expect(again == ErasureUpkeep.Outcome(again: 1, standing: 0))
            #expect(try await world.refusal(LeaveCallAlert(leaveKey: key), as: .visitor) is Missing)
            #expect(
                try await ErasureUpkeep.again(listed, world.desk, CallErasure.kinds)
                    == ErasureUpkeep.Outcome(again: 0, standing: 1))
            world.clock.advance(by: .days(8))
            try await world.desk.perform(SweepCallTraces(), as: .house)
            #expect(try await world.database.read { try $0.count("SELECT COUNT(*) FROM call_alert") } == 3)
        }
    }
}
