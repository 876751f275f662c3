import Crypto

/// How the service was during one minute, as it measured itself: whether a write reached the disk, how long that took, how many deposits
/// were accepted (SRV-1).
///
/// Each line holds the hash of the one before. A minute that nobody measured is a hole, which shows.
public struct ServiceMinute: Sendable, Equatable {
    public enum Outcome: String, Sendable {
        case open = "ouvert"
        /// The write failed. The line was written afterwards, when it could be.
        case failed = "panne"
    }

    /// Minutes since 1970-01-01T00:00:00Z.
    public let minute: Int64
    public let measuredAt: Instant
    public let outcome: Outcome
    /// From the write's asking to its being on the disk, or to its failure.
    public let microseconds: Int64
    /// Deposits that received their receipt during the minute before.
    public let deposits: Int
    public let recordedAt: Instant
    /// 64 hexadecimal digits; zeros for the first line of all.
    public let previous: String
    public let hash: String

    public static let origin = String(repeating: "0", count: 64)

    init(
        minute: Int64, measuredAt: Instant, outcome: Outcome, microseconds: Int64, deposits: Int, recordedAt: Instant,
        previous: String, hash: String? = nil
    ) {
        self.minute = minute
        self.measuredAt = measuredAt
        self.outcome = outcome
        self.microseconds = microseconds
        self.deposits = deposits
        self.recordedAt = recordedAt
        self.previous = previous
        self.hash =
            hash
            ?? Self.seal([
                previous, String(minute), measuredAt.iso, outcome.rawValue, String(microseconds), String(deposits),
                recordedAt.iso,
            ])
    }

    /// The instant at which the minute begins.
    public var start: Instant { Instant(seconds: minute * 60) }

    /// Whether the hash is that of the line: SHA-256 of `previous`, `minute`, `measured_at`, `outcome`, `microseconds`, `deposits` and
    /// `recorded_at`, each followed by a line feed, in lower-case hexadecimal.
    public var isWhole: Bool {
        ServiceMinute(
            minute: minute, measuredAt: measuredAt, outcome: outcome, microseconds: microseconds, deposits: deposits,
            recordedAt: recordedAt, previous: previous
        ).hash == hash
    }

    private static func seal(_ fields: [String]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in SHA256.hash(data: Array(fields.map { $0 + "\n" }.joined().utf8)) {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension Instant {
    /// Whole minutes since 1970-01-01T00:00:00Z, rounded down.
    public var minute: Int64 { (seconds - (seconds % 60 + 60) % 60) / 60 }
}

/// A span of the record of service, and what it proves.
public struct ServiceSpan: Sendable, Equatable {
    /// The first minute and the one after the last.
    public let minutes: Range<Int64>
    /// In order.
    public let lines: [ServiceMinute]

    /// Minutes nobody measured, as ranges.
    public var holes: [Range<Int64>] {
        var holes: [Range<Int64>] = []
        var next = minutes.lowerBound
        for line in lines {
            if line.minute > next { holes.append(next..<line.minute) }
            next = line.minute + 1
        }
        if next < minutes.upperBound { holes.append(next..<minutes.upperBound) }
        return holes
    }

    public var failed: [ServiceMinute] { lines.filter { $0.outcome == .failed } }

    /// Whether every line's hash is its own and follows from the line before it in the span.
    public var isChained: Bool {
        var previous: String?
        for line in lines {
            guard line.isWhole, previous == nil || line.previous == previous else { return false }
            previous = line.hash
        }
        return true
    }

    /// The time under which so many of the open minutes answered, in microseconds; nil without any.
    public func quantile(_ part: Double) -> Int64? {
        let sorted = lines.filter { $0.outcome == .open }.map(\.microseconds).sorted()
        guard !sorted.isEmpty else { return nil }
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
    }
}
