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
        var said: [CivilDate: Set<Int>] = [:]
        for event in events {
            guard case .local(let start) = event.start else { continue }
            guard let rule = event.recurrence, case .until(let last) = rule.end else {
                said[start.date, default: []].insert(start.minuteOfDay)
                continue
            }
            var date = start.date
            while date <= last {
                let moment = ICalendarMoment.local(CivilTime(date, minuteOfDay: start.minuteOfDay))
                if rule.days.contains(where: { $0.weekday == date.weekday }), !event.excluded.contains(moment) {
                    said[date, default: []].insert(start.minuteOfDay)
                }
                date = date.adding(days: 1)
            }
        }
        let first = today.adding(days: 1 - today.day)
        for offset in 0..<PlaceCalendar.days {
            let date = first.adding(days: offset)
            let open = Set(hours.segments(on: date).filter { $0.state == .open }.map(\.start))
            #expect(said[date, default: []] == open, "\(date)")
        }
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
