import Exchange

/// Numbers, amounts and dates as French pages write them, for messages.
enum FrenchText {
    /// `1 250`: groups of three, narrow spaces.
    static func whole(_ number: Int) -> String {
        let digits = Array(String(number.magnitude).utf8)
        var text = number < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "\u{202F}" }
            text.append(Character(UnicodeScalar(digit)))
        }
        return text
    }

    static func number(_ number: ExactNumber) -> String {
        let parts = number.description.split(separator: ".")
        let written = whole(Int(parts.first ?? "0") ?? 0)
        // A number between −1 and 0 loses its sign with its whole part.
        let sign = number.millionths < 0 && !written.hasPrefix("−") ? "−" : ""
        return parts.count == 2 ? sign + written + "," + parts[1] : written
    }

    static func euros(_ cents: Int) -> String {
        let rest = Int(cents.magnitude % 100)
        let sign = cents < 0 ? "−" : ""
        let euros = sign + whole(Int(cents.magnitude / 100))
        return (rest == 0 ? euros : euros + "," + (rest < 10 ? "0" : "") + String(rest)) + "\u{202F}€"
    }

    /// A ratio as a percentage, to the tenth, half away from zero.
    static func percent(_ ratio: ExactNumber) -> String {
        // 1,000 millionths are a tenth of a percent.
        let (tenths, rest) = ratio.millionths.quotientAndRemainder(dividingBy: 1_000)
        let rounded = tenths + (rest >= 500 ? 1 : rest <= -500 ? -1 : 0)
        guard let number = ExactNumber(millionths: rounded)?.multiplied(by: ExactNumber(100_000) ?? .zero) else {
            return ""
        }
        return self.number(number) + "\u{202F}%"
    }

    static func date(_ date: CivilDate) -> String {
        let iso = date.description
        return iso.suffix(2) + "/" + iso.dropFirst(5).prefix(2) + "/" + iso.prefix(4)
    }

    /// Characters as the counter of the page counts them: code points, a line break being one.
    static func length(_ text: String) -> Int {
        var count = 0
        var afterReturn = false
        for scalar in text.unicodeScalars {
            if !(afterReturn && scalar == "\n") { count += 1 }
            afterReturn = scalar == "\r"
        }
        return count
    }

    /// The same day that many months later, or the last day of that month.
    static func adding(months: Int, to date: CivilDate) -> CivilDate {
        let (sum, overflow) = (date.year * 12 + date.month - 1).addingReportingOverflow(months)
        guard !overflow else { return date }
        let year = sum / 12
        let month = sum % 12 + 1
        let day = min(date.day, CivilDate.length(ofMonth: month, year: year))
        return CivilDate(year: year, month: month, day: day) ?? date
    }
}
