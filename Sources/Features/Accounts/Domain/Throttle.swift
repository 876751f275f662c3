import Crypto
import Storage

/// Limits on how often, by the generic cell rate algorithm: one stored instant per key, so that a restart forgets
/// nothing
/// (ACC-7). What is refused costs nothing and writes nothing.
public enum Throttle {
    /// So many in so long, all at once if wished, then one each `period / count`.
    public struct Limit: Sendable, Equatable {
        public let count: Int64
        public let period: Instant.Span

        public init(_ count: Int64, per period: Instant.Span) {
            self.count = count
            self.period = period
        }

        var interval: Instant.Span { Instant.Span(microseconds: period.microseconds / max(count, 1)) }
    }

    /// One count against one limit.
    public struct Toll: Sendable {
        let key: [UInt8]
        let limit: Limit

        /// `purpose` keeps the limits apart; `subject` is hashed, so that the table names nobody.
        public init(_ purpose: String, _ subject: [UInt8], _ limit: Limit) {
            key = Array(SHA256.hash(data: Array(purpose.utf8) + [0] + subject))
            self.limit = limit
        }
    }

    /// Counts once against each limit, or throws `Throttled` and counts against none.
    public static func take(_ tolls: [Toll], at now: Instant, _ writer: Writer) throws {
        var arrivals: [(key: [UInt8], arrival: Instant)] = []
        var wait: Instant.Span?
        for toll in tolls {
            let stored = try writer.one("SELECT arrival FROM throttle WHERE key = \(toll.key)") { try $0.int(0) }
            let next = max(stored.map { Instant(microseconds: $0) } ?? now, now) + toll.limit.interval
            let allowedAt = next - toll.limit.period
            if allowedAt > now { wait = max(wait ?? allowedAt - now, allowedAt - now) }
            arrivals.append((toll.key, next))
        }
        if let wait { throw Throttled(retryAfter: wait) }
        for (key, arrival) in arrivals {
            try writer.run(
                """
                INSERT INTO throttle (key, arrival)
                VALUES (\(key), \(arrival))
                ON CONFLICT (key) DO UPDATE SET arrival = excluded.arrival
                """)
        }
    }

    /// Whether one more would be refused, counting nothing.
    static func isExhausted(_ toll: Toll, at now: Instant, _ reader: Reader) throws -> Bool {
        try wait([toll], at: now, reader) != nil
    }

    /// How long until one more would be taken; nil when it would be now. Counts nothing.
    static func wait(_ tolls: [Toll], at now: Instant, _ reader: Reader) throws -> Instant.Span? {
        var longest: Instant.Span?
        for toll in tolls {
            let stored = try reader.one("SELECT arrival FROM throttle WHERE key = \(toll.key)") { try $0.int(0) }
            guard let stored else { continue }
            let allowedAt = Instant(microseconds: stored) + toll.limit.interval - toll.limit.period
            if allowedAt > now { longest = max(longest ?? allowedAt - now, allowedAt - now) }
        }
        return longest
    }

    /// Removes the keys that no longer hold anybody back.
    static func sweep(at now: Instant, _ writer: Writer) throws {
        try writer.run("DELETE FROM throttle WHERE arrival < \(now)")
    }
}

extension Throttle {
    static func linkRequests(_ email: EmailAddress, _ origin: NetworkOrigin?) -> [Toll] {
        [Toll("link by e-mail", Array(email.text.utf8), Limit(5, per: .minutes(30)))]
            + fromNetwork("link", origin, Limit(30, per: .minutes(30)), site: Limit(300, per: .minutes(30)))
    }

    static func passwordAttempts(_ email: EmailAddress, _ origin: NetworkOrigin?) -> [Toll] {
        [Toll("password by e-mail", Array(email.text.utf8), Limit(10, per: .minutes(5)))]
            + fromNetwork("password", origin, Limit(50, per: .minutes(5)), site: Limit(500, per: .minutes(5)))
    }

    static func wrongCodes(_ email: EmailAddress) -> Toll {
        Toll("wrong code", Array(email.text.utf8), Limit(10, per: .hours(24)))
    }

    static func emailChanges(_ account: Account.ID) -> Toll {
        Toll("e-mail change", Array(account.text.utf8), Limit(5, per: .hours(1)))
    }

    static func invitations(_ account: Account.ID) -> Toll {
        Toll("invitation", Array(account.text.utf8), Limit(30, per: .hours(24)))
    }

    static func fromNetwork(_ what: String, _ origin: NetworkOrigin?, _ limit: Limit, site: Limit) -> [Toll] {
        guard let origin else { return [] }
        return [Toll(what + " by network", origin.network, limit)]
            + (origin.site.map { [Toll(what + " by site", $0, site)] } ?? [])
    }
}
