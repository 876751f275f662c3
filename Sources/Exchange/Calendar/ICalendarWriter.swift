/// Writes a calendar to publish, as RFC 5545 (iCalendar) asks: lines of at most 75 bytes, CRLF, UTF-8.
public struct ICalendarWriter: Sendable {
    /// Name shown by calendar programs (`X-WR-CALNAME`, RFC 7986 `NAME`).
    public var name: String
    /// Zone of the local moments.
    public var zone: CivilZone
    /// Who wrote the file (`PRODID`).
    public var product: String

    /// The media type to answer with.
    public static let mediaType = "text/calendar; charset=utf-8"

    public init(name: String, zone: CivilZone = .paris, product: String = "-//Maillage//Maillage//FR") {
        self.name = name
        self.zone = zone
        self.product = product
    }

    /// The whole document. The same events always give the same bytes.
    public func bytes(_ events: [ICalendarEvent]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(1024 + events.count * 512)
        line("BEGIN:VCALENDAR", &out)
        line("VERSION:2.0", &out)
        line("PRODID:\(Self.text(product))", &out)
        line("CALSCALE:GREGORIAN", &out)
        line("METHOD:PUBLISH", &out)
        line("NAME:\(Self.text(name))", &out)
        line("X-WR-CALNAME:\(Self.text(name))", &out)
        line("X-WR-TIMEZONE:\(zone.identifier)", &out)
        writeZone(&out)
        for event in events { write(event, &out) }
        line("END:VCALENDAR", &out)
        return out
    }

    private func write(_ event: ICalendarEvent, _ out: inout [UInt8]) {
        line("BEGIN:VEVENT", &out)
        line("UID:\(Self.text(event.uid))", &out)
        line("DTSTAMP:\(Self.utc(event.stamp))", &out)
        line("DTSTART\(value(event.start))", &out)
        switch event.end {
        // The format wants the day after the last one.
        case .day(let last)?: line("DTEND\(value(.day(last.adding(days: 1))))", &out)
        case let end?: line("DTEND\(value(end))", &out)
        case nil: break
        }
        line("SUMMARY:\(Self.text(event.summary))", &out)
        if let details = event.details { line("DESCRIPTION:\(Self.text(details))", &out) }
        if let location = event.location { line("LOCATION:\(Self.text(location))", &out) }
        if let latitude = event.latitude, let longitude = event.longitude,
            (-90...90).contains(latitude), (-180...180).contains(longitude)
        {
            line("GEO:\(Self.degrees(latitude));\(Self.degrees(longitude))", &out)
        }
        if let url = event.url { line("URL:\(Self.address(url))", &out) }
        if !event.categories.isEmpty {
            line("CATEGORIES:" + event.categories.map(Self.text).joined(separator: ","), &out)
        }
        line("STATUS:\(event.status.rawValue)", &out)
        line("SEQUENCE:\(max(event.sequence, 0))", &out)
        if let recurrence = event.recurrence { line(rule(recurrence, event.start), &out) }
        for moment in event.excluded { line("EXDATE\(value(moment))", &out) }
        line("END:VEVENT", &out)
    }

    private func rule(_ recurrence: ICalendarRecurrence, _ start: ICalendarMoment) -> String {
        var text = "RRULE:FREQ=\(recurrence.frequency.rawValue)"
        if recurrence.interval > 1 { text += ";INTERVAL=\(recurrence.interval)" }
        let codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
        let days = recurrence.days.compactMap { day -> String? in
            guard codes.indices.contains(day.weekday - 1) else { return nil }
            return (day.rank == 0 ? "" : String(day.rank)) + codes[day.weekday - 1]
        }
        if !days.isEmpty { text += ";BYDAY=" + days.joined(separator: ",") }
        switch recurrence.end {
        case .never: break
        case .count(let count): text += ";COUNT=\(max(count, 1))"
        case .until(let date):
            // UNTIL is a day for days, and UTC for everything else.
            if case .day = start {
                text += ";UNTIL=\(Self.day(date))"
            } else {
                let midnight = zone.utc(of: CivilTime(date, minuteOfDay: 1440))
                text += ";UNTIL=\(Self.utc(midnight - 1_000_000))"
            }
        }
        return text
    }

    /// From the colon or the parameters on.
    private func value(_ moment: ICalendarMoment) -> String {
        switch moment {
        case .day(let date): ";VALUE=DATE:\(Self.day(date))"
        case .local(let time): ";TZID=\(zone.identifier):\(Self.local(time))"
        case .utc(let microseconds): ":\(Self.utc(microseconds))"
        }
    }

    // MARK: Zone

    private func writeZone(_ out: inout [UInt8]) {
        let standard = Self.offset(zone.standardMinutes)
        let summer = Self.offset(zone.standardMinutes + 60)
        line("BEGIN:VTIMEZONE", &out)
        line("TZID:\(zone.identifier)", &out)
        switch zone.summerTime {
        case .none: part("STANDARD", standard, standard, "19700101T000000", nil, &out)
        case .european:
            // 01:00 UTC, said in the clock that is about to stop.
            let change = padded(((zone.standardMinutes + 60) / 60 + 24) % 24, 2)
            let back = padded(((zone.standardMinutes + 120) / 60 + 24) % 24, 2)
            part("DAYLIGHT", standard, summer, "19810329T\(change)0000", "BYMONTH=3;BYDAY=-1SU", &out)
            part("STANDARD", summer, standard, "19961027T\(back)0000", "BYMONTH=10;BYDAY=-1SU", &out)
        case .northAmerican:
            part("DAYLIGHT", standard, summer, "20070311T020000", "BYMONTH=3;BYDAY=2SU", &out)
            part("STANDARD", summer, standard, "20071104T020000", "BYMONTH=11;BYDAY=1SU", &out)
        }
        line("END:VTIMEZONE", &out)
    }

    private func part(
        _ name: String, _ from: String, _ to: String, _ start: String, _ rule: String?, _ out: inout [UInt8]
    ) {
        line("BEGIN:\(name)", &out)
        line("TZOFFSETFROM:\(from)", &out)
        line("TZOFFSETTO:\(to)", &out)
        line("DTSTART:\(start)", &out)
        if let rule { line("RRULE:FREQ=YEARLY;\(rule)", &out) }
        line("END:\(name)", &out)
    }

    // MARK: Values

    /// `+0100`, `-0930`.
    private static func offset(_ minutes: Int) -> String {
        let size = Int(minutes.magnitude)
        return (minutes < 0 ? "-" : "+") + padded(size / 60, 2) + padded(size % 60, 2)
    }

    private static func day(_ date: CivilDate) -> String {
        padded(date.year, 4) + padded(date.month, 2) + padded(date.day, 2)
    }

    private static func local(_ time: CivilTime) -> String {
        "\(day(time.date))T\(padded(time.hour, 2))\(padded(time.minute, 2))\(padded(time.second, 2))"
    }

    private static func utc(_ microseconds: Int64) -> String {
        local(CivilZone.utc.local(microseconds)) + "Z"
    }

    /// Six decimals, as RFC 5545 suggests, without exponent.
    private static func degrees(_ value: Double) -> String {
        let millionths = Int((value * 1_000_000).rounded())
        let size = Int(millionths.magnitude)
        return (millionths < 0 ? "-" : "") + "\(size / 1_000_000).\(padded(size % 1_000_000, 6))"
    }

    /// TEXT of RFC 5545, 3.3.11: backslash before `\ ; ,`, new lines as `\n`, other controls left out.
    private static func text(_ value: String) -> String {
        var out = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": out.append(contentsOf: ["\\", scalar])
            case "\n" where previous == "\r": break
            case "\n", "\r", "\u{2028}", "\u{2029}": out.append(contentsOf: ["\\", "n"])
            case "\t": out.append(" ")
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): break
            default: out.append(scalar)
            }
            previous = scalar
        }
        return String(out)
    }

    /// An address has no escapes: characters that could end the line are left out.
    private static func address(_ value: String) -> String {
        var out = String.UnicodeScalarView()
        for scalar in value.unicodeScalars where scalar.value > 0x20 && !(0x7F...0x9F).contains(scalar.value) {
            out.append(scalar)
        }
        return String(out)
    }

    /// Appends a content line, folded at 75 bytes without cutting a character in two.
    private func line(_ text: String, _ out: inout [UInt8]) {
        var width = 0
        for scalar in text.unicodeScalars {
            let encoded = UTF8.encode(scalar)
            let size = encoded?.count ?? 0
            if width + size > 75 {
                out += [13, 10, 32]
                width = 1
            }
            if let encoded { out += encoded }
            width += size
        }
        out += [13, 10]
    }
}
