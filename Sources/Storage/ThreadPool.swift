/// A few threads that run jobs in the order they came: for work that blocks, away from the cooperative pool.
/// Threads start with the first job that needs them.
final class ThreadPool: @unchecked Sendable {
    private let monitor = Monitor()
    private let size: Int
    private var jobs: [@Sendable () -> Void] = []
    private var next = 0
    private var threads = 0
    private var idle = 0
    private var stopping = false
    private var whenStopped: [@Sendable () -> Void] = []

    init(size: Int) {
        self.size = max(1, size)
    }

    /// Queues a job; false once the pool is stopping or when no thread can be had, and then the job will not run.
    func submit(_ job: @escaping @Sendable () -> Void) -> Bool {
        monitor.locked {
            guard !stopping else { return false }
            // A thread that was signalled and has not woken yet still counts as idle: compare with all that waits.
            if jobs.count - next >= idle, threads < size {
                do {
                    threads += 1
                    try startThread { [self] in work() }
                } catch {
                    threads -= 1
                    guard threads > 0 else { return false }
                }
            }
            jobs.append(job)
            monitor.signal()
            return true
        }
    }

    /// Jobs that no thread has begun.
    var waiting: Int { monitor.locked { jobs.count - next } }

    /// Runs what is queued, ends the threads, then calls `done`.
    func stop(_ done: @escaping @Sendable () -> Void) {
        let already = monitor.locked { () -> Bool in
            stopping = true
            monitor.broadcast()
            if threads > 0 { whenStopped.append(done) }
            return threads == 0
        }
        if already { done() }
    }

    private func work() {
        while let job = take() { job() }
    }

    private func take() -> (@Sendable () -> Void)? {
        let (job, calls) = monitor.locked { () -> ((@Sendable () -> Void)?, [@Sendable () -> Void]) in
            idle += 1
            while next == jobs.count, !stopping { monitor.wait() }
            idle -= 1
            guard next < jobs.count else {
                threads -= 1
                guard threads == 0 else { return (nil, []) }
                defer { whenStopped = [] }
                return (nil, whenStopped)
            }
            let job = jobs[next]
            next += 1
            if next == jobs.count || next > 1024 {
                jobs.removeFirst(next)
                next = 0
            }
            return (job, [])
        }
        for call in calls { call() }
        return job
    }
}
