import Exchange

/// The one way a limit is written, on pages, in letters, in printed rules and in calendar files.
extension Deadline {
    /// `jusqu’au vendredi 16 octobre 2020 à 23 h 59 min 59 s (heure de Paris) — soit avant le samedi 17 octobre 2020 à 0 h 00`.
    ///
    /// `DeadlineReading` reads it back to the same instant, in every zone and on the nights when clocks change.
    public var words: String { words(in: zone) }

    /// The same instant told by the clocks of another zone.
    public func words(in zone: CivilZone) -> String {
        "jusqu’au \(DeadlineClock.lastSecond(before: limit, zone)) (\(DeadlineZones.name(zone)))"
            + " — soit avant le \(DeadlineClock.moment(limit, zone))"
    }

    /// `jusqu’au 16 octobre 2020 à 23 h 59 min 59 s (heure de Paris)`: for tables and subjects of letters.
    public var shortWords: String {
        let local = zone.local(lastSecond.microseconds)
        return "jusqu’au \(DeadlineClock.date(local.date)) à \(DeadlineClock.time(local, hasSeconds: true))"
            + DeadlineClock.season(lastSecond, zone) + " (\(DeadlineZones.name(zone)))"
    }

    /// `samedi 17 octobre 2020 à 1 h 59 min 59 s (heure de La Réunion)`, for somebody who lives by other clocks; nil when
    /// theirs show the same at that instant.
    public func visitorWords(in visitor: CivilZone) -> String? {
        let instant = lastSecond.microseconds
        guard visitor.offsetMinutes(atUTC: instant) != zone.offsetMinutes(atUTC: instant) else { return nil }
        return "\(DeadlineClock.lastSecond(before: limit, visitor)) (\(DeadlineZones.name(visitor)))"
    }

    /// `2020-10-16T22:00:00Z`: the exclusive instant for machines.
    public var machineWords: String { DeadlineClock.machine(limit) }
}

/// Instants as French clocks and calendars show them.
enum DeadlineClock {
    static let weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
    static let months = [
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ]

    /// `1er mars 2021`.
    static func date(_ date: CivilDate) -> String {
        "\(date.day == 1 ? "1er" : String(date.day)) \(months[date.month - 1]) \(date.year)"
    }

    /// `lundi 1er mars 2021`.
    static func day(_ date: CivilDate) -> String {
        "\(weekdays[date.weekday - 1]) \(Self.date(date))"
    }

    /// `23 h 59 min 59 s`, or `0 h 00`.
    static func time(_ time: CivilTime, hasSeconds: Bool) -> String {
        let minutes = "\(time.hour)\u{A0}h\u{A0}\(two(time.minute))"
        return hasSeconds ? minutes + "\u{A0}min\u{A0}\(two(time.second))\u{A0}s" : minutes
    }

    /// `vendredi 16 octobre 2020 à 23 h 59 min 59 s`: the last second before a limit.
    static func lastSecond(before limit: Instant, _ zone: CivilZone) -> String {
        let instant = limit - .seconds(1)
        let local = zone.local(instant.microseconds)
        return "\(day(local.date)) à \(time(local, hasSeconds: true))" + season(instant, zone)
    }

    /// `samedi 17 octobre 2020 à 0 h 00`, seconds being said when there are some.
    static func moment(_ instant: Instant, _ zone: CivilZone) -> String {
        let local = zone.local(instant.microseconds)
        return "\(day(local.date)) à \(time(local, hasSeconds: local.second != 0))" + season(instant, zone)
    }

    /// `, heure d’été` or `, heure d’hiver` when clocks show that hour twice; nothing otherwise.
    static func season(_ instant: Instant, _ zone: CivilZone) -> String {
        switch zone.instants(of: zone.local(instant.microseconds)) {
        case .one, .gap: ""
        case .overlap(let earlier, _): instant.microseconds == earlier ? ", heure d’été" : ", heure d’hiver"
        }
    }

    /// `2020-10-16T22:00:00Z`: whole seconds.
    static func machine(_ instant: Instant) -> String {
        CivilZone.utc.local(instant.microseconds).description + "Z"
    }

    static func two(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}

/// The French zones as people name them.
enum DeadlineZones {
    /// `heure de Paris`; the IANA name for a zone of one's own.
    static func name(_ zone: CivilZone) -> String {
        switch zone.identifier {
        case "Europe/Paris": "heure de Paris"
        case "America/Guadeloupe": "heure de la Guadeloupe"
        case "America/Martinique": "heure de la Martinique"
        case "America/Cayenne": "heure de la Guyane"
        case "Indian/Reunion": "heure de La Réunion"
        case "Indian/Mayotte": "heure de Mayotte"
        case "America/Miquelon": "heure de Saint-Pierre-et-Miquelon"
        case "Pacific/Noumea": "heure de la Nouvelle-Calédonie"
        case "Pacific/Wallis": "heure de Wallis-et-Futuna"
        case "Pacific/Tahiti": "heure de Tahiti"
        case "Pacific/Marquesas": "heure des Marquises"
        case "UTC": "temps universel UTC"
        default: "heure de " + zone.identifier
        }
    }

    /// The first words, folded, by which a place's hour is named, with the zone.
    static let places: [(words: [String], zone: CivilZone)] = [
        (["paris"], .paris), (["metropole"], .paris), (["hexagone"], .paris), (["france"], .paris),
        (["guadeloupe"], .guadeloupe), (["saint", "martin"], .guadeloupe), (["saint", "barthelemy"], .guadeloupe),
        (["antilles"], .martinique), (["martinique"], .martinique), (["fort", "de", "france"], .martinique),
        (["guyane"], .guyane), (["cayenne"], .guyane), (["reunion"], .reunion), (["saint", "denis"], .reunion),
        (["mayotte"], .mayotte), (["mamoudzou"], .mayotte),
        (["saint", "pierre", "et", "miquelon"], .saintPierreEtMiquelon),
        (["saint", "pierre"], .saintPierreEtMiquelon), (["miquelon"], .saintPierreEtMiquelon),
        (["nouvelle", "caledonie"], .nouvelleCaledonie), (["noumea"], .nouvelleCaledonie),
        (["wallis", "et", "futuna"], .wallisEtFutuna), (["wallis"], .wallisEtFutuna), (["tahiti"], .polynesie),
        (["papeete"], .polynesie), (["polynesie", "francaise"], .polynesie), (["polynesie"], .polynesie),
        (["marquises"], .marquises), (["iles", "marquises"], .marquises),
    ]
}
