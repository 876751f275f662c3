import Storage

/// The work that the house does by itself, again and again, on one node at a time.
public struct HouseJobs: Sendable {
    private let leases: JobLeases
    private let report: @Sendable (_ job: String, _ error: any Error) -> Void
    /// For how long a job is taken; a node that died keeps it no longer.
    private let span: Instant.Span

    /// - Parameter report: told of each turn that failed; the next comes all the same.
    public init(
        leases: JobLeases, span: Instant.Span = .seconds(60),
        report: @escaping @Sendable (_ job: String, _ error: any Error) -> Void = { _, _ in }
    ) {
        self.leases = leases
        self.span = span
        self.report = report
    }

    /// Does the work every so many seconds, at once the first time, until the task is cancelled. Where another node has the job, waits
    /// until it has not.
    ///
    /// - Parameter work: gets the number of the turn, from 0, since this node last took the job.
    public func run(
        _ job: String, every seconds: Int64, _ work: @escaping @Sendable (_ turn: Int) async throws -> Void
    ) async throws {
        let clock = ContinuousClock()
        let look = Duration.microseconds(span.microseconds / 3)
        var turn = 0
        var due = clock.now
        while !Task.isCancelled {
            if try await has(job) {
                if clock.now >= due {
                    due = clock.now + .seconds(seconds)
                    await perform(job, turn, work)
                    turn += 1
                }
            } else {
                // Whoever has it does it; taken over, it begins with a turn at once.
                (turn, due) = (0, clock.now)
            }
            try await Task.sleep(for: min(look, max(due - clock.now, .milliseconds(10))))
        }
    }

    private func has(_ job: String) async throws -> Bool {
        do {
            return try await leases.take(job, for: span)
        } catch let cancelled as CancellationError {
            throw cancelled
        } catch {
            report(job, error)
            return false
        }
    }

    /// One turn, with the lease lengthened while it lasts; ended when another node took it.
    private func perform(
        _ job: String, _ turn: Int, _ work: @escaping @Sendable (_ turn: Int) async throws -> Void
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await work(turn)
                } catch is CancellationError {
                    // The site closes, or the job is another node's: it is done again from what the database says.
                } catch {
                    report(job, error)
                }
            }
            group.addTask {
                do {
                    repeat {
                        try await Task.sleep(for: .microseconds(span.microseconds / 3))
                    } while try await leases.take(job, for: span)
                } catch is CancellationError {
                    // The work ended first.
                } catch {
                    report(job, error)
                }
            }
            // The first to end decides: the work that is done, or the lease that is lost.
            await group.next()
            group.cancelAll()
        }
    }
}
