import Synchronization

/// The connections to one server, opened when first needed, and the patience to wait when it has gone away.
final class PostgresPool: Sendable {
    private struct State {
        var free: [PostgresConnection] = []
        var closed = false
        /// After a refused connection: not before this monotonic millisecond, and why.
        var notBefore: Int64 = 0
        var pause: Int64 = 0
        var reason = ""
    }

    private static let firstPause: Int64 = 100
    /// Also what a server that comes back may wait for its first question.
    private static let longestPause: Int64 = 1000

    private let state = Mutex(State())
    private let url: String
    private let statementTimeout: Int

    init(url: String, statementTimeout: Int) {
        self.url = url
        self.statementTimeout = statementTimeout
    }

    /// Connections at rest.
    var freeCount: Int { state.withLock { $0.free.count } }

    func take() throws -> PostgresConnection {
        let free = try state.withLock { state -> PostgresConnection? in
            if state.closed { throw StorageError.unavailable("the database is closed") }
            if let connection = state.free.popLast() { return connection }
            if monotonicMilliseconds() < state.notBefore { throw StorageError.unavailable(state.reason) }
            return nil
        }
        if let free { return free }
        do {
            let connection = try PostgresConnection(url: url, statementTimeout: statementTimeout)
            state.withLock { $0.pause = 0 }
            return connection
        } catch {
            state.withLock { state in
                state.pause = min(Self.longestPause, max(Self.firstPause, state.pause * 2))
                state.notBefore = monotonicMilliseconds() + state.pause
                if case StorageError.unavailable(let reason) = error { state.reason = reason }
            }
            throw error
        }
    }

    /// Takes a connection back. A broken one is dropped, and those that rest with it: the server is likely gone for all.
    func give(_ connection: PostgresConnection) {
        let dropped = state.withLock { state -> [PostgresConnection] in
            if !state.closed, !connection.broken {
                state.free.append(connection)
                return []
            }
            defer { state.free = [] }
            return state.free
        }
        _ = dropped
    }

    func close() {
        let dropped = state.withLock { state in
            state.closed = true
            defer { state.free = [] }
            return state.free
        }
        _ = dropped
    }

    /// Lets go of the connections that rest: their prepared statements speak of another schema.
    func forget() {
        let dropped = state.withLock { state in
            defer { state.free = [] }
            return state.free
        }
        _ = dropped
    }
}
