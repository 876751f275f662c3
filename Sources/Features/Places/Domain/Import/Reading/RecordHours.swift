import Exchange

/// Hours already read, by their text: lists repeat the same weeks.
struct HoursReader {
    enum Reading {
        case hours(String)
        /// What is not hours for certain stays text.
        case note(reason: String)
    }

    private var known: [String: Reading] = [:]

    mutating func syntax(_ text: String) -> Reading {
        if let reading = known[text] { return reading }
        let reading = Self.read(text)
        if known.count < 8_192 { known[text] = reading }
        return reading
    }

    private static func read(_ text: String) -> Reading {
        guard text.utf8.count <= 1_000 else {
            return .note(reason: "hours longer than 1,000 characters: kept as a remark")
        }
        do {
            let hours = try OpeningHours(parsing: text)
            if hours.isDoubtful {
                let backwards = hours.warnings.contains { $0.kind == .backwards || $0.kind == .zeroLength }
                return .note(
                    reason: backwards
                        ? "hours that end before they begin: kept as a remark" : "doubtful hours: kept as a remark")
            }
            let syntax = hours.syntax
            if let again = try? OpeningHours(parsing: syntax), !again.isDoubtful { return .hours(syntax) }
            return .hours(text)
        } catch {
            return .note(reason: "hours that cannot be read: kept as a remark")
        }
    }
}

extension RecordReader {
    func settleHours(_ draft: inout Draft) {
        if !draft.hoursText.isEmpty {
            switch hours.syntax(draft.hoursText) {
            case .hours(let syntax): draft.record.values[.hours] = .text(syntax)
            case .note(let reason):
                draft.note(draft.hoursText, in: .hoursNote)
                draft.remark(draft.hoursColumn, draft.hoursText, reason)
            }
        }
        guard draft.week.contains(where: { !$0.isEmpty }) else { return }
        if draft.week.allSatisfy({ $0.isEmpty || $0 == "-" || $0 == "/" }) { return }
        if let hours = OpeningHours.franceServices(week: draft.week) {
            draft.record.values[.hours] = .text(hours.syntax)
            return
        }
        let week = zip(Self.days, draft.week).filter { !$1.isEmpty }.map { "\($0) : \($1)" }.joined(separator: "\n")
        draft.note(week, in: .hoursNote)
        draft.remark(draft.hoursColumn, week, "hours that contradict themselves: kept as a remark")
    }

    /// Hours in words: read only when every word of them is understood.
    func prose(_ text: String, _ column: String, _ draft: inout Draft) {
        let lines = text.split(separator: "\n").map { line in
            var line = TextForm.oneLine(String(line))
            while line.hasPrefix("-") || line.hasPrefix("/") { line = TextForm.oneLine(String(line.dropFirst())) }
            return line
        }.filter { !$0.isEmpty }
        if lines.isEmpty { return }
        if let week = Self.halfDays(lines), let hours = OpeningHours.franceServices(week: week) {
            draft.record.values[.hours] = .text(hours.syntax)
            return
        }
        let sentence = lines.joined(separator: "\n")
        if case .hours(let syntax) = hours.syntax(lines.joined(separator: " ")) {
            draft.record.values[.hours] = .text(syntax)
        } else if let hours = OpeningHours.frenchProse(lines.joined(separator: ", ")) {
            draft.record.values[.hours] = .text(hours.syntax)
        } else {
            draft.note(sentence, in: .hoursNote)
            draft.remark(column, sentence, "hours in words: kept as a remark")
        }
    }

    private static let days = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]

    /// Lines such as `lundi matin: 8h30-12h / lundi après-midi: 13h30-17h`, as cells of a week; nil when one is not so.
    private static func halfDays(_ lines: [String]) -> [String]? {
        var week = [[String]](repeating: [], count: 7)
        for line in lines {
            for part in line.split(separator: "/") {
                let text = TextForm.oneLine(String(part))
                if text.isEmpty { continue }
                guard let colon = text.firstIndex(of: ":") else { return nil }
                let words = Words.folded(String(text[..<colon]))
                guard let first = words.first, let day = days.firstIndex(of: first),
                    words.dropFirst().allSatisfy({ ["matin", "apres", "midi", "soir"].contains($0) })
                else { return nil }
                let hours = TextForm.oneLine(String(text[text.index(after: colon)...]))
                if !hours.isEmpty { week[day].append(hours) }
            }
        }
        return week.map { $0.joined(separator: " / ") }
    }
}
