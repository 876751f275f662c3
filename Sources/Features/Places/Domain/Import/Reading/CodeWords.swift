import Exchange

/// Several values in one cell, whatever separates them.
enum CodeWords {
    /// The codes of a cell, and the words that mean none.
    static func read(_ text: String, _ field: SheetField) -> (codes: [String], unknown: [String]) {
        var codes: [String] = []
        var unknown: [String] = []
        if let whole = code(text, field) { return (whole, []) }
        for part in parts(text) {
            if let known = code(part, field) {
                codes += known
                continue
            }
            // `Familles/ enfant`, `Ordinateur, imprimante`, `Lieux de formation-Lieux d’information`.
            let pieces = part.split { "/,-–".contains($0) }.map { TextForm.oneLine(String($0)) }.filter { !$0.isEmpty }
            let known = pieces.map { code($0, field) }
            if pieces.count > 1, known.contains(where: { $0 != nil }) {
                for (piece, found) in zip(pieces, known) {
                    if let found { codes += found } else if piece.count > 2 { unknown.append(piece) }
                }
            } else {
                unknown.append(part)
            }
        }
        return (codes, unknown)
    }

    private static func code(_ text: String, _ field: SheetField) -> [String]? {
        let folded = Words.key(text)
        if folded.isEmpty { return [] }
        if let known = PlaceImportWords.codes(folded, field) { return known }
        if let code = field.list?.code(for: folded) { return [code] }
        // `Gratuit : Je peux accéder gratuitement…`: the word before the colon is the value.
        if let colon = text.firstIndex(of: ":") {
            let word = Words.key(String(text[..<colon]))
            if let known = PlaceImportWords.codes(word, field) { return known }
            if let code = field.list?.code(for: word) { return [code] }
        }
        return nil
    }

    /// Cut at `|`, `;`, ` / ` and line ends.
    static func parts(_ text: String) -> [String] {
        var parts: [String] = []
        for line in text.split(whereSeparator: { "|;\n".contains($0) }) {
            var rest = line
            while let slash = rest.firstRange(of: " / ") {
                parts.append(TextForm.oneLine(String(rest[..<slash.lowerBound])))
                rest = rest[slash.upperBound...]
            }
            parts.append(TextForm.oneLine(String(rest)))
        }
        return parts.filter { !$0.isEmpty }
    }

    /// Labels with the day since when, as `Espace labellisé 01/01/2020` says.
    static func labels(_ text: String) -> [(name: String, since: String?)] {
        var found: [(name: String, since: String?)] = []
        for part in parts(text) {
            let isLettered = part.hasPrefix("-") || part.contains(" - ")
            let names =
                isLettered || part.contains("-Maison") || part.contains("-R") || part.contains("-N")
                ? part.split(separator: "-").map { TextForm.oneLine(String($0)) } : [part]
            for name in names where !name.isEmpty {
                if let last = name.split(separator: " ").last, let day = day(String(last)) {
                    let words = TextForm.oneLine(String(name.dropLast(last.count)))
                    found.append((words == "Espace labellisé" ? "France services" : words, day.description))
                } else {
                    found.append((name, nil))
                }
            }
        }
        return found.filter { !$0.name.isEmpty }
    }

    /// `2024-01-31`, with or without an hour, or `31/01/2024`.
    static func day(_ text: String) -> CivilDate? {
        if let date = CivilDate(iso: text.prefix(10)),
            text.utf8.count == 10 || "T ".contains(text.dropFirst(10).first ?? "T")
        {
            return date
        }
        let parts = text.split(separator: " ").first?.split(separator: "/") ?? []
        guard parts.count == 3, parts[2].utf8.count == 4, let day = Int(parts[0]), let month = Int(parts[1]),
            let year = Int(parts[2]), (1...31).contains(day), (1...12).contains(month), (1900...2200).contains(year)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }
}
