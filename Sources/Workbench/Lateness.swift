/// How late the machine is while something is measured by the clock: on one that does much else, a span grows by what others take.
public enum Lateness {
    /// Does the work beside a task that sleeps ten milliseconds again and again; answers what the work gave, and by how much all the
    /// sleeps together were too long.
    public static func during<Value: Sendable>(
        _ work: () async throws -> Value
    ) async rethrows -> (value: Value, late: Duration) {
        let watch = Task.detached {
            let clock = ContinuousClock()
            var late = Duration.zero
            while !Task.isCancelled {
                let begun = clock.now
                try? await Task.sleep(for: .milliseconds(10))
                late += max(.zero, clock.now - begun - .milliseconds(10))
            }
            return late
        }
        defer { watch.cancel() }
        let value = try await work()
        watch.cancel()
        return (value, await watch.value)
    }
}
