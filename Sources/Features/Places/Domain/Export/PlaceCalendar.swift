import Exchange

/// The opening hours of a place as a calendar that people subscribe to.
///
/// What most weeks are comes back every week; a day that differs (holiday, closure, season) is taken out of the repetition,
/// and what it has instead stands by itself. So the calendar says exactly what the hours say, for `days` days.
public struct PlaceCalendar: Sendable {
    /// How far it looks.
    public static let days = 400

    private let place: PublicPlace
    private let first: CivilDate
    private let host: String

    /// `today` is the civil day in France; `host` ends the identifiers of events.
    public init(_ place: PublicPlace, today: CivilDate, host: String) {
        self.place = place
        // The month's first day: the file changes once a month, not every day.
        first = today.adding(days: 1 - today.day)
        self.host = host
    }

    public func events() -> [ICalendarEvent] {
        guard place.sheet.maturity.receives else { return [] }
        var events: [ICalendarEvent] = []
        if let hours = place.sheet.openingHours {
            let site = place.site
            let words = [site?.address, site.map { "\($0.postalCode) \($0.communeName)" }]
            events += self.events(of: hours, place.sheet.name, at: Self.joined(words), site, name: "horaires")
        }
        for (rank, stop) in place.sheet.rows(.stops).enumerated() {
            guard let text = stop["horaires"], let hours = try? OpeningHours(parsing: text) else { continue }
            let spot = Self.joined([stop["endroit"], stop["commune_nom"]])
            let title = "\(place.sheet.name)\u{202F}: \(stop["commune_nom"] ?? "")"
            events += self.events(of: hours, title, at: spot, nil, name: "etape-\(rank)", commune: stop["commune"])
        }
        return events
    }

    private static func joined(_ parts: [String?]) -> String {
        parts.compactMap { $0 }.map { $0.trimming }.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private struct Opening: Hashable {
        let start: Int
        let end: Int
    }

    private func events(
        of hours: OpeningHours, _ title: String, at location: String, _ site: Site?, name: String,
        commune: String? = nil
    ) -> [ICalendarEvent] {
        let departement = (commune ?? site?.commune).map { $0.hasPrefix("97") ? $0.prefix(3) : $0.prefix(2) }.map(
            String.init)
        var surroundings = OpeningSurroundings(departement: departement)
        if let point = site?.point {
            surroundings.latitude = point.latitude
            surroundings.longitude = point.longitude
        }
        let days = (0..<Self.days).map { offset -> (date: CivilDate, openings: Set<Opening>) in
            let date = first.adding(days: offset)
            let open = hours.segments(on: date, surroundings).filter { $0.state == .open }
            return (date, Set(open.map { Opening(start: $0.start, end: $0.end) }))
        }
        let calendar = Self.joiningNights(days)
        let usual = (1...7).map { weekday in
            Self.commonest(calendar.lazy.filter { $0.date.weekday == weekday }.map(\.openings))
        }
        func event(_ opening: Opening, _ date: CivilDate, _ uid: String) -> ICalendarEvent {
            var event = ICalendarEvent(
                uid: "\(place.id.text)-\(name)-\(uid)@\(host)", stamp: place.updatedAt.microseconds,
                start: .local(CivilTime(date, minuteOfDay: opening.start)),
                end: .local(CivilTime(date, minuteOfDay: opening.end)), summary: title)
            event.location = location.isEmpty ? nil : location
            event.latitude = site?.point?.latitude
            event.longitude = site?.point?.longitude
            event.url = place.page
            return event
        }
        var events: [ICalendarEvent] = []
        for opening in Set(usual.joined()).sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            let weekdays = (1...7).filter { usual[$0 - 1].contains(opening) }
            let dates = calendar.filter { weekdays.contains($0.date.weekday) }
            guard let start = dates.first?.date, let last = dates.last?.date else { continue }
            var weekly = event(opening, start, "\(opening.start)-\(opening.end)")
            weekly.recurrence = ICalendarRecurrence(
                .weekly, days: weekdays.map { ICalendarRecurrence.Day($0) }, end: .until(last))
            weekly.excluded = dates.filter { !$0.openings.contains(opening) }.map {
                .local(CivilTime($0.date, minuteOfDay: opening.start))
            }
            events.append(weekly)
        }
        for day in calendar {
            let unusual = day.openings.subtracting(usual[day.date.weekday - 1])
            for opening in unusual.sorted(by: { $0.start < $1.start }) {
                events.append(event(opening, day.date, "\(day.date)-\(opening.start)-\(opening.end)"))
            }
        }
        return events
    }

    /// Days whose evening goes on past midnight take the small hours of the next: a night is one event (RFC 5545 lets it end on
    /// another day). Around the clock there is no night, and days stay days.
    private static func joiningNights(
        _ days: [(date: CivilDate, openings: Set<Opening>)]
    ) -> [(date: CivilDate, openings: Set<Opening>)] {
        var days = days
        for index in days.indices.dropLast() {
            guard let evening = days[index].openings.first(where: { $0.end == 1_440 && $0.start > 0 }),
                let morning = days[index + 1].openings.first(where: { $0.start == 0 && $0.end < 1_440 })
            else { continue }
            days[index].openings.remove(evening)
            days[index].openings.insert(Opening(start: evening.start, end: 1_440 + morning.end))
            days[index + 1].openings.remove(morning)
        }
        return days
    }

    /// The openings most days have; the first met wins a tie.
    private static func commonest(_ days: some Sequence<Set<Opening>>) -> Set<Opening> {
        var counts: [Set<Opening>: Int] = [:]
        var best: (openings: Set<Opening>, count: Int) = ([], 0)
        for openings in days {
            let count = counts[openings, default: 0] + 1
            counts[openings] = count
            if count > best.count { best = (openings, count) }
        }
        return best.openings
    }
}

extension String {
    fileprivate var trimming: String {
        let bytes = utf8.drop { $0 == 32 }
        var end = bytes.endIndex
        while end > bytes.startIndex, bytes[bytes.index(before: end)] == 32 { end = bytes.index(before: end) }
        return String(bytes[..<end]) ?? ""
    }
}
