import Synchronization

/// Rings when another transaction of a PostgreSQL database said something on a channel (NOTIFY), and once in a while
/// anyway: a listener looks for itself at each ring, so that none that was missed matters.
public final class DatabaseBell: Sendable {
    /// One element a ring. Rings that nobody took meanwhile are one.
    public let rings: AsyncStream<Void>
    private let ringing: AsyncStream<Void>.Continuation
    private let line = Atomic<Int>(0)
    private let isStopped = Atomic<Bool>(false)

    /// Milliseconds after which it rings although nothing was heard: what a lost notice may cost.
    static let patience: Int32 = 1_000

    /// Starts the one connection that listens, on a thread of its own. The channel is trusted: lower-case letters.
    init(url: String, channel: String) throws {
        (rings, ringing) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        try startThread { [weak self] in
            var pause: UInt32 = 50
            while self.map({ !$0.isStopped.load(ordering: .acquiring) }) ?? false {
                do {
                    let connection = try PostgresConnection(url: url, statementTimeout: 0)
                    try connection.script("LISTEN \(channel)")
                    self?.line.add(1, ordering: .releasing)
                    self?.ringing.yield()
                    pause = 50
                    while self.map({ !$0.isStopped.load(ordering: .acquiring) }) ?? false {
                        _ = try connection.awaitNotice(milliseconds: Self.patience)
                        self?.ringing.yield()
                    }
                } catch {
                    // The server went away: whoever listens looks for itself meanwhile, and is told when the line is there again.
                    self?.ringing.yield()
                    sleepMilliseconds(pause)
                    pause = min(pause * 2, 1_000)
                }
            }
        }
    }

    /// How many times the line was made: when it rises, what was said in between was not heard.
    public var lines: Int { line.load(ordering: .acquiring) }

    /// Lets go of the connection within a second, and ends `rings`.
    public func stop() {
        isStopped.store(true, ordering: .releasing)
        ringing.finish()
    }

    deinit { stop() }
}

extension Database {
    /// A bell on a channel, on PostgreSQL; nil on SQLite, whose one process knows what it does.
    public func bell(_ channel: String) throws -> DatabaseBell? {
        switch engine {
        case .sqlite: nil
        case .postgres(let postgres): try DatabaseBell(url: postgres.url, channel: channel)
        }
    }
}

extension Writer {
    /// PostgreSQL: waits here until no other transaction, of any node, is in the same turn, and keeps it until the end of this
    /// one. To be called first: what is read afterwards holds all that those before it wrote. Nothing on SQLite, whose writes
    /// follow each other anyway. The turn is an empty table; its name is trusted.
    ///
    /// LOCK TABLE is the one statement that may wait before a SERIALIZABLE transaction looks at anything
    /// (https://www.postgresql.org/docs/15/explicit-locking.html). A node whose machine vanished in its turn loses it after
    /// twenty seconds.
    public func takeTurn(_ turn: String) throws {
        guard dialect == .postgres else { return }
        try connection.script(
            "LOCK TABLE \(turn) IN EXCLUSIVE MODE; SET LOCAL idle_in_transaction_session_timeout = 20000")
    }

    /// The database server's own clock, in microseconds since 1970: the one clock that all nodes share.
    public func serverClock() throws -> Int64 {
        let text: SQL =
            switch dialect {
            case .sqlite: "SELECT CAST(strftime('%s', 'now') AS INTEGER) * 1000000"
            case .postgres: "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)"
            }
        return try one(text) { try $0.int(0) } ?? 0
    }
}
