import Exchange
import Forms
import Maillage

/// The calls of the demo: one of 2020 that is closed, a permanent one in waves, one for a consortium, one that anybody may answer
/// today, one to come and a draft. Everything is done by acts, at the date it would have been done.
struct DemoCalls {
    let desk: Desk
    let head: LetterHead
    let coordinator: Principal
    let funder: Principal

    private var now: Instant { desk.surroundings.now() }

    func build() async throws {
        try await lens()
        try await factories()
        try await consortium()
        try await helpingHand()
        try await coming()
        try await draft()
    }

    /// A desk where it is another time: the acts of the past are dated as they would have been.
    private func clocked(at instant: Instant) -> Desk {
        var surroundings = desk.surroundings
        surroundings.now = { instant }
        return Desk(database: desk.database, surroundings: surroundings)
    }

    /// Creates a call, writes its sections and its forms, and publishes it.
    @discardableResult
    private func open(
        _ title: String, _ nature: CallNature, by principal: Principal, at instant: Instant? = nil,
        forms: [(maturity: String, definition: String)], publishes: Bool = true, _ sections: [CallSection]
    ) async throws -> Call {
        let desk = instant.map { clocked(at: $0) } ?? self.desk
        var call = try await desk.perform(CreateCall(title: title, nature: nature), as: principal)
        for section in sections {
            call = try await desk.perform(
                EditCall(call: call.id, version: call.version, section: section), as: principal)
        }
        for form in forms {
            _ = try await desk.perform(
                SetCallForm(
                    call: call.id, maturity: form.maturity, title: DemoCallForms.title(form.maturity),
                    definition: form.definition), as: principal)
        }
        guard publishes else { return call }
        return try await desk.perform(PublishCall(call: call.id, version: call.version, head: head), as: principal)
    }

    /// Midnight in Paris at the end of the day, so many days from now.
    private func endOfDay(_ days: Int) -> Instant {
        let day = CivilZone.paris.local(now.microseconds).date.adding(days: days + 1)
        return Instant(microseconds: CivilZone.paris.utc(of: CivilTime(day, minuteOfDay: 0)))
    }

    private func morning(_ days: Int, hour: Int = 10) -> Instant {
        let day = CivilZone.paris.local(now.microseconds).date.adding(days: days)
        return Instant(microseconds: CivilZone.paris.utc(of: CivilTime(day, minuteOfDay: hour * 60)))
    }

    private func wave(
        _ label: String = "", opens: Instant? = nil, closes: Instant, words: String = ""
    ) -> CallWave {
        CallWave(
            id: desk.surroundings.identifier(), label: label, opensAt: opens, closesAt: closes,
            words: words.isEmpty ? DemoCalls.words(closes) : words)
    }

    /// What an organiser would have typed.
    private static func words(_ closes: Instant) -> String {
        let last = CivilZone.paris.local(closes.microseconds - 1_000_000).date
        return "\(last.day)/\(last.month)/\(last.year) à minuit"
    }

    private func lens() async throws {
        // 20 July 2020, 10:00 in Paris.
        let summer = Instant(seconds: 1_595_232_000)
        var calendar = CallCalendar()
        calendar.waves = [
            wave(closes: Instant(seconds: 1_602_885_600), words: "avant le vendredi 16 octobre 2020 à minuit")
        ]
        calendar.milestones = [
            CallMilestone(.meeting, period: "début septembre 2020", place: "Au siège de l’agglomération")
        ]
        try await open(
            "Tiers-lieux de Lens-Liévin (démo)", .interest, by: coordinator, at: summer,
            forms: [
                ("intention", DemoCallForms.short), ("emergence", DemoCallForms.medium), ("ouvert", DemoCallForms.full),
            ], DemoCallTexts.lens(calendar))
    }

    private func factories() async throws {
        var calendar = CallCalendar()
        calendar.isPermanent = true
        calendar.waves = [
            wave("Vague 1", opens: morning(-200), closes: endOfDay(-70)),
            wave("Vague 2", opens: morning(-69), closes: endOfDay(21)),
            wave("Vague 3", opens: morning(22), closes: endOfDay(112)),
        ]
        calendar.milestones = [
            CallMilestone(.results, label: "Annonce des lauréats de la vague 2", startsAt: morning(70))
        ]
        try await open(
            "Fabriques de territoire (démo)", .interest, by: funder, at: now - .days(200),
            forms: [("", DemoCallForms.full)], DemoCallTexts.factories(calendar))
    }

    private func consortium() async throws {
        var calendar = CallCalendar()
        calendar.waves = [wave(closes: endOfDay(28))]
        calendar.milestones = [
            CallMilestone(
                .meeting, startsAt: morning(7, hour: 14), link: "https://visio.example.org/fabrique-a-plusieurs"),
            CallMilestone(.questions, startsAt: morning(21, hour: 12)),
            CallMilestone(.jury, startsAt: morning(50)), CallMilestone(.results, startsAt: morning(60)),
        ]
        try await open(
            "Fabrique numérique à plusieurs (démo)", .projects, by: funder, at: now - .days(12),
            forms: [("", DemoCallForms.consortium)], DemoCallTexts.consortium(calendar))
    }

    private func helpingHand() async throws {
        var calendar = CallCalendar()
        calendar.waves = [wave(closes: endOfDay(40))]
        calendar.milestones = [CallMilestone(.results, startsAt: morning(75))]
        let call = try await open(
            "Coup de pouce aux lieux qui démarrent (démo)", .projects, by: coordinator, at: now - .days(20),
            forms: [("", DemoCallForms.medium), ("intention", DemoCallForms.short)], DemoCallTexts.helpingHand(calendar)
        )
        let asked = try await clocked(at: now - .days(9)).perform(
            AskCallQuestion(call: call.id, question: "Une association en cours de création peut-elle répondre ?"),
            as: .visitor)
        _ = try await clocked(at: now - .days(8)).perform(
            AnswerCallQuestion(
                question: asked,
                answer:
                    "Oui, à condition d’être déclarée à la signature de la convention. Joignez le projet de statuts.",
                head: head), as: coordinator)
        _ = try await clocked(at: now - .days(2)).perform(
            AskCallQuestion(call: call.id, question: "Le matériel d’occasion est-il pris en charge ?"), as: .visitor)
        var envelope = DemoCallTexts.helpingHandMoney
        envelope.envelope = 12_000_000
        _ = try await clocked(at: now - .days(5)).perform(
            AmendCall(
                call: call.id, version: call.version, section: .envelope(envelope),
                reason: "Un partenaire supplémentaire abonde l’enveloppe.", head: head), as: coordinator)
    }

    private func coming() async throws {
        var calendar = CallCalendar()
        calendar.waves = [wave(opens: morning(30, hour: 9), closes: endOfDay(90))]
        try await open(
            "Communs des tiers-lieux (démo)", .projects, by: coordinator, at: now - .days(3),
            forms: [("", DemoCallForms.medium)], DemoCallTexts.commons(calendar))
    }

    /// A call being written, whose form is being composed.
    private func draft() async throws {
        let call = try await open(
            "Label lieu accueillant (démo)", .label, by: funder, forms: [], publishes: false,
            [
                .identity(
                    CallIdentity(
                        title: "Label lieu accueillant (démo)", nature: .label,
                        organiser: "Mission régionale des lieux (démo)",
                        summary: "Reconnaître les lieux ouverts à toutes et à tous, plus de trente heures par semaine.")
                )
            ])
        _ = try await desk.perform(OpenFormDraft(call: call.id, start: StandardQuestions.territoryCallForm), as: funder)
    }
}
