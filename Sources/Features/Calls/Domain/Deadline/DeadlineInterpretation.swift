import Exchange

/// From what a sentence says to the instants it may mean.
struct DeadlineInterpretation {
    private let phrase: DeadlinePhrase
    private let asOf: CivilDate
    private let zone: CivilZone
    private let typed: String

    init(_ phrase: DeadlinePhrase, asOf: CivilDate, zone: CivilZone, typed: String) {
        self.phrase = phrase
        self.asOf = asOf
        self.zone = zone
        self.typed = typed
    }

    /// An instant with the way it was understood.
    private struct Choice {
        let limit: Instant
        let explanation: String
        var remarks: [String] = []
    }

    func readings() throws(DeadlineRefusal) -> [DeadlineReading] {
        var readings: [DeadlineReading] = []
        for day in try DeadlineDays(phrase: phrase, asOf: asOf).candidates() {
            for choice in try choices(day.date) {
                guard let deadline = Deadline(limit: choice.limit, zone: zone, typed: typed) else {
                    throw DeadlineRefusal("L’année \(day.date.year) n’est pas celle d’un appel.")
                }
                guard !readings.contains(where: { $0.deadline.limit == choice.limit }), readings.count < 8 else {
                    continue
                }
                let remarks = day.remarks + choice.remarks + general(deadline)
                readings.append(
                    DeadlineReading(deadline: deadline, explanation: choice.explanation, remarks: remarks))
            }
        }
        return readings
    }

    private func general(_ deadline: Deadline) -> [String] {
        var remarks = DeadlineRemarks.of(deadline, asOf: asOf)
        if phrase.endsPeriod { remarks.append("C’est la fin de la période annoncée.") }
        if !phrase.ignored.isEmpty {
            let words = phrase.ignored.prefix(8).map { "«\u{202F}\($0.prefix(40))\u{202F}»" }
            remarks.append("Mots laissés de côté\u{202F}: " + words.joined(separator: ", ") + ".")
        }
        return remarks
    }

    private func choices(_ date: CivilDate) throws(DeadlineRefusal) -> [Choice] {
        switch phrase.hour {
        case .unsaid: wholeDay(date)
        case .midnight: midnight(date)
        case .clock(let hour, let minute, let second): clock(date, hour, minute, second)
        }
    }

    private func start(_ date: CivilDate) -> Instant {
        Instant(microseconds: zone.utc(of: CivilTime(date, minuteOfDay: 0)))
    }

    private func end(_ date: CivilDate) -> Instant { start(date.adding(days: 1)) }

    // MARK: Days

    private func wholeDay(_ date: CivilDate) -> [Choice] {
        let whole = Choice(limit: end(date), explanation: "Toute la journée du \(DeadlineClock.day(date)) compte.")
        let before = DeadlineClock.day(date.adding(days: -1))
        let strict = Choice(
            limit: start(date),
            explanation: "Le \(DeadlineClock.day(date)) n’en est plus\u{202F}: le dernier jour est le \(before).")
        if let isIncluded = phrase.isIncluded { return [isIncluded ? whole : strict] }
        switch phrase.day {
        case .endOfMonth, .endOfYear: return [whole]
        case .month: return [strict]
        default: return phrase.bound == .before ? [strict, whole] : [whole]
        }
    }

    private func midnight(_ date: CivilDate) -> [Choice] {
        let day = DeadlineClock.day(date)
        let end = Choice(
            limit: end(date),
            explanation: "«\u{202F}Minuit\u{202F}» est la fin du \(day)\u{202F}: toute cette journée compte.")
        let before = DeadlineClock.day(date.adding(days: -1))
        let start = Choice(
            limit: start(date),
            explanation:
                "«\u{202F}Minuit\u{202F}» est le début du \(day)\u{202F}: la dernière journée est celle du \(before).")
        let isNight = phrase.nightFrom == date.adding(days: -1).day || phrase.nightFrom == -1 && phrase.endsPeriod
        if isNight { return [start] }
        if let isIncluded = phrase.isIncluded { return [isIncluded ? end : start] }
        return [end, start]
    }

    // MARK: Hours

    private func clock(_ date: CivilDate, _ hour: Int, _ minute: Int, _ second: Int?) -> [Choice] {
        guard hour < 24, let time = CivilTime(date, hour: hour, minute: minute, second: second ?? 0) else {
            return [Choice(limit: end(date), explanation: "24 h est la fin du \(DeadlineClock.day(date)).")]
        }
        let read = DeadlineClock.time(time, hasSeconds: second != nil)
        var choices: [Choice] = []
        for passage in passages(time) {
            let sharp = Choice(
                limit: passage.limit, explanation: "À \(read) précises, il est trop tard.", remarks: passage.remarks)
            let unit: Instant.Span = second == nil ? .minutes(1) : .seconds(1)
            let kind = second == nil ? "minute" : "seconde"
            let through = Choice(
                limit: passage.limit + unit, explanation: "La \(kind) de \(read) compte jusqu’à son terme.",
                remarks: passage.remarks)
            choices += ordered(sharp, through, isLast: (second ?? minute) == 59, hasSeconds: second != nil)
        }
        if hour == 0, minute == 0, second == nil, phrase.bound != .before, phrase.isIncluded == nil {
            choices.append(
                Choice(
                    limit: end(date),
                    explanation:
                        "0 h ouvre la journée\u{202F}; ici, c’est la fin du \(DeadlineClock.day(date)) qui est lue."))
        }
        return choices
    }

    /// 23 h 59 is said to mean the whole minute; 17 h to mean 17 h sharp.
    private func ordered(_ sharp: Choice, _ through: Choice, isLast: Bool, hasSeconds: Bool) -> [Choice] {
        if let isIncluded = phrase.isIncluded { return [isIncluded ? through : sharp] }
        switch (phrase.bound, isLast, hasSeconds) {
        case (.before, true, _): return [through, sharp]
        case (.before, false, _): return [sharp]
        case (_, true, _), (.until, _, true): return [through]
        case (_, false, _): return [sharp, through]
        }
    }

    /// The instants at which clocks show a time: two on the night when an hour comes back, two to choose from when it is
    /// skipped.
    private func passages(_ time: CivilTime) -> [Choice] {
        let read = DeadlineClock.time(time, hasSeconds: time.second != 0)
        func choice(_ microseconds: Int64, _ remarks: [String] = []) -> Choice {
            Choice(limit: Instant(microseconds: microseconds), explanation: "", remarks: remarks)
        }
        switch zone.instants(of: time) {
        case .one(let instant):
            return [choice(instant)]
        case .overlap(let earlier, let later):
            let said = "Cette nuit-là, les horloges montrent deux fois \(read)\u{202F}: "
            let second = choice(later, [said + "c’est le second passage, à l’heure d’hiver."])
            let first = choice(earlier, [said + "c’est le premier passage, à l’heure d’été."])
            switch phrase.season {
            case .summer: return [first]
            case .winter: return [second]
            case nil: return [second, first]
            }
        case .gap(let pushed):
            let said = "Cette nuit-là, \(read) n’existe pas\u{202F}: les horloges avancent d’une heure. "
            // Clocks change at a whole hour of universal time, and the skipped hour is sixty minutes long.
            let change = pushed - pushed % 3_600_000_000
            let later = zone.local(pushed)
            let moment = zone.local(change)
            return [
                choice(pushed, [said + "Lu comme \(DeadlineClock.time(later, hasSeconds: later.second != 0))."]),
                choice(
                    change,
                    [said + "Lu comme le changement d’heure, \(DeadlineClock.time(moment, hasSeconds: false))."]),
            ]
        }
    }
}
