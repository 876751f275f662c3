import Exchange

/// French writing of what a call says: amounts, shares, lengths of time and dates. The règlement is frozen as text, so it is
/// written here and not on a page.
public enum CallWords {
    static let narrow = "\u{202F}"
    static let noBreak = "\u{A0}"

    /// `75 000 €`, `12 345,67 €`, from cents.
    public static func euros(_ cents: Int) -> String {
        let whole = grouped(cents.magnitude / 100)
        let rest = cents.magnitude % 100
        let sign = cents < 0 ? "\u{2212}" : ""
        return sign + whole + (rest == 0 ? "" : (rest < 10 ? ",0" : ",") + String(rest)) + noBreak + "€"
    }

    /// `80 %`, `37,5 %`, from basis points.
    public static func rate(_ points: Int) -> String {
        let rest = points.magnitude % 100
        var decimals = rest == 0 ? "" : (rest < 10 ? ",0" : ",") + String(rest)
        while decimals.hasSuffix("0") { decimals.removeLast() }
        return (points < 0 ? "\u{2212}" : "") + grouped(points.magnitude / 100) + decimals + noBreak + "%"
    }

    /// `18 mois`, `3 ans`, `2 ans et 6 mois`.
    public static func duration(months count: Int) -> String {
        let (years, rest) = count.quotientAndRemainder(dividingBy: 12)
        if count < 24, rest != 0 || years == 0 { return "\(count)\(noBreak)mois" }
        let whole = "\(years)\(noBreak)\(years == 1 ? "an" : "ans")"
        return rest == 0 ? whole : whole + " et \(rest)\(noBreak)mois"
    }

    /// `16 octobre 2020`, `1er mai 2026`.
    public static func date(_ date: CivilDate) -> String { DeadlineClock.date(date) }

    /// `vendredi 16 octobre 2020 à 14 h 30 (heure de Paris)`: a moment that happens, not a deadline.
    public static func moment(_ instant: Instant, _ zone: CivilZone = .paris) -> String {
        let time = zone.local(instant.microseconds)
        let minutes = time.minute == 0 ? "" : noBreak + (time.minute < 10 ? "0" : "") + String(time.minute)
        return "\(DeadlineClock.day(time.date)) à \(time.hour)\(noBreak)h\(minutes) (\(DeadlineZones.name(zone)))"
    }

    /// Whole months between two days.
    public static func months(from start: CivilDate, to end: CivilDate) -> Int {
        let months = (end.year - start.year) * 12 + end.month - start.month
        return end.day < start.day ? months - 1 : months
    }

    /// `a, b et c`.
    public static func list(_ items: [String], _ word: String = "et") -> String {
        guard let last = items.last else { return "" }
        let others = items.dropLast()
        return others.isEmpty ? last : others.joined(separator: ", ") + " \(word) " + last
    }

    private static func grouped(_ number: UInt) -> String {
        let digits = String(number).utf8
        var bytes: [UInt8] = []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { bytes.append(contentsOf: narrow.utf8) }
            bytes.append(digit)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
