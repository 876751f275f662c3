import Storage

/// A moment, as microseconds since 1970-01-01T00:00:00Z. What people read is made of it at the edge, in their zone.
public struct Instant: Hashable, Comparable, Sendable, Bindable {
    public let microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    public init(seconds: Int64) {
        microseconds = seconds.multipliedReportingOverflow(by: 1_000_000).partialValue
    }

    public var value: Value { .integer(microseconds) }

    /// Whole seconds since the epoch, rounded down.
    public var seconds: Int64 { (microseconds - (microseconds % 1_000_000 + 1_000_000) % 1_000_000) / 1_000_000 }

    public static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    public static func + (instant: Instant, span: Span) -> Instant {
        Instant(microseconds: instant.microseconds &+ span.microseconds)
    }

    public static func - (instant: Instant, span: Span) -> Instant {
        Instant(microseconds: instant.microseconds &- span.microseconds)
    }

    public static func - (later: Instant, earlier: Instant) -> Span {
        Span(microseconds: later.microseconds &- earlier.microseconds)
    }

    /// A length of time. Days here are 24 hours: calendar days are computed from civil dates, never from this.
    public struct Span: Hashable, Comparable, Sendable {
        public let microseconds: Int64

        public init(microseconds: Int64) {
            self.microseconds = microseconds
        }

        public static func seconds(_ count: Int64) -> Span { Span(microseconds: count * 1_000_000) }
        public static func minutes(_ count: Int64) -> Span { seconds(count * 60) }
        public static func hours(_ count: Int64) -> Span { seconds(count * 3_600) }
        public static func days(_ count: Int64) -> Span { hours(count * 24) }

        public var seconds: Int64 { microseconds / 1_000_000 }

        public static func < (left: Span, right: Span) -> Bool {
            left.microseconds < right.microseconds
        }
    }
}
