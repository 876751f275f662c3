/// The article of the règlement that tells the dates.
enum CallRulesDates {
    static func write(_ calendar: CallCalendar, _ article: inout RulesText.Article) {
        if calendar.isPermanent {
            article.add("L’appel est permanent\u{202F}: les dossiers sont étudiés par vagues.")
        }
        var lines = calendar.waves.map(sentence)
        lines += calendar.milestones.map(\.sentence)
        if !lines.isEmpty { article.blocks.append(.items(lines)) }
    }

    private static func sentence(_ wave: CallWave) -> String {
        let name = wave.label.isEmpty ? "Dépôt des dossiers" : wave.label
        let opening = wave.opensAt.map { "à partir du \(CallWords.moment($0, wave.civilZone)), " } ?? ""
        return "\(name)\u{202F}: \(opening)\(wave.deadlineWords)"
    }
}

extension CallMilestone {
    /// When, in words: the moment, else the period.
    public var when: String {
        startsAt.map { CallWords.moment($0) } ?? period
    }

    var sentence: String {
        var text = "\(label)\u{202F}: \(when)"
        if !place.isEmpty { text += ", \(place)" }
        if !link.isEmpty { text += " (\(link))" }
        return text
    }
}
