/// A write that waits for its turn. Its result is told only once the commit is on the disk.
final class WriteJob: @unchecked Sendable {
    /// Runs the closure; may be called again when SQLite undid the transaction because of a neighbour.
    let body: (Writer) throws -> Void
    private let tell: ((any Error)?) -> Void
    /// What the closure itself threw, kept until the commit of its neighbours is known.
    var refusal: (any Error)?
    /// For jobs that are not statements in a transaction: checkpoints, pragmas.
    let outside: Bool
    /// Whether statements may take as long as they need (migrations).
    let unlimited: Bool

    /// The monotonic millisecond at which it was asked for.
    let asked = monotonicMilliseconds()

    init(
        outside: Bool = false, unlimited: Bool = false, _ body: @escaping (Writer) throws -> Void,
        tell: @escaping ((any Error)?) -> Void
    ) {
        self.outside = outside
        self.unlimited = unlimited
        self.body = body
        self.tell = tell
    }

    /// Called exactly once.
    func finish(_ error: (any Error)?) {
        tell(error ?? refusal)
    }
}
