/// French writing of dates and instants, given as local civil fields: the time zone is the caller's business.
extension Format {
    static let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]
    static let weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]

    /// `16 octobre 2026`, `1er mai 2026`.
    static func date(year: Int, month: Int, day: Int) -> String {
        "\(dayAndMonth(month: month, day: day)) \(year)"
    }

    /// `16 octobre`.
    static func dayAndMonth(month: Int, day: Int) -> String {
        "\(day == 1 ? "1er" : "\(day)") \(monthName(month))"
    }

    /// `vendredi 16 octobre 2026`.
    static func longDate(year: Int, month: Int, day: Int) -> String {
        weekdayName(year: year, month: month, day: day) + " " + date(year: year, month: month, day: day)
    }

    /// `octobre 2026`.
    static func month(year: Int, month: Int) -> String {
        "\(monthName(month)) \(year)"
    }

    /// `16/10/2026`, for tables.
    static func shortDate(year: Int, month: Int, day: Int) -> String {
        "\(twoDigits(day))/\(twoDigits(month))/\(year)"
    }

    /// `2026-10-16`, for `<time datetime>` and `<input type="date">`.
    static func isoDate(year: Int, month: Int, day: Int) -> String {
        "\(fourDigits(year))-\(twoDigits(month))-\(twoDigits(day))"
    }

    /// `23 h 59`, `9 h`.
    static func time(hour: Int, minute: Int) -> String {
        let hours = "\(hour)\(noBreak)h"
        return minute == 0 ? hours : hours + noBreak + twoDigits(minute)
    }

    /// `vendredi 16 octobre 2026 à 23 h 59`.
    static func moment(year: Int, month: Int, day: Int, hour: Int, minute: Int) -> String {
        longDate(year: year, month: month, day: day) + " à " + time(hour: hour, minute: minute)
    }

    /// `il y a 3 jours`, `dans 2 heures`, `à l’instant`: from a number of seconds, positive when it is past.
    static func relative(secondsAgo: Int) -> String {
        let distance = secondsAgo.magnitude
        guard distance >= 60 else { return "à l’instant" }
        let steps: [(UInt, String, String)] = [
            (31_557_600, "an", "ans"), (2_629_800, "mois", "mois"), (86_400, "jour", "jours"),
            (3_600, "heure", "heures"),
            (60, "minute", "minutes"),
        ]
        for (length, singular, plural) in steps where distance >= length {
            let text = count(Int(distance / length), singular, plural)
            return secondsAgo > 0 ? "il y a " + text : "dans " + text
        }
        return "à l’instant"
    }

    /// `du 3 au 5 mai 2026`, `du 30 avril au 2 mai 2026`, `le 3 mai 2026`, each date as (year, month, day).
    static func period(from start: (Int, Int, Int), to end: (Int, Int, Int)) -> String {
        let last = date(year: end.0, month: end.1, day: end.2)
        if start == end { return "le " + last }
        if start.0 != end.0 { return "du \(date(year: start.0, month: start.1, day: start.2)) au \(last)" }
        if start.1 != end.1 { return "du \(dayAndMonth(month: start.1, day: start.2)) au \(last)" }
        return "du \(start.2 == 1 ? "1er" : "\(start.2)") au \(last)"
    }

    /// The name of a month, 1 to 12; another number reads `—`.
    static func monthName(_ month: Int) -> String {
        months.indices.contains(month - 1) ? months[month - 1] : "—"
    }

    /// The day of the week of a date of the Gregorian calendar.
    static func weekdayName(year: Int, month: Int, day: Int) -> String {
        guard months.indices.contains(month - 1), (1...31).contains(day), (-9999...9999).contains(year) else {
            return "—"
        }
        // Days since a Monday, by Howard Hinnant's days_from_civil: March begins the year, so that February ends it.
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return weekdays[((days + 2) % 7 + 7) % 7]
    }

    private static func fourDigits(_ year: Int) -> String {
        let text = String(year)
        return year >= 0 && text.utf8.count < 4 ? String(repeating: "0", count: 4 - text.utf8.count) + text : text
    }
}
