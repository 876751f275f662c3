import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The outside world, on one screen: the time, new identifiers, secrets. Tests give their own.
public struct Surroundings: Sendable {
    public var now: @Sendable () -> Instant
    /// A new identifier's number: never given twice by one process, near those given at the same time.
    public var number: @Sendable () -> Int64
    /// Bytes that nobody can guess.
    public var secret: @Sendable (_ count: Int) -> [UInt8]

    public init(
        now: @escaping @Sendable () -> Instant,
        number: @escaping @Sendable () -> Int64,
        secret: @escaping @Sendable (_ count: Int) -> [UInt8]
    ) {
        self.now = now
        self.number = number
        self.secret = secret
    }

    public func identifier<Subject>(_ kind: Identifier<Subject>.Type = Identifier<Subject>.self) -> Identifier<Subject>
    {
        Identifier(number())
    }

    /// The machine's clock and chance.
    public static func live() -> Surroundings {
        let sequence = NumberSequence()
        return Surroundings(
            now: { wallClock() },
            number: { sequence.next(at: wallClock(), chance: UInt64.random(in: 0...UInt64.max)) },
            secret: { count in
                var generator = SystemRandomNumberGenerator()
                return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            })
    }

    /// A world that repeats: the clock stands still until `advance` is called, identifiers and secrets follow from `seed`.
    public static func fixed(at start: Instant, seed: UInt64 = 1) -> (surroundings: Surroundings, clock: FixedClock) {
        let clock = FixedClock(start)
        let sequence = NumberSequence()
        let chance = SeededChance(seed)
        let surroundings = Surroundings(
            now: { clock.now },
            number: { sequence.next(at: clock.now, chance: chance.next()) },
            secret: { count in (0..<count).map { _ in UInt8(truncatingIfNeeded: chance.next() >> 32) } })
        return (surroundings, clock)
    }

    private static func wallClock() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000)
    }
}

/// A clock that moves only when told, for tests and rehearsals.
public final class FixedClock: Sendable {
    private let time: Mutex<Instant>

    init(_ start: Instant) {
        time = Mutex(start)
    }

    public var now: Instant { time.withLock { $0 } }

    public func advance(by span: Instant.Span) {
        time.withLock { $0 = $0 + span }
    }
}

/// Milliseconds in the upper 42 bits, chance in the lower 21, and always more than the last one given.
final class NumberSequence: Sendable {
    private let last = Mutex<Int64>(0)

    func next(at instant: Instant, chance: UInt64) -> Int64 {
        let milliseconds = instant.microseconds / 1_000
        let fresh = (milliseconds << 21) | Int64(chance & 0x1F_FFFF)
        return last.withLock { last in
            last = fresh > last ? fresh : last + 1 + Int64(chance & 0xFF)
            return last
        }
    }
}

/// SplitMix64: repeatable, for tests and demonstrations only.
final class SeededChance: Sendable {
    private let state: Mutex<UInt64>

    init(_ seed: UInt64) {
        state = Mutex(seed)
    }

    func next() -> UInt64 {
        state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
