import Maillage

/// Signs the head of each night, some minutes after midnight in Paris, and those of nights that were missed.
public struct ReceiptNightClock: Sendable {
    private let reception: Reception
    private let keys: ReceiptKeys

    public init(reception: Reception, keys: ReceiptKeys) {
        self.reception = reception
        self.keys = keys
    }

    /// Goes on until the task is cancelled.
    public func run() async throws {
        try await reception.jobs.run("receipt heads", every: 60) { _ in try await tick() }
    }

    /// One turn: most find that the night is closed, and write nothing.
    func tick() async throws {
        let now = reception.surroundings.now()
        guard try await reception.database.read({ try CloseReceiptDay.isDue(at: now, $0) }) else { return }
        if try await reception.desk.perform(CloseReceiptDay(keys: keys), as: .house) != nil {
            reception.cache.invalidate()
        }
    }
}
