import Synchronization

/// Read-only connections, opened when first needed. Who finds none free waits suspended, not on a thread, and is served
/// in the order of arrival.
final class SQLitePool: Sendable {
    private struct State {
        var free: [SQLiteConnection] = []
        var opened = 0
        var waiting: [CheckedContinuation<SQLiteConnection, any Error>] = []
        var served = 0
        var closed = false

        mutating func takeWaiting() -> [CheckedContinuation<SQLiteConnection, any Error>] {
            defer {
                waiting = []
                served = 0
            }
            return Array(waiting.dropFirst(served))
        }
    }

    private let state = Mutex(State())
    private let size: Int
    private let open: @Sendable () throws -> SQLiteConnection

    init(size: Int, open: @escaping @Sendable () throws -> SQLiteConnection) {
        self.size = max(1, size)
        self.open = open
    }

    /// Connections that are open and at rest, and those that may still be opened.
    var freeCount: Int { state.withLock { $0.free.count + max(0, size - $0.opened) } }

    /// A connection at once, or nil when all are taken.
    func tryTake() throws -> SQLiteConnection? {
        let (connection, mayOpen) = try state.withLock { state -> (SQLiteConnection?, Bool) in
            if state.closed { throw StorageError.unavailable("the database is closed") }
            if let connection = state.free.popLast() { return (connection, false) }
            guard state.opened < size else { return (nil, false) }
            state.opened += 1
            return (nil, true)
        }
        guard mayOpen else { return connection }
        do {
            return try open()
        } catch {
            // Without any connection left, nobody would ever wake those who wait.
            let stranded = state.withLock { state in
                state.opened -= 1
                return state.opened == 0 ? state.takeWaiting() : []
            }
            for waiter in stranded { waiter.resume(throwing: error) }
            throw error
        }
    }

    nonisolated(nonsending) func take() async throws -> SQLiteConnection {
        if let connection = try tryTake() { return connection }
        return try await withCheckedThrowingContinuation { continuation in
            let (connection, refused) = state.withLock { state -> (SQLiteConnection?, Bool) in
                if state.closed { return (nil, true) }
                if let connection = state.free.popLast() { return (connection, false) }
                state.waiting.append(continuation)
                return (nil, false)
            }
            if let connection { continuation.resume(returning: connection) }
            if refused { continuation.resume(throwing: StorageError.unavailable("the database is closed")) }
        }
    }

    /// Those who wait are refused; connections in use close when they come back.
    func close() {
        let (free, stranded) = state.withLock { state in
            state.closed = true
            defer { state.free = [] }
            state.opened -= state.free.count
            return (state.free, state.takeWaiting())
        }
        for connection in free { connection.close() }
        for waiter in stranded { waiter.resume(throwing: StorageError.unavailable("the database is closed")) }
    }

    func give(_ connection: SQLiteConnection) {
        let waiter = state.withLock { state -> CheckedContinuation<SQLiteConnection, any Error>? in
            if state.served < state.waiting.count {
                let waiter = state.waiting[state.served]
                state.served += 1
                if state.served == state.waiting.count || state.served > 256 {
                    state.waiting.removeFirst(state.served)
                    state.served = 0
                }
                return waiter
            }
            if state.closed { state.opened -= 1 } else { state.free.append(connection) }
            return nil
        }
        waiter?.resume(returning: connection)
    }
}
