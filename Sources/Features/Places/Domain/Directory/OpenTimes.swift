import Exchange
import Geography

/// When each place of the directory is open: a mask of the week where that says all, the whole expression where not.
struct OpenTimes: Sendable {
    /// What is kept of the hours of one place.
    enum Times: Sendable {
        case unknown
        case weekly(WeekMask)
        case full(OpeningHours)

        /// - Parameter receives: whether people may come in at all.
        init(_ hours: OpeningHours?, receives: Bool) {
            guard let hours, receives, !hours.isDoubtful else {
                self = .unknown
                return
            }
            let mask = WeekMask(hours)
            self = mask.needsFullEvaluation ? .full(hours) : .weekly(mask)
        }
    }

    private var times: [Times] = []
    /// Minutes from Monday 00:00 to the end of Friday.
    private static let fridayMidnight = 5 * 1_440

    mutating func append(_ times: Times) { self.times.append(times) }

    /// The slots known to be open at a local time.
    func open(at time: CivilTime) -> Bitset {
        let isHoliday = FrenchHolidays().contains(time.date)
        var open = Bitset(count: times.count)
        for (slot, times) in times.enumerated() {
            let isOpen =
                switch times {
                case .unknown: false
                case .weekly(let mask): mask.isOpen(at: time, isPublicHoliday: isHoliday) ?? false
                case .full(let hours): hours.state(at: time).state == .open
                }
            if isOpen { open.set(slot) }
        }
        return open
    }

    /// The slots known to open at some time of the Saturday or Sunday of the week of a day.
    func openOnWeekend(of date: CivilDate) -> Bitset {
        var open = Bitset(count: times.count)
        for (slot, times) in times.enumerated() {
            let isOpen =
                switch times {
                case .unknown: false
                case .weekly(let mask): (mask.edges.last ?? 0) > Self.fridayMidnight
                case .full(let hours): hours.isOpenOnWeekend(of: date)
                }
            if isOpen { open.set(slot) }
        }
        return open
    }
}
