import Exchange

/// A day as letters say it, by the clocks of Paris: « 3 mai 2027 ».
public enum DayWords {
    private static let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]

    public static func paris(_ instant: Instant) -> String {
        let date = CivilZone.paris.local(instant.microseconds).date
        let day = date.day == 1 ? "1er" : String(date.day)
        return "\(day)\u{A0}\(months[max(0, min(11, date.month - 1))]) \(date.year)"
    }
}
