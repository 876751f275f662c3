import Synchronization

/// Counts of what the site answered since it started: what `/metrics` and `/etat` show.
public final class Tally: Sendable {
    private let classes: [SharedCount]
    private let buckets: [SharedCount]
    private let microseconds = Atomic<Int>(0)
    private let cacheHits = Atomic<Int>(0)

    /// Upper bounds in milliseconds; the last bucket takes the rest.
    static let bounds = [1, 2, 5, 10, 25, 50, 100, 250, 1_000, 5_000]

    init() {
        classes = (0..<6).map { _ in SharedCount() }
        buckets = (0...Self.bounds.count).map { _ in SharedCount() }
    }

    func count(status: Int, microseconds spent: Int) {
        classes[min(max(status / 100, 0), 5)].add(1)
        let place = Self.bounds.firstIndex { spent <= $0 * 1_000 } ?? Self.bounds.count
        buckets[place].add(1)
        microseconds.add(spent, ordering: .relaxed)
    }

    func countCacheHit() {
        cacheHits.add(1, ordering: .relaxed)
    }

    struct Reading: Sendable {
        /// Answers by hundreds of their status: index 2 counts the 2xx.
        let byClass: [Int]
        /// Answers by duration, one more than `bounds`.
        let byDuration: [Int]
        let seconds: Double
        let cacheHits: Int
    }

    var reading: Reading {
        Reading(
            byClass: classes.map(\.value), byDuration: buckets.map(\.value),
            seconds: Double(microseconds.load(ordering: .relaxed)) / 1_000_000,
            cacheHits: cacheHits.load(ordering: .relaxed))
    }
}

/// A count shared between threads, as an element of an array.
private final class SharedCount: Sendable {
    private let number = Atomic<Int>(0)

    func add(_ more: Int) {
        number.add(more, ordering: .relaxed)
    }

    var value: Int { number.load(ordering: .relaxed) }
}
