import Exchange
import Testing

@testable import Maillage

/// The calendar of a place says exactly what its hours say.
@Suite struct PlaceCalendarTests {
    @Test(arguments: [
        "Mo-Fr 09:00-12:00,14:00-18:00; PH off", "Tu,Th 10:00-19:00; Sa[1] 09:00-12:00", "Apr-Sep Mo-Sa 09:00-19:00",
        "Mo-Su 18:00-02:00; Dec 25 off", "24/7", "Fr 20:00-24:00",
    ])
    func expandedDayByDayItIsTheHours(_ text: String) throws {
        let hours = try OpeningHours(parsing: text)
        let today = try #require(CivilDate(year: 2_026, month: 11, day: 22))
        let place = Place(
            id: Place.ID(7), slug: "a", state: .published, visibility: .everyone,
            sheet: Sheet([.name: .text("A"), .hours: .text(text)]), origins: [:], version: 1,
            createdAt: Instant(seconds: 0),
            updatedAt: Instant(seconds: 0), verifiedAt: nil, mergedInto: nil)
        let events = PlaceCalendar(PublicPlace(place) { $0 }, today: today, host: "reseau.example").events()
        #expect(Set(events.map(\.uid)).count == events.count)
        var said: Set<Int> = []
        func cover(_ event: ICalendarEvent, from date: CivilDate) {
            guard case .local(let start) = event.start, case .local(let end)? = event.end else { return }
            let length = Self.minute(end) - Self.minute(start)
            let first = date.daysSince1970 * 1_440 + start.minuteOfDay
            #expect(length > 0)
            let twice = (first..<(first + length)).filter { !said.insert($0).inserted }
            #expect(twice.isEmpty, "\(date) is said twice")
        }
        for event in events {
            guard case .local(let start) = event.start else { continue }
            guard let rule = event.recurrence, case .until(let last) = rule.end else {
                cover(event, from: start.date)
                continue
            }
            var date = start.date
            while date <= last {
                let moment = ICalendarMoment.local(CivilTime(date, minuteOfDay: start.minuteOfDay))
                if rule.days.contains(where: { $0.weekday == date.weekday }), !event.excluded.contains(moment) {
                    cover(event, from: date)
                }
                date = date.adding(days: 1)
            }
        }
        var wanted: Set<Int> = []
        let first = today.adding(days: 1 - today.day)
        for offset in 0..<PlaceCalendar.days {
            let date = first.adding(days: offset)
            for segment in hours.segments(on: date) where segment.state == .open {
                wanted.formUnion((segment.start..<segment.end).map { date.daysSince1970 * 1_440 + $0 })
            }
        }
        let wrong = Set(said.symmetricDifference(wanted).map { CivilDate(daysSince1970: $0 / 1_440) })
        #expect(wrong.isEmpty, "\(wrong.sorted().prefix(5))")
    }

    private static func minute(_ time: CivilTime) -> Int { time.date.daysSince1970 * 1_440 + time.minuteOfDay }

    @Test(arguments: ["Mo-Su 18:00-02:00", "Fr,Sa 20:00-04:00; Dec 25 off"])
    func aNightIsOneEvent(_ text: String) throws {
        let today = try #require(CivilDate(year: 2_026, month: 11, day: 22))
        let place = Place(
            id: Place.ID(7), slug: "a", state: .published, visibility: .everyone,
            sheet: Sheet([.name: .text("A"), .hours: .text(text)]), origins: [:], version: 1,
            createdAt: Instant(seconds: 0), updatedAt: Instant(seconds: 0), verifiedAt: nil, mergedInto: nil)
        let events = PlaceCalendar(PublicPlace(place) { $0 }, today: today, host: "h").events()
        let weekly = events.filter { $0.recurrence != nil }
        #expect(weekly.count == 1)
        let night = try #require(weekly.first)
        guard case .local(let start) = night.start, case .local(let end)? = night.end else {
            Issue.record("a night in local time")
            return
        }
        #expect(end.date == start.date.adding(days: 1) && end.minuteOfDay < start.minuteOfDay)
    }

    @Test func aClosedPlaceHasNoHoursToCome() throws {
        let today = try #require(CivilDate(year: 2_026, month: 11, day: 22))
        let place = Place(
            id: Place.ID(7), slug: "a", state: .published, visibility: .everyone,
            sheet: Sheet([.name: .text("A"), .hours: .text("24/7"), .maturity: .text(Maturity.closed.rawValue)]),
            origins: [:],
            version: 1, createdAt: Instant(seconds: 0), updatedAt: Instant(seconds: 0), verifiedAt: nil, mergedInto: nil
        )
        #expect(PlaceCalendar(PublicPlace(place) { $0 }, today: today, host: "h").events().isEmpty)
    }
}
