import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The `Date` of answers (RFC 9110, § 5.6.7), written once a second.
final class HTTPDate: Sendable {
    private let kept = Mutex<(second: Int, text: String)>((0, ""))

    var now: String {
        let second = time(nil)
        return kept.withLock { kept in
            if kept.second != second { kept = (second, Self.text(second)) }
            return kept.text
        }
    }

    static func text(_ second: Int) -> String {
        var moment = second
        var parts = tm()
        gmtime_r(&moment, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = days[Int(parts.tm_wday) % 7]
        let month = months[Int(parts.tm_mon) % 12]
        let clock = "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
        return "\(day), \(two(parts.tm_mday)) \(month) \(Int(parts.tm_year) + 1_900) \(clock) GMT"
    }
}
