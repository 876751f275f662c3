/// Which backups of a shelf are kept (settings `BACKUP_KEEP_…`): the last of each hour for so many hours, of each day for so many
/// days, of each week and of each month. 0 keeps none of that kind.
public struct BackupRule: Sendable, Equatable {
    public var hourly = 24
    public var daily = 35
    public var weekly = 0
    public var monthly = 12

    public init() {}

    /// The backups that are not to be kept. The newest always stays.
    func surplus(_ copies: [BackupShelf.Copy], now: Instant) -> [BackupShelf.Copy] {
        var hours: Set<Substring> = []
        var days: Set<Substring> = []
        var weeks: Set<Int64> = []
        var months: Set<Substring> = []
        return copies.sorted { $0.madeAt > $1.madeAt }.enumerated().filter { rank, copy in
            let text = copy.madeAt.iso
            let age = now - copy.madeAt
            let isOfHour = age <= .hours(Int64(hourly)) && hours.insert(text.prefix(13)).inserted
            let isOfDay = age <= .days(Int64(daily)) && days.insert(text.prefix(10)).inserted
            // Weeks begin on Monday, by UTC: 1 January 1970 was a Thursday.
            let week = (copy.madeAt.seconds / 86_400 + 3) / 7
            let isOfWeek = age <= .days(Int64(weekly) * 7) && weeks.insert(week).inserted
            let isOfMonth = age <= .days((Int64(monthly) * 61 + 1) / 2) && months.insert(text.prefix(7)).inserted
            return rank > 0 && !isOfHour && !isOfDay && !isOfWeek && !isOfMonth
        }.map(\.element)
    }
}
