extension Deadline {
    /// `il reste 3 jours et 4 heures`, `il reste 42 secondes`, `la limite est passée depuis 2 heures`.
    ///
    /// Rounded down, so that it never promises more than there is. Days here are 24 hours: what really remains on the
    /// server's clock, also across a night when clocks change.
    public func timeLeft(at now: Instant) -> String {
        let (span, overflow) = limit.microseconds.subtractingReportingOverflow(now.microseconds)
        if now < limit {
            guard !overflow else { return "il reste beaucoup de temps" }
            let seconds = span / 1_000_000
            return seconds == 0 ? "il reste moins d’une seconde" : "il reste " + Self.length(seconds)
        }
        let past = overflow ? Int64.max : -span / 1_000_000
        return past == 0 ? "la limite vient de passer" : "la limite est passée depuis " + Self.length(past)
    }

    /// The two largest units of a number of seconds, 1 or more; the smaller one left out when it is nothing or too small to
    /// matter.
    private static func length(_ seconds: Int64) -> String {
        let days = seconds / 86_400
        let hours = seconds / 3_600 % 24
        let minutes = seconds / 60 % 60
        if days >= 10 { return count(days, "jour") }
        if days > 0 { return count(days, "jour") + and(hours, "heure") }
        if hours > 0 { return count(hours, "heure") + and(minutes, "minute") }
        if minutes >= 10 { return count(minutes, "minute") }
        if minutes > 0 { return count(minutes, "minute") + and(seconds % 60, "seconde") }
        return count(seconds, "seconde")
    }

    private static func and(_ number: Int64, _ noun: String) -> String {
        number == 0 ? "" : " et " + count(number, noun)
    }

    private static func count(_ number: Int64, _ noun: String) -> String {
        "\(number)\u{A0}\(noun)\(number > 1 ? "s" : "")"
    }
}
