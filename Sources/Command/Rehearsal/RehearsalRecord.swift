import Maillage
import Synchronization

/// What happened in a rehearsal, as its people saw it.
final class RehearsalRecord: Sendable {
    /// One deposit asked for, under one key.
    struct Attempt: Sendable {
        let candidacy: Candidacy.ID
        let version: Int
        let key: String
        /// By the clock of the site: when its first byte left, and when its answer came.
        var sentAt: Instant
        var answeredAt: Instant?
        var isAcknowledged = false
        var status = 0
    }

    struct State: Sendable {
        /// Seconds of each answer, by kind of request.
        var spans: [String: [Double]] = [:]
        /// Answers in 5xx, and requests without one that were not cut on purpose.
        var errors: [String: Int] = [:]
        var attempts: [String: Attempt] = [:]
        /// What was met at least once.
        var met: Set<String> = []
    }

    private let state = Mutex(State())

    var all: State { state.withLock { $0 } }

    func note(_ kind: String, _ seconds: Double, status: Int) {
        state.withLock { state in
            state.spans[kind, default: []].append(seconds)
            if status >= 500 { state.errors[kind, default: 0] += 1 }
        }
    }

    func fail(_ kind: String) {
        state.withLock { $0.errors[kind, default: 0] += 1 }
    }

    func meet(_ rule: String) {
        state.withLock { _ = $0.met.insert(rule) }
    }

    func attempt(_ attempt: Attempt) {
        state.withLock { state in
            if state.attempts[attempt.key] == nil { state.attempts[attempt.key] = attempt }
        }
    }

    func answer(_ key: String, isAcknowledged: Bool, status: Int, at instant: Instant) {
        state.withLock { state in
            guard var attempt = state.attempts[key] else { return }
            attempt.answeredAt = attempt.answeredAt ?? instant
            attempt.isAcknowledged = attempt.isAcknowledged || isAcknowledged
            attempt.status = status
            state.attempts[key] = attempt
        }
    }
}

/// The clock of a rehearsal: it stands still, then runs faster or slower than the wall's.
final class RehearsalClock: Sendable {
    private let start: Instant
    private let speed: Double
    private let origin = Mutex<ContinuousClock.Instant?>(nil)

    init(start: Instant, speed: Double) {
        self.start = start
        self.speed = speed
    }

    func begin() {
        origin.withLock { $0 = .now }
    }

    var now: Instant {
        guard let origin = origin.withLock({ $0 }) else { return start }
        return start + Instant.Span(microseconds: Int64(Self.seconds(.now - origin) * speed * 1_000_000))
    }

    /// Sleeps, on the thread that calls, until the clock shows an instant.
    func wait(until instant: Instant, sleep: (_ microseconds: UInt32) -> Void) {
        while now < instant {
            let rest = Double((instant - now).microseconds) / speed
            sleep(UInt32(min(max(rest, 500), 200_000)))
        }
    }

    static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }
}
