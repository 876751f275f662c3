/// What a change of settings changes in the règlement, article by article: computed, never typed (CALL-9).
public enum CallDifference {
    /// What a section would change, writing nothing. Throws `Problems` when the section is not acceptable.
    public static func changes(from former: CallSettings, with section: CallSection) throws -> [CallChange] {
        var problems = Problems()
        let settings = former.with(section, problems: &problems)
        try problems.throwIfAny()
        return changes(from: former, to: settings)
    }

    public static func changes(from former: CallSettings, to settings: CallSettings) -> [CallChange] {
        guard former != settings else { return [] }
        // The same version number on both sides: only what was decided differs.
        let old = CallRules.text(of: former, version: 0)
        let new = CallRules.text(of: settings, version: 0)
        var changes: [CallChange] = []
        if old.title != new.title { changes.append(CallChange("Titre", from: old.title, to: new.title)) }
        let titles =
            old.articles.map(\.title)
            + new.articles.map(\.title).filter { title in
                !old.articles.contains { $0.title == title }
            }
        for title in titles {
            let before = old.articles.first { $0.title == title }?.lines ?? []
            let after = new.articles.first { $0.title == title }?.lines ?? []
            guard before != after else { continue }
            let (kept, known) = (Set(after), Set(before))
            let gone = before.filter { !kept.contains($0) }
            let come = after.filter { !known.contains($0) }
            changes.append(
                CallChange(
                    title, from: gone.joined(separator: "\n"),
                    to: gone.isEmpty && come.isEmpty ? "Même texte, dans un autre ordre." : come.joined(separator: "\n")
                ))
        }
        return changes.isEmpty
            ? [CallChange("Réglages", from: "", to: "Précision sans effet sur le texte du règlement.")] : changes
    }
}

extension RulesText.Article {
    var lines: [String] {
        blocks.flatMap { block -> [String] in
            switch block {
            case .paragraph(let text): [text]
            case .items(let items): items
            }
        }
    }
}
