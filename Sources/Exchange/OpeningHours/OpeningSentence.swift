extension OpeningHours {
    /// One short French sentence about now, without final dot: `Ouvert jusqu’à 18 h`, `Fermé, ouvre lundi à 9 h`.
    public func sentence(at time: CivilTime, _ surroundings: OpeningSurroundings = .init()) -> String {
        let now = state(at: time, surroundings)
        let next = nextChange(after: time, surroundings)
        switch now.state {
        case .open:
            let comment = now.comment.map { " (\($0))" } ?? ""
            guard let next else { return "Ouvert en continu" + comment }
            return "Ouvert jusqu’\(Self.at(next.at, from: time, isOpenNow: true))" + comment
        case .unknown:
            return now.comment.map { "Horaires à confirmer (\($0))" } ?? "Horaires à confirmer"
        case .closed:
            let comment = now.comment.map { " (\($0))" } ?? ""
            guard let opening = nextOpening(after: time, surroundings) else { return "Fermé" + comment }
            return "Fermé\(comment), ouvre \(Self.at(opening, from: time, isOpenNow: false))"
        }
    }

    /// The first moment at which the place is open, skipping the uncertain hours; nil within a year.
    public func nextOpening(after time: CivilTime, _ surroundings: OpeningSurroundings = .init()) -> CivilTime? {
        var cursor = time
        // An uncertain stretch between two closings costs one turn; ten are a week of "sur rendez-vous".
        for _ in 0..<10 {
            guard let change = nextChange(after: cursor, surroundings) else { return nil }
            if change.state == .open { return change.at }
            cursor = change.at
        }
        return nil
    }

    /// `à 18 h`, `demain à 9 h`, `lundi à 9 h`, `le 3 janvier à 9 h`; after `jusqu’`, `au` before a day.
    private static func at(_ moment: CivilTime, from now: CivilTime, isOpenNow: Bool) -> String {
        // Closing at midnight belongs to the evening, not to the next day.
        let isMidnight = isOpenNow && moment.minuteOfDay == 0
        let day = isMidnight ? moment.date.adding(days: -1) : moment.date
        let hour = "à \(OpeningWords.hour(moment.minuteOfDay))"
        let distance = day.daysSince1970 - now.date.daysSince1970
        // A night that ends before the morning is still said as of tonight.
        if distance == 0 || (isOpenNow && distance == 1 && moment.minuteOfDay <= 600) { return hour }
        let name: String
        switch distance {
        case 1: name = "demain"
        case 2...6: name = OpeningWords.day(day.weekday)
        default:
            let year = day.year == now.date.year ? nil : day.year
            name = "\(isOpenNow ? "" : "le ")\(OpeningWords.date(day.day, day.month, year))"
        }
        guard isOpenNow else { return "\(name) \(hour)" }
        return distance == 1 ? "à demain \(hour)" : "au \(name) \(hour)"
    }
}
