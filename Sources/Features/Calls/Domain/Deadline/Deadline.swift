import Exchange

/// The limit of a call: one exclusive instant, the zone whose clock it is told by, and the words it came from.
///
/// What arrives before the instant is in time, what arrives at it or after is late: nothing else decides, neither a job
/// nor a state. Source: reference « La date limite », and Conseil d'État on « à minuit » (the end of the day).
public struct Deadline: Sendable, Hashable {
    /// The first instant that is too late, at a whole second.
    public let limit: Instant
    /// The zone in which the call tells its hours.
    public let zone: CivilZone
    /// What the organiser typed, kept to show where the instant comes from. Never shown as the limit.
    public let typed: String

    /// Nil unless the limit is a whole second of the years 1970 to 9998.
    public init?(limit: Instant, zone: CivilZone, typed: String) {
        guard limit.microseconds >= 0, limit.microseconds < 253_370_764_800_000_000,
            limit.microseconds % 1_000_000 == 0
        else { return nil }
        self.limit = limit
        self.zone = zone
        self.typed = typed
    }

    /// As the database keeps it. Nil when the zone is not one of the French territories' (or UTC).
    public init?(limit: Instant, zoneIdentifier: String, typed: String) {
        guard let zone = CivilZone.french(identifier: zoneIdentifier) else { return nil }
        self.init(limit: limit, zone: zone, typed: typed)
    }

    /// Whether what arrived at this instant is in time.
    public func accepts(arrival: Instant) -> Bool {
        arrival < limit
    }

    /// Whether a limit may be replaced by this one: forward only, whatever its zone or words.
    public func isExtended(by other: Deadline) -> Bool {
        limit < other.limit
    }

    /// The last second in which a deposit is accepted.
    var lastSecond: Instant { limit - .seconds(1) }
}

extension Deadline {
    /// The limit as an entry of a calendar: an event without length, in universal time, that says the same words.
    ///
    /// - Parameter uid: unique in the world and for ever, usually `call-<identifier>@<host>`.
    public func calendarEvent(uid: String, stamp: Instant, title: String, page: String?) -> ICalendarEvent {
        var event = ICalendarEvent(
            uid: uid, stamp: stamp.microseconds, start: .utc(limit.microseconds),
            summary: "Limite de dépôt\u{202F}: " + title)
        event.details = "Dépôts acceptés " + words + "."
        event.url = page
        return event
    }
}
