extension OpeningHours {
    /// Reads the columns of France services lists: one cell per weekday, Monday first (six or seven cells), such as
    /// `09:00 - 12:00 / 13:30 - 17:00`; an empty cell or `-` is a closed day.
    ///
    /// Nil when no day has hours, or when one cell leaves any doubt: the caller then keeps the text.
    public static func franceServices(week cells: [String]) -> OpeningHours? {
        guard (1...7).contains(cells.count) else { return nil }
        var grid = WeekGrid()
        for (index, cell) in cells.enumerated() {
            let text = cell.trimmedOfBlanks
            guard !text.isEmpty, text != "-", text != "/" else { continue }
            // The slash of these files separates spans; the syntax says comma.
            let spans = String(text.map { $0 == "/" ? "," : $0 })
            guard let hours = try? OpeningHours(parsing: spans), !hours.isDoubtful, hours.rules.count == 1,
                let read = WeekGrid(hours)
            else { return nil }
            grid[index + 1] = read[1]
        }
        guard let syntax = grid.syntax, !syntax.isEmpty else { return nil }
        return try? OpeningHours(parsing: syntax)
    }

    /// Reads a French sentence such as `Lundi au vendredi de 10h à 12h et de 14h à 17h`, when every word of it is
    /// understood as days and hours; nil otherwise, and the caller keeps the sentence.
    public static func frenchProse(_ text: String) -> OpeningHours? {
        guard let read = try? OpeningHours(text, words: .prose), !read.isDoubtful else { return nil }
        guard !read.warnings.contains(where: { $0.kind == .overlapping }) else { return nil }
        for rule in read.rules {
            guard rule.isWeekly, !rule.days.isEmpty, !rule.spans.isEmpty, rule.state == .open, rule.comment == nil,
                rule.spans.allSatisfy({ $0.to != nil && !$0.isOpenEnded })
            else { return nil }
        }
        // A sentence adds up its parts: nothing in it replaces what was said before.
        let rules = read.rules.enumerated().map { index, rule in
            var rule = rule
            rule.link = index == 0 ? .replacing : .adding
            return rule
        }
        if let syntax = WeekGrid(OpeningHours(rules: rules))?.syntax { return try? OpeningHours(parsing: syntax) }
        return try? OpeningHours(parsing: rules.syntax)
    }
}
