import Exchange
import Foundation
import Testing

@Suite struct CivilZoneTests {
    @Test func daysRoundTrip() throws {
        var date = try #require(CivilDate(iso: "1999-12-25"))
        for count in date.daysSince1970..<(date.daysSince1970 + 40_000) {
            #expect(date.daysSince1970 == count)
            #expect(date.weekday == (count + 3) % 7 + 1)
            #expect(CivilDate(daysSince1970: count) == date)
            date = date.adding(days: 1)
        }
        #expect(CivilDate(daysSince1970: .min).description == "0001-01-01")
        #expect(CivilDate(daysSince1970: .max).description == "9999-12-31")
        #expect(date.adding(days: .max).year == 9999)
    }

    @Test(arguments: [
        "2023-02-29", "2024-13-01", "2024-00-10", "24-01-01", "2024-1-01", "2024-01-011", "2024/01/01", "",
    ])
    func refusesDaysThatDoNotExist(_ text: String) {
        #expect(CivilDate(iso: text) == nil)
    }

    @Test(arguments: [
        ("2024-12-30", 1), ("2021-01-03", 53), ("2020-12-31", 53), ("2023-01-01", 52), ("2025-03-03", 10),
    ])
    func countsWeeksAsISO8601(_ text: String, _ week: Int) throws {
        #expect(try #require(CivilDate(iso: text)).isoWeek == week)
    }

    @Test(arguments: [(2024, "2024-03-31"), (2025, "2025-04-20"), (2038, "2038-04-25"), (1818, "1818-03-22")])
    func findsEaster(_ year: Int, _ expected: String) {
        #expect(CivilDate.easter(year)?.description == expected)
    }

    /// Every change of clocks of these years, against the zone database when the machine has one.
    @Test(arguments: [
        CivilZone.paris, .guadeloupe, .martinique, .guyane, .reunion, .mayotte, .saintPierreEtMiquelon,
        .nouvelleCaledonie, .wallisEtFutuna, .polynesie, .marquises,
    ])
    func agreesWithTheZoneDatabase(_ zone: CivilZone) throws {
        guard let system = TimeZone(identifier: zone.identifier) else {
            print("skipped: no \(zone.identifier)")
            return
        }
        // From 2008 to 2037, every 30 minutes around the days of change, every 12 hours elsewhere.
        var instant: Int64 = 1_199_145_600
        while instant < 2_145_916_800 {
            let expected = system.secondsFromGMT(for: Date(timeIntervalSince1970: Double(instant))) / 60
            #expect(zone.offsetMinutes(atUTC: instant * 1_000_000) == expected, "\(zone.identifier) \(instant)")
            let month = CivilZone.utc.local(instant * 1_000_000).date.month
            instant += [3, 10, 11].contains(month) ? 1_800 : 43_200
        }
    }

    @Test func tellsTheSkippedAndTheRepeatedHour() throws {
        let spring = CivilTime(try #require(CivilDate(iso: "2025-03-30")), minuteOfDay: 150)
        let gap = CivilZone.paris.instants(of: spring)
        #expect(gap == .gap(1_743_298_200_000_000))
        #expect(CivilZone.paris.local(gap.preferred).description == "2025-03-30T03:30:00")
        let autumn = CivilTime(try #require(CivilDate(iso: "2025-10-26")), minuteOfDay: 150)
        #expect(
            CivilZone.paris.instants(of: autumn)
                == .overlap(earlier: 1_761_438_600_000_000, later: 1_761_442_200_000_000))
        let summer = CivilTime(try #require(CivilDate(iso: "2025-07-14")), minuteOfDay: 0)
        #expect(CivilZone.paris.instants(of: summer) == .one(1_752_444_000_000_000))
    }

    @Test func localTimesRoundTrip() throws {
        for zone in [CivilZone.paris, .marquises, .saintPierreEtMiquelon, .wallisEtFutuna] {
            for step in stride(from: Int64(-5_000_000_000), through: 5_000_000_000, by: 7_777_777) {
                let instant = step * 1_000_000 + 123_456
                switch zone.instants(of: zone.local(instant)) {
                case .one(let same): #expect(same == instant)
                case .overlap(let earlier, let later): #expect(earlier == instant || later == instant)
                case .gap: Issue.record("a shown time cannot be skipped")
                }
            }
        }
        #expect(CivilZone.paris.local(.max).date.year == 9999)
        #expect(CivilZone.paris.local(.min).date.year == 1)
    }

    @Test func minutesMoveTheDay() throws {
        let date = try #require(CivilDate(iso: "2025-03-01"))
        #expect(CivilTime(date, minuteOfDay: -1).description == "2025-02-28T23:59:00")
        #expect(CivilTime(date, minuteOfDay: 2880).description == "2025-03-03T00:00:00")
        #expect(CivilTime(date, hour: 24) == nil)
    }
}
