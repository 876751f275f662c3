import Exchange

extension CallCalendar {
    func canonical(_ problems: inout Problems) -> CallCalendar {
        var clean = self
        if waves.count > 60 { problems.add("vagues", "Un appel compte au plus 60 vagues.") }
        if milestones.count > 60 { problems.add("dates", "Un appel compte au plus 60 dates.") }
        clean.waves = waves.enumerated().map { rank, wave in
            var wave = wave
            wave.label = CallText.line(wave.label, "vague.\(rank).libelle", limit: 80, &problems)
            wave.words = CallText.line(wave.words, "vague.\(rank).limite", &problems)
            if CivilZone.french(identifier: wave.zone) == nil {
                problems.add("vague.\(rank).fuseau", "Ce fuseau n’est pas celui d’un territoire français.")
            }
            if wave.closesAt.microseconds % 1_000_000 != 0 || wave.closesAt.microseconds < 0 {
                problems.add("vague.\(rank).limite", "Cette limite n’est pas une seconde entière.")
            }
            if let opening = wave.opensAt, opening >= wave.closesAt {
                problems.add("vague.\(rank).ouverture", "L’ouverture est après la limite.")
            }
            return wave
        }
        if !isPermanent, clean.waves.count > 1 {
            problems.add("permanent", "Un appel en plusieurs vagues est un appel permanent\u{202F}: cochez la case.")
        }
        clean.milestones = milestones.enumerated().map { rank, date in
            var date = date
            date.label = CallText.line(date.label, "date.\(rank).libelle", limit: 120, &problems)
            if date.label.isEmpty { date.label = date.kind.label }
            date.period = CallText.line(date.period, "date.\(rank).periode", limit: 120, &problems)
            date.place = CallText.line(date.place, "date.\(rank).lieu", &problems)
            let link = TextForm.oneLine(date.link)
            date.link = link
            if !link.isEmpty {
                if let address = WebForm.address(link) {
                    date.link = address
                } else {
                    problems.add("date.\(rank).lien", "Ce n’est pas une adresse de page.")
                }
            }
            if date.startsAt == nil, date.period.isEmpty {
                problems.add("date.\(rank).jour", "Indiquez le jour, ou au moins la période.")
            }
            return date
        }
        return clean
    }
}
