import Exchange

/// What an organiser should know before publishing a limit.
enum DeadlineRemarks {
    static func of(_ deadline: Deadline, asOf: CivilDate) -> [String] {
        let zone = deadline.zone
        let last = zone.local(deadline.lastSecond.microseconds).date
        var remarks: [String] = []
        if deadline.limit.microseconds <= zone.utc(of: CivilTime(asOf, minuteOfDay: 0)) {
            remarks.append("Cette limite est déjà passée.")
        }
        if let holiday = FrenchHolidays(departement: departement(zone)).name(of: last) {
            remarks.append("Le dernier jour est férié (\(holiday)).")
        } else if last.weekday > 5 {
            remarks.append("Le dernier jour est un \(DeadlineClock.weekdays[last.weekday - 1]).")
        }
        let before = zone.offsetMinutes(atUTC: (deadline.limit - .hours(24)).microseconds)
        let after = zone.offsetMinutes(atUTC: (deadline.limit + .hours(24)).microseconds)
        if before != after { remarks.append("Les horloges changent d’heure à un jour de cette limite.") }
        return remarks
    }

    /// The département whose holidays go with a zone; the Antilles' zone is taken for Guadeloupe's.
    private static func departement(_ zone: CivilZone) -> String? {
        switch zone.identifier {
        case "America/Guadeloupe": "971"
        case "America/Martinique": "972"
        case "America/Cayenne": "973"
        case "Indian/Reunion": "974"
        case "America/Miquelon": "975"
        case "Indian/Mayotte": "976"
        case "Pacific/Wallis": "986"
        case "Pacific/Tahiti", "Pacific/Marquesas": "987"
        case "Pacific/Noumea": "988"
        default: nil
        }
    }
}
