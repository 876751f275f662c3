extension Instant {
    /// ISO 8601, UTC, to the second: `2026-11-21T23:26:06Z`.
    public var iso: String {
        let (day, time) = MailDate.split(self)
        let (year, month, dayOfMonth) = MailDate.civil(day)
        let date = "\(MailDate.four(year))-\(MailDate.two(Int64(month)))-\(MailDate.two(dayOfMonth))"
        return date + "T\(MailDate.clock(time))Z"
    }
}

/// The date of a mail, in UTC: `Sat, 21 Nov 2026 23:26:06 +0000` (RFC 5322, section 3.3).
enum MailDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    static func text(_ instant: Instant) -> String {
        let (day, time) = split(instant)
        let (year, month, dayOfMonth) = civil(day)
        return "\(days[Int(day % 7)]), \(dayOfMonth) \(months[month - 1]) \(year) \(clock(time)) +0000"
    }

    /// Days since 1970 and the second of the day; what is before 1970 counts as its first second.
    fileprivate static func split(_ instant: Instant) -> (day: Int64, time: Int64) {
        let seconds = max(instant.seconds, 0)
        return (seconds / 86_400, seconds % 86_400)
    }

    fileprivate static func clock(_ time: Int64) -> String {
        "\(two(time / 3_600)):\(two(time / 60 % 60)):\(two(time % 60))"
    }

    /// Days since 1970 to a Gregorian date, by counting eras of 400 years from a year that begins in March.
    fileprivate static func civil(_ days: Int64) -> (year: Int64, month: Int, day: Int64) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), Int(month), dayOfYear - (153 * march + 2) / 5 + 1)
    }

    fileprivate static func four(_ number: Int64) -> String {
        String(repeating: "0", count: max(0, 4 - String(number).utf8.count)) + String(number)
    }

    fileprivate static func two(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}
