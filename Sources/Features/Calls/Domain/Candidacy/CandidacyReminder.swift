import Exchange

/// When the lead of a draft is told that its limit comes near: three times at most, once each (CAND-16).
public enum CandidacyReminder: String, Sendable, CaseIterable {
    case week = "semaine"
    case twoDays = "deux_jours"
    case lastDay = "dernier_jour"

    /// The reminder that is due at an instant for a limit: the nearest only, nil before the first and after the limit.
    ///
    /// The last one leaves from seven in the morning, by the clocks of the call, of the day of its last second.
    static func due(at now: Instant, closing limit: Instant, zone: CivilZone) -> CandidacyReminder? {
        guard now < limit else { return nil }
        let last = zone.local((limit - .seconds(1)).microseconds).date
        let here = zone.local(now.microseconds)
        if here.date == last, here.microsecondOfDay >= 7 * 3_600_000_000 { return .lastDay }
        let left = limit - now
        if left <= .days(2) { return .twoDays }
        return left <= .days(7) ? .week : nil
    }
}
