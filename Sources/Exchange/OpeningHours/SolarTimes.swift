#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Sunrise and sunset by the general solar position equations of NOAA, good to two or three minutes in France.
enum SolarTimes {
    /// Minutes after local midnight at which the sun does something, clamped to 0…1439.
    ///
    /// Where the sun does not rise or set on that day, the answer is noon for a rise and midnight's eve for a set:
    /// never a trap, and outside the French territories nobody asks.
    static func minute(of event: SolarEvent, on date: CivilDate, latitude: Double, longitude: Double, zone: CivilZone)
        -> Int
    {
        let latitude = min(max(latitude.isFinite ? latitude : 46.6, -89.9), 89.9) * .pi / 180
        let longitude = min(max(longitude.isFinite ? longitude : 2.4, -180), 180)
        let angle = 2 * Double.pi / 365.2425 * (Double(date.dayOfYear) - 0.5)
        let equation =
            229.18
            * (0.000075 + 0.001868 * cos(angle) - 0.032077 * sin(angle) - 0.014615 * cos(2 * angle)
                - 0.040849 * sin(2 * angle))
        let declination =
            0.006918 - 0.399912 * cos(angle) + 0.070257 * sin(angle) - 0.006758 * cos(2 * angle)
            + 0.000907 * sin(2 * angle) - 0.002697 * cos(3 * angle) + 0.00148 * sin(3 * angle)
        // The upper edge of the sun through refraction, or six degrees under the horizon for civil twilight.
        let isTwilight = event == .dawn || event == .dusk
        let zenith = (isTwilight ? 96.0 : 90.833) * .pi / 180
        let cosine = cos(zenith) / (cos(latitude) * cos(declination)) - tan(latitude) * tan(declination)
        let isMorning = event == .dawn || event == .sunrise
        guard cosine >= -1, cosine <= 1 else { return isMorning ? 720 : 1439 }
        let halfDay = acos(cosine) * 180 / .pi * 4
        let noon = 720 - 4 * longitude - equation
        let utc = isMorning ? noon - halfDay : noon + halfDay
        let midday = Int64(date.daysSince1970) * 86_400_000_000 + 43_200_000_000
        let local = utc + Double(zone.offsetMinutes(atUTC: midday))
        return min(max(Int(local.rounded()), 0), 1439)
    }
}
