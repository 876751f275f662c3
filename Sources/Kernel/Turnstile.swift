import Synchronization

/// Lets so many through at once; the others wait in the order they came, up to a number, beyond which they are turned away.
public final class Turnstile: Sendable {
    private struct State {
        var running = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let width: Int
    private let queue: Int
    private let state = Mutex(State())

    public init(width: Int, queue: Int) {
        self.width = width
        self.queue = queue
    }

    /// How many are inside now, and how many wait.
    var running: Int { state.withLock { $0.running } }
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Runs the work when its turn comes. Throws `Throttled` when too many wait already.
    public func pass<T>(_ work: () async throws -> T) async throws -> T {
        let isTurnedAway = state.withLock { $0.running >= width && $0.waiting.count >= queue }
        if isTurnedAway { throw Throttled(retryAfter: .seconds(30)) }
        await withCheckedContinuation { continuation in
            let mayEnter = state.withLock { state in
                if state.running < width {
                    state.running += 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if mayEnter { continuation.resume() }
        }
        defer { leave() }
        return try await work()
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}
