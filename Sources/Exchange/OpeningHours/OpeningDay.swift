/// A stretch of time in one state. Minutes count from the midnight that starts the day.
public struct OpeningSegment: Sendable, Hashable {
    public var start: Int
    /// Excluded; beyond 1,440 for a night that ends on the next day.
    public var end: Int
    public var state: OpeningState
    public var comment: String?
    /// Said of the whole day rather than of hours: a night begun the day before goes on under it.
    var isWholeDay = false
}

extension OpeningHours {
    /// What one day starts, nights included to their end on the next day. Sorted, without overlap.
    func started(on date: CivilDate, _ surroundings: OpeningSurroundings) -> [OpeningSegment] {
        var day: [OpeningSegment] = []
        for rule in rules {
            let match = rule.match(date, surroundings)
            guard match != .no else { continue }
            let segments = rule.segments(on: date, surroundings)
            if match == .perhaps {
                day.blur(with: segments)
                continue
            }
            switch rule.link {
            case .fallback: day.fill(with: segments)
            // Closing hours cut, closing days wipe.
            case .replacing where rule.state != .closed || rule.spans.isEmpty:
                day = []
                day.lay(segments)
            case .replacing, .adding: day.lay(segments)
            }
        }
        return day
    }

    /// What a day is from midnight to midnight, the night before included. Sorted, without overlap, within 0…1440;
    /// minutes nobody spoke of are closed and left out.
    public func segments(on date: CivilDate, _ surroundings: OpeningSurroundings = .init()) -> [OpeningSegment] {
        var today = started(on: date, surroundings).filter { $0.start < 1440 }
        for index in today.indices { today[index].end = min(today[index].end, 1440) }
        var night: [OpeningSegment] = []
        for segment in started(on: date.adding(days: -1), surroundings) where segment.end > 1440 {
            guard segment.state != .closed else { continue }
            var rest = segment
            rest.start = max(rest.start - 1440, 0)
            rest.end = min(rest.end - 1440, 1440)
            night.append(rest)
        }
        guard !night.isEmpty else { return today }
        var whole = today.filter { $0.isWholeDay && $0.state == .closed }
        whole.lay(night)
        whole.lay(today.filter { !($0.isWholeDay && $0.state == .closed) })
        return whole
    }
}

extension OpeningRule {
    /// The stretches the rule names on a day it speaks of.
    fileprivate func segments(on date: CivilDate, _ surroundings: OpeningSurroundings) -> [OpeningSegment] {
        guard !spans.isEmpty else {
            return [OpeningSegment(start: 0, end: 1440, state: state, comment: comment, isWholeDay: true)]
        }
        var segments: [OpeningSegment] = []
        for span in spans {
            let start = min(max(surroundings.minutes(of: span.from, on: date), 0), 2879)
            var end = start
            if let to = span.to {
                end = surroundings.minutes(of: to, on: date)
                // A span that ends with the sun of the next morning.
                if end <= start { end += 1440 }
                end = min(end, 2880)
                segments.lay([OpeningSegment(start: start, end: end, state: state, comment: comment)])
            } else if !span.isOpenEnded {
                // One hour without end: the place opens then, and nobody knows until when.
                let until = max(1440, start + 1)
                segments.lay([
                    OpeningSegment(start: start, end: until, state: .unknown, comment: comment ?? Self.noEnd)
                ])
            }
            if span.isOpenEnded, end < 1440 {
                segments.lay([
                    OpeningSegment(
                        start: end, end: 1440, state: state == .closed ? .closed : .unknown,
                        comment: comment ?? Self.noEnd)
                ])
            }
        }
        return segments
    }

    static let noEnd = "heure de fin non précisée"
}

extension [OpeningSegment] {
    /// Puts stretches over what is there.
    mutating func lay(_ above: [OpeningSegment]) {
        for top in above where top.end > top.start {
            var kept: [OpeningSegment] = []
            kept.reserveCapacity(count + 2)
            for segment in self {
                if segment.end <= top.start || segment.start >= top.end {
                    kept.append(segment)
                    continue
                }
                if segment.start < top.start {
                    var left = segment
                    left.end = top.start
                    kept.append(left)
                }
                if segment.end > top.end {
                    var right = segment
                    right.start = top.end
                    kept.append(right)
                }
            }
            let place = kept.firstIndex { $0.start > top.start } ?? kept.count
            kept.insert(top, at: place)
            self = kept
        }
    }

    /// Puts stretches under what is there.
    mutating func fill(with below: [OpeningSegment]) {
        let above = self
        self = []
        lay(below)
        lay(above)
    }

    /// Makes unknown whatever the stretches would change.
    mutating func blur(with segments: [OpeningSegment]) {
        let before = self
        for segment in segments {
            let comment = segment.comment ?? "vacances scolaires"
            let cuts = [segment.start] + before.flatMap { [$0.start, $0.end] } + [segment.end]
            let edges = Set(cuts.filter { $0 >= segment.start && $0 <= segment.end }).sorted()
            for (start, end) in zip(edges, edges.dropFirst()) {
                let old = before.first { $0.start <= start && $0.end >= end }?.state ?? .closed
                guard old != segment.state else { continue }
                lay([OpeningSegment(start: start, end: end, state: .unknown, comment: comment)])
            }
        }
    }
}
