/// One line of hours: the days, and the hours of these days. French, without punctuation between.
public struct OpeningLine: Sendable, Hashable {
    /// `Lundi au vendredi`, `Jours fériés`.
    public let label: String
    /// `9 h – 12 h 30 et 14 h – 18 h`, `fermé`, `sur rendez-vous`.
    public let hours: String

    /// `Lundi au vendredi : 9 h – 12 h 30`.
    public var sentence: String { "\(label)\u{202F}: \(hours)" }
}

extension OpeningHours {
    /// The hours in French, weekdays of the same hours on one line, exceptions after.
    public var lines: [OpeningLine] {
        guard let week else { return rules.map(\.line) }
        var lines: [OpeningLine] = []
        for group in groupedDays(week.days.map { OpeningHours.text(of: $0) }) {
            // Days nobody speaks of are closed: the table says so, the lines do not need to.
            guard group.item != OpeningHours.closed || group.days.count == 7 else { continue }
            let label = OpeningWords.capitalized(OpeningWords.weekdays(group.days))
            lines.append(OpeningLine(label: label, hours: group.item))
        }
        return lines + week.exceptions.map(\.line)
    }

    /// Seven lines, Monday first, for a table: `Lundi`, `9 h – midi`; nil when the hours follow no ordinary week.
    public var table: [OpeningLine]? {
        week.map { week in
            week.days.enumerated().map { index, segments in
                OpeningLine(
                    label: OpeningWords.capitalized(OpeningWords.day(index + 1)),
                    hours: OpeningHours.text(of: segments))
            }
        }
    }

    static let closed = "fermé"

    static func text(of segments: [OpeningSegment]) -> String {
        let spoken = segments.filter { $0.state != .closed }
        guard !spoken.isEmpty else {
            let comment = segments.lazy.compactMap(\.comment).first
            return comment.map { "\(closed) (\($0))" } ?? closed
        }
        return OpeningWords.list(spoken.map { text(of: $0) })
    }

    private static func text(of segment: OpeningSegment) -> String {
        let hours =
            segment.start == 0 && segment.end == 1440
            ? nil : "\(OpeningWords.hour(segment.start)) – \(OpeningWords.hour(segment.end))"
        return text(hours, segment.state, segment.comment)
    }

    fileprivate static func text(_ hours: String?, _ state: OpeningState, _ comment: String?) -> String {
        switch state {
        case .closed:
            return "fermé" + (hours.map { " \($0)" } ?? "") + (comment.map { " (\($0))" } ?? "")
        case .open:
            return (hours ?? "24\u{202F}h sur 24") + (comment.map { " (\($0))" } ?? "")
        case .unknown:
            guard let hours else { return comment ?? "à confirmer" }
            return "\(hours) (\(comment ?? "à confirmer"))"
        }
    }
}

extension OpeningRule {
    /// The rule on one line.
    fileprivate var line: OpeningLine {
        var parts: [String] = []
        if !holidayFilter.isEmpty { parts.append(OpeningWords.list(holidayFilter.map(\.french))) }
        if !days.isEmpty { parts.append(daysInFrench) }
        if !weeks.isEmpty { parts.append(OpeningWords.list(weeks.map(\.weeksInFrench))) }
        if !dates.isEmpty { parts.append(OpeningWords.list(dates.map(\.french))) }
        if !years.isEmpty { parts.append(OpeningWords.list(years.map(\.yearsInFrench))) }
        let label = parts.isEmpty ? "tous les jours" : parts.joined(separator: ", ")
        return OpeningLine(label: OpeningWords.capitalized(label), hours: hoursInFrench)
    }

    private var daysInFrench: String {
        var weekdays: [Int] = []
        for case .weekdays(let from, let to) in days {
            weekdays += (1...7).filter { Days.covers(from, to, $0) }
        }
        var items = weekdays.isEmpty ? [] : [OpeningWords.weekdays(Array(Set(weekdays)).sorted())]
        for day in days {
            if case .weekdays = day { continue }
            items.append(day.french)
        }
        return OpeningWords.list(items)
    }

    private var hoursInFrench: String {
        guard !spans.isEmpty else { return OpeningHours.text(nil, state, comment) }
        let texts = spans.map { span in
            let from = OpeningWords.hour(span.from)
            guard let to = span.to else { return "à partir de \(from)" }
            return "\(from) – \(OpeningWords.hour(to))" + (span.isOpenEnded ? " ou plus" : "")
        }
        return OpeningHours.text(OpeningWords.list(texts), state, comment)
    }
}

extension OpeningRule.Days {
    fileprivate var french: String {
        switch self {
        case .weekdays(let from, let to): return OpeningWords.weekdays((1...7).filter { Self.covers(from, to, $0) })
        case .publicHolidays(let offset): return shifted("jours fériés", offset)
        case .schoolHolidays: return "vacances scolaires"
        case .nth(let weekday, let ranks, let offset):
            let names = ranks.map { rank in
                switch rank {
                case -1: "dernier"
                case ..<0: "\(-rank)e avant la fin,"
                case 1: "premier"
                default: "\(rank)e"
                }
            }
            return shifted("\(OpeningWords.list(names)) \(OpeningWords.day(weekday)) du mois", offset)
        }
    }
}

private func shifted(_ text: String, _ offset: Int) -> String {
    switch offset {
    case 0: text
    case 1: "lendemain (\(text))"
    case -1: "veille (\(text))"
    default: "\(offset.magnitude) jours \(offset > 0 ? "après" : "avant") (\(text))"
    }
}

extension OpeningRule.Numbers {
    fileprivate var weeksInFrench: String {
        let name = from == to ? "semaine \(from)" : "semaines \(from) à \(to)"
        return step == 1 ? name : "\(name), une sur \(step)"
    }

    fileprivate var yearsInFrench: String {
        let name = from == to ? "\(from)" : to == 9999 ? "à partir de \(from)" : "\(from) à \(to)"
        return step == 1 ? name : "\(name), une année sur \(step)"
    }
}

extension OpeningRule.Dates {
    fileprivate var french: String {
        switch self {
        case .months(let year, let from, let to):
            let first = OpeningWords.month(from)
            let name = from == to ? first : "\(first) à \(OpeningWords.month(to))"
            return name + (year.map { " \($0)" } ?? "")
        case .since(let anchor): return "à partir du \(anchor.french)"
        case .days(let from, let to, let step):
            guard from != to else { return from.french }
            let name = "\(from.french) au \(to.french)"
            return step == 1 ? name : "\(name), un jour sur \(step)"
        }
    }
}

extension OpeningRule.Anchor {
    fileprivate var french: String {
        var text: String
        switch day {
        case .date(let month, let day): text = OpeningWords.date(day, month, year)
        case .easter: text = "dimanche de Pâques" + (year.map { " \($0)" } ?? "")
        case .nth(let weekday, let rank, let month):
            let name = rank == -1 ? "dernier" : rank < 0 ? "\(-rank)e avant la fin" : rank == 1 ? "premier" : "\(rank)e"
            text = "\(name) \(OpeningWords.day(weekday)) de \(OpeningWords.month(month))"
            text += year.map { " \($0)" } ?? ""
        }
        if towards != 0 {
            text += ", \(OpeningWords.day(Int(towards.magnitude))) \(towards > 0 ? "suivant" : "précédent")"
        }
        return shifted(text, offset)
    }
}
