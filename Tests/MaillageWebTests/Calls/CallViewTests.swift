import Exchange
import Forms
import Markup
import Testing

@testable import Maillage
@testable import MaillageWeb

private func text(_ view: some View) -> String { String(decoding: view.rendered(), as: UTF8.self) }

@Suite struct CallViewTests {
    /// Tuesday 22 September 2026, 10:00 in Paris.
    static let now = Instant(seconds: 1_790_064_000)

    static func call(_ title: String = "Un appel", _ change: (inout CallSettings) -> Void = { _ in }) -> Call {
        var settings = CallSettings(
            identity: CallIdentity(
                title: title, nature: .projects, organiser: "L’agglomération", email: "ami@agglo.example",
                summary: "Un résumé."))
        settings.calendar.waves = [
            CallWave(id: CallWave.ID(7), closesAt: now + .days(3), words: "vendredi à minuit")
        ]
        change(&settings)
        return Call(
            id: Call.ID(42), slug: "un-appel", state: .published, settings: settings, version: 3, rulesVersion: 1,
            createdAt: now, createdBy: nil, updatedAt: now, publishedAt: now - .days(1), cancelledAt: nil,
            cancelReason: "")
    }

    static func reading(_ call: Call = call()) -> CallReading {
        let text = CallRules.text(of: call.settings, version: 1).text
        var reading = CallReading(call: call, now: now)
        reading.rules = CallRulesVersion(
            version: 1, text: text, fingerprint: RulesText.fingerprint(text), publishedAt: now)
        return reading
    }

    @Test func whatPeopleWriteIsNeverRun() {
        let hostile = "<script>alert(1)</script>\"'&"
        let call = Self.call(hostile) { settings in
            settings.identity.organiser = hostile
            settings.identity.summary = hostile
            settings.presentation.context = hostile
            settings.criteria = [CallCriterion("a", hostile, guide: hostile, weight: 1)]
            settings.attachments = [CallAttachment("a", hostile, requiredIf: hostile)]
            settings.committee = [CallJuror(hostile, role: hostile)]
            settings.calendar.milestones = [
                CallMilestone(.meeting, label: hostile, period: hostile, link: "javascript:x")
            ]
            settings.conditions = [EligibilityCondition(.siret, words: hostile)]
        }
        var reading = Self.reading(call)
        reading.questions = [
            CallQuestion(
                id: CallQuestion.ID(1), call: call.id, question: hostile, askedAt: Self.now, answer: hostile,
                answeredAt: Self.now, state: .published)
        ]
        reading.amendments = [
            CallAmendment(
                id: CallAmendment.ID(1), rulesVersion: 1, at: Self.now, reason: hostile,
                changes: [CallChange(hostile, from: hostile, to: hostile)])
        ]
        reading.mayEdit = true
        for html in [
            text(CallView(reading: reading)), text(CallRulesView(reading: reading, frozen: reading.rules)),
            text(CallEligibilityView(reading: reading, form: Fields([.init(name: "commune", value: hostile)]))),
            text(CallHubView(reading: reading)),
        ] {
            #expect(!html.contains("<script") && !html.contains("href=\"javascript"))
            #expect(html.contains("&lt;script"))
        }
    }

    @Test func aPageSaysUntilWhenAndHowLongIsLeft() {
        let html = text(CallView(reading: Self.reading()))
        #expect(html.contains("vendredi 25 septembre 2026 à 9\u{A0}h\u{A0}59"))
        #expect(html.contains("Il reste 3\u{A0}jours"))
        #expect(!html.contains("minuit"))
        var late = Self.reading()
        late.now = Self.now + .days(3)
        #expect(text(CallView(reading: late)).contains("Clos"))
        #expect(!text(CallView(reading: late)).contains("Il reste"))
    }

    @Test func everySectionComesBackFromItsFormAsItWas() throws {
        let call = Self.call { settings in
            settings.identity.phone = "03 21 00 00 00"
            settings.presentation.context = "Deux\nlignes"
            settings.presentation.sectors = ["culture", "sante"]
            settings.territory.areas = [.init(.zoning, "QPV", ZoningWords.name("QPV"))]
            settings.territory.edition = "2024"
            (settings.envelope.floor, settings.envelope.ceiling, settings.envelope.months) = (7_500_000, 15_000_050, 36)
            settings.envelope.publicAidRate = 8_050
            settings.conditions = [
                EligibilityCondition(.maturity(["intention", "ouvert"]), words: "Deux étapes."),
                EligibilityCondition(.legalForm(["association"]), isBlocking: false), EligibilityCondition(.siret),
                EligibilityCondition(.registered, isBlocking: false), EligibilityCondition(.age(months: 12)),
                EligibilityCondition(.amount(floor: 100, ceiling: nil)),
                EligibilityCondition(.publicAid(atMost: 8_000)),
                EligibilityCondition(.zoning(kind: "FRR", edition: "2024")),
            ]
            settings.attachments = [CallAttachment("statuts", "Statuts", isRequired: false, kinds: ["pdf", "odt"])]
            settings.criteria = [CallCriterion("a", "Ancrage", guide: "Un guide", weight: 3, maximum: 10)]
            settings.committee = [CallJuror("La Région", role: "préside")]
            settings.calendar.waves[0].opensAt = Self.now
            settings.calendar.milestones = [
                CallMilestone(
                    .jury, startsAt: Self.now + .days(9), place: "À Lens", link: "https://visio.example.org/a"),
                CallMilestone(.meeting, period: "début octobre"),
            ]
        }
        for name in CallSection.Name.allCases where name != .forms {
            var form = CallSectionForm(
                CallSectionFields.of(name, call.settings), call, now: Self.now, gazetteer: .empty,
                newWave: { CallWave.ID(99) })
            let read = form.section(name)
            let section = try #require(read, "\(name)")
            #expect(form.problems.isEmpty, "\(name): \(form.problems)")
            #expect(try CallDifference.changes(from: call.settings, with: section).isEmpty, "\(name)")
        }
    }

    @Test func amountsAreReadAsPeopleTypeThem() {
        for (text, cents) in [
            ("80 000", 8_000_000), ("1\u{202F}500,50 €", 150_050), ("1500.5", 150_050), ("0", 0), ("12,", 1_200),
        ] {
            #expect(WrittenAmount.cents(text) == cents, "\(text)")
        }
        for text in ["", "-5", "1,234", "abc", "1e5", "1.2.3", "999999999999"] {
            #expect(WrittenAmount.cents(text) == nil, "\(text)")
        }
        for cents in [0, 5, 50, 150_050, 8_000_000] { #expect(WrittenAmount.cents(WrittenAmount.text(cents)) == cents) }
    }

    @Test func aBlankDossierBecomesADocumentThatOpens() throws {
        let questions = Form(
            key: "dossier", title: "Dossier",
            sections: [
                FormSection(
                    "projet", "Le <projet>",
                    questions: [
                        Question("resume", "Résumé & suite", .longText(maxLength: 1_500), .required),
                        Question("forme", "Forme", .oneOf([QuestionOption("scic", "SCIC")])),
                        Question("total", "Total", .computed(.number(.zero), unit: .money)),
                        Question("bilan", "Le bilan", .yesNo, maturities: ["ouvert"]),
                    ]),
                FormSection("suite", "Après l’ouverture", maturities: ["ouvert"]),
            ])
        let form = CallForm(
            id: CallForm.ID(1), call: Call.ID(42), maturity: "", version: 2, title: "Dossier",
            definition: String(decoding: FormFile.write(questions), as: UTF8.self), digest: "", createdAt: Self.now)
        let blank = try BlankDossier(form)
        let document = WordDocument(
            title: "Dossier", blocks: blank.blocks(Self.reading(), form), modified: form.createdAt.seconds)
        let bytes = try document.bytes()
        #expect(bytes.starts(with: [0x50, 0x4B, 3, 4]))
        #expect(try bytes == document.bytes(), "the same document, the same bytes")
        let html = text(CallBlankView(reading: Self.reading(), form: form, blank: blank))
        #expect(html.contains("1. Le &lt;projet&gt;") && html.contains("Résumé &amp; suite"))
        #expect(html.contains("1\u{202F}500 signes au plus, réponse attendue.") && html.contains("<li>SCIC</li>"))
        #expect(blank.sections[0].questions.map(\.room) == [10, 1, 0, 1])
        #expect(blank.sections[0].questions[3].lines.first?.contains("pour l’étape") == true)
        #expect(blank.sections.count == 2)
        let early = BlankDossier(questions, maturity: "intention")
        #expect(early.sections.map(\.title) == ["Le <projet>"], "an intention is not asked for what comes later")
        #expect(early.sections[0].questions.map(\.label) == ["Résumé & suite", "Forme", "Total"])
    }
}
