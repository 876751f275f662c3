import Exchange

/// A limit given as a day, as the call's own limits are kept: one exclusive instant, told in the same words (INST-8).
public enum DossierDeadline {
    /// The first instant after the day, by the clocks of Paris.
    public static func end(of day: CivilDate) -> Instant {
        let next = CivilDate(daysSince1970: day.daysSince1970 + 1)
        return Instant(microseconds: CivilZone.paris.utc(of: CivilTime(next, minuteOfDay: 0)))
    }

    /// `jusqu’au vendredi 16 octobre 2020 à 23 h 59 min 59 s (heure de Paris) — soit avant le …`.
    public static func words(_ limit: Instant) -> String {
        Deadline(limit: limit, zone: .paris, typed: "")?.words ?? "jusqu’au \(CallWords.moment(limit, .paris)), exclu"
    }

    /// The last day of a limit made by `end(of:)`.
    public static func lastDay(_ limit: Instant) -> CivilDate {
        CivilZone.paris.local((limit - .seconds(1)).microseconds).date
    }
}
