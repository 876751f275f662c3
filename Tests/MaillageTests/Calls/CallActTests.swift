import Storage
import Testing
import Workbench

@testable import Maillage

@Suite("Calls, from draft to publication") struct CallActTests {
    // CALL-1, CALL-2
    @Test("open and closed are comparisons of instants, to the microsecond", arguments: TestEngine.available)
    func phases(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let (opening, closing) = (CallWorld.start + .days(2), CallWorld.start + .days(20))
            let draft = try await world.draft(closing: closing, opening: opening)
            #expect(draft.phase(at: opening) == .draft)
            let call = try await world.desk.perform(
                PublishCall(call: draft.id, version: draft.version, head: world.head), as: .house)
            let read = try #require(try await world.read(call.id, as: .visitor))
            let instant = Instant.Span(microseconds: 1)
            for (moment, phase) in [
                (opening - instant, Call.Phase.coming), (opening, .open), (closing - instant, .open),
                (closing, .closed),
                (closing + .days(400), .closed),
            ] {
                #expect(read.phase(at: moment) == phase)
                #expect((read.openWave(at: moment) != nil) == (phase == .open))
            }
            let stored = try await world.database.read {
                try $0.all("SELECT DISTINCT state FROM call") { try $0.text(0) }
            }
            #expect(stored == ["publie"])
        }
    }

    @Test("a hundred calls of one title have a hundred addresses")
    func sameTitle() async throws {
        try await CallWorld.on(.sqlite) { world in
            var slugs: Set<String> = []
            for _ in 0..<100 {
                slugs.insert(
                    try await world.desk.perform(CreateCall(title: "Le même", nature: .projects), as: .house).slug)
            }
            #expect(slugs.count == 100)
        }
    }

    // CALL-5, CALL-6
    @Test("a section is cleaned, checked and written whole or not at all", arguments: TestEngine.available)
    func sections(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let call = try await world.draft()
            let kept = try #require(try await world.read(call.id))
            #expect(kept == call)
            #expect(kept.settings.criteria.map(\.code) == ["ancrage-local", "viabilite"])
            let bad: [(CallSection, String)] = [
                (.identity(CallIdentity(title: " ", nature: .label)), "titre"),
                (.identity(CallIdentity(title: "A", nature: .label, email: "pas une adresse")), "courriel"),
                (.criteria([CallCriterion("", "", weight: 1)]), "critere.0.libelle"),
                (.criteria([CallCriterion("", "A", weight: -1)]), "critere.0.poids"),
                (.conditions([EligibilityCondition(.legalForm(["inconnue"]))]), "condition.0"),
                (.calendar(world.calendar(closing: CallWorld.start, opening: CallWorld.start)), "vague.0.ouverture"),
            ]
            for (section, field) in bad {
                let error = try await world.refusal(
                    EditCall(call: call.id, version: call.version, section: section), as: .house)
                #expect((error as? Problems)?.messages(for: field).isEmpty == false, "\(field): \(error)")
            }
            var money = CallEnvelope()
            (money.floor, money.ceiling) = (200, 100)
            let crossed = try await world.refusal(
                EditCall(call: call.id, version: call.version, section: .envelope(money)), as: .house)
            #expect((crossed as? Problems)?.messages(for: "plafond").isEmpty == false)
            let late = try await world.refusal(
                EditCall(call: call.id, version: call.version - 1, section: .committee([])), as: .house)
            #expect(late as? Conflict == Conflict(current: call.version))
        }
    }

    @Test("every section survives a trip through the database", arguments: TestEngine.available)
    func roundTrip(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            var call = try await world.draft()
            var territory = CallTerritory()
            territory.areas = [
                .init(.epci, "246200364", "CA de Lens - Liévin"), .init(.zoning, "QPV", "Quartiers prioritaires"),
            ]
            territory.readOn = "2026-01-01"
            territory.edition = "2026"
            var money = CallEnvelope()
            (money.floor, money.ceiling, money.months, money.publicAidRate) = (7_500_000, 15_000_000, 36, 8_000)
            var texts = CallPresentation()
            texts.context = "Un contexte.\n\nEn deux paragraphes."
            texts.sectors = ["culture", "sante"]
            var deposit = CallDeposit()
            deposit.isByEmail = true
            deposit.isConsortium = true
            for section: CallSection in [
                .territory(territory), .envelope(money), .presentation(texts), .deposit(deposit),
                .conditions([
                    EligibilityCondition(.maturity(["intention", "ouvert"]), words: "Trois étapes."),
                    EligibilityCondition(.age(months: 12), isBlocking: false),
                    EligibilityCondition(.amount(floor: nil, ceiling: 100)), EligibilityCondition(.siret),
                    EligibilityCondition(.zoning(kind: "FRR", edition: "2024")), EligibilityCondition(.registered),
                    EligibilityCondition(.publicAid(atMost: 8_000)),
                    EligibilityCondition(.legalForm(["association"])),
                ]),
                .attachments([CallAttachment("", "Statuts", requiredIf: "si association", kinds: ["pdf", "odt"])]),
                .committee([CallJuror("La Région", role: "préside")]),
            ] {
                call = try await world.desk.perform(
                    EditCall(call: call.id, version: call.version, section: section), as: .house)
                #expect(try await world.read(call.id) == call, "\(section.name)")
            }
        }
    }

    // CALL-7
    @Test("an incomplete call is refused with everything it lacks", arguments: TestEngine.available)
    func incomplete(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let bare = try await world.desk.perform(CreateCall(title: "Presque rien", nature: .projects), as: .house)
            let error = try await world.refusal(
                PublishCall(call: bare.id, version: bare.version, head: world.head), as: .house)
            let problems = try #require(error as? Problems)
            #expect(Set(problems.list.map(\.field)) == ["identite", "calendrier", "dossier"])
            #expect(problems.messages(for: "identite").count == 3)

            var call = try await world.draft(closing: CallWorld.start + .days(10))
            var calendar = call.settings.calendar
            calendar.milestones = [
                CallMilestone(.meeting, startsAt: CallWorld.start + .days(11)),
                CallMilestone(.results, startsAt: CallWorld.start + .days(9)),
            ]
            for section: CallSection in [
                .calendar(calendar), .criteria([CallCriterion("", "Sans poids", weight: 0)]),
                .conditions([EligibilityCondition(.maturity(["intention"]))]),
            ] {
                call = try await world.desk.perform(
                    EditCall(call: call.id, version: call.version, section: section), as: .house)
            }
            let second = try await world.refusal(
                PublishCall(call: call.id, version: call.version, head: world.head), as: .house)
            #expect((second as? Problems)?.list.map(\.field) == ["calendrier", "calendrier", "criteres"])
            world.clock.advance(by: .days(12))
            let third = try await world.refusal(
                PublishCall(call: call.id, version: call.version, head: world.head), as: .house)
            #expect((third as? Problems)?.messages(for: "calendrier").contains { $0.contains("déjà passée") } == true)
        }
    }

    // CALL-8
    @Test("publication freezes the règlement under its fingerprint", arguments: TestEngine.available)
    func frozen(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let call = try await world.published()
            let rules = try #require(try await world.database.read { try CallRulesStore.rules(of: call.id, $0) })
            #expect(rules.version == 1)
            #expect(rules.fingerprint == RulesText.fingerprint(rules.text))
            #expect(rules.text.contains("Service numérique") && rules.text.contains("ami@agglo.example"))
            let again = try await world.refusal(
                PublishCall(call: call.id, version: call.version, head: world.head), as: .house)
            #expect(again is Problems)
            let edit = try await world.refusal(
                EditCall(call: call.id, version: call.version, section: .committee([])), as: .house)
            #expect(edit is Problems, "a published call is amended")
        }
    }

    // CALL-15
    @Test("a form is a new version each time its questions change", arguments: TestEngine.available)
    func forms(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let call = try await world.draft()
            let other = CallWorld.form.replacing("Le projet", with: "Votre projet")
            let same = try await world.desk.perform(
                SetCallForm(call: call.id, title: "Dossier", definition: CallWorld.form), as: .house)
            #expect(same.version == 1)
            let second = try await world.desk.perform(
                SetCallForm(call: call.id, title: "Dossier", definition: other), as: .house)
            #expect(second.version == 2)
            _ = try await world.desk.perform(
                SetCallForm(call: call.id, maturity: "intention", title: "Court", definition: CallWorld.form),
                as: .house)
            let (short, common, kept) = try await world.database.read { reader in
                (
                    try CallFormStore.current(of: call.id, maturity: "intention", reader),
                    try CallFormStore.current(of: call.id, maturity: "ouvert", reader),
                    try CallFormStore.form(same.id, reader)
                )
            }
            #expect(short?.title == "Court" && common == second && kept == same)
            for bad in ["", "[1]", "{\"sections\":[]}", "{"] {
                let error = try await world.refusal(
                    SetCallForm(call: call.id, title: "x", definition: bad), as: .house)
                #expect((error as? Problems)?.messages(for: "definition").isEmpty == false, "\(bad)")
            }
            let spaced = try await world.desk.perform(
                SetCallForm(call: call.id, title: "Dossier", definition: other.replacing("\n", with: "\r\n  ")),
                as: .house)
            #expect(spaced == second, "spaces are not questions")
            #expect(try second.questions().version == 2 && second.questions().questions.map(\.key) == ["resume"])
        }
    }

    // CALL-15
    @Test("a form that does not hold together is refused with all that is wrong", arguments: TestEngine.available)
    func brokenForms(_ engine: TestEngine) async throws {
        try await CallWorld.on(engine) { world in
            let call = try await world.draft()
            func messages(_ questions: String) async throws -> [String] {
                let definition = """
                    {"format":"maillage-form","formatVersion":1,"key":"dossier","title":"Dossier","sections":[
                    {"key":"projet","title":"Le projet","questions":[
                    \(questions)]}]}
                    """
                let error = try await world.refusal(
                    SetCallForm(call: call.id, title: "Dossier", definition: definition), as: .house)
                return try #require(error as? Problems).messages(for: "definition")
            }
            // What the file says badly: each with its line.
            let unread = try await messages(
                """
                {"key":"a","label":"A","kind":"parchemin"},
                {"key":"b","kind":"yesNo"}
                """)
            #expect(unread.count == 2)
            #expect(unread.first?.hasPrefix("ligne 3, ") == true && unread.first?.contains("parchemin") == true)
            #expect(unread.last?.hasPrefix("ligne 4, ") == true && unread.last?.contains("label") == true)
            // What reads and does not hold together: each with its place.
            let unsound = try await messages(
                """
                {"key":"a","label":"A","kind":"oneOf","options":[]},
                {"key":"Été","label":"B","kind":"yesNo"},
                {"key":"c","label":"C","kind":"yesNo","shownIf":"inconnue = oui"}
                """)
            #expect(unsound.count == 3)
            for (message, place) in zip(unsound.sorted(), ["projet.a", "projet.c", "projet.Été"]) {
                #expect(message.hasPrefix(place + "\u{202F}: "), "\(message)")
            }
            let both = try await world.refusal(
                SetCallForm(
                    call: call.id, maturity: "lune", title: String(repeating: "a", count: 201), definition: "{"),
                as: .house)
            #expect(Set(try #require(both as? Problems).list.map(\.field)) == ["etape", "titre", "definition"])
        }
    }
}
