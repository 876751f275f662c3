/// Hours squeezed to answer "open now?" for a hundred thousand places: sorted spans of minutes of the week.
public struct WeekMask: Sendable, Hashable {
    /// Pairs of start and end (excluded), in minutes since Monday 00:00, 0 to 10,080; sorted, disjoint.
    public let edges: [UInt16]
    /// Public holidays are closed all day.
    public let isClosedOnPublicHolidays: Bool
    /// The hours say more than the mask can: ask the `OpeningHours` themselves. `edges` is then empty.
    public let needsFullEvaluation: Bool

    /// Squeezes hours that are plain weekly, with at most `PH off` at the end; flags the others.
    public init(_ hours: OpeningHours) {
        guard let plain = hours.plainWeek, !hours.isDoubtful,
            plain.days.joined().allSatisfy({ $0.state != .unknown }),
            // A night before a holiday goes on into it: only the full evaluation knows.
            !(plain.isClosedOnPublicHolidays && plain.days.joined().contains { $0.end > 1440 })
        else {
            edges = []
            isClosedOnPublicHolidays = false
            needsFullEvaluation = true
            return
        }
        var edges: [UInt16] = []
        for (day, segments) in plain.midnightToMidnight.enumerated() {
            for segment in segments where segment.state == .open && segment.start < segment.end {
                let start = UInt16(clamping: day * 1440 + segment.start)
                let end = UInt16(clamping: day * 1440 + segment.end)
                if edges.last == start { edges.removeLast() } else { edges.append(start) }
                edges.append(end)
            }
        }
        self.edges = edges
        isClosedOnPublicHolidays = plain.isClosedOnPublicHolidays
        needsFullEvaluation = false
    }

    /// Whether the place is open at a minute of the week (Monday 00:00 is 0); nil when the mask cannot say.
    public func isOpen(minuteOfWeek minute: Int, isPublicHoliday: Bool) -> Bool? {
        if needsFullEvaluation { return nil }
        if isPublicHoliday && isClosedOnPublicHolidays { return false }
        // The number of edges at or before the minute is odd inside a span.
        var low = 0
        var high = edges.count
        while low < high {
            let middle = (low + high) / 2
            if Int(edges[middle]) <= minute { low = middle + 1 } else { high = middle }
        }
        return low % 2 == 1
    }

    /// Whether the place is open at a local time; nil when the mask cannot say.
    public func isOpen(at time: CivilTime, isPublicHoliday: Bool) -> Bool? {
        isOpen(minuteOfWeek: (time.date.weekday - 1) * 1440 + time.minuteOfDay, isPublicHoliday: isPublicHoliday)
    }
}
