import Exchange

/// What a sentence about a limit says, before anything is concluded from it.
struct DeadlinePhrase: Sendable, Hashable {
    /// « avant » leaves out what it names, « jusqu’à » takes it in.
    enum Bound: Sendable, Hashable { case unsaid, before, until }

    /// The day, as far as it is said.
    enum Day: Sendable, Hashable {
        case unsaid
        /// The day of the month, with its month and year when they are said.
        case numbered(day: Int, month: Int?, year: Int?)
        /// The last day of a month, of this one when nil.
        case endOfMonth(month: Int?, year: Int?)
        case endOfYear(Int?)
        /// A whole month: only « avant octobre » means one instant.
        case month(Int, year: Int?)
        /// Days from the one on which the sentence is read.
        case fromNow(days: Int)
        /// A weekday alone.
        case next(weekday: Int, isNotToday: Bool)
    }

    enum Hour: Sendable, Hashable {
        case unsaid
        case midnight
        case clock(hour: Int, minute: Int, second: Int?)
    }

    enum Season: Sendable, Hashable { case summer, winter }

    var bound = Bound.unsaid
    var day = Day.unsaid
    /// 1 (Monday) to 7, said beside a date.
    var weekday: Int?
    var hour = Hour.unsaid
    /// « inclus » true, « exclu » false.
    var isIncluded: Bool?
    var zone: CivilZone?
    var season: Season?
    /// « dans la nuit du 16 au 17 »: midnight is between them.
    var nightFrom: Int?
    /// The date is the end of a period that the sentence tells.
    var endsPeriod = false
    /// Words that were not understood and were left aside.
    var ignored: [String] = []
}
