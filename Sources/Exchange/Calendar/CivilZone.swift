/// The offset of local clocks from UTC in the French territories, computed from the rules themselves: no zone database.
///
/// European summer time is exact from 1996 on (directive 2000/84/EC and those before it), the North American one of
/// Saint-Pierre-et-Miquelon from 2007 on; earlier years are answered with the same rules.
public struct CivilZone: Sendable, Hashable {
    /// When clocks move.
    public enum SummerTime: Sendable, Hashable {
        /// Never.
        case none
        /// Last Sunday of March to last Sunday of October, both at 01:00 UTC.
        case european
        /// Second Sunday of March to first Sunday of November, both at 02:00 of the local clock.
        case northAmerican
    }

    /// Name in the IANA database, such as `Europe/Paris`.
    public let identifier: String
    /// Minutes to add to UTC in winter.
    public let standardMinutes: Int
    public let summerTime: SummerTime

    /// A zone of one's own; offsets beyond ±18 h are clamped.
    public init(identifier: String, standardMinutes: Int, summerTime: SummerTime = .none) {
        self.identifier = identifier
        self.standardMinutes = min(max(standardMinutes, -1080), 1080)
        self.summerTime = summerTime
    }

    public static let utc = CivilZone(identifier: "UTC", standardMinutes: 0)
    public static let paris = CivilZone(identifier: "Europe/Paris", standardMinutes: 60, summerTime: .european)
    public static let guadeloupe = CivilZone(identifier: "America/Guadeloupe", standardMinutes: -240)
    public static let martinique = CivilZone(identifier: "America/Martinique", standardMinutes: -240)
    public static let guyane = CivilZone(identifier: "America/Cayenne", standardMinutes: -180)
    public static let reunion = CivilZone(identifier: "Indian/Reunion", standardMinutes: 240)
    public static let mayotte = CivilZone(identifier: "Indian/Mayotte", standardMinutes: 180)
    public static let saintPierreEtMiquelon = CivilZone(
        identifier: "America/Miquelon", standardMinutes: -180, summerTime: .northAmerican)
    public static let nouvelleCaledonie = CivilZone(identifier: "Pacific/Noumea", standardMinutes: 660)
    public static let wallisEtFutuna = CivilZone(identifier: "Pacific/Wallis", standardMinutes: 720)
    public static let polynesie = CivilZone(identifier: "Pacific/Tahiti", standardMinutes: -600)
    public static let marquises = CivilZone(identifier: "Pacific/Marquesas", standardMinutes: -570)

    /// The zone of a French département or collectivity code (`59`, `2A`, `974`, `988`); Paris when it is not overseas.
    ///
    /// The Marquesas share the code 987 with Tahiti: name `marquises` yourself.
    public static func french(departement code: some StringProtocol) -> CivilZone {
        switch code {
        case "971", "977", "978": guadeloupe
        case "972": martinique
        case "973": guyane
        case "974": reunion
        case "975": saintPierreEtMiquelon
        case "976": mayotte
        case "986": wallisEtFutuna
        case "987": polynesie
        case "988": nouvelleCaledonie
        default: paris
        }
    }

    /// The French zone of that IANA name, or nil.
    public static func french(identifier: some StringProtocol) -> CivilZone? {
        let all = [
            paris, guadeloupe, martinique, guyane, reunion, mayotte, saintPierreEtMiquelon, nouvelleCaledonie,
            wallisEtFutuna, polynesie, marquises, utc,
        ]
        return all.first { $0.identifier == identifier }
    }

    /// Minutes to add to UTC at an instant in microseconds since 1970-01-01 00:00 UTC.
    public func offsetMinutes(atUTC microseconds: Int64) -> Int {
        let year = CivilTime(microsecondsSince1970: microseconds).date.year
        guard let (start, end) = summer(of: year) else { return standardMinutes }
        return microseconds >= start && microseconds < end ? standardMinutes + 60 : standardMinutes
    }

    /// What local clocks show at an instant in microseconds since 1970-01-01 00:00 UTC.
    public func local(_ microseconds: Int64) -> CivilTime {
        let bounded = min(max(microseconds, -62_135_596_800_000_000), 253_402_214_400_000_000)
        return CivilTime(microsecondsSince1970: bounded + Int64(offsetMinutes(atUTC: bounded)) * 60_000_000)
    }

    /// The instants, in microseconds since 1970-01-01 00:00 UTC, at which local clocks show a time.
    public enum Instants: Sendable, Hashable {
        case one(Int64)
        /// The hour is skipped in spring: the instant the same digits would have meant with the offset before the
        /// change, which is the one to prefer (02:30 reads as 03:30).
        case gap(Int64)
        /// The hour is shown twice in autumn.
        case overlap(earlier: Int64, later: Int64)

        /// One instant in every case: the pushed one in a gap, the earlier one in an overlap.
        public var preferred: Int64 {
            switch self {
            case .one(let value), .gap(let value), .overlap(let value, _): value
            }
        }
    }

    /// The instants at which local clocks show a time, telling the skipped and the repeated hours.
    public func instants(of time: CivilTime) -> Instants {
        let wall = time.microsecondsAsUTC
        let winter = wall - Int64(standardMinutes) * 60_000_000
        let summer = winter - 3_600_000_000
        let winterHolds = offsetMinutes(atUTC: winter) == standardMinutes
        let summerHolds = summerTime != .none && offsetMinutes(atUTC: summer) == standardMinutes + 60
        switch (summerHolds, winterHolds) {
        case (true, true): return .overlap(earlier: summer, later: winter)
        case (true, false): return .one(summer)
        case (false, true): return .one(winter)
        case (false, false): return .gap(winter)
        }
    }

    /// One instant for a local time: the pushed one in a gap, the earlier one in an overlap.
    public func utc(of time: CivilTime) -> Int64 {
        instants(of: time).preferred
    }

    /// First and last (excluded) instants of summer time of a year, in microseconds since 1970.
    private func summer(of year: Int) -> (start: Int64, end: Int64)? {
        switch summerTime {
        case .none:
            return nil
        case .european:
            guard let march = Self.sunday(year, 3, 31), let october = Self.sunday(year, 10, 31) else { return nil }
            return (Self.instant(march, minutes: 60), Self.instant(october, minutes: 60))
        case .northAmerican:
            guard let march = Self.sunday(year, 3, 14), let november = Self.sunday(year, 11, 7) else { return nil }
            return (
                Self.instant(march, minutes: 120 - standardMinutes),
                Self.instant(november, minutes: 60 - standardMinutes)
            )
        }
    }

    /// The Sunday of the seven days that end on a day.
    private static func sunday(_ year: Int, _ month: Int, _ last: Int) -> CivilDate? {
        guard let date = CivilDate(year: year, month: month, day: last) else { return nil }
        return date.adding(days: -(date.weekday % 7))
    }

    private static func instant(_ date: CivilDate, minutes: Int) -> Int64 {
        Int64(date.daysSince1970) * 86_400_000_000 + Int64(minutes) * 60_000_000
    }
}
