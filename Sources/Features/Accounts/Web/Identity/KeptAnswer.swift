import Maillage

/// Something read of another server and kept: one question at a time, however many wait for it, and none again soon after a failure.
actor KeptAnswer<Value: Sendable> {
    typealias Outcome = Result<Value, IdentityService.Refusal>

    private let read: @Sendable () async -> Outcome
    private let now: @Sendable () -> Instant
    private var held: (value: Value, at: Instant)?
    private var failure: (refusal: IdentityService.Refusal, at: Instant)?
    private var pending: Task<Outcome, Never>?

    /// After a failure, who comes within so long is told the same.
    static var pause: Instant.Span { .seconds(10) }

    init(now: @escaping @Sendable () -> Instant, read: @escaping @Sendable () async -> Outcome) {
        self.now = now
        self.read = read
    }

    /// What was read less than `span` ago, or what is read now.
    func value(youngerThan span: Instant.Span) async throws(IdentityService.Refusal) -> Value {
        let moment = now()
        if let held, moment < held.at + span { return held.value }
        if let failure, moment < failure.at + Self.pause { throw failure.refusal }
        let task = pending ?? Task { [read] in await read() }
        pending = task
        let outcome = await task.value
        if pending == task {
            pending = nil
            switch outcome {
            case .success(let value): (held, failure) = ((value, now()), nil)
            case .failure(let refusal): failure = (refusal, now())
            }
        }
        return try outcome.get()
    }
}
