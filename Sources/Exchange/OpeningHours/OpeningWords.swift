/// Hours and days as French writes them.
enum OpeningWords {
    static let days = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
    static let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]

    static func day(_ weekday: Int) -> String { days.indices.contains(weekday - 1) ? days[weekday - 1] : "" }
    static func month(_ month: Int) -> String { months.indices.contains(month - 1) ? months[month - 1] : "" }

    /// `9 h`, `12 h 30`, `midi`, `minuit`, with narrow no-break spaces.
    static func hour(_ minutes: Int) -> String {
        let minute = minutes % 1440
        switch minute {
        case 0: return "minuit"
        case 720: return "midi"
        default:
            let hours = "\(minute / 60)\u{202F}h"
            return minute % 60 == 0 ? hours : "\(hours)\u{202F}\(padded(minute % 60, 2))"
        }
    }

    static func hour(_ hour: OpeningRule.Hour) -> String {
        switch hour {
        case .clock(let minutes): return self.hour(minutes)
        case .sun(let event, let offset):
            let name =
                switch event {
                case .dawn: "l’aube"
                case .sunrise: "lever du soleil"
                case .sunset: "coucher du soleil"
                case .dusk: "tombée de la nuit"
                }
            guard offset != 0 else { return name }
            let size = Int(offset.magnitude)
            let rest = size % 60 == 0 ? "" : "\u{202F}\(padded(size % 60, 2))"
            let length = size < 60 ? "\(size)\u{202F}min" : "\(size / 60)\u{202F}h" + rest
            return "\(length) \(offset > 0 ? "après" : "avant") \(name)"
        }
    }

    /// `20 août`, `1er mai 2025`.
    static func date(_ day: Int, _ month: Int, _ year: Int?) -> String {
        let number = day == 1 ? "1er" : String(day)
        return "\(number)\u{A0}\(self.month(month))" + (year.map { " \($0)" } ?? "")
    }

    /// `a`, `a et b`, `a, b et c`.
    static func list(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " et " + last
    }

    /// `lundi au vendredi et dimanche`; two neighbours are listed, three or more make a range.
    static func weekdays(_ days: [Int]) -> String {
        if days.count == 7 { return "tous les jours" }
        var items: [String] = []
        for run in consecutiveRuns(days) {
            if run.count < 3 {
                items += run.map(day)
            } else {
                items.append("\(day(run.lowerBound)) au \(day(run.upperBound))")
            }
        }
        return list(items)
    }

    static func capitalized(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst()
    }
}
