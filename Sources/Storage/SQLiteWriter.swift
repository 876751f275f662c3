import CSQLite

/// The one connection that writes, and the thread that owns it.
///
/// Group commit: all the writes that wait run in one transaction, each in a savepoint of its own, and one COMMIT (one
/// sync) makes them durable together. A write that comes alone pays no savepoint.
final class SQLiteWriter: @unchecked Sendable {
    /// Writes in one commit, and the milliseconds after which no further one joins.
    private static let batchSize = 512
    private static let batchMilliseconds: Int64 = 25
    /// Writes that may wait; beyond, they are refused at once instead of piling up.
    private static let queueLimit = 10_000
    private static let idleMilliseconds = 1000

    private let connection: SQLiteConnection
    private let lock: FileLock
    private let statementTimeout: Int64
    private let outcomeUnknown: @Sendable (StorageError) -> Void
    private let monitor = Monitor()

    // Guarded by the monitor.
    private var waiting: [WriteJob] = []
    private var stopping = false
    private var failure: StorageError?
    private var whenStopped: [@Sendable () -> Void] = []
    private var stopped = false

    private var answered = 0
    private var waitedMilliseconds: Int64 = 0

    // The thread's own.
    private var nextCheckpoint = SQLiteSettings.checkpointPages
    private var nextTruncation: Int64 = 0

    init(
        _ connection: SQLiteConnection, _ lock: FileLock, statementTimeout: Int,
        outcomeUnknown: @escaping @Sendable (StorageError) -> Void
    ) throws {
        self.connection = connection
        self.lock = lock
        self.statementTimeout = Int64(max(0, statementTimeout))
        self.outcomeUnknown = outcomeUnknown
        try startThread { [self] in work() }
    }

    func add(_ job: WriteJob) {
        let refusal = monitor.locked { () -> StorageError? in
            if let failure { return failure }
            if stopping { return .unavailable("the database is closed") }
            if waiting.count >= Self.queueLimit { return .unavailable("too many writes are waiting") }
            waiting.append(job)
            if waiting.count == 1 { monitor.signal() }
            return nil
        }
        if let refusal { job.finish(refusal) }
    }

    var load: Database.Load {
        monitor.locked {
            Database.Load(waiting: waiting.count, writes: answered, waitedMilliseconds: Int(waitedMilliseconds))
        }
    }

    /// Finishes what waits, empties the log, closes, then calls `done`.
    func stop(_ done: @escaping @Sendable () -> Void) {
        let already = monitor.locked { () -> Bool in
            stopping = true
            monitor.signal()
            if !stopped { whenStopped.append(done) }
            return stopped
        }
        if already { done() }
    }

    // MARK: The thread

    private func work() {
        while let batch = take() {
            if batch.isEmpty {
                truncateLog()
            } else {
                perform(batch)
                checkpointIfDue()
            }
        }
        truncateLog()
        if monitor.locked({ failure != nil }) { _ = maillage_sqlite_no_checkpoint_on_close(connection.handle) }
        connection.close()
        lock.release()
        let calls = monitor.locked {
            stopped = true
            defer { whenStopped = [] }
            return whenStopped
        }
        for call in calls { call() }
    }

    /// What waits, in order; nothing when it is time to tidy the log; nil when it is time to end.
    private func take() -> [WriteJob]? {
        monitor.locked {
            while waiting.isEmpty, !stopping {
                let before = monotonicMilliseconds()
                let dirty = connection.pagesInLog > 0 && failure == nil
                monitor.wait(milliseconds: dirty ? Self.idleMilliseconds : nil)
                if dirty, waiting.isEmpty, !stopping,
                    monotonicMilliseconds() - before >= Int64(Self.idleMilliseconds) - 10
                {
                    return []
                }
            }
            guard !waiting.isEmpty else { return nil }
            let batch = Array(waiting.prefix(Self.batchSize))
            waiting.removeFirst(batch.count)
            let now = monotonicMilliseconds()
            answered += batch.count
            waitedMilliseconds += batch.reduce(0) { $0 + max(0, now - $1.asked) }
            return batch
        }
    }

    private func putBack(_ jobs: ArraySlice<WriteJob>) {
        guard !jobs.isEmpty else { return }
        let now = monotonicMilliseconds()
        monitor.locked {
            waiting.insert(contentsOf: jobs, at: 0)
            answered -= jobs.count
            waitedMilliseconds -= jobs.reduce(0) { $0 + max(0, now - $1.asked) }
        }
    }

    private func perform(_ batch: [WriteJob]) {
        if let failure = monitor.locked({ failure }) {
            for job in batch { job.finish(failure) }
            return
        }
        // A job that works outside a transaction, or that may take its time, goes alone.
        if let first = batch.first, batch.count > 1,
            let special = batch.firstIndex(where: { $0.outside || $0.unlimited })
        {
            putBack(batch[max(1, special)...])
            perform(special == 0 ? [first] : Array(batch[..<special]))
            return
        }
        if let only = batch.first, only.outside {
            performOutside(only)
            return
        }
        var jobs = batch
        while !jobs.isEmpty {
            switch transaction(jobs) {
            case .finished: return
            case .without(let culprit): jobs.removeAll { $0 === culprit }
            case .cut(let count):
                putBack(jobs[count...])
                return
            case .alone:
                for job in jobs { perform([job]) }
                return
            }
        }
    }

    private enum Ending {
        /// Every job has been answered.
        case finished
        /// One job made SQLite undo everything and has been answered; the others run again.
        case without(WriteJob)
        /// The first jobs have been answered; the time of the batch is over for the others.
        case cut(Int)
        /// COMMIT refused for what one of them did: each must run by itself. Never the ending of a single job.
        case alone
    }

    private func transaction(_ jobs: [WriteJob]) -> Ending {
        let alone = jobs.count == 1
        do {
            try connection.begin("BEGIN IMMEDIATE")
        } catch {
            connection.rollback()
            if let failure = connection.diskFailure { return failStop(failure, jobs) }
            for job in jobs { job.finish(error) }
            return .finished
        }
        let writer = Writer(connection)
        let start = monotonicMilliseconds()
        var count = 0
        var done = 0
        for job in jobs {
            if count > 0, monotonicMilliseconds() - start > Self.batchMilliseconds { break }
            count += 1
            job.refusal = nil
            connection.statementTimeout = job.unlimited ? 0 : statementTimeout
            do {
                if !alone { try connection.savepoint() }
                try job.body(writer)
                if let doomed = connection.doomed { throw doomed }
                if !alone { try connection.releaseSavepoint() }
                done += 1
            } catch {
                job.refusal = error
                if let failure = connection.diskFailure { return failStop(failure, jobs) }
                if !alone { connection.rollbackToSavepoint() }
                // Either SQLite undid the transaction, or the savepoint could not be undone: start again without it.
                if !alone, connection.lostTransaction || connection.doomed != nil {
                    connection.rollback()
                    job.finish(nil)
                    return .without(job)
                }
            }
        }
        let answered = jobs[..<count]
        guard done > 0 else {
            connection.rollback()
            for job in answered { job.finish(nil) }
            return count == jobs.count ? .finished : .cut(count)
        }
        return commit(answered, of: jobs) ?? (count == jobs.count ? .finished : .cut(count))
    }

    /// Commits and answers; nil when all went the ordinary way. After a failed sync the whole batch is answered: those whose time
    /// had not come will have none.
    private func commit(_ jobs: ArraySlice<WriteJob>, of batch: [WriteJob]) -> Ending? {
        let (code, error) = connection.commit()
        switch code & 0xFF {
        case SQLITE_OK:
            for job in jobs { job.finish(nil) }
            return nil
        case SQLITE_FULL, SQLITE_BUSY:
            connection.rollback()
            for job in jobs { job.finish(error ?? .serialization) }
            return nil
        case SQLITE_CONSTRAINT:
            // A deferred foreign key: only running each by itself tells whose.
            connection.rollback()
            if jobs.count > 1 { return .alone }
            for job in jobs { job.finish(error ?? .foreignKey("")) }
            return nil
        default:
            let reason = error.map { "\($0)" } ?? "code \(code)"
            return failStop(connection.diskFailure ?? .outcomeUnknown("COMMIT failed: \(reason)"), batch)
        }
    }

    /// After a failed sync nothing may be acknowledged any more: the next sync could succeed without the data.
    private func failStop(_ error: StorageError, _ jobs: [WriteJob]) -> Ending {
        connection.rollback()
        let (first, others) = monitor.locked { () -> (Bool, [WriteJob]) in
            let first = failure == nil
            if first { failure = error }
            defer { waiting = [] }
            return (first, waiting)
        }
        if first { outcomeUnknown(error) }
        for job in jobs { job.finish(error) }
        for job in others { job.finish(error) }
        return .finished
    }

    private func performOutside(_ job: WriteJob) {
        connection.statementTimeout = 0
        do {
            try job.body(Writer(connection))
            job.finish(nil)
        } catch {
            if let failure = connection.diskFailure {
                _ = failStop(failure, [job])
            } else {
                job.finish(error)
            }
        }
    }
}

// MARK: The log

extension SQLiteWriter {
    private func checkpointIfDue() {
        let pages = connection.pagesInLog
        if pages < SQLiteSettings.checkpointPages { nextCheckpoint = SQLiteSettings.checkpointPages }
        if pages >= SQLiteSettings.truncatePages, monotonicMilliseconds() >= nextTruncation {
            nextTruncation = monotonicMilliseconds() + 1000
            truncateLog()
        } else if pages >= nextCheckpoint {
            // A reader may hold part of the log: do not try again at every commit.
            nextCheckpoint = pages + SQLiteSettings.checkpointPages
            checkpoint(SQLITE_CHECKPOINT_PASSIVE)
        }
    }

    /// Copies the log into the file and empties it, unless a reader is still in it.
    func truncateLog() {
        guard connection.pagesInLog > 0, monitor.locked({ failure == nil }) else { return }
        sqlite3_busy_timeout(connection.handle, 100)
        checkpoint(SQLITE_CHECKPOINT_TRUNCATE)
        sqlite3_busy_timeout(connection.handle, SQLiteSettings.busyTimeout)
        // Even when a reader was in the way: an idle database must not try for ever.
        connection.forgetLog()
    }

    private func checkpoint(_ mode: Int32) {
        let code = sqlite3_wal_checkpoint_v2(connection.handle, nil, mode, nil, nil)
        if SQLiteFailure.leavesDiskUnknown(code) {
            _ = failStop(.outcomeUnknown("the checkpoint failed with I/O error \(code)"), [])
        }
    }
}
