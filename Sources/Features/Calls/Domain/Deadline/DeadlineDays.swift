import Exchange

/// The days that a phrase may mean, the likeliest first, each with what had to be supposed.
struct DeadlineDays {
    struct Candidate: Hashable {
        let date: CivilDate
        let remarks: [String]
    }

    let phrase: DeadlinePhrase
    /// The day on which the sentence is read: what is unsaid is looked for from it on.
    let asOf: CivilDate

    func candidates() throws(DeadlineRefusal) -> [Candidate] {
        switch phrase.day {
        case .numbered(let day, let month, let year):
            guard (1...31).contains(day) else { throw DeadlineRefusal("Aucun mois n’a de jour \(day).") }
            return try confronted(day, month, year)
        case .endOfMonth(let month, let year):
            return [try endOfMonth(month, year)]
        case .endOfYear(let year):
            return [Candidate(date: try date(31, 12, year ?? asOf.year), remarks: [])]
        case .month(let month, let year):
            guard phrase.bound == .before, phrase.hour == .unsaid else {
                throw DeadlineRefusal(
                    "Il manque le jour de \(DeadlineClock.months[month - 1])\u{202F}: écrivez par exemple "
                        + "«\u{202F}le 16 \(DeadlineClock.months[month - 1]) à 17 h\u{202F}».")
            }
            return [try next(1, month, year)]
        case .fromNow(let days):
            let date = asOf.adding(days: days)
            return [Candidate(date: date, remarks: ["Compté à partir du \(DeadlineClock.day(asOf))."])]
        case .next(let weekday, let isNotToday):
            let wait = (weekday - asOf.weekday + 7) % 7
            let remark = "Le jour du mois n’est pas dit\u{202F}: compté à partir du \(DeadlineClock.day(asOf))."
            let waits = wait > 0 ? [wait] : isNotToday ? [7] : [0, 7]
            return waits.map { Candidate(date: asOf.adding(days: $0), remarks: [remark]) }
        case .unsaid:
            throw DeadlineRefusal(
                phrase.hour == .unsaid
                    ? "Aucune date n’est dite\u{202F}: écrivez par exemple «\u{202F}avant le 16 octobre 2026 à 17 h\u{202F}»."
                    : "L’heure est dite, le jour manque\u{202F}: écrivez par exemple «\u{202F}le 16 octobre 2026 à 17 h\u{202F}»."
            )
        }
    }

    /// The date as numbered; when the weekday contradicts it, also the days that the weekday may mean.
    private func confronted(_ day: Int, _ month: Int?, _ year: Int?) throws(DeadlineRefusal) -> [Candidate] {
        let first: Candidate
        if let month {
            first = try next(day, month, year)
        } else {
            first = try nextMonth(day)
        }
        guard let weekday = phrase.weekday, weekday != first.date.weekday else { return [first] }
        let said = DeadlineClock.weekdays[weekday - 1]
        let remark =
            "Le \(DeadlineClock.date(first.date)) est un \(DeadlineClock.weekdays[first.date.weekday - 1]), "
            + "pas un \(said)"
        var found = [
            Candidate(date: first.date, remarks: first.remarks + [remark + "\u{202F}: le jour du mois l’emporte."])
        ]
        var shift = weekday - first.date.weekday
        if shift > 3 { shift -= 7 }
        if shift < -3 { shift += 7 }
        let near = Candidate(
            date: first.date.adding(days: shift), remarks: [remark + "\u{202F}: le \(said) le plus proche l’emporte."])
        found.append(near)
        if let month, year == nil, let other = matching(weekday, day, month, near: first.date.year) {
            found.append(
                Candidate(
                    date: other,
                    remarks: [remark + "\u{202F}: le \(day == 1 ? "1er" : "\(day)") est un \(said) en \(other.year)."]))
        }
        return found
    }

    private func matching(_ weekday: Int, _ day: Int, _ month: Int, near year: Int) -> CivilDate? {
        for distance in 1...6 {
            for other in [year - distance, year + distance] where other >= asOf.year - 1 {
                let date = CivilDate(year: other, month: month, day: day)
                if date?.weekday == weekday { return date }
            }
        }
        return nil
    }

    /// A day and a month; the year, when unsaid, is that of their next return.
    private func next(_ day: Int, _ month: Int, _ year: Int?) throws(DeadlineRefusal) -> Candidate {
        if let year { return Candidate(date: try date(day, month, year), remarks: []) }
        for year in asOf.year...asOf.year + 8 {
            guard let date = CivilDate(year: year, month: month, day: day), date >= asOf else { continue }
            return Candidate(date: date, remarks: ["L’année n’est pas dite\u{202F}: \(year) est la prochaine."])
        }
        throw Self.noSuchDay(day, month, nil)
    }

    private func nextMonth(_ day: Int) throws(DeadlineRefusal) -> Candidate {
        var year = asOf.year
        var month = asOf.month
        for _ in 0..<4 {
            if let date = CivilDate(year: year, month: month, day: day), date >= asOf {
                let name = "\(DeadlineClock.months[month - 1]) \(year)"
                return Candidate(date: date, remarks: ["Le mois n’est pas dit\u{202F}: \(name) est le prochain."])
            }
            (year, month) = month == 12 ? (year + 1, 1) : (year, month + 1)
        }
        throw DeadlineRefusal("Il manque le mois\u{202F}: écrivez la date entière.")
    }

    private func endOfMonth(_ month: Int?, _ year: Int?) throws(DeadlineRefusal) -> Candidate {
        guard let month else {
            let last = CivilDate.length(ofMonth: asOf.month, year: asOf.year)
            return Candidate(date: try date(last, asOf.month, asOf.year), remarks: [])
        }
        let chosen = year ?? (month < asOf.month ? asOf.year + 1 : asOf.year)
        let last = try date(max(CivilDate.length(ofMonth: month, year: chosen), 1), month, chosen)
        let unsaid = "L’année n’est pas dite\u{202F}: \(chosen) est la prochaine."
        return Candidate(date: last, remarks: year == nil ? [unsaid] : [])
    }

    private func date(_ day: Int, _ month: Int, _ year: Int) throws(DeadlineRefusal) -> CivilDate {
        guard let date = CivilDate(year: year, month: month, day: day) else { throw Self.noSuchDay(day, month, year) }
        guard (1970...9997).contains(year) else { throw DeadlineRefusal("L’année \(year) n’est pas celle d’un appel.") }
        return date
    }

    private static func noSuchDay(_ day: Int, _ month: Int, _ year: Int?) -> DeadlineRefusal {
        let name = DeadlineClock.months.indices.contains(month - 1) ? DeadlineClock.months[month - 1] : "mois \(month)"
        return DeadlineRefusal("Le \(day) \(name)\(year.map { " \($0)" } ?? "") n’existe pas.")
    }
}
