import Exchange
import Testing

/// A local time such as `2025-03-08 14:30`.
func moment(_ text: String) throws -> CivilTime {
    let date = try #require(CivilDate(iso: text.prefix(10)))
    let clock = text.dropFirst(11).split(separator: ":").compactMap { Int($0) }
    return CivilTime(date, minuteOfDay: (clock.first ?? 0) * 60 + (clock.last ?? 0))
}

@Suite struct OpeningHoursStateTests {
    /// 2025-03-03 is a Monday without holiday near it.
    @Test(arguments: [
        ("Mo-Fr 09:00-12:30,14:00-18:00", "2025-03-03 09:00", OpeningState.open),
        ("Mo-Fr 09:00-12:30,14:00-18:00", "2025-03-03 12:30", .closed),
        ("Mo-Fr 09:00-12:30,14:00-18:00", "2025-03-08 10:00", .closed),
        ("Sa-Mo 10:00-12:00", "2025-03-03 11:00", .open), ("Sa-Mo 10:00-12:00", "2025-03-05 11:00", .closed),
        // Nights go on into the next day, and into a day wholly closed.
        ("Fr 22:00-02:00", "2025-03-08 01:59", .open), ("Fr 22:00-02:00", "2025-03-08 02:00", .closed),
        ("Fr 22:00-02:00; Sa off", "2025-03-08 01:00", .open),
        // A later rule replaces the day; closing hours only cut it; a comma adds.
        ("Mo-Fr 09:00-18:00; We 14:00-16:00", "2025-03-05 10:00", .closed),
        ("Mo-Fr 09:00-18:00; We 12:00-14:00 off", "2025-03-05 10:00", .open),
        ("Mo-Fr 09:00-18:00; We 12:00-14:00 off", "2025-03-05 13:00", .closed),
        ("Mo-Fr 08:00-12:00, We 14:00-18:00", "2025-03-05 09:00", .open),
        ("Mo-Fr 08:00-12:00, We 14:00-18:00", "2025-03-05 15:00", .open),
        // The fallback speaks where nobody did.
        ("Mo-Fr 10:00-12:00 || \"sur appel\"", "2025-03-05 11:00", .open),
        ("Mo-Fr 10:00-12:00 || \"sur appel\"", "2025-03-05 13:00", .unknown),
        ("Mo-Fr 10:00-12:00 || Su open \"urgence\"", "2025-03-05 13:00", .closed),
        // Holidays: 14 July, Ascension (29 May 2025), Boxing Day in Strasbourg only.
        ("Mo-Fr 09:00-18:00; PH off", "2025-07-14 10:00", .closed),
        ("Mo-Fr 09:00-18:00; PH off", "2025-05-29 10:00", .closed),
        ("Mo-Fr 09:00-18:00; PH off", "2025-12-26 10:00", .open),
        ("PH Mo-Fr 09:00-18:00", "2025-08-15 10:00", .open), ("PH Mo-Fr 09:00-18:00", "2025-08-14 10:00", .closed),
        // Dates, wrapping the year or not.
        ("24/7; Jul 14-Aug 20 off", "2025-08-20 10:00", .closed),
        ("24/7; Jul 14-Aug 20 off", "2025-08-21 10:00", .open),
        ("24/7; 2024 Dec 20-2025 Jan 3 off", "2025-01-03 10:00", .closed),
        ("24/7; 2024 Dec 20-2025 Jan 3 off", "2025-12-25 10:00", .open),
        ("Jul 23-Jan 3: 10:00-12:00", "2025-01-02 11:00", .open), ("Jul-Jan: 10:00-12:00", "2025-06-30 11:00", .closed),
        ("easter -2 days-easter +1 day 10:00-12:00", "2025-04-18 11:00", .open),
        ("Mar Su[-1]-Oct Su[-1] 10:00-12:00", "2025-03-29 11:00", .closed),
        ("Mar Su[-1]-Oct Su[-1] 10:00-12:00", "2025-03-30 11:00", .open),
        ("2024-2026/2 10:00-12:00", "2025-03-03 11:00", .closed),
        ("Sa[1] 10:00-12:00", "2025-03-01 11:00", .open), ("Sa[1] 10:00-12:00", "2025-03-08 11:00", .closed),
        ("Sa[-1] 10:00-12:00", "2025-03-29 11:00", .open), ("Sa[1] +1 day 10:00-12:00", "2025-03-02 11:00", .open),
        ("week 10 10:00-12:00", "2025-03-03 11:00", .open), ("week 1-53/2 10:00-12:00", "2025-03-03 11:00", .closed),
        // Nobody knows the end, nor the school holidays.
        ("Mo 08:30+", "2025-03-03 08:45", .unknown), ("Mo 08:30-12:00+", "2025-03-03 09:00", .open),
        ("Mo 08:30-12:00+", "2025-03-03 13:00", .unknown), ("Mo \"sur rendez-vous\"", "2025-03-03 13:00", .unknown),
        ("Mo-Fr 09:00-12:00; SH off", "2025-03-03 10:00", .unknown),
        ("Mo-Fr 09:00-12:00; SH off", "2025-03-03 13:00", .closed),
        ("sunrise-sunset", "2025-06-21 21:00", .open), ("sunrise-sunset", "2025-12-21 18:30", .closed),
        ("sunset-sunrise", "2025-12-21 03:00", .open),
    ])
    func tellsWhetherAPlaceIsOpen(_ text: String, _ time: String, _ expected: OpeningState) throws {
        let hours = try OpeningHours(parsing: text)
        #expect(hours.state(at: try moment(time)).state == expected)
    }

    @Test func theDepartementBringsItsHolidays() throws {
        let hours = try OpeningHours(parsing: "24/7; PH off")
        let boxingDay = try moment("2025-12-26 10:00")
        #expect(hours.state(at: boxingDay, OpeningSurroundings(departement: "67")).state == .closed)
        #expect(hours.state(at: boxingDay, OpeningSurroundings(departement: "59")).state == .open)
        let abolition = try moment("2025-12-20 10:00")
        #expect(hours.state(at: abolition, OpeningSurroundings(departement: "974")).state == .closed)
    }

    @Test func knownSchoolHolidaysAreFollowed() throws {
        let hours = try OpeningHours(parsing: "Mo-Fr 09:00-12:00; SH off")
        let first = try moment("2025-02-10 00:00").date
        let known = OpeningSurroundings(schoolHolidays: [first...first.adding(days: 13)])
        #expect(hours.state(at: try moment("2025-02-12 10:00"), known).state == .closed)
        #expect(hours.state(at: try moment("2025-03-05 10:00"), known).state == .open)
        #expect(hours.state(at: try moment("2025-03-05 10:00")).comment == "vacances scolaires")
    }

    @Test(arguments: [
        ("Mo-Fr 09:00-18:00", "2025-03-03 10:00", "2025-03-03T18:00:00"),
        ("Mo-Fr 09:00-18:00", "2025-03-07 18:00", "2025-03-10T09:00:00"),
        ("Fr 22:00-02:00", "2025-03-07 23:00", "2025-03-08T02:00:00"),
        ("Mo 00:00-24:00; Tu 00:00-12:00", "2025-03-03 10:00", "2025-03-04T12:00:00"),
        ("Dec 25 10:00-12:00", "2025-12-25 13:00", "2026-12-25T10:00:00"), ("24/7", "2025-03-03 10:00", "never"),
        ("off", "2025-03-03 10:00", "never"), ("2020 10:00-12:00", "2025-03-03 10:00", "never"),
    ])
    func findsTheNextChange(_ text: String, _ time: String, _ expected: String) throws {
        let hours = try OpeningHours(parsing: text)
        #expect(hours.nextChange(after: try moment(time))?.at.description ?? "never" == expected)
    }

    @Test func knowsTheWeekend() throws {
        let wednesday = try moment("2025-03-05 00:00").date
        #expect(try OpeningHours(parsing: "Sa 10:00-12:00").isOpenOnWeekend(of: wednesday))
        #expect(try OpeningHours(parsing: "Su 23:00-24:00").isOpenOnWeekend(of: wednesday))
        #expect(try !OpeningHours(parsing: "Mo-Fr 10:00-12:00").isOpenOnWeekend(of: wednesday))
        #expect(try !OpeningHours(parsing: "Sa[1] 10:00-12:00").isOpenOnWeekend(of: wednesday))
    }

    @Test func countsTheHoursOfAWeek() throws {
        let hours = try OpeningHours(parsing: "Mo-Fr 09:00-12:30,14:00-18:00; PH off")
        #expect(hours.ordinaryMinutesPerWeek == 5 * 450)
        #expect(hours.openMinutes(inWeekOf: try moment("2025-07-16 00:00").date) == 4 * 450)
        #expect(try OpeningHours(parsing: "Apr-Sep Mo 10:00-12:00").ordinaryMinutesPerWeek == nil)
        #expect(try OpeningHours(parsing: "Mo 17:00-12:00").ordinaryMinutesPerWeek == nil)
    }

    /// The mask and the full evaluation are two ways to the same answer, minute by minute.
    @Test(arguments: [
        "Mo-Fr 09:00-12:30,14:00-18:00; PH off", "24/7", "Su 22:00-03:00; Mo 02:00-04:00", "Fr-Sa 18:00-06:00",
        "Mo-Su 00:00-02:00,08:00-24:00; We 10:00-11:00 off",
    ])
    func theMaskAgreesWithTheRules(_ text: String) throws {
        let hours = try OpeningHours(parsing: text)
        let mask = WeekMask(hours)
        #expect(!mask.needsFullEvaluation)
        // A week with Ascension in it.
        let monday = try moment("2025-05-26 00:00").date
        for minute in stride(from: 0, to: 10_080, by: 5) {
            let time = CivilTime(monday, minuteOfDay: minute)
            let isHoliday = FrenchHolidays().contains(time.date)
            #expect(mask.isOpen(at: time, isPublicHoliday: isHoliday) == (hours.state(at: time).state == .open))
        }
    }

    @Test(arguments: [
        "Mo 10:00-12:00 \"sur rendez-vous\"", "Apr Mo 10:00-12:00", "Mo sunrise-12:00", "Fr 22:00-02:00; PH off",
    ])
    func theMaskSaysWhenItCannotSay(_ text: String) throws {
        let mask = WeekMask(try OpeningHours(parsing: text))
        #expect(mask.needsFullEvaluation)
        #expect(mask.isOpen(minuteOfWeek: 620, isPublicHoliday: false) == nil)
    }

    /// Whatever reads also evaluates, shows and writes itself: no text takes the server down.
    @Test func randomTextsAreSafe() throws {
        let words = [
            "Mo", "Su", "PH", "SH", "-", ",", ";", " || ", "09:00", "24:00", "48:00", "22:00-02:00", "+", "sunset",
            "off",
            "(sunrise-23:59)", "Feb 29", "Dec", "easter", " -366 days", "week 53", "/2", "2024", "9999", "[-5]", ":",
            "\"x\"", "24/7", "open", "unknown", "12h-9h", "Jan 31-Feb 29", "0001", " +1 day", "00:00-00:00", "+Su",
        ]
        let cases = ["2024-02-29 23:59", "9999-12-31 23:59", "0001-01-01 00:00", "2025-10-26 02:30"]
        var generator = SmallGenerator(state: 7)
        var read = 0
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 1...9, using: &generator))
                .map { _ in words.randomElement(using: &generator) ?? "" }
                .joined(separator: Bool.random(using: &generator) ? " " : "")
            guard let hours = try? OpeningHours(parsing: text) else { continue }
            read += 1
            #expect((try? OpeningHours(parsing: hours.syntax))?.rules == hours.rules, "\(text) -> \(hours.syntax)")
            _ = (hours.lines, hours.table, hours.schemaOrg, WeekMask(hours), WeekGrid(hours)?.syntax)
            guard read % 20 == 0 else { continue }
            for time in cases {
                let segments = hours.segments(on: try moment(time).date)
                #expect(zip(segments, segments.dropFirst()).allSatisfy { $0.end <= $1.start }, "\(text)")
                #expect(segments.allSatisfy { $0.start >= 0 && $0.start < $0.end && $0.end <= 1440 }, "\(text)")
                #expect(!hours.sentence(at: try moment(time)).isEmpty)
            }
        }
        #expect(read > 500)
    }
}

/// A seeded generator (xorshift), so that a failure comes back.
struct SmallGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
