/// French writing of numbers, amounts, distances and lists: pure functions, no locale tables, no Foundation.
///
/// Thousands are grouped by a narrow no-break space (U+202F), units stand after a no-break space (U+00A0), negative numbers
/// carry the minus sign (U+2212): the rules of the Imprimerie nationale.
enum Format {
    static let narrow = "\u{202F}"
    static let noBreak = "\u{A0}"

    /// `12 345`.
    static func number(_ value: Int) -> String {
        if value >= 0, value < 1_000 { return String(value) }
        let digits = String(value.magnitude).utf8
        var bytes: [UInt8] = value < 0 ? Array("\u{2212}".utf8) : []
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { bytes.append(contentsOf: narrow.utf8) }
            bytes.append(digit)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `3,25`: at most `places` decimals (0 to 6), zeros at the end left out unless `keepsZeros`. Not a number reads `—`.
    static func decimal(_ value: Double, places: Int = 1, keepsZeros: Bool = false) -> String {
        let places = min(max(places, 0), 6)
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = (value.magnitude * Double(scale)).rounded()
        guard scaled.isFinite, scaled < 9e18 else { return "—" }
        let whole = Int(scaled)
        var text = value < 0 && whole > 0 ? "\u{2212}" : ""
        text += number(whole / scale)
        var decimals = String(whole % scale + scale).dropFirst()
        if !keepsZeros {
            while decimals.last == "0" { decimals = decimals.dropLast() }
        }
        if !decimals.isEmpty { text += "," + decimals }
        return text
    }

    /// An amount in cents, always with its cents: `12 345,67 €`.
    static func amount(cents: Int) -> String {
        let rest = cents.magnitude % 100
        let sign = cents < 0 && cents.magnitude < 100 ? "\u{2212}" : ""
        return sign + number(cents / 100) + (rest < 10 ? ",0" : ",") + String(rest) + noBreak + "€"
    }

    /// An amount in cents whose cents are said only when there are some: `12 345 €`.
    static func euros(cents: Int) -> String {
        cents % 100 == 0 ? number(cents / 100) + noBreak + "€" : amount(cents: cents)
    }

    /// `37,5 %` from a ratio (0.375).
    static func percent(_ ratio: Double, places: Int = 1) -> String {
        decimal(ratio * 100, places: places) + noBreak + "%"
    }

    /// The share of `part` in `whole`, or `—` when there is nothing to share.
    static func percent(_ part: Int, of whole: Int, places: Int = 0) -> String {
        whole == 0 ? "—" : percent(Double(part) / Double(whole), places: places)
    }

    /// `850 m`, `3,2 km`, `12 km`: as precise as people walk or drive.
    static func distance(metres: Double) -> String {
        guard metres.isFinite, metres >= 0 else { return "—" }
        let rounded = metres < 100 ? metres.rounded() : (metres / 10).rounded() * 10
        if rounded < 1000 { return decimal(rounded, places: 0) + noBreak + "m" }
        return decimal(metres / 1000, places: metres < 10_000 ? 1 : 0) + noBreak + "km"
    }

    /// `45 min`, `1 h`, `1 h 05`.
    static func duration(minutes: Int) -> String {
        let minutes = max(minutes, 0)
        if minutes < 60 { return "\(minutes)\(noBreak)min" }
        let rest = minutes % 60
        let hours = number(minutes / 60) + noBreak + "h"
        return rest == 0 ? hours : hours + noBreak + twoDigits(rest)
    }

    /// `512 octets`, `1,2 Mo` (powers of 1,000).
    static func fileSize(bytes: Int) -> String {
        let size = Double(max(bytes, 0))
        for (unit, limit) in [("Go", 1e9), ("Mo", 1e6), ("Ko", 1e3)] where size >= limit {
            return decimal(size / limit, places: size / limit < 10 ? 1 : 0) + noBreak + unit
        }
        return count(max(bytes, 0), "octet", "octets")
    }

    /// The number and its noun: `0 lieu`, `1 lieu`, `12 lieux`. In French the plural begins at two.
    static func count(_ number: Int, _ singular: String, _ plural: String) -> String {
        self.number(number) + " " + noun(number, singular, plural)
    }

    /// The noun alone, as the number asks.
    static func noun(_ number: Int, _ singular: String, _ plural: String) -> String {
        number.magnitude < 2 ? singular : plural
    }

    /// `a, b et c`.
    static func list(_ items: [String], _ word: String = "et") -> String {
        guard let last = items.last else { return "" }
        let others = items.dropLast()
        return others.isEmpty ? last : others.joined(separator: ", ") + " \(word) " + last
    }

    /// `1er`, `2e`.
    static func ordinal(_ number: Int, isFeminine: Bool = false) -> String {
        self.number(number) + (number == 1 ? (isFeminine ? "re" : "er") : "e")
    }

    static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
