/// A day of the proleptic Gregorian calendar, without hour or zone, from 0001-01-01 to 9999-12-31.
///
/// Arithmetic goes through a count of days, so it is exact and never consults the system's calendars.
public struct CivilDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Year, 1 to 9999.
    public let year: Int
    /// Month, 1 (January) to 12.
    public let month: Int
    /// Day of the month, 1 to 31.
    public let day: Int

    /// A day that exists, or nil (`2025-02-29`, month 13, year 0).
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day that many days after 1970-01-01 (before it when negative), clamped to the years 1 to 9999.
    ///
    /// Algorithm of Howard Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`.
    public init(daysSince1970 count: Int) {
        let shifted = min(max(count, Self.firstDay), Self.lastDay) + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let march = (5 * dayOfYear + 2) / 153
        let month = march < 10 ? march + 3 : march - 9
        self.day = dayOfYear - (153 * march + 2) / 5 + 1
        self.month = month
        self.year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Reads `2025-12-31`: four, two and two ASCII digits, nothing else; nil otherwise.
    public init?(iso text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(11))
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        var numbers = [0, 0, 0]
        for (index, byte) in bytes.enumerated() where index != 4 && index != 7 {
            guard byte >= 48, byte <= 57 else { return nil }
            let slot = index < 4 ? 0 : index < 7 ? 1 : 2
            numbers[slot] = numbers[slot] * 10 + Int(byte - 48)
        }
        self.init(year: numbers[0], month: numbers[1], day: numbers[2])
    }

    private static let firstDay = -719_162
    private static let lastDay = 2_932_896

    /// Days since 1970-01-01, negative before.
    public var daysSince1970: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// Day of the week as ISO 8601 counts it: 1 Monday to 7 Sunday.
    public var weekday: Int {
        // 1970-01-01 was a Thursday (4).
        let rest = (daysSince1970 + 3) % 7
        return (rest < 0 ? rest + 7 : rest) + 1
    }

    /// Day of the year, 1 to 366.
    public var dayOfYear: Int {
        let start = CivilDate(year: year, month: 1, day: 1)?.daysSince1970 ?? daysSince1970
        return daysSince1970 - start + 1
    }

    /// Week number of ISO 8601, 1 to 53: the week of the year's first Thursday is 1.
    public var isoWeek: Int {
        let thursday = adding(days: 4 - weekday)
        return (thursday.dayOfYear - 1) / 7 + 1
    }

    /// Whether February has 29 days this year.
    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Number of days of a month (1 to 12) of a year; 0 for a month that does not exist.
    public static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 1, 3, 5, 7, 8, 10, 12: 31
        case 4, 6, 9, 11: 30
        case 2: isLeap(year) ? 29 : 28
        default: 0
        }
    }

    /// The day that many days later (earlier when negative), clamped to the years 1 to 9999.
    public func adding(days: Int) -> CivilDate {
        let (sum, overflow) = daysSince1970.addingReportingOverflow(days)
        return CivilDate(daysSince1970: overflow ? (days > 0 ? Self.lastDay : Self.firstDay) : sum)
    }

    /// The Sunday of Easter in the Gregorian calendar (algorithm of Meeus, Jones and Butcher); nil outside years 1 to 9999.
    public static func easter(_ year: Int) -> CivilDate? {
        guard (1...9999).contains(year) else { return nil }
        let golden = year % 19
        let century = year / 100
        let rest = year % 100
        let proemptosis = (century - (century + 8) / 25 + 1) / 3
        let epact = (19 * golden + century - century / 4 - proemptosis + 15) % 30
        let weekShift = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7
        let correction = (golden + 11 * epact + 22 * weekShift) / 451
        let sum = epact + weekShift - 7 * correction + 114
        return CivilDate(year: year, month: sum / 31, day: sum % 31 + 1)
    }

    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// `2025-12-31`, as ISO 8601 writes it.
    public var description: String {
        "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

/// A day and an hour read on a wall clock, without zone: what a poster says.
public struct CivilTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let date: CivilDate
    /// Microseconds since local midnight, 0 to 86,399,999,999.
    public let microsecondOfDay: Int64

    /// The moment of a day; an hour of 24, a minute or a second of 60 do not exist: nil.
    public init?(_ date: CivilDate, hour: Int, minute: Int = 0, second: Int = 0, microsecond: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second),
            (0...999_999).contains(microsecond)
        else { return nil }
        self.date = date
        self.microsecondOfDay = Int64((hour * 60 + minute) * 60 + second) * 1_000_000 + Int64(microsecond)
    }

    /// The moment that many minutes after midnight of a day; the day moves when it is outside 0 to 1439.
    public init(_ date: CivilDate, minuteOfDay: Int) {
        let bounded = min(max(minuteOfDay, -1_000_000_000), 1_000_000_000)
        let days = bounded >= 0 ? bounded / 1440 : -((1439 - bounded) / 1440)
        self.date = date.adding(days: days)
        self.microsecondOfDay = Int64(bounded - days * 1440) * 60_000_000
    }

    init(microsecondsSince1970 count: Int64) {
        let day: Int64 = 86_400_000_000
        var days = count / day
        var rest = count % day
        if rest < 0 {
            days -= 1
            rest += day
        }
        date = CivilDate(daysSince1970: Int(days))
        microsecondOfDay = rest
    }

    public var hour: Int { Int(microsecondOfDay / 3_600_000_000) }
    public var minute: Int { Int(microsecondOfDay / 60_000_000 % 60) }
    public var second: Int { Int(microsecondOfDay / 1_000_000 % 60) }
    public var microsecond: Int { Int(microsecondOfDay % 1_000_000) }
    /// Whole minutes since local midnight, 0 to 1439.
    public var minuteOfDay: Int { Int(microsecondOfDay / 60_000_000) }

    /// Microseconds since 1970-01-01 00:00 if this clock showed UTC.
    var microsecondsAsUTC: Int64 { Int64(date.daysSince1970) * 86_400_000_000 + microsecondOfDay }

    public static func < (left: CivilTime, right: CivilTime) -> Bool {
        left.date == right.date ? left.microsecondOfDay < right.microsecondOfDay : left.date < right.date
    }

    /// `2025-12-31T09:05:00`, without fraction or zone.
    public var description: String {
        "\(date)T\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2))"
    }
}

/// A number with leading zeros up to a width.
func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return digits.count >= width ? digits : String(repeating: "0", count: width - digits.count) + digits
}
