import Exchange
import Maillage

/// French writing of instants, as the network's clocks show them (Paris).
extension Format {
    /// `16 octobre 2026`.
    static func day(_ instant: Instant) -> String {
        let date = CivilZone.paris.local(instant.microseconds).date
        return Self.date(year: date.year, month: date.month, day: date.day)
    }

    /// `16 octobre 2026 à 23 h 59`.
    static func moment(_ instant: Instant) -> String {
        let time = CivilZone.paris.local(instant.microseconds)
        return day(instant) + " à " + Self.time(hour: time.hour, minute: time.minute)
    }

    /// `23 h 59`.
    static func clock(_ instant: Instant) -> String {
        let time = CivilZone.paris.local(instant.microseconds)
        return Self.time(hour: time.hour, minute: time.minute)
    }

    /// `2026-10-16T21:59:00Z`, for `<time datetime>`.
    static func machine(_ instant: Instant) -> String {
        CivilZone.utc.local(instant.microseconds).description + "Z"
    }

    /// `il y a 3 jours`.
    static func ago(_ instant: Instant, _ now: Instant) -> String {
        relative(secondsAgo: Int((now - instant).seconds))
    }

    /// `2021`, `mai 2021` or `17 mai 2021`, from the three forms of a partial date; other texts as they are.
    static func partialDate(_ text: String) -> String {
        let parts = text.split(separator: "-").map { Int($0) ?? 0 }
        switch parts.count {
        case 2 where (1...12).contains(parts[1]): return month(year: parts[0], month: parts[1])
        case 3 where (1...12).contains(parts[1]): return date(year: parts[0], month: parts[1], day: parts[2])
        default: return text
        }
    }
}
