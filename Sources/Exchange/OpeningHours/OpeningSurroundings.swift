/// What hours depend on beside their text: where the place stands, and which days are holidays there.
public struct OpeningSurroundings: Sendable, Hashable {
    /// Degrees, for sunrise and sunset; the middle of France when nobody knows.
    public var latitude: Double
    public var longitude: Double
    /// Clocks of the place, for sunrise and sunset.
    public var zone: CivilZone
    public var holidays: FrenchHolidays
    /// Dates of the school holidays; nil when nobody knows them, and then the rules `SH` give `unknown`.
    public var schoolHolidays: [ClosedRange<CivilDate>]?

    public init(
        latitude: Double = 46.6, longitude: Double = 2.4, departement: String? = nil,
        schoolHolidays: [ClosedRange<CivilDate>]? = nil
    ) {
        self.latitude = latitude
        self.longitude = longitude
        self.zone = CivilZone.french(departement: departement ?? "")
        self.holidays = FrenchHolidays(departement: departement)
        self.schoolHolidays = schoolHolidays
    }

    func isSchoolHoliday(_ date: CivilDate) -> Bool? {
        schoolHolidays.map { $0.contains { $0.contains(date) } }
    }

    func minutes(of hour: OpeningRule.Hour, on date: CivilDate) -> Int {
        switch hour {
        case .clock(let minutes): minutes
        case .sun(let event, let offset):
            SolarTimes.minute(of: event, on: date, latitude: latitude, longitude: longitude, zone: zone) + offset
        }
    }
}
